import { z } from 'zod'
import { publicAccess } from '#lib/auth/access'
import { hostRoute } from '#lib/auth/route'
import { hostIcon } from '#lib/tenancy/host-icon'

/** The tab icon of the host: a school's initial on its colour, or the platform's. */
export const GET = hostRoute({
  id: 'brand.icon',
  access: publicAccess('An icon shows a letter and a colour that the front page shows too.'),
  query: z.object({}),
  run: async () =>
    new Response(await hostIcon(), {
      headers: {
        'Content-Type': 'image/svg+xml',
        'Cache-Control': 'private, max-age=3600',
      },
    }),
})
