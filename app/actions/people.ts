'use server'
import { can } from '#lib/auth/access'
import { action, notAudited } from '#lib/auth/action'
import { type Actor, person } from '#lib/auth/actor'
import { changeCustomRoles as changeCustomRolesOf } from '#lib/people/change-custom-roles'
import { changeRole as changeRoleOf } from '#lib/people/change-role'
import {
  customRolesForm,
  deleteForm,
  importForm,
  type InvitationDone,
  invitationForm,
  inviteForm,
  type PersonDone,
  personForm,
  previewForm,
  roleForm,
} from '#lib/people/contract'
import { deletePerson as remove } from '#lib/people/delete-person'
import { disablePerson as disable } from '#lib/people/disable-person'
import { enablePerson as enable } from '#lib/people/enable-person'
import { importPeople as importAll } from '#lib/people/import-people'
import { invitePerson as inviteOne } from '#lib/people/invite-person'
import { previewImport as preview } from '#lib/people/preview-import'
import { resendInvitation as resend } from '#lib/people/resend-invitation'
import { resetSecondFactor as reset } from '#lib/people/reset-second-factor'
import { revokeInvitation as revoke } from '#lib/people/revoke-invitation'
import { difference } from '#lib/people/rules'
import { signOutPerson as signOut } from '#lib/people/sign-out-person'
import { limitsOf } from '#lib/plans/rules'
import type { School } from '#lib/tenancy/school'

function by(actor: Actor, school: School) {
  const { userId, permissions } = person(actor)
  return { actorId: userId, held: permissions, locale: school.locale }
}

function limitOf(school: School): number | null {
  return limitsOf(school.plan).people
}

const ofPerson = (targetId: string) => ({ targetType: 'User', targetId })
const ofInvitation = (targetId: string) => ({ targetType: 'Invitation', targetId })
const pageOf = (userId: string, done: PersonDone) => `/admin/people/${userId}?done=${done}`
const listOf = (done: InvitationDone) => `/admin/people/invitations?done=${done}`

export const invitePerson = action({
  id: 'people.invite',
  access: can('user:invite'),
  input: inviteForm,
  run: ({ db, actor, school, input }) =>
    inviteOne(db, by(actor, school), { ...input, limit: limitOf(school) }),
  audit: ({ input: { email, role } }, { id, customRoles }) => ({
    ...ofInvitation(id),
    after: { email, role, customRoles },
  }),
})

export const previewImport = action({
  id: 'people.import-preview',
  access: can('user:invite'),
  input: previewForm,
  run: ({ db, actor, school, input: { text, file } }) =>
    preview(db, by(actor, school), { text, file: file ?? null, limit: limitOf(school) }),
  audit: notAudited('Says what an import would do and changes nothing.'),
})

export const importPeople = action({
  id: 'people.import',
  access: can('user:invite'),
  input: importForm,
  run: ({ db, actor, school, client, input: { text } }) =>
    importAll(db, by(actor, school), { text, limit: limitOf(school), client }),
  audit: (_context, done) =>
    done.invited === 0 ? null : { targetType: 'Invitation', targetId: null, after: done },
  then: ({ invited }) => listOf(invited === 0 ? 'nobody' : 'imported'),
})

export const resendInvitation = action({
  id: 'people.resend-invitation',
  access: can('user:invite'),
  input: invitationForm,
  run: ({ db, actor, school, input }) => resend(db, by(actor, school), { ...input, limit: limitOf(school) }),
  audit: ({ input }, { email }) => ({ ...ofInvitation(input.invitationId), after: { email } }),
  then: () => listOf('resent'),
})

export const revokeInvitation = action({
  id: 'people.revoke-invitation',
  access: can('user:invite'),
  input: invitationForm,
  run: ({ db, actor, school, input }) => revoke(db, by(actor, school), input.invitationId),
  audit: ({ input }, before) => ({ ...ofInvitation(input.invitationId), before }),
  then: () => listOf('revoked'),
})

export const changeRole = action({
  id: 'people.change-role',
  access: can('user:manage'),
  input: roleForm,
  run: async ({ db, actor, school, input }) => {
    const { before } = await changeRoleOf(db, by(actor, school), input)
    return { userId: input.userId, before, after: input.role }
  },
  audit: (_context, { userId, before, after }) =>
    before === after ? null : { ...ofPerson(userId), before: { role: before }, after: { role: after } },
  then: ({ userId }) => pageOf(userId, 'role'),
})

export const changeCustomRoles = action({
  id: 'people.change-custom-roles',
  access: can('user:manage'),
  input: customRolesForm,
  run: async ({ db, actor, school, input }) => ({
    userId: input.userId,
    ...(await changeCustomRolesOf(db, by(actor, school), input)),
  }),
  audit: (_context, { userId, before, after }) =>
    difference(before, after).length === 0
      ? null
      : { ...ofPerson(userId), before: { customRoles: before }, after: { customRoles: after } },
  then: ({ userId }) => pageOf(userId, 'custom'),
})

export const disablePerson = action({
  id: 'people.disable',
  access: can('user:manage'),
  input: personForm,
  run: async ({ db, actor, school, input: { userId } }) => ({
    userId,
    ...(await disable(db, by(actor, school), userId)),
  }),
  audit: (_context, { userId, changed, sessions }) =>
    changed
      ? { ...ofPerson(userId), before: { disabled: false }, after: { disabled: true, sessions } }
      : null,
  then: ({ userId }) => pageOf(userId, 'disabled'),
})

export const enablePerson = action({
  id: 'people.enable',
  access: can('user:manage'),
  input: personForm,
  run: async ({ db, actor, school, input: { userId } }) => ({
    userId,
    ...(await enable(db, by(actor, school), userId)),
  }),
  audit: (_context, { userId, changed }) =>
    changed ? { ...ofPerson(userId), before: { disabled: true }, after: { disabled: false } } : null,
  then: ({ userId }) => pageOf(userId, 'enabled'),
})

export const signOutPerson = action({
  id: 'people.end-sessions',
  access: can('user:manage'),
  input: personForm,
  run: async ({ db, actor, school, input: { userId } }) => ({
    userId,
    ...(await signOut(db, by(actor, school), userId)),
  }),
  audit: (_context, { userId, sessions }) => ({
    ...ofPerson(userId),
    before: { sessions },
    after: { sessions: 0 },
  }),
  then: ({ userId }) => pageOf(userId, 'signed-out'),
})

export const resetSecondFactor = action({
  id: 'people.reset-second-factor',
  access: can('user:manage'),
  input: personForm,
  run: async ({ db, actor, school, input: { userId } }) => ({
    userId,
    ...(await reset(db, by(actor, school), userId)),
  }),
  audit: (_context, { userId, removed }) =>
    removed ? { ...ofPerson(userId), before: { secondFactor: true }, after: { secondFactor: false } } : null,
  then: ({ userId }) => pageOf(userId, 'factor'),
})

export const deletePerson = action({
  id: 'people.delete',
  access: can('user:manage'),
  input: deleteForm,
  run: ({ db, actor, school, input }) => remove(db, by(actor, school), input),
  audit: ({ input }, { successorId, ...before }) => ({
    ...ofPerson(input.userId),
    before,
    after: { deleted: true, successorId },
  }),
  then: () => '/admin/people?done=deleted',
})
