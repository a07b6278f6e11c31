import 'server-only'
import type { Provider } from '#lib/config'
import type { Claim } from '#lib/identity/sign-in-with-provider'

/** What an id token, or the userinfo endpoint, says of somebody. */
export type Profile = Readonly<Record<string, unknown>>

/** A claim's text, at most as long as an address; null for anything else. */
export function text(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value.slice(0, 254) : null
}

const GOOGLE_MAIL = new Set(['gmail.com', 'googlemail.com'])

type Asked = Pick<Provider, 'id' | 'issuer'>

/** A provider by its own name, also where an installation has set it up as any other. */
function isAt(provider: Asked, id: Provider['id'], host: string): boolean {
  return provider.id === id || (URL.canParse(provider.issuer) && new URL(provider.issuer).hostname === host)
}

/**
 * Whether a provider's word that an address is somebody's can be taken. Google has checked an address of anywhere else
 * once, when its account was made, and whoever has the mailbox today may be another person: it knows only its own
 * mail's, and those of a domain whose directory it keeps (`hd`). Microsoft lets a directory's owner put any address
 * into it, so there none is.
 */
function isVouchedFor(provider: Asked, email: string, profile: Profile): boolean {
  if (profile['email_verified'] !== true) return false
  if (isAt(provider, 'microsoft', 'login.microsoftonline.com')) return false
  if (!isAt(provider, 'google', 'accounts.google.com')) return true
  const domain = email.slice(email.lastIndexOf('@') + 1)
  return GOOGLE_MAIL.has(domain) || domain === text(profile['hd'])?.toLowerCase()
}

/** Who a provider says somebody is; null for an answer that names nobody. */
export function claimOf(provider: Asked, profile: Profile): Claim | null {
  const subject = text(profile['sub'])
  const email = text(profile['email'])?.toLowerCase() ?? null
  if (subject === null) return null
  // Only plain addresses: letters that look like others would be another person's.
  const plain = email !== null && /^[\x21-\x7e]+@[\x21-\x7e]+$/.test(email)
  return {
    provider: provider.id,
    subject,
    email: plain ? email : null,
    emailVerified: plain && isVouchedFor(provider, email, profile),
    name: text(profile['name'])?.slice(0, 200) ?? null,
  }
}
