import { z } from 'zod'
import { schoolRefusal } from '#app/refusals'
import { Overview } from '#components/admin/overview'
import { entryOf, filterOf } from '#lib/audit/views'
import { auditQuery } from '#lib/audit/contract'
import { can } from '#lib/auth/access'
import { person } from '#lib/auth/actor'
import { page } from '#lib/auth/page'
import { listAudit } from '#lib/db/queries/audit'
import { getFirstSteps, getUsage } from '#lib/db/queries/school'
import { translator } from '#lib/i18n/translate'
import { overviewOf } from '#lib/school/views'

const NEWEST = 5

const overview = page({
  id: 'admin.overview',
  access: can('school:settings'),
  refused: schoolRefusal,
  params: z.strictObject({}),
  search: z.strictObject({}),
  load: async ({ db, school, actor }) => {
    const { userId, permissions } = person(actor)
    const usage = await getUsage(db, school.timeZone)
    const steps = await getFirstSteps(db, userId)
    const filter = filterOf(auditQuery.parse({}), school.timeZone)
    const log = permissions.has('audit:read')
      ? await listAudit(db, { filter, cursor: null, limit: NEWEST })
      : null
    return { overview: overviewOf(school.plan, usage, steps), entries: log?.rows.map(entryOf) ?? null }
  },
  metadata: (_data, { school }) => ({
    title: `${translator(school.locale, 'admin')('title')} · ${school.name}`,
  }),
  render: (data, { school, actor }) => (
    <Overview
      locale={school.locale}
      permissions={person(actor).permissions}
      schoolName={school.name}
      timeZone={school.timeZone}
      {...data}
    />
  ),
})

export default overview.Page
export const generateMetadata = overview.generateMetadata
