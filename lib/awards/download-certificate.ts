import 'server-only'
import { getOwnCertificate } from '#lib/db/queries/certificates'
import { withTenant } from '#lib/db/tenant'
import { contentDisposition } from '#lib/files/disposition'
import { turns } from '#lib/files/turns'
import type { School } from '#lib/tenancy/school'
import { certificatePdf } from './pdf/certificate'
import { verificationAddress } from './verification-address'

/** Setting a page keeps a core busy: one at a time, while the others wait. */
const inTurn = turns(1, 20)

/**
 * A person's own certificate as a file. It is read in a unit of work, and made after that has ended.
 * @returns its bytes and what names it
 * @throws AppError 'not_found' when it isn't theirs, 'rate_limited' when too many are being made
 */
export async function downloadCertificate(
  input: Readonly<{ school: School; userId: string; code: string }>,
): Promise<Readonly<{ bytes: Uint8Array<ArrayBuffer>; disposition: string }>> {
  const { school, userId, code } = input
  const certificate = await withTenant(school.id, (db) => getOwnCertificate(db, { userId, code }))
  const { name: schoolName, accentColor, locale, timeZone } = school
  const address = verificationAddress(school.subdomain, code)
  const look = { schoolName, accentColor, locale, timeZone }
  const bytes = await inTurn(() => certificatePdf(certificate, look, address))
  const name = `${certificate.courseTitle} - ${certificate.learnerName}.pdf`
  return { bytes, disposition: contentDisposition('attachment', 'certificate.pdf', name) }
}
