'use server'
import { can } from '#lib/auth/access'
import { action } from '#lib/auth/action'
import { person } from '#lib/auth/actor'
import { createRoleForm, deleteRoleForm, ticked, updateRoleForm } from '#lib/roles/contract'
import { createRole } from '#lib/roles/create-role'
import { deleteRole } from '#lib/roles/delete-role'
import { updateRole } from '#lib/roles/update-role'
import { changedOnly } from '#lib/school/rules'

/** A role of the school's own. */
export const makeRole = action({
  id: 'roles.create',
  access: can('role:manage'),
  input: createRoleForm,
  run: ({ db, school, actor, input }) =>
    createRole(db, {
      by: { actorId: person(actor).userId, locale: school.locale },
      ...{ name: input.name, description: input.description, permissions: ticked(input) },
    }),
  audit: ({ input }, { id }) => ({
    ...{ targetType: 'Role', targetId: id },
    after: { name: input.name, description: input.description, permissions: ticked(input) },
  }),
  then: () => '/admin/roles?done=created',
})

/** What a role is called and adds. */
export const saveRole = action({
  id: 'roles.update',
  access: can('role:manage'),
  input: updateRoleForm,
  run: ({ db, school, actor, input }) =>
    updateRole(db, {
      by: { actorId: person(actor).userId, locale: school.locale },
      ...{ id: input.roleId, seen: input.seen },
      ...{ name: input.name, description: input.description, permissions: ticked(input) },
    }),
  audit: ({ input }, before) => {
    const after = { name: input.name, description: input.description, permissions: ticked(input) }
    return { targetType: 'Role', targetId: input.roleId, ...changedOnly(before, after) }
  },
  then: () => '/admin/roles?done=saved',
})

/** A role that nobody is to hold any more. */
export const removeRole = action({
  id: 'roles.delete',
  access: can('role:manage'),
  input: deleteRoleForm,
  run: ({ db, school, actor, input }) =>
    deleteRole(db, { by: { actorId: person(actor).userId, locale: school.locale }, id: input.roleId }),
  audit: ({ input }, before) => ({ targetType: 'Role', targetId: input.roleId, before }),
  then: () => '/admin/roles?done=deleted',
})
