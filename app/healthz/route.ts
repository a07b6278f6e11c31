import { z } from 'zod'
import { publicAccess } from '#lib/auth/access'
import { hostRoute, json } from '#lib/auth/route'

/** The process is alive. Asks nothing of the database. */
export const GET = hostRoute({
  id: 'health.alive',
  access: publicAccess('Load balancers and supervisors ask without a session.'),
  query: z.object({}),
  run: () => Promise.resolve(json({ status: 'alive' })),
})
