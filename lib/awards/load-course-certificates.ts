import 'server-only'
import { listCourseCertificates } from '#lib/db/queries/certificates'
import { cursorFrom } from '#lib/db/queries/cursor'
import type { TenantDb } from '#lib/db/tenant'
import type { HeldPage } from './contract'

const PAGE_SIZE = 50

/**
 * One page of who holds a certificate of a course, for somebody who may edit it: the caller has made sure of that.
 * One statement. @throws AppError 'not_found' for a cursor that no page gave
 */
export async function loadCourseCertificates(
  db: TenantDb,
  input: Readonly<{ courseId: string; cursor: string | undefined }>,
): Promise<HeldPage> {
  const { courseId, cursor } = input
  const page = await listCourseCertificates(db, { courseId, cursor: cursorFrom(cursor), limit: PAGE_SIZE })
  const { rows, nextCursor, previousCursor } = page
  const certificates = rows.map(({ userId, name, email, completedAt, revokedAt }) => ({
    ...{ userId, name, email, completedAt, revokedAt },
  }))
  return { certificates, nextCursor, previousCursor }
}
