import { z } from 'zod'
import { schoolRefusal } from '#app/refusals'
import { AuditLog } from '#components/admin/audit-log'
import { AUDIT_PAGE, auditSearch } from '#lib/audit/contract'
import { entryOf, filterOf } from '#lib/audit/views'
import { can } from '#lib/auth/access'
import { person } from '#lib/auth/actor'
import { page } from '#lib/auth/page'
import { listAudit } from '#lib/db/queries/audit'
import { cursorFrom } from '#lib/db/queries/cursor'
import { translator } from '#lib/i18n/translate'

const audit = page({
  id: 'admin.audit',
  access: can('audit:read'),
  refused: schoolRefusal,
  params: z.strictObject({}),
  search: auditSearch,
  load: async ({ db, school, search }) => {
    const { cursor, ...query } = search
    const filter = filterOf(query, school.timeZone)
    const found = await listAudit(db, { filter, cursor: cursorFrom(cursor), limit: AUDIT_PAGE })
    const { rows, nextCursor, previousCursor } = found
    return { query, entries: rows.map(entryOf), nextCursor, previousCursor }
  },
  metadata: (_log, { school }) => ({
    title: `${translator(school.locale, 'audit')('title')} · ${school.name}`,
  }),
  render: (log, { school, actor }) => (
    <AuditLog
      locale={school.locale}
      permissions={person(actor).permissions}
      timeZone={school.timeZone}
      seed={school.subdomain}
      {...log}
    />
  ),
})

export default audit.Page
export const generateMetadata = audit.generateMetadata
