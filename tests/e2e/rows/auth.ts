import type { ActionRow, PageRow } from './world'

/** Signed in already: on to where they would go. */
const HOME = { student: 307, instructor: 307, admin: 307 } as const
const OPEN = { student: 200, instructor: 200, admin: 200 } as const

const FORGED = 'nothing.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'
const dead = (path: string) => () => `${path}?token=${FORGED}`

export const PAGES: readonly PageRow[] = [
  { id: 'school.sign-in', host: 'school', path: () => '/sign-in', anonymous: 200, ...HOME },
  {
    id: 'school.second-factor',
    host: 'school',
    path: () => '/sign-in/second-factor',
    anonymous: 307,
    ...HOME,
  },
  { id: 'school.sign-up', host: 'school', path: () => '/sign-up', anonymous: 200, ...HOME },
  { id: 'school.forgot-password', host: 'school', path: () => '/forgot-password', anonymous: 200, ...OPEN },
  { id: 'school.reset-password', host: 'school', path: dead('/reset-password'), anonymous: 200, ...OPEN },
  { id: 'school.magic-link', host: 'school', path: () => '/magic-link', anonymous: 200, ...OPEN },
  { id: 'school.magic-link', host: 'school', path: dead('/magic-link'), anonymous: 200, ...HOME },
  { id: 'school.verify', host: 'school', path: dead('/verify'), anonymous: 200, ...HOME },
  { id: 'school.invitation', host: 'school', path: dead('/invitation'), anonymous: 200, ...HOME },
  { id: 'school.change-email', host: 'school', path: dead('/change-email'), anonymous: 200, ...OPEN },
  { id: 'site.sign-in', host: 'root', path: () => '/sign-in', anonymous: 200, root: 307 },
  { id: 'site.second-factor', host: 'root', path: () => '/sign-in/second-factor', anonymous: 307, root: 307 },
  { id: 'site.forgot-password', host: 'root', path: () => '/forgot-password', anonymous: 200, root: 200 },
  { id: 'site.reset-password', host: 'root', path: dead('/reset-password'), anonymous: 200, root: 200 },
  { id: 'site.magic-link', host: 'root', path: () => '/magic-link', anonymous: 200, root: 200 },
  { id: 'site.verify', host: 'root', path: dead('/verify'), anonymous: 200, root: 307 },
  { id: 'site.change-email', host: 'root', path: dead('/change-email'), anonymous: 200, root: 200 },
]

const PASSWORD = 'correct horse battery'

/** A link that was never made: for strangers and for people of the school alike it opens nothing. */
function byToken(id: string, more: Readonly<Record<string, string>> = {}): ActionRow {
  const form = () => ({ token: FORGED, ...more })
  return {
    ...{ id, form, refused: { anonymous: 'not_found', student: 'not_found', admin: 'not_found' } },
    broken: { who: 'anonymous', form: () => ({ token: '', ...more }), code: 'invalid_input' },
    foreign: [
      {
        who: 'admin',
        form: ({ globex }) => ({ token: `${globex.studentId}.x`, ...more }),
        code: 'not_found',
      },
      // What a form never asks for is refused, not ignored.
      { who: 'anonymous', form: () => ({ ...form(), role: 'ADMIN' }), code: 'invalid_input' },
    ],
  }
}

/** Open to everybody, so nobody is refused; what can't be read changes nothing. */
function open(id: string, form: Readonly<Record<string, string>>): ActionRow {
  return {
    ...{ id, form: () => form, refused: {} },
    broken: {
      who: 'anonymous',
      form: () => ({ ...form, email: 'no address', code: '1' }),
      code: 'invalid_input',
    },
    foreign: [
      { who: 'anonymous', form: () => ({ ...form, tenantId: 'other' }), code: 'invalid_input' },
      { who: 'anonymous', form: () => ({ ...form, role: 'ADMIN' }), code: 'invalid_input' },
    ],
  }
}

export const ACTIONS: readonly ActionRow[] = [
  open('auth.sign-in', { email: 'student@acme.test', password: PASSWORD }),
  open('auth.second-factor', { code: '123456' }),
  open('auth.request-magic-link', { email: 'student@acme.test' }),
  open('auth.forgot-password', { email: 'student@acme.test' }),
  open('auth.sign-up', { name: 'New Person', email: 'new@acme.test' }),
  byToken('auth.use-magic-link'),
  byToken('auth.verify'),
  byToken('auth.reset-password', { password: PASSWORD }),
  byToken('auth.accept-invitation', { name: 'New Person', password: PASSWORD }),
  byToken('auth.change-email'),
]
