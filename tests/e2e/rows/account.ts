import type { ActionRow, PageRow, Signed, World } from './world'

/** What is one's own: open to everybody who is signed in on this host, and to nobody else. */

const OWN = { anonymous: 307, student: 200, instructor: 200, admin: 200, stranger: 307 } as const
const REFUSED = { anonymous: 'unauthenticated', stranger: 'unauthenticated' } as const

const SITE = { anonymous: 307, root: 200 } as const
/** The demo's letters; outside demo mode a 404 for all. */
const EVERYBODY = { anonymous: 200, student: 200, instructor: 200, admin: 200, stranger: 200 } as const

export const PAGES: readonly PageRow[] = [
  { id: 'school.dashboard', host: 'school', path: () => '/dashboard', ...OWN },
  { id: 'school.account', host: 'school', path: () => '/account', ...OWN },
  { id: 'school.account-security', host: 'school', path: () => '/account/security', ...OWN },
  { id: 'school.outbox', host: 'school', path: () => '/outbox', ...EVERYBODY },
  { id: 'site.account', host: 'root', path: () => '/account', ...SITE },
  { id: 'site.account-security', host: 'root', path: () => '/account/security', ...SITE },
  { id: 'site.outbox', host: 'root', path: () => '/outbox', anonymous: 200, root: 200 },
]

type Form = Readonly<Record<string, string>>

/** What no form of one's own account may say: whose it is, and what they may do. */
const SMUGGLED: Form = { role: 'ADMIN', tenantId: 'x', userId: 'x' }

/** A row of an action that changes one's own account: sent by nobody, and with keys that it doesn't have. */
function own(id: string, form: Form, foreign?: { form: (world: World) => Form; code: string }): ActionRow {
  const who: Signed = 'student'
  return {
    id,
    form: () => form,
    refused: REFUSED,
    broken: { who, form: () => ({ ...form, ...SMUGGLED }), code: 'invalid_input' },
    ...(foreign === undefined ? {} : { foreign: [{ who, ...foreign }] }),
  }
}

const WRONG = 'not the password that anybody has'

export const ACTIONS: readonly ActionRow[] = [
  own('account.profile', { name: 'Somebody', timeZone: '' }),
  own('account.avatar', { file: 'no file' }),
  own('account.avatar-remove', {}),
  own(
    'account.change-email',
    { email: 'new@acme.test', current: WRONG },
    {
      form: () => ({ email: 'new@acme.test', current: '' }),
      code: 'invalid_input',
    },
  ),
  own(
    'account.password',
    { current: WRONG, password: 'forty quiet windmills turn' },
    {
      form: () => ({ current: '', password: 'forty quiet windmills turn' }),
      code: 'invalid_input',
    },
  ),
  own(
    'account.end-session',
    { sessionId: 'nobodys' },
    {
      form: (world) => ({ sessionId: world.globex.studentId }),
      code: 'not_found',
    },
  ),
  own('account.end-other-sessions', {}),
  own(
    'account.second-factor-start',
    { current: WRONG },
    { form: () => ({ current: '' }), code: 'invalid_input' },
  ),
  own(
    'account.second-factor-confirm',
    { code: '123456' },
    { form: () => ({ code: '123456' }), code: 'conflict' },
  ),
  own('account.second-factor-remove', { current: WRONG, code: '123456' }),
  own('account.recovery-codes', { current: WRONG }),
  own(
    'account.link-identity',
    { provider: 'nowhere', current: WRONG },
    { form: () => ({ provider: 'nowhere', current: WRONG }), code: 'not_found' },
  ),
  own('account.unlink-identity', { identityId: 'nobodys', current: WRONG }),
]
