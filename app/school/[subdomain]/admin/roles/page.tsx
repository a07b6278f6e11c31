import { z } from 'zod'
import { schoolRefusal } from '#app/refusals'
import { RoleList } from '#components/admin/role-list'
import { can } from '#lib/auth/access'
import { person } from '#lib/auth/actor'
import { page } from '#lib/auth/page'
import { listRoles } from '#lib/db/queries/roles'
import { translator } from '#lib/i18n/translate'
import { rolesSearch } from '#lib/roles/contract'
import { summaryOf } from '#lib/roles/views'

const roles = page({
  id: 'admin.roles',
  access: can('role:manage'),
  refused: schoolRefusal,
  params: z.strictObject({}),
  search: rolesSearch,
  load: async ({ db }) => (await listRoles(db)).map(summaryOf),
  metadata: (_roles, { school }) => ({
    title: `${translator(school.locale, 'roles')('title')} · ${school.name}`,
  }),
  render: (list, { school, actor, search }) => (
    <RoleList
      locale={school.locale}
      permissions={person(actor).permissions}
      roles={list}
      done={search.done}
      seed={school.subdomain}
    />
  ),
})

export default roles.Page
export const generateMetadata = roles.generateMetadata
