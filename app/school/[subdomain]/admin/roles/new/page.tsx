import { z } from 'zod'
import { makeRole } from '#app/actions/roles'
import { schoolRefusal } from '#app/refusals'
import { NewRole } from '#components/admin/role-page'
import { can } from '#lib/auth/access'
import { person } from '#lib/auth/actor'
import { page } from '#lib/auth/page'
import { translator } from '#lib/i18n/translate'

const newRole = page({
  id: 'admin.new-role',
  access: can('role:manage'),
  refused: schoolRefusal,
  params: z.strictObject({}),
  search: z.strictObject({}),
  load: () => Promise.resolve(null),
  metadata: (_nothing, { school }) => ({
    title: `${translator(school.locale, 'roles')('newTitle')} · ${school.name}`,
  }),
  render: (_nothing, { school, actor }) => {
    const held = person(actor).permissions
    return <NewRole locale={school.locale} permissions={held} held={held} action={makeRole} />
  },
})

export default newRole.Page
export const generateMetadata = newRole.generateMetadata
