import { z } from 'zod'
import { anyPerson } from '#lib/auth/access'
import { person } from '#lib/auth/actor'
import { schoolRoute } from '#lib/auth/route'
import { certificateCode } from '#lib/awards/contract'
import { downloadCertificate } from '#lib/awards/download-certificate'

/** One’s own certificate as a PDF. */
export const GET = schoolRoute({
  id: 'certificate.pdf',
  access: anyPerson('A certificate is downloaded by its holder: the query asks for both.'),
  params: z.strictObject({ code: certificateCode }),
  query: z.strictObject({}),
  run: async ({ school, actor, params }) => {
    const { userId } = person(actor)
    const { bytes, disposition } = await downloadCertificate({ school, userId, code: params.code })
    return new Response(bytes, {
      headers: {
        'Content-Type': 'application/pdf',
        'Content-Disposition': disposition,
        'Cache-Control': 'private, no-store',
        'X-Content-Type-Options': 'nosniff',
      },
    })
  },
})
