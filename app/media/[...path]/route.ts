import { z } from 'zod'
import { publicAccess } from '#lib/auth/access'
import { schoolRoute } from '#lib/auth/route'
import { servePublicFile } from '#lib/files/serve-public-file'

/** Pictures and films of a school's public folder. */
export const GET = schoolRoute({
  id: 'media.public',
  access: publicAccess(
    'The folder holds what the school’s public pages show: covers, and pictures of preview lessons.',
  ),
  query: z.strictObject({}),
  params: z.strictObject({ path: z.array(z.string().min(1).max(100)).min(1).max(8) }),
  run: ({ request, school, params }) => servePublicFile(school.id, params.path, request),
})
