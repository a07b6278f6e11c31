import { z } from 'zod'
import { publicAccess } from '#lib/auth/access'
import { schoolRoute } from '#lib/auth/route'
import { serveSignedFile } from '#lib/files/serve-signed-file'

/** Private files of a school, by links that it has signed. A link without a signature is one that is wrong: 404. */
export const GET = schoolRoute({
  id: 'files.signed',
  access: publicAccess(
    'The signature is the permission: who made the link had checked that its holder may read the file.',
  ),
  query: z.strictObject({
    e: z.string().max(20).default(''),
    s: z.string().max(100).default(''),
    n: z.string().max(500).default(''),
  }),
  params: z.strictObject({ path: z.array(z.string().min(1).max(100)).min(1).max(8) }),
  run: ({ request, school, params, query }) => serveSignedFile(school.id, params.path, query, request),
})
