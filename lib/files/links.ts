import 'server-only'
import { isMac, mac } from '#lib/adapters/keys/keys'
import { isKey } from '#lib/adapters/storage/keys'

/**
 * Short-lived links to a school's private files. Whoever makes one has checked that the person may read the file; the
 * link is the permission from then on, for as long as it lasts.
 */

const CONTEXT = 'file-link'

/** A day: whoever wants longer makes a new link. */
const LONGEST_SECONDS = 86_400

const LONGEST_NAME = 200

/** What the signature covers, in a form that two different links can't share. */
function signedText(tenantId: string, key: string, expires: number, name: string): string {
  return JSON.stringify([tenantId, key, expires, name])
}

type Options = Readonly<{
  now: Date
  /** How long it opens, 1 to 86,400 seconds; a film's link lasts as long as watching it may take. */
  seconds: number
  /** What the file is saved as; cut to 200 characters. */
  name?: string
}>

/**
 * A path on the school's own host that opens one private file until it expires.
 * @throws Error for a key that isn't a private one of this school, and for a time out of bounds
 */
export function signedUrl(tenantId: string, key: string, { now, seconds, name }: Options): string {
  const prefix = `${tenantId}/private/`
  if (!isKey(key) || !key.startsWith(prefix)) throw new Error('Only a private file of the school has a link.')
  if (!(seconds >= 1 && seconds <= LONGEST_SECONDS)) throw new Error('A link lasts from a second to a day.')
  const expires = Math.floor(now.getTime() / 1000 + seconds)
  const given = [...(name ?? '').toWellFormed()].slice(0, LONGEST_NAME).join('')
  const query = new URLSearchParams({
    e: String(expires),
    s: mac(CONTEXT, signedText(tenantId, key, expires, given)),
    ...(given === '' ? {} : { n: given }),
  })
  return `/files/${key.slice(prefix.length)}?${query.toString()}`
}

export type LinkQuery = Readonly<{ e: string; s: string; n: string }>

/**
 * What a link opens, on the host of `tenantId`.
 * @param path segments after `/files/`
 * @returns null for a link that has expired, was changed, or was made for another school
 */
export function checkLink(
  tenantId: string,
  path: readonly string[],
  { e, s, n }: LinkQuery,
  now: Date,
): Readonly<{ key: string; name: string | null }> | null {
  const key = [tenantId, 'private', ...path].join('/')
  if (!isKey(key) || path.some((segment) => segment.includes('/')) || !/^\d{1,12}$/.test(e)) return null
  const expires = Number(e)
  // Compared before the time is looked at: a forged link takes the same way as an old one.
  if (!isMac(CONTEXT, signedText(tenantId, key, expires, n), s)) return null
  if (now.getTime() >= expires * 1000) return null
  return { key, name: n === '' ? null : n }
}
