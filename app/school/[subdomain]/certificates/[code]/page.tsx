import { z } from 'zod'
import { schoolRefusal } from '#app/refusals'
import { CertificatePage } from '#components/awards/certificate-page'
import { publicAccess } from '#lib/auth/access'
import { page } from '#lib/auth/page'
import { readerOf } from '#lib/auth/reader'
import { certificateCode } from '#lib/awards/contract'
import { verificationAddress } from '#lib/awards/verification-address'
import { findCertificate } from '#lib/db/queries/certificates'
import { AppError } from '#lib/errors'
import { translator } from '#lib/i18n/translate'

const certificatePage = page({
  id: 'school.certificate',
  access: publicAccess('Whoever was given a certificate’s code may check it; nobody guesses one.'),
  refused: schoolRefusal,
  params: z.strictObject({ code: certificateCode }),
  search: z.strictObject({}),
  load: async ({ db, params, school, actor }) => {
    const certificate = await findCertificate(db, params.code, readerOf(actor)?.userId ?? null)
    if (certificate === null) throw new AppError('not_found', 'No certificate has this code.')
    return { certificate, address: verificationAddress(school.subdomain, certificate.code) }
  },
  metadata: ({ certificate }, { school }) => ({
    title: `${translator(school.locale, 'awards.certificate')('of', { name: certificate.learnerName })} · ${school.name}`,
    robots: { index: false },
  }),
  render: ({ certificate, address }, { school }) => (
    <CertificatePage
      locale={school.locale}
      timeZone={school.timeZone}
      schoolName={school.name}
      certificate={certificate}
      own={certificate.own}
      address={address}
    />
  ),
})

export default certificatePage.Page
export const generateMetadata = certificatePage.generateMetadata
