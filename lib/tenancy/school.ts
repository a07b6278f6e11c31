/** A school as its visitors meet it: the directory entry that a host resolves to. */
export type School = Readonly<{
  id: string
  subdomain: string
  name: string
  description: string | null
  /** Storage key of the logo. */
  logo: string | null
  /** `#rrggbb`. */
  accentColor: string
  plan: 'FREE' | 'PRO' | 'ENTERPRISE'
  status: 'ACTIVE' | 'SUSPENDED' | 'INACTIVE'
  /** IANA name. */
  timeZone: string
  /** BCP 47 tag. */
  locale: string
  /** Who may join by themselves. */
  signUp: 'OPEN' | 'INVITED'
  /** Mail domains that may; empty: all. */
  mailDomains: readonly string[]
  /** Staff without a second factor can do nothing but set one up. */
  staffSecondFactor: boolean
  /** Whether learners may ask the tutor, in courses where it is on. */
  tutor: boolean
}>
