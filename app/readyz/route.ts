import { z } from 'zod'
import { publicAccess } from '#lib/auth/access'
import { hostRoute, json } from '#lib/auth/route'
import { readiness } from '#lib/health/readiness'

/** The process can serve: its database answers and is migrated. */
export const GET = hostRoute({
  id: 'health.ready',
  access: publicAccess('Load balancers ask without a session; the answer holds no data.'),
  query: z.object({}),
  run: async () => {
    const state = await readiness()
    return json(state, state.ready ? 200 : 503)
  },
})
