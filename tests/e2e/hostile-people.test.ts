import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Answer, ask, hostOf, rootHost } from '#tests/support/http'
import { contentOfTables, logSize, logText, owner } from '#tests/support/served'
import { type ActionRef, actionRef, callAction, type Called } from './call-action'
import { loadWorld, type World } from './rows/world'
import { cookieOf, SESSION_COOKIE, signIn } from './sign-in'

// What went wrong elsewhere, tried here: each test is named after what it guards.

const AUTH = 'app/actions/auth.ts'
const PASSWORD = 'smartlms-demo'

let world: World
let ref: Readonly<Record<'signIn' | 'forgot' | 'magic' | 'signUp', ActionRef>>

beforeAll(async () => {
  world = await loadWorld()
  ref = {
    signIn: actionRef(AUTH, 'signIn'),
    forgot: actionRef(AUTH, 'requestPasswordReset'),
    magic: actionRef(AUTH, 'requestMagicLink'),
    signUp: actionRef(AUTH, 'signUp'),
  }
})

beforeEach(() => owner().query('delete from "Throttle"'))
afterAll(() => owner().query('delete from "Throttle"'))

type Try = Readonly<{
  email?: string
  password?: string
  more?: Readonly<Record<string, string>>
  headers?: Readonly<Record<string, string>>
  host?: string
  from?: string
}>

function trySignIn({
  email = 'student@acme.test',
  password = PASSWORD,
  more = {},
  host,
  ...rest
}: Try): Promise<Called> {
  return callAction({
    ref: ref.signIn.ref,
    host: host ?? hostOf('acme'),
    path: '/sign-in',
    form: { email, password, ...more },
    ...rest,
  })
}

function sessionCookie(answer: Answer): string | null {
  const set = (answer.headers['set-cookie'] ?? []).find((text) => text.startsWith(`${SESSION_COOKIE}=`))
  return set === undefined ? null : (/=([^;]*)/.exec(set)?.[1] ?? null)
}

describe('a session', () => {
  test('is new at every sign-in: a cookie that was planted before is not taken over', async () => {
    const planted = 'A'.repeat(43)
    const called = await trySignIn({ headers: cookieOf(planted) })
    const given = sessionCookie(called.answer)
    expect(given).toMatch(/^[A-Za-z0-9_-]{43}$/)
    expect(given).not.toBe(planted)
    const before = await ask({ host: hostOf('acme'), path: '/account', headers: cookieOf(planted) })
    expect(before.status).toBe(307)
  })

  test('travels in a cookie that scripts, other sites’ forms and other hosts don’t get', async () => {
    const { answer } = await trySignIn({})
    const set = (answer.headers['set-cookie'] ?? []).find((text) => text.startsWith(SESSION_COOKIE)) ?? ''
    expect(set).toMatch(/HttpOnly/i)
    expect(set).toMatch(/SameSite=lax/i)
    expect(set).toMatch(/Path=\/;/i)
    expect(set).not.toMatch(/Domain=/i)
  })

  test('makes its browser known, in a cookie as well kept; it gets in from where somebody guesses', async () => {
    const { answer } = await trySignIn({})
    const set = (answer.headers['set-cookie'] ?? []).find((text) => text.startsWith('smartlms.known=')) ?? ''
    expect(set).toMatch(/HttpOnly/i)
    expect(set).toMatch(/SameSite=lax/i)
    expect(set).toMatch(/Path=\/;/i)
    expect(set).toMatch(/Max-Age=15552000/i)
    expect(set).not.toMatch(/Domain=/i)
    for (let n = 0; n < 4; n += 1) await trySignIn({ password: 'wrong' })
    await owner().query(`update "Throttle" set failures = 12, "lastAt" = now() where kind = 'sign-in.pair'`)
    expect((await trySignIn({})).code).toBe('rate_limited')
    const headers = { cookie: set.split(';')[0] ?? '' }
    expect((await trySignIn({ headers, email: 'admin@acme.test', password: 'wrong' })).code).toBe(
      'wrong_credentials',
    )
    expect((await trySignIn({ headers })).code).toBe('ok')
  })

  test('is nothing that a client can update: there is no such address', async () => {
    const headers = cookieOf(await signIn(world.acme.id, world.acme.studentId))
    const content = await contentOfTables()
    const data = JSON.stringify({
      data: { role: 'ADMIN', tenantId: world.globex.id, email: 'admin@acme.test' },
    })
    for (const path of [
      '/api/auth/session',
      '/api/auth/update',
      '/api/auth/callback/credentials',
      '/api/auth/csrf',
    ]) {
      for (const method of ['GET', 'POST'] as const) {
        const answer = await ask({
          ...{ host: hostOf('acme'), path, method },
          ...(method === 'POST' ? { body: data } : {}),
          headers: { ...headers, 'content-type': 'application/json' },
        })
        expect([path, method, answer.status >= 400]).toEqual([path, method, true])
      }
    }
    expect(await contentOfTables()).toBe(content)
  })

  test('says nothing of itself in the log: no cookie, no password, no address', async () => {
    const from = logSize()
    const { answer } = await trySignIn({})
    await trySignIn({ password: 'a-wrong-password' })
    const log = logText(from)
    for (const secret of [sessionCookie(answer) ?? '-', PASSWORD, 'a-wrong-password', 'student@acme.test'])
      expect(log).not.toContain(secret)
  })
})

describe('the same address in two schools', () => {
  test('is two people: the password of one opens nothing at the other, and each stays who they are', async () => {
    const globex = await owner().query<{ id: string }>(
      `select id from "User" where "tenantId" = $1 and email = 'student@acme.test'`,
      [world.globex.id],
    )
    await owner().query(`update "User" set password = '!' where id = $1`, [globex.rows[0]?.id])
    expect((await trySignIn({ host: hostOf('globex') })).code).toBe('wrong_credentials')
    expect((await trySignIn({})).code).toBe('ok')
    await owner().query(
      `update "User" set password = (select password from "User" where "tenantId" = $1 and email = 'student@acme.test') where id = $2`,
      [world.acme.id, globex.rows[0]?.id],
    )
  })

  test('a school’s people are unknown on the root host, and the platform’s in every school', async () => {
    expect((await trySignIn({ host: rootHost() })).code).toBe('wrong_credentials')
    expect((await trySignIn({ email: 'root@smartlms.test' })).code).toBe('wrong_credentials')
    expect((await trySignIn({ email: 'root@smartlms.test', host: rootHost() })).code).toBe('ok')
  })

  test('a suspended school lets nobody in', async () => {
    const called = await trySignIn({ email: 'student@initech.test', host: hostOf('initech') })
    expect([called.answer.status, called.code]).toEqual([403, null])
  })
})

describe('guessing', () => {
  test('ten wrong tries make the guesser wait half a minute and more; the right password from elsewhere gets in', async () => {
    const codes: (string | null)[] = []
    for (let n = 0; n < 12; n += 1) codes.push((await trySignIn({ password: `wrong-${String(n)}` })).code)
    expect(codes.slice(0, 4)).toEqual(Array.from({ length: 4 }, () => 'wrong_credentials'))
    expect(codes.at(-1)).toBe('rate_limited')
    await owner().query(`update "Throttle" set failures = 10, "lastAt" = now() where kind = 'sign-in.pair'`)
    const waiting = await trySignIn({})
    expect(waiting.code).toBe('rate_limited')
    expect(waiting.text).toMatch(/Wait (6\d|5\d|3\d|4\d) seconds/)
    expect((await trySignIn({ from: '127.0.0.2' })).code).toBe('ok')
  })

  test('a forged X-Forwarded-For is no other place', async () => {
    for (let n = 0; n < 8; n += 1)
      await trySignIn({ password: 'wrong', headers: { 'x-forwarded-for': `10.0.0.${String(n)}` } })
    expect((await trySignIn({ headers: { 'x-forwarded-for': '10.9.9.9' } })).code).toBe('rate_limited')
  })

  test('fifty tries at the same moment count as fifty', async () => {
    const tries = await Promise.all(
      Array.from({ length: 50 }, (_, n) => trySignIn({ password: `wrong-${String(n)}` })),
    )
    const looked = tries.filter(({ code }) => code === 'wrong_credentials').length
    expect(looked).toBeLessThanOrEqual(6)
    expect(tries.every(({ code }) => code === 'wrong_credentials' || code === 'rate_limited')).toBe(true)
  })

  test('an unknown address, a wrong password and a disabled person get one and the same answer', async () => {
    await owner().query(`update "User" set "disabledAt" = now() where id = $1`, [world.acme.otherStudentId])
    const other = await owner().query<{ email: string }>('select email from "User" where id = $1', [
      world.acme.otherStudentId,
    ])
    const answers = [
      await trySignIn({ email: 'nobody-at-all@acme.test' }),
      await trySignIn({ password: 'wrong' }),
      await trySignIn({ email: other.rows[0]?.email ?? '' }),
    ]
    await owner().query(`update "User" set "disabledAt" = null where id = $1`, [world.acme.otherStudentId])
    const plain = answers.map(({ text }) => text.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'id'))
    expect(new Set(plain).size).toBe(1)
  })

  test.each(['forgot', 'magic', 'signUp'] as const)(
    '%s answers the same for an address with an account and one without',
    async (name) => {
      await owner().query(`update "Tenant" set "signUp" = 'OPEN' where id = $1`, [world.acme.id])
      const send = (email: string) =>
        callAction({
          ref: ref[name].ref,
          host: hostOf('acme'),
          path: ref[name].paths.school ?? '/sign-in',
          form: { email, ...(name === 'signUp' ? { name: 'Somebody' } : {}) },
        })
      const texts: string[] = []
      for (const email of ['student2@acme.test', 'unknown-person@acme.test']) {
        texts.push(
          (await send(email)).text.replaceAll(email, 'EMAIL').replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'id'),
        )
      }
      expect(texts[0]).toBe(texts[1])
      await owner().query(`delete from "Invitation" where email = 'unknown-person@acme.test'`)
    },
  )
})

describe('forms', () => {
  test.each([
    ['another site', { origin: 'https://evil.test' }],
    ['another school', { origin: 'http://globex.localhost' }],
    ['a sandboxed frame', { origin: 'null' }],
    [
      'another site with a forged X-Forwarded-Host',
      { origin: 'https://evil.test', 'x-forwarded-host': 'evil.test' },
    ],
  ])('%s can’t sign anybody in (login CSRF)', async (_name, headers) => {
    const { answer } = await trySignIn({ headers })
    expect(answer.status).toBe(403)
    expect(sessionCookie(answer)).toBeNull()
  })

  test.each([
    ['tenantId', 'platform'],
    ['role', 'SUPER_ADMIN'],
    ['userId', 'someone'],
    ['__proto__', '{"role":"ADMIN"}'],
    ['constructor', 'x'],
  ])('%s sent along is refused', async (name, value) => {
    const called = await trySignIn({ more: { [name]: value } })
    expect(called.code).toBe('invalid_input')
    expect(sessionCookie(called.answer)).toBeNull()
  })

  test.each([
    ['a letter that looks like the at sign', 'student＠acme.test'],
    ['a Kelvin sign for a k', 'ma\u212Ae@acme.test'],
    ['a null byte', 'student@acme.test\u0000'],
    ['two addresses', 'student@acme.test,admin@acme.test'],
    ['a line end', 'student@acme.test\r\nBcc: x@evil.test'],
    ['an address of a thousand letters', `${'a'.repeat(1_000)}@acme.test`],
  ])('%s is no address', async (_name, email) => {
    expect((await trySignIn({ email })).code).toBe('invalid_input')
  })

  test.each([
    '//evil.test',
    '/\\evil.test',
    '/\t/evil.test',
    'https://evil.test/',
    'javascript:alert(1)',
    '/api/auth/sign-out',
    '/%0d%0aSet-Cookie:x=1\r\nX: y',
  ])('signing in never leads away from the host (%s)', async (next) => {
    const { text, answer } = await trySignIn({ more: { next } })
    const led = /"redirectTo":"([^"]*)"/.exec(text)?.[1] ?? answer.headers.location ?? ''
    expect(led).toBe('/dashboard')
    const page = await ask({ host: hostOf('acme'), path: `/sign-in?next=${encodeURIComponent(next)}` })
    expect(page.body).not.toContain('href="//evil')
  })
})

describe('links of letters', () => {
  test.each(['/verify', '/reset-password', '/magic-link', '/invitation', '/change-email'])(
    '%s with a forged token shows nobody and changes nothing',
    async (path) => {
      const content = await contentOfTables()
      for (const token of [
        'x',
        `${world.acme.studentId}.${'A'.repeat(43)}`,
        "' or 1=1 --",
        '%00',
        '<script>alert(1)</script>',
      ]) {
        const answer = await ask({ host: hostOf('acme'), path: `${path}?token=${encodeURIComponent(token)}` })
        expect(answer.status).toBeLessThan(500)
        expect(answer.body).not.toContain('student@acme.test')
        expect(answer.body).not.toContain('<script>alert(1)')
      }
      expect(await contentOfTables()).toBe(content)
    },
  )
})

describe('no answer is shared', () => {
  test('between a visitor, two people and two schools: the same path, different pages, none cacheable', async () => {
    const { acme, globex } = world
    const answers = await Promise.all([
      ask({ host: hostOf('acme'), path: '/courses' }),
      ask({
        host: hostOf('acme'),
        path: '/courses',
        headers: cookieOf(await signIn(acme.id, acme.studentId)),
      }),
      ask({ host: hostOf('acme'), path: '/courses', headers: cookieOf(await signIn(acme.id, acme.adminId)) }),
      ask({
        host: hostOf('globex'),
        path: '/courses',
        headers: cookieOf(await signIn(globex.id, globex.studentId)),
      }),
    ])
    for (const answer of answers) {
      expect(answer.status).toBe(200)
      expect(answer.headers['cache-control']).toMatch(/no-store/)
      expect(answer.headers['set-cookie']).toBeUndefined()
    }
    expect(new Set(answers.map(({ body }) => body.replace(/nonce="[^"]*"/g, ''))).size).toBe(4)
    expect(answers[0].body).not.toContain('student@acme.test')
    expect(answers[2].body).not.toContain('student@acme.test')
    expect(answers[3].body).not.toContain('Acme')
  })
})
