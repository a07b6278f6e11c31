import { Secret, TOTP } from 'otpauth'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { ask, hostOf } from '#tests/support/http'
import { owner } from '#tests/support/served'
import { actionRef, callAction } from './call-action'
import { cookieOf, SESSION_COOKIE, signIn } from './sign-in'
import { submitForm } from './submit-form'
import { Wanderer } from './wanderer'
import { schoolFacts } from './world'

// What the forms of one's own account give back, and what becomes of the cookie, on the served product. What the
// changes themselves do is tested without it (tests/integration/account*.test.ts).

const PASSWORD = 'smartlms-demo'
const WRONG = 'a-guess-that-nobody-may-read'

let tenantId: string
let count = 0
let email: string
let userId: string
let token: string
let who: Wanderer

const at = (path: string): URL => new URL(path, `http://${hostOf('acme')}`)
const SECURITY = '/account/security'

beforeAll(async () => {
  tenantId = (await schoolFacts('acme')).id
})

beforeEach(async () => {
  count += 1
  email = `form${String(count)}@forms.example`
  const { rows } = await owner().query<{ id: string }>(
    `insert into "User" ("tenantId", email, name, password, "emailVerified")
     select $1, $2, 'Form Filler', password, now() from "User" where "tenantId" = $1 and email = 'student@acme.test' returning id`,
    [tenantId, email],
  )
  userId = rows[0]?.id ?? ''
  token = await signIn(tenantId, userId)
  who = new Wanderer()
  who.set(at('/'), SESSION_COOKIE, token)
})

afterAll(async () => {
  await owner().query(`delete from "User" where email like '%@forms.example'`)
})

async function isIn(text: string): Promise<boolean> {
  const { status } = await ask({ host: hostOf('acme'), path: '/dashboard', headers: cookieOf(text) })
  return status === 200
}

/** The session's token that an answer gives to the browser; null when it gives none. */
function given(headers: Readonly<{ 'set-cookie'?: string[] | undefined }>): string | null {
  const line = (headers['set-cookie'] ?? []).find((text) => text.startsWith(`${SESSION_COOKIE}=`))
  return /=([\w-]{43});/.exec(line ?? '')?.[1] ?? null
}

describe('a refused form, sent without a script', () => {
  test('comes back with what was typed, and never with the password', async () => {
    const { status, whole } = await submitForm(who, at('/account'), 'name="email"', {
      email: 'typed@elsewhere.example',
      current: WRONG,
    })
    expect(status).toBe(200)
    expect(whole).toContain('typed@elsewhere.example')
    expect(whole).toContain('isn’t the password you have now')
    expect(whole).not.toContain(WRONG)
  })

  test('of the second step doesn’t, either', async () => {
    const { whole } = await submitForm(who, at(SECURITY), 'Set it up', { current: WRONG })
    expect(whole).toContain('isn’t the password you have now')
    expect(whole).not.toContain(WRONG)
  })
})

/** Begins the set-up on the page. @returns the code that the app shows */
async function begin(): Promise<string> {
  const { status } = await submitForm(who, at(SECURITY), 'Set it up', { current: PASSWORD })
  expect(status).toBe(303)
  const { body } = await who.request(at(SECURITY))
  const secret = /otpauth:\/\/[^"]*[?&](?:amp;)?secret=([A-Z2-7]+)/.exec(body)?.[1] ?? ''
  return new TOTP({ secret: Secret.fromBase32(secret) }).generate()
}

describe('switching the second step on', () => {
  test('shows the codes without a script, and renews the browser’s session', async () => {
    const code = await begin()
    const answer = await submitForm(who, at(SECURITY), 'name="code"', { code })
    expect(answer.status).toBe(200)
    expect(answer.body.match(/\b[0-9a-f]{4}(?:-[0-9a-f]{4}){3}\b/g)?.length).toBeGreaterThanOrEqual(10)
    const fresh = given(answer.headers)
    expect(fresh).not.toBeNull()
    expect(fresh).not.toBe(token)
    expect([await isIn(token), await isIn(fresh ?? '')]).toEqual([false, true])
  })

  test('does so by a script as well', async () => {
    const code = await begin()
    const { ref } = actionRef('app/actions/account.ts', 'confirmSecondFactor')
    const call = { ref, host: hostOf('acme'), path: SECURITY, form: { code }, headers: cookieOf(token) }
    const called = await callAction(call)
    expect(called.code).toBe('ok')
    expect(called.text).toMatch(/[0-9a-f]{4}(?:-[0-9a-f]{4}){3}/)
    const fresh = given(called.answer.headers) ?? ''
    expect([await isIn(token), await isIn(fresh)]).toEqual([false, true])
  })
})

test('signing in anew ends the session that the browser held, and no other', async () => {
  const elsewhere = await signIn(tenantId, userId)
  const { ref } = actionRef('app/actions/auth.ts', 'signIn')
  const form = { email, password: PASSWORD }
  const { answer } = await callAction({
    ...{ ref, host: hostOf('acme'), path: '/sign-in', form, headers: cookieOf(token) },
  })
  const fresh = given(answer.headers) ?? ''
  expect([await isIn(fresh), await isIn(token), await isIn(elsewhere)]).toEqual([true, false, true])
})
