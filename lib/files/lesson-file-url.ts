import 'server-only'
import { isKey } from '#lib/adapters/storage/keys'
import { signedUrl } from './links'
import { publicUrl } from './rules'

/** How long a page's links open: a film may be left standing over a lunch and a lecture. */
const SECONDS = 43_200

/**
 * The address of a lesson's picture, film or file, from its storage key. Call it only for a lesson that the person
 * may read: the link to a private file is the permission.
 * @param name what a private file is saved as
 * @returns null for a key that is neither public nor a lesson's private one, or another school's
 */
export function lessonFileUrl(tenantId: string, key: string, name?: string): string | null {
  const shown = publicUrl(tenantId, key)
  if (shown !== null) return shown
  if (!isKey(key) || !key.startsWith(`${tenantId}/private/lessons/`)) return null
  return signedUrl(tenantId, key, {
    now: new Date(),
    seconds: SECONDS,
    ...(name === undefined ? {} : { name }),
  })
}
