import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type Answer, ask, hostOf, rootHost } from '#tests/support/http'
import { contentOfTables, owner } from '#tests/support/served'
import { loadWorld, type World } from './rows/world'
import { cookieOf, SESSION_COOKIE, signIn } from './sign-in'

// Who is signed in is asked of the database at every request: what ends a session, ends it at the next one.

let world: World

beforeAll(async () => {
  world = await loadWorld()
})

const ENDED: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const undo of ENDED.splice(0)) await undo()
})

function dashboard(headers: Record<string, string>, host = hostOf('acme')): Promise<Answer> {
  return ask({ host, path: '/dashboard', headers })
}

/** Twenty requests at once. */
function twenty(headers: Record<string, string>): Promise<number[]> {
  return Promise.all(Array.from({ length: 20 }, async () => (await dashboard(headers)).status))
}

async function run(statement: string, values: readonly unknown[]): Promise<void> {
  await owner().query(statement, [...values])
}

const ENDS: readonly (readonly [string, (id: string, token: string) => Promise<void>, number])[] = [
  [
    'signing out',
    async (_id, token) => {
      const answer = await ask({
        ...{ host: hostOf('acme'), path: '/api/auth/sign-out', method: 'POST', body: '' },
        headers: { ...cookieOf(token), origin: `http://${hostOf('acme')}` },
      })
      expect(answer.status).toBe(303)
    },
    307,
  ],
  ['an ended session', (id) => run('delete from "Session" where "userId" = $1', [id]), 307],
  [
    'a disabled person',
    async (id) => {
      await run('update "User" set "disabledAt" = now() where id = $1', [id])
      ENDED.push(() => run('update "User" set "disabledAt" = null where id = $1', [id]))
    },
    307,
  ],
  [
    'a deleted person',
    async (id) => {
      await run('update "User" set "deletedAt" = now() where id = $1', [id])
      ENDED.push(() => run('update "User" set "deletedAt" = null where id = $1', [id]))
    },
    307,
  ],
  [
    'a suspended school',
    async () => {
      await run(`update "Tenant" set status = 'SUSPENDED' where id = $1`, [world.acme.id])
      ENDED.push(() => run(`update "Tenant" set status = 'ACTIVE' where id = $1`, [world.acme.id]))
    },
    403,
  ],
  [
    'a session that is too old',
    (id) =>
      run(
        `update "Session" set "createdAt" = now() - interval '40 days', "expiresAt" = now() - interval '1 second' where "userId" = $1`,
        [id],
      ),
    307,
  ],
  [
    'one that nobody has used for a week',
    (id) => run(`update "Session" set "lastSeenAt" = now() - interval '8 days' where "userId" = $1`, [id]),
    307,
  ],
  [
    'a second factor that was never shown in it',
    async (id) => {
      await run(
        `insert into "SecondFactor" ("tenantId", "userId", secret, "confirmedAt") values ($1, $2, 'x', now())`,
        [world.acme.id, id],
      )
      await run('update "Session" set "secondFactorAt" = null where "userId" = $1', [id])
      ENDED.push(() => run('delete from "SecondFactor" where "userId" = $1', [id]))
    },
    307,
  ],
]

describe('no request is served after', () => {
  test.each(ENDS)('%s, with twenty of them in flight at that moment', async (_name, end, status) => {
    const { id, studentId } = world.acme
    const token = await signIn(id, studentId)
    const headers = cookieOf(token)
    expect((await dashboard(headers)).status).toBe(200)
    const flying = twenty(headers)
    await end(studentId, token)
    const after = await twenty(headers)
    expect(after).toEqual(after.map(() => status))
    expect((await flying).every((one) => [200, status].includes(one))).toBe(true)
    await run('delete from "Session" where "userId" = $1', [studentId])
  })

  test('a lower role: the administration is closed at the next request', async () => {
    const { id, adminId } = world.acme
    const headers = cookieOf(await signIn(id, adminId))
    const people = () => ask({ host: hostOf('acme'), path: '/admin/roles', headers })
    expect((await people()).status).toBe(200)
    await run(`update "User" set role = 'STUDENT' where id = $1`, [adminId])
    ENDED.push(() => run(`update "User" set role = 'ADMIN' where id = $1`, [adminId]))
    expect((await people()).status).toBe(403)
  })

  test('the school asks its staff for a second factor: they can set one up and nothing else', async () => {
    const { id, adminId, studentId } = world.acme
    const [admin, student] = [cookieOf(await signIn(id, adminId)), cookieOf(await signIn(id, studentId))]
    await run('update "Tenant" set "staffSecondFactor" = true where id = $1', [id])
    ENDED.push(() => run('update "Tenant" set "staffSecondFactor" = false where id = $1', [id]))
    const answer = await dashboard(admin)
    expect([answer.status, answer.headers.location]).toEqual([307, '/account/security'])
    const setUp = await ask({ host: hostOf('acme'), path: '/account/security', headers: admin })
    expect(setUp.status).toBe(200)
    expect((await dashboard(student)).status).toBe(200)
  })
})

describe('a session is worth something on its own host alone', () => {
  test.each([
    ['another school', () => hostOf('globex')],
    ['the root host', () => rootHost()],
  ])('not on %s’s', async (_name, host) => {
    const token = await signIn(world.acme.id, world.acme.adminId)
    for (const path of ['/account', '/account/security']) {
      const answer = await ask({ host: host(), path, headers: cookieOf(token) })
      expect([answer.status, answer.headers.location]).toEqual([
        307,
        `/sign-in?next=${encodeURIComponent(path)}`,
      ])
    }
  })

  test.each([
    [
      'the hash that the database knows',
      async (token: string) => {
        const { createHash } = await import('node:crypto')
        return createHash('sha256').update(token).digest('hex')
      },
    ],
    ['a shorter text', (token: string) => Promise.resolve(token.slice(1))],
    ['a longer text', (token: string) => Promise.resolve(`${token}A`)],
    ['other letters', (token: string) => Promise.resolve(token.toUpperCase())],
    ['SQL', () => Promise.resolve(`' or true --`)],
    ['nothing', () => Promise.resolve('')],
  ])('%s opens nothing', async (_name, forge) => {
    const token = await signIn(world.acme.id, world.acme.adminId)
    const forged = await forge(token)
    expect((await dashboard({ cookie: `${SESSION_COOKIE}=${encodeURIComponent(forged)}` })).status).toBe(307)
  })

  test('a session cookie of the https name is not read over http, nor the other way round', async () => {
    const token = await signIn(world.acme.id, world.acme.adminId)
    expect((await dashboard({ cookie: `__Host-${SESSION_COOKIE}=${token}` })).status).toBe(307)
  })
})

describe('sign-out', () => {
  test('by another site’s page ends nothing', async () => {
    const token = await signIn(world.acme.id, world.acme.studentId)
    for (const origin of ['https://evil.test', `http://${hostOf('globex')}`, 'null']) {
      const answer = await ask({
        ...{ host: hostOf('acme'), path: '/api/auth/sign-out', method: 'POST', body: '' },
        headers: { ...cookieOf(token), origin },
      })
      expect(answer.status).toBe(403)
    }
    expect((await dashboard(cookieOf(token))).status).toBe(200)
  })

  test('by a link, or twice, changes nothing more', async () => {
    const token = await signIn(world.acme.id, world.acme.studentId)
    const link = await ask({ host: hostOf('acme'), path: '/api/auth/sign-out', headers: cookieOf(token) })
    expect(link.status).toBe(405)
    const out = () =>
      ask({
        ...{ host: hostOf('acme'), path: '/api/auth/sign-out', method: 'POST', body: '' },
        headers: cookieOf(token),
      })
    expect((await out()).headers['set-cookie']?.join()).toContain('Max-Age=0')
    const content = await contentOfTables()
    expect((await out()).status).toBe(303)
    expect(await contentOfTables()).toBe(content)
  })
})

test('a signed-in page is kept by no cache and sets no cookie', async () => {
  const answer = await dashboard(cookieOf(await signIn(world.acme.id, world.acme.studentId)))
  expect(answer.headers['cache-control']).toMatch(/no-store/)
  expect(answer.headers['set-cookie']).toBeUndefined()
})
