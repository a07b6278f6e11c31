import { limitsOf, type PlanName, usageState } from '#lib/plans/rules'

/** What a school may settle for itself, and what it uses. Pure. */

/** Mail domains that a school may list. */
export const MOST_DOMAINS = 50

const DOMAIN =
  /^(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?!\d+$)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])$/

export type DomainProblem =
  | Readonly<{ kind: 'many' }>
  | Readonly<{ kind: 'format'; domain: string }>
  | Readonly<{ kind: 'letters'; domain: string; ascii: string }>

/** How a domain with letters beyond ASCII stands in an address that a mail server understands; null when it can't. */
function asciiOf(domain: string): string | null {
  try {
    const host = new URL(`http://${domain}`).hostname
    return DOMAIN.test(host) ? host : null
  } catch {
    return null
  }
}

/**
 * Mail domains as somebody typed them, one a line: small letters, no `@` in front, each once. Nothing is converted
 * silently: addresses are compared letter by letter, and look-alike letters would let other people in.
 */
export function readDomains(text: string): Readonly<{ domains: string[]; problem: DomainProblem | null }> {
  const typed = text.split(/[\s,;]+/).filter((part) => part !== '')
  const domains = [
    ...new Set(typed.map((part) => part.replace(/^@/, '').replace(/[A-Z]/g, (c) => c.toLowerCase()))),
  ]
  const wrong = domains.find((domain) => !DOMAIN.test(domain))
  if (wrong !== undefined) {
    const domain = wrong.slice(0, 80)
    const ascii = /[^ -~]/.test(wrong) ? asciiOf(wrong) : null
    return {
      domains: [],
      problem: ascii === null ? { kind: 'format', domain } : { kind: 'letters', domain, ascii },
    }
  }
  return domains.length > MOST_DOMAINS
    ? { domains: [], problem: { kind: 'many' } }
    : { domains, problem: null }
}

/** Whether dates can be written for a zone. */
export function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).format(0) !== ''
  } catch {
    return false
  }
}

type Values = Readonly<Record<string, unknown>>

/**
 * What a change changes, for the audit log: the keys of `after` that are different in `before`, both sides.
 * @returns null when nothing is different
 */
export function changedOnly(
  before: Values,
  after: Values,
): Readonly<{ before: Values; after: Values }> | null {
  const keys = Object.keys(after).filter((key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]))
  if (keys.length === 0) return null
  const part = (values: Values) => Object.fromEntries(keys.map((key) => [key, values[key]]))
  return { before: part(before), after: part(after) }
}

export type UsageKind = 'people' | 'courses' | 'storage' | 'aiMessages'

type Used = Readonly<{
  people: number
  invitations: number
  courses: number
  storageBytes: number
  aiMessages: number
}>

/** What a school uses of each limit of its plan. An open invitation holds a place, as for the limit itself. */
export function usageMeters(plan: PlanName, used: Used) {
  const limits = limitsOf(plan)
  const meter = (kind: UsageKind, amount: number, limit: number | null) => ({
    ...{ kind, used: amount, limit },
    state: usageState(amount, limit),
  })
  return [
    meter('people', used.people + used.invitations, limits.people),
    meter('courses', used.courses, limits.courses),
    meter('storage', used.storageBytes, limits.storageBytes),
    meter('aiMessages', used.aiMessages, limits.aiMessages),
  ]
}

/** First steps of a new school, in the order in which they help. */
export const FIRST_STEPS = ['brand', 'secondFactor', 'signUp', 'invite', 'publish'] as const

export type FirstStep = (typeof FIRST_STEPS)[number]
