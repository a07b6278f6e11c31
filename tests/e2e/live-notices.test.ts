import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, describe, expect, inject, test } from 'vitest'
import { startWeb, untilAlive, type Web } from '#scripts/screenshots/throwaway'
import { ask, hostOf } from '#tests/support/http'
import { owner } from '#tests/support/served'
import { EventStream } from './event-stream'
import { loadWorld, type World } from './rows/world'
import { cookieOf, signIn } from './sign-in'

// What is new reaches the open pages of whom it concerns, in every web server, and nobody else's; until their session ends.

let world: World
let second: Web
const open = new Set<EventStream>()

beforeAll(async () => {
  world = await loadWorld()
  second = await startWeb(inject('served').workerEnvironment, inject('served').folder)
  await untilAlive(second)
})

afterEach(async () => {
  for (const stream of open) stream.close()
  open.clear()
  await owner().query(`delete from "Notification" where key like 'live:%'`)
})

afterAll(() => second.stop())

async function listen(
  input: Readonly<{
    school?: 'acme' | 'globex'
    token: string
    port?: number
    since?: number
    last?: number
  }>,
): Promise<EventStream> {
  const { school = 'acme', token, port = inject('served').port, since, last } = input
  const stream = await EventStream.open({
    host: `${school}.localhost:${port}`,
    path: `/api/notifications/live${since === undefined ? '' : `?since=${since}`}`,
    headers: { ...cookieOf(token), ...(last === undefined ? {} : { 'last-event-id': String(last) }) },
    port,
  })
  open.add(stream)
  if (stream.status === 200) await stream.until(({ event }) => event === 'state')
  return stream
}

/** Tells somebody something as the worker does: the row and the word of it in one transaction. */
async function tell(tenantId: string, userId: string, title: string): Promise<void> {
  await owner().query(
    `with told as (insert into "Notification" ("tenantId", "userId", type, key, title, message, link)
       values ($1, $2, 'SYSTEM', 'live:' || gen_random_uuid(), $3, '', '/dashboard') returning "userId")
     select pg_notify('smartlms_notices', $1 || ' ' || "userId") from told`,
    [tenantId, userId, title],
  )
}

const titled = (title: string) => (heard: { data: Record<string, unknown> }) =>
  JSON.stringify(heard.data['news'] ?? null).includes(title)

describe('a change', () => {
  test('is on every open page of its person within a second, whichever server the page is from, and on no other', async () => {
    const { acme, globex } = world
    const mine = await signIn(acme.id, acme.studentId)
    const [one, two, other, abroad] = await Promise.all([
      listen({ token: mine }),
      listen({ token: await signIn(acme.id, acme.studentId), port: second.port }),
      listen({ token: await signIn(acme.id, acme.otherStudentId) }),
      listen({ school: 'globex', token: await signIn(globex.id, globex.studentId) }),
    ])
    const told = Date.now()
    await tell(acme.id, acme.studentId, 'Only for one')
    const heard = await Promise.all([one, two].map((stream) => stream.until(titled('Only for one'))))
    for (const { at, data } of heard) {
      expect(at - told).toBeLessThan(1_000)
      expect(data).toMatchObject({
        badge: expect.stringMatching(/^\d+\+?$/) as string,
        news: { link: '/dashboard' },
      })
    }
    await sleep(500)
    for (const stream of [other, abroad]) expect(stream.text).not.toContain('Only for one')
    expect(one.headers['content-type']).toContain('text/event-stream')
    expect(one.headers['cache-control']).toContain('no-store')
  })

  test('that came while the page had no stream is told when it has one again, once', async () => {
    const { acme } = world
    const token = await signIn(acme.id, acme.studentId)
    const since = Date.now()
    await sleep(20)
    await tell(acme.id, acme.studentId, 'Meanwhile')
    const first = await listen({ token, since })
    const heard = await first.until(titled('Meanwhile'))
    first.close()
    const again = await listen({ token, since, last: Number(heard.id) })
    await sleep(300)
    expect(again.heard.filter(titled('Meanwhile'))).toEqual([])
    expect(again.heard[0]?.data['badge']).not.toBe('')
  })

  test('of many at once is one event', async () => {
    const { acme } = world
    const stream = await listen({ token: await signIn(acme.id, acme.studentId) })
    const before = stream.heard.length
    await owner().query(
      `with told as (insert into "Notification" ("tenantId", "userId", type, key, title, message)
         select $1, $2, 'SYSTEM', 'live:' || n, 'Many', '' from generate_series(1, 150) n returning "userId")
       select pg_notify('smartlms_notices', $1 || ' ' || $2) from (select distinct "userId" from told) t`,
      [acme.id, acme.studentId],
    )
    await stream.until(titled('Many'))
    await sleep(500)
    expect(stream.heard.length).toBe(before + 1)
    expect(stream.heard.at(-1)?.data).toMatchObject({ badge: '99+', label: 'Notices, more than 99 unread' })
  })
})

describe('a stream', () => {
  async function ends(act: () => Promise<unknown>, token: string): Promise<void> {
    const streams = [await listen({ token }), await listen({ token, port: second.port })]
    await act()
    const done = Date.now()
    await Promise.all(streams.map((stream) => stream.untilClosed()))
    expect(Date.now() - done).toBeLessThan(6_000)
    for (const stream of streams) expect(stream.heard.at(-1)?.event).toBe('end')
    await tell(world.acme.id, world.acme.otherStudentId, 'Too late')
    await sleep(300)
    for (const stream of streams) expect(stream.text).not.toContain('Too late')
  }

  test('ends within seconds of its session', async () => {
    const { acme } = world
    const token = await signIn(acme.id, acme.otherStudentId)
    const act = () =>
      owner().query(`delete from "Session" where "tenantId" = $1 and "userId" = $2`, [
        acme.id,
        acme.otherStudentId,
      ])
    await ends(act, token)
    expect((await listen({ token })).status).toBe(401)
  })

  test('ends within seconds of its person’s being disabled', async () => {
    const { acme } = world
    const token = await signIn(acme.id, acme.otherStudentId)
    const disabled = (at: string) =>
      owner().query(`update "User" set "disabledAt" = ${at} where id = $1`, [acme.otherStudentId])
    try {
      await ends(() => disabled('now()'), token)
    } finally {
      await disabled('null')
    }
  })

  test('tells nothing of a change that comes after its session has ended, however soon', async () => {
    const { acme } = world
    const token = await signIn(acme.id, acme.otherStudentId)
    const stream = await listen({ token })
    await owner().query(`delete from "Session" where "tenantId" = $1 and "userId" = $2`, [
      acme.id,
      acme.otherStudentId,
    ])
    await tell(acme.id, acme.otherStudentId, 'At once')
    await stream.untilClosed(2)
    expect(stream.text).not.toContain('At once')
  })

  test('is refused to strangers, to people of another school and on the root host', async () => {
    const { acme, globex } = world
    const path = '/api/notifications/live'
    expect((await ask({ host: hostOf('acme'), path })).status).toBe(401)
    const stranger = cookieOf(await signIn(globex.id, globex.studentId))
    expect((await ask({ host: hostOf('acme'), path, headers: stranger })).status).toBe(401)
    const own = cookieOf(await signIn(acme.id, acme.studentId))
    expect((await ask({ host: `localhost:${inject('served').port}`, path, headers: own })).status).toBe(404)
    expect((await ask({ host: hostOf('acme'), path: `${path}?user=x`, headers: own })).status).toBe(422)
  })

  test('makes room: a ninth of one person ends the oldest', async () => {
    const { acme } = world
    const token = await signIn(acme.id, acme.studentId)
    const streams: EventStream[] = []
    for (let n = 0; n < 9; n += 1) streams.push(await listen({ token }))
    await streams[0]?.untilClosed(2)
    expect(streams.slice(1).map(({ closed }) => closed)).toEqual(Array.from({ length: 8 }, () => false))
  })

  test('holds no connection of the database while it waits', async () => {
    const { acme } = world
    const busy = async () =>
      (
        await owner().query<{ count: number }>(
          `select count(*)::int as count from pg_stat_activity where application_name = 'smartlms' and state <> 'idle'`,
        )
      ).rows[0]?.count
    const token = await signIn(acme.id, acme.studentId)
    for (let n = 0; n < 5; n += 1) await listen({ token })
    await sleep(200)
    expect(await busy()).toBe(0)
    const { rows } = await owner().query<{ count: number }>(
      `select count(*)::int as count from pg_stat_activity where application_name = 'smartlms live'`,
    )
    // One for each of the two servers that have had a stream.
    expect(rows[0]?.count).toBeLessThanOrEqual(2)
  })

  test('hears again when the connection that listens was cut', async () => {
    const { acme } = world
    const stream = await listen({ token: await signIn(acme.id, acme.studentId) })
    const { rowCount } = await owner().query(
      `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'smartlms live'`,
    )
    expect(rowCount).toBeGreaterThan(0)
    // Told while nobody listens.
    await tell(acme.id, acme.studentId, 'Unheard')
    await stream.until(titled('Unheard'), 8)
    await tell(acme.id, acme.studentId, 'Heard again')
    await stream.until(titled('Heard again'), 8)
  })
})

test('a change is on the page within a second of its commit; what a waiting stream costs is known', async () => {
  const { acme } = world
  const web = await startWeb(inject('served').workerEnvironment, inject('served').folder)
  await untilAlive(web)
  const token = await signIn(acme.id, acme.studentId)
  const stream = await listen({ token, port: web.port })
  const delays: number[] = []
  for (let n = 0; n < 50; n += 1) {
    await tell(acme.id, acme.studentId, `Delay ${n}.`)
    const committed = Date.now()
    delays.push(Math.max(0, (await stream.until(titled(`Delay ${n}.`))).at - committed))
  }
  const sorted = delays.toSorted((a, b) => a - b)
  expect(sorted[47]).toBeLessThan(1_000)
  const memory = () =>
    Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${web.pid}/status`, 'utf8'))?.[1] ?? 0) / 1024
  const { rows: people } = await owner().query<{ id: string }>(
    `select id from "User" where "tenantId" = $1 and id <> $2 and role = 'STUDENT' and "deletedAt" is null and "disabledAt" is null order by id limit 125`,
    [acme.id, acme.studentId],
  )
  const tokens = await Promise.all(people.map(({ id }) => signIn(acme.id, id)))
  const held = tokens.length * 8
  const hold = async (): Promise<number> => {
    for (const own of tokens)
      await Promise.all(Array.from({ length: 8 }, () => listen({ token: own, port: web.port })))
    await sleep(4_000)
    return memory()
  }
  // What the process needs for so many requests at all isn't the streams'.
  await hold()
  for (const one of open) one.close()
  open.clear()
  await sleep(4_000)
  const before = memory()
  const after = await hold()
  process.stdout.write(
    `commit to event: median ${sorted[25]} ms, 95 of 100 within ${sorted[47]} ms; ${held} waiting streams: ${Math.round(after - before)} MB more\n`,
  )
  expect([...open].filter(({ closed }) => closed)).toEqual([])
  for (const one of open) one.close()
  open.clear()
  await web.stop()
}, 120_000)

test('a server that is told to stop closes its streams and ends', async () => {
  const { acme } = world
  const third = await startWeb(inject('served').workerEnvironment, inject('served').folder)
  await untilAlive(third)
  const stream = await listen({ token: await signIn(acme.id, acme.studentId), port: third.port })
  const asked = Date.now()
  await third.stop()
  await stream.untilClosed(5)
  expect(Date.now() - asked).toBeLessThan(6_000)
  // The page asks another server for it: it isn't over for good.
  expect(stream.heard.at(-1)?.event).toBe('state')
})
