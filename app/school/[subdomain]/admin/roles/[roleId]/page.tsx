import { z } from 'zod'
import { removeRole, saveRole } from '#app/actions/roles'
import { schoolRefusal } from '#app/refusals'
import { RolePage } from '#components/admin/role-page'
import { can } from '#lib/auth/access'
import { person } from '#lib/auth/actor'
import { page } from '#lib/auth/page'
import { countInvitedInto, getRole, roleHolders } from '#lib/db/queries/roles'
import { idField } from '#lib/roles/contract'
import { formOf } from '#lib/roles/views'

const role = page({
  id: 'admin.role',
  access: can('role:manage'),
  refused: schoolRefusal,
  params: z.strictObject({ roleId: idField }),
  search: z.strictObject({}),
  load: async ({ db, params, actor }) => {
    const row = await getRole(db, params.roleId)
    const holders = await roleHolders(db, params.roleId)
    const invitations = await countInvitedInto(db, params.roleId)
    return formOf(row, person(actor).permissions, { holders, invitations })
  },
  metadata: (form, { school }) => ({ title: `${form.name} · ${school.name}` }),
  render: (form, { school, actor }) => {
    const held = person(actor).permissions
    return (
      <RolePage
        locale={school.locale}
        permissions={held}
        held={held}
        role={form}
        save={saveRole}
        remove={removeRole}
      />
    )
  },
})

export default role.Page
export const generateMetadata = role.generateMetadata
