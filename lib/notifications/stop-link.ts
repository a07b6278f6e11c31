import 'server-only'
import { linkToken, readLinkToken } from '#lib/adapters/keys/keys'
import type { NotificationType } from './contract'
import { NOTICE_TYPES } from './contract/settings'

/**
 * The link in a letter that stops letters of its kind. It says whose and which, and is signed: it works without anybody
 * being signed in, for one person and exactly these types, and for nothing else.
 */

/** Each once, in one order: the same types make the same link. */
function sorted(types: readonly string[]): NotificationType[] {
  return NOTICE_TYPES.filter((type) => types.includes(type))
}

const purposeOf = (types: readonly NotificationType[]): string => `unsubscribe/${types.join('.')}`

/** The query of the link's address. */
export function stopPath(
  tenantId: string,
  { userId, types }: Readonly<{ userId: string; types: readonly NotificationType[] }>,
): string {
  const which = sorted(types)
  const token = linkToken(purposeOf(which), tenantId, userId)
  return new URLSearchParams({ types: which.join('.'), token }).toString()
}

/** Whose letters about what are to stop; null for a link that is none of ours. */
export function readStop(
  tenantId: string,
  asked: Readonly<{ types: string; token: string }>,
): Readonly<{ userId: string; types: readonly NotificationType[] }> | null {
  const given = asked.types.split('.')
  const types = sorted(given)
  if (types.length === 0 || types.join('.') !== asked.types) return null
  const userId = readLinkToken(purposeOf(types), tenantId, asked.token)
  return userId === null ? null : { userId, types }
}
