import type { ActionRow, PageRow } from './world'

const ACTING = { anonymous: 307, student: 403, instructor: 403, admin: 200 } as const

export const PAGES: readonly PageRow[] = [
  // Instructors see who is in the school, without what can be done to them.
  {
    ...{ id: 'admin.people', host: 'school', anonymous: 307, student: 403, instructor: 200, admin: 200 },
    path: () => '/admin/people',
  },
  {
    ...{ id: 'admin.people', host: 'school', anonymous: 307, student: 403, instructor: 404, admin: 404 },
    path: () => '/admin/people?cursor=nonsense',
  },
  { id: 'admin.people-invite', host: 'school', path: () => '/admin/people/invite', ...ACTING },
  { id: 'admin.people-import', host: 'school', path: () => '/admin/people/import', ...ACTING },
  { id: 'admin.people-invitations', host: 'school', path: () => '/admin/people/invitations', ...ACTING },
  { id: 'admin.person', host: 'school', path: ({ acme }) => `/admin/people/${acme.studentId}`, ...ACTING },
  {
    ...{ id: 'admin.person', host: 'school', ...ACTING, admin: 404 },
    path: ({ globex }) => `/admin/people/${globex.studentId}`,
  },
]

const NOT_ALLOWED = { anonymous: 'unauthenticated', student: 'forbidden', instructor: 'forbidden' } as const

type Fields = Readonly<Record<string, string>>

/** What is done to a person: never by those without the permission, to oneself, or to another school's. */
function toPerson(id: string, more: Fields = {}): ActionRow {
  const of = (userId: string) => ({ userId, ...more })
  return {
    ...{ id, form: ({ acme }) => of(acme.otherStudentId), refused: NOT_ALLOWED },
    broken: { who: 'admin', form: () => of('NO ID'), code: 'invalid_input' },
    foreign: [
      { who: 'admin', form: ({ globex }) => of(globex.studentId), code: 'not_found' },
      { who: 'admin', form: ({ acme }) => of(acme.adminId), code: 'forbidden' },
      {
        who: 'admin',
        form: ({ acme, globex }) => ({ ...of(acme.studentId), tenantId: globex.id }),
        code: 'invalid_input',
      },
    ],
  }
}

function toInvitation(id: string): ActionRow {
  return {
    ...{ id, form: () => ({ invitationId: 'nothing' }), refused: NOT_ALLOWED },
    broken: { who: 'admin', form: () => ({ invitationId: '' }), code: 'invalid_input' },
    foreign: [
      { who: 'admin', form: () => ({ invitationId: 'nothing' }), code: 'not_found' },
      { who: 'admin', form: ({ globex }) => ({ invitationId: globex.adminId }), code: 'not_found' },
    ],
  }
}

const GUEST = { email: 'guest@acme.test', name: '', role: 'STUDENT' } as const
const LIST = { text: 'guest@acme.test' } as const

export const ACTIONS: readonly ActionRow[] = [
  {
    ...{ id: 'people.invite', form: () => GUEST, refused: NOT_ALLOWED },
    broken: { who: 'admin', form: () => ({ ...GUEST, email: '' }), code: 'invalid_input' },
    foreign: [
      // The platform's role is no choice, and who invites is never asked.
      { who: 'admin', form: () => ({ ...GUEST, role: 'SUPER_ADMIN' }), code: 'invalid_input' },
      {
        who: 'admin',
        form: ({ globex }) => ({ ...GUEST, invitedById: globex.adminId }),
        code: 'invalid_input',
      },
      { who: 'admin', form: () => ({ ...GUEST, roleIds: 'nothing' }), code: 'not_found' },
      { who: 'admin', form: () => ({ ...GUEST, email: 'student@acme.test' }), code: 'conflict' },
    ],
  },
  {
    ...{ id: 'people.import-preview', form: () => LIST, refused: NOT_ALLOWED },
    broken: { who: 'admin', form: () => ({ text: '' }), code: 'invalid_input' },
  },
  {
    ...{ id: 'people.import', form: () => LIST, refused: NOT_ALLOWED },
    broken: { who: 'admin', form: () => ({ text: '' }), code: 'invalid_input' },
    foreign: [{ who: 'admin', form: () => ({ ...LIST, limit: '100000' }), code: 'invalid_input' }],
  },
  toInvitation('people.resend-invitation'),
  toInvitation('people.revoke-invitation'),
  toPerson('people.change-role', { role: 'INSTRUCTOR', seen: 'STUDENT' }),
  toPerson('people.change-custom-roles', { seen: '' }),
  toPerson('people.disable'),
  toPerson('people.enable'),
  toPerson('people.end-sessions'),
  toPerson('people.reset-second-factor'),
  toPerson('people.delete', { successor: '' }),
]
