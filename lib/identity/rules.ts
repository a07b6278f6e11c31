import { publicUrl } from '#lib/files/rules'
import type { School } from '#lib/tenancy/school'
import type { Door } from './contract'

/** Whether an address may join a school by itself. `domains` empty: every address may. */
export function domainAllowed(email: string, domains: readonly string[]): boolean {
  const domain = email.slice(email.lastIndexOf('@') + 1).toLowerCase()
  return domains.length === 0 || domains.some((allowed) => allowed.toLowerCase() === domain)
}

/** The eight groups of an IPv6 address, without leading zeros. */
function groupsOf(ip: string): string[] {
  const [head = '', tail] = ip.toLowerCase().split('%')[0]?.split('::') ?? ['']
  const left = head === '' ? [] : head.split(':')
  const right = tail === undefined || tail === '' ? [] : tail.split(':')
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - left.length - right.length)
  const groups = [...left, ...Array.from({ length: zeros }, () => '0'), ...right]
  return groups.map((group) => group.replace(/^0+(?=.)/, ''))
}

/**
 * The place that tries are counted by: an IPv4 address, or the /64 network of an IPv6 address, since whoever has one
 * of its addresses has all of them.
 */
export function placeOf(ip: string): string {
  return ip.includes(':') ? `${groupsOf(ip).slice(0, 4).join(':')}::/64` : ip
}

/**
 * The network around a place, by which more tries are counted: an IPv4 /24, or the /48 that one customer is given and
 * that holds 65,536 places. Empty for an address that isn't known.
 */
export function networkOf(ip: string): string {
  if (ip.includes(':')) return `${groupsOf(ip).slice(0, 3).join(':')}::/48`
  return ip === '' ? '' : `${ip.split('.').slice(0, 3).join('.')}.0/24`
}

/** A code as it is compared: what people put in between for reading doesn't count. */
export function plainCode(text: string): string {
  return text.replace(/[\s-]/g, '').toLowerCase()
}

/** Seconds that an answer is held back when many tries went wrong. A right password still gets in, just later. */
export function slowDown(failures: number, free: number): number {
  return failures <= free ? 0 : Math.min(4, 0.25 * (failures - free))
}

/** Where people start once they are in: a school's own page for them, or the platform's console. */
export function homePath(school: object | null): string {
  return school === null ? '/platform' : '/dashboard'
}

/** A path of signing in, with the way back to where somebody was going if that isn't where they would go anyway. */
export function withNext(path: string, next: string, home: string): string {
  return next === home ? path : `${path}?next=${encodeURIComponent(next)}`
}

/** A school as its pages of signing in show it. */
export function doorOf(school: School): Door {
  const { id, name, subdomain, logo, locale } = school
  return { name, subdomain, logoUrl: publicUrl(id, logo), locale, isSchool: true }
}

/** The platform as its own pages of signing in show it. */
export function platformDoor(locale: string): Door {
  return { name: 'SmartLMS', subdomain: 'smartlms', logoUrl: null, locale, isSchool: false }
}
