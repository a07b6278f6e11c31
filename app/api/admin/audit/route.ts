import { z } from 'zod'
import { auditQuery } from '#lib/audit/contract'
import { exportAudit } from '#lib/audit/export-audit'
import { can } from '#lib/auth/access'
import { person } from '#lib/auth/actor'
import { currentClient } from '#lib/auth/client'
import { route } from '#lib/auth/route'

/** The audit log as a CSV file, filtered as its page is. */
export const GET = route({
  id: 'audit.export',
  access: can('audit:read'),
  params: z.strictObject({}),
  query: auditQuery,
  run: async ({ db, school, actor, query }) => {
    const { csv } = await exportAudit(db, {
      ...{ query, timeZone: school.timeZone, actorId: person(actor).userId },
      client: await currentClient(),
    })
    return new Response(csv, {
      headers: {
        'Content-Type': 'text/csv; charset=utf-8',
        'Content-Disposition': `attachment; filename="audit-${school.subdomain}.csv"`,
        'X-Content-Type-Options': 'nosniff',
      },
    })
  },
})
