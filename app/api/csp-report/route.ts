import { z } from 'zod'
import { publicAccess } from '#lib/auth/access'
import { hostRoute } from '#lib/auth/route'
import { readCspReport } from '#lib/security/csp-report'

/** Takes a browser's report of a blocked script or style. */
export const POST = hostRoute({
  id: 'security.csp-report',
  access: publicAccess('Browsers send these by themselves, without credentials.'),
  query: z.strictObject({}),
  run: async ({ request }) => {
    await readCspReport(request)
    return new Response(null, { status: 204 })
  },
})
