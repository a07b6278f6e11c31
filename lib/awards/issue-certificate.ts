import 'server-only'
import { newCertificateCode } from '#lib/adapters/keys/certificate-code'
import { insertCertificate } from '#lib/db/queries/certificates'
import type { TenantDb } from '#lib/db/tenant'

/**
 * Issues the certificate of a course that somebody completed: once per person and course, in the transaction in which
 * it was completed. One statement.
 * @returns the course's title, and whether it is new
 * @throws AppError 'not_found' when the course isn't completed
 */
export async function issueCertificate(
  db: TenantDb,
  input: Readonly<{ userId: string; courseId: string }>,
): Promise<{ courseTitle: string; issued: boolean }> {
  return insertCertificate(db, { ...input, code: newCertificateCode() })
}
