import 'server-only'
import { setRevoked } from '#lib/db/queries/certificates'
import { tell } from '#lib/db/queries/outbox'
import { type Author, lockEditable } from '#lib/db/queries/teach'
import type { TenantDb } from '#lib/db/tenant'

type Input = Readonly<{ courseId: string; by: Author; userId: string; revoked: boolean }>

/**
 * Revokes a certificate of a course, or lets it stand again: also of somebody who has left the course since. Its holder
 * is written to.
 * @param input.by who edits the course: their own, or every one
 * @returns whether this call changed it
 * @throws AppError 'not_found' for a course or a certificate that isn't there; 'forbidden' when the course is a
 *   colleague's
 */
export async function judgeCertificate(db: TenantDb, input: Input): Promise<{ changed: boolean }> {
  const { courseId, by, userId, revoked } = input
  await lockEditable(db, { courseId, by })
  const certificateId = await setRevoked(db, { courseId, userId, revoked })
  if (certificateId === null) return { changed: false }
  await tell(db, { kind: 'mail.certificate', payload: { certificateId, revoked } })
  return { changed: true }
}
