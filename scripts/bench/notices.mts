import { readFileSync } from 'node:fs'
import { request } from 'node:http'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Client } from 'pg'
import { workerEnvironment } from '../launcher/environment.mts'
import { Failure } from '../launcher/failure.mts'
import { dataPath } from '../launcher/paths.mts'
import { startWorker } from '../screenshots/throwaway.mts'
import { STORAGE, type BenchDatabase } from './database.mts'
import { measured, type Limit, type Row, type Section } from './report.mts'
import { sessionsOf } from './sessions.mts'
import { interleave, quantile, ratios, spreadOf } from './stats.mts'
import type { Web } from './web.mts'
import type { DataWorker } from './worker-client.mts'

// What is told to many costs nobody who tells it, and is on an open page soon after it happened.

const GIANT = 'bench-giant'
const MANY = 10_000
const FEW = 10
/** Announcements in each round. */
const CALLS = 5
const TELLINGS = 40
const STREAMS = 300
const REQUEST: Limit = { at: 'most', budget: 1.5, stretch: 1.1 }
const SCREEN: Limit = { at: 'most', budget: 1_000, stretch: 250, unit: ' ms' }

type Class = Readonly<{ tenantId: string; teacherId: string; courseId: string }>

/** A course of the giant school with so many of its people. */
async function classOf(owner: Client, people: number): Promise<Class> {
  const { rows } = await owner.query<Class>(
    `with teacher as (
       select t.id as "tenantId", c."instructorId" as "teacherId" from "Tenant" t join "Course" c on c."tenantId" = t.id
       where t.subdomain = $1 limit 1
     ), course as (
       insert into "Course" (id, "tenantId", "instructorId", title, status, "publishedAt")
       select 'benchtold' || $2, "tenantId", "teacherId", 'Told ' || $2, 'PUBLISHED', now() from teacher returning id, "tenantId"
     ), seats as (
       insert into "Enrollment" ("tenantId", "courseId", "userId")
       select c."tenantId", c.id, u.id from course c cross join lateral (
         select id from "User" where "tenantId" = c."tenantId" and role = 'STUDENT' and "deletedAt" is null order by id limit $2::int) u
       returning id
     )
     select "tenantId", "teacherId", 'benchtold' || $2 as "courseId" from teacher where (select count(*) from seats) = $2::int`,
    [GIANT, people],
  )
  if (rows[0] === undefined) throw new Failure(`The giant school has no ${people} learners.`)
  return rows[0]
}

/** A stream of notices, and when each of its texts came. */
class Stream {
  #text = ''
  #asked: ReturnType<typeof request> | undefined

  static async open(port: number, cookie: string): Promise<Stream> {
    const stream = new Stream()
    const host = `${GIANT}.localhost:${port}`
    await new Promise<void>((resolve, reject) => {
      const asked = request({
        ...{ host: '127.0.0.1', port, path: '/api/notifications/live', agent: false, setHost: false },
        headers: { host, accept: 'text/event-stream', cookie },
      })
      stream.#asked = asked
      asked.once('error', reject)
      asked.once('response', (answer) => {
        if (answer.statusCode !== 200) reject(new Failure(`A stream answered ${answer.statusCode ?? 0}.`))
        answer.setEncoding('utf8')
        answer.on('error', () => undefined)
        answer.on('data', (text: string) => {
          stream.#text += text
          resolve()
        })
      })
      asked.end()
    })
    return stream
  }

  /** Milliseconds from `began` until the title came. */
  async until(title: string, began: number): Promise<number> {
    while (!this.#text.includes(title)) {
      if (performance.now() - began > 30_000) throw new Failure(`A stream waited 30 s for "${title}".`)
      await sleep(1)
    }
    const took = performance.now() - began
    this.#text = ''
    return took
  }

  close(): void {
    this.#asked?.destroy()
  }
}

/** What the request that tells something costs, whomever it tells. */
async function requestRow(
  worker: DataWorker,
  [many, few]: readonly [Class, Class],
  { rounds, quiet }: Readonly<{ rounds: number; quiet: boolean }>,
): Promise<Row> {
  const say = (course: Class) => async (): Promise<number> =>
    (await worker.announce({ ...course, calls: CALLS })).milliseconds
  await say(many)()
  await say(few)()
  const result = await interleave(rounds, say(many), say(few))
  const [a, b] = [spreadOf(result.a).median, spreadOf(result.b).median]
  return measured(`announcing to ${MANY} / to ${FEW}`, spreadOf(ratios(result)), {
    ...{ quiet, limit: REQUEST },
    detail: `${a.toFixed(2)} ms / ${b.toFixed(2)} ms, the whole transaction; ${String(CALLS)} a round`,
  })
}

/** How soon all of many have it, once a worker runs. What was announced before is taken away: it would stand in line. */
async function fanOutRow(owner: Client, worker: DataWorker, many: Class): Promise<Row> {
  await worker.announce({ ...many, calls: 1 })
  const began = performance.now()
  const told = async (): Promise<number> => {
    const { rows } = await owner.query<{ count: number }>(
      `select count(*)::int as count from "Notification" where "tenantId" = $1`,
      [many.tenantId],
    )
    return rows[0]?.count ?? 0
  }
  while ((await told()) < MANY) {
    if (performance.now() - began > 120_000) throw new Failure(`After two minutes ${await told()} had it.`)
    await sleep(20)
  }
  const seconds = (performance.now() - began) / 1_000
  return measured(`until ${MANY} have it`, spreadOf([seconds]), {
    ...{ quiet: true, unit: ' s' },
    detail: `${Math.round(MANY / seconds)} people a second, by one worker`,
  })
}

/** From the commit of a notice to the page, and from the change itself, of a worker that has nothing else to do. */
async function screenRows(
  owner: Client,
  worker: DataWorker,
  few: Class,
  { streams, quiet }: Readonly<{ streams: readonly Stream[]; quiet: boolean }>,
): Promise<Row[]> {
  const { tenantId, courseId } = few
  const { rows } = await owner.query<{ userId: string }>(
    `select "userId" from "Enrollment" where "tenantId" = $1 and "courseId" = $2 order by "userId" limit 1`,
    [tenantId, courseId],
  )
  const heard = async (title: string, began: number): Promise<number[]> =>
    Promise.all(streams.map((stream) => stream.until(title, began)))
  const committed: number[] = []
  for (let n = 0; n < TELLINGS; n += 1) {
    await owner.query(
      `with told as (insert into "Notification" ("tenantId", "userId", type, key, title, message)
         values ($1, $2, 'SYSTEM', $3, $3, '') returning "userId")
       select pg_notify('smartlms_notices', $1 || ' ' || "userId") from told`,
      [tenantId, rows[0]?.userId, `Told ${n}.`],
    )
    committed.push(...(await heard(`Told ${n}.`, performance.now())))
    // What comes within a moment of the last one waits for that moment to end.
    await sleep(300)
  }
  const changed: number[] = []
  for (let n = 0; n < TELLINGS; n += 1) {
    const { titles } = await worker.announce({ ...few, calls: 1 })
    changed.push(...(await heard(titles[0] ?? '', performance.now())))
    await sleep(300)
  }
  const row = (what: string, times: readonly number[], how: string): Row =>
    measured(what, spreadOf([quantile(times, 0.95)]), {
      ...{ quiet, limit: SCREEN, unit: ' ms' },
      detail: `95 of 100; median ${quantile(times, 0.5).toFixed(1)} ms; ${how}; ${String(streams.length)} web servers`,
    })
  return [
    row('commit of a notice → open page', committed, 'from COMMIT to the event'),
    row('announcement → open page', changed, 'from the request’s COMMIT, by way of the worker'),
  ]
}

function residentBytes(pid: number): number {
  const found = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))
  return Number(found?.[1] ?? Number.NaN) * 1_024
}

async function memoryRow(owner: Client, web: Web, many: Class): Promise<Row> {
  const cookies = await sessionsOf(owner, { ...many, people: STREAMS })
  const before = residentBytes(web.pid)
  const open: Stream[] = []
  try {
    for (const cookie of cookies) open.push(await Stream.open(web.port, cookie))
    await sleep(2_000)
    const each = (residentBytes(web.pid) - before) / STREAMS / 1_024
    return measured('memory of a waiting stream', spreadOf([each]), {
      ...{ quiet: true, unit: ' kB' },
      detail: `${STREAMS} people with a page open; resident, before any of it is collected`,
    })
  } finally {
    for (const stream of open) stream.close()
  }
}

/** @param webs servers of one build; a page of the measured person is open from each */
export async function noticesSection(
  database: BenchDatabase,
  webs: readonly [Web, Web],
  worker: DataWorker,
  owner: Client,
  options: Readonly<{ rounds: number; quiet: boolean }>,
): Promise<Section> {
  const classes = [await classOf(owner, MANY), await classOf(owner, FEW)] as const
  const [many, few] = classes
  const rows = [await requestRow(worker, classes, options)]
  await owner.query(`delete from "Outbox"`)
  await owner.query(`delete from graphile_worker._private_jobs`)
  const { owner: address, logins } = database
  const addresses = {
    ...{ owner: address.url, app: logins.appDatabaseUrl, platform: logins.platformDatabaseUrl },
    worker: logins.workerDatabaseUrl ?? '',
  }
  const env = workerEnvironment({
    ...{ addresses, secret: 'a'.repeat(64), port: webs[0].port, demo: true, mode: 'production' },
  })
  const folder = path.join(dataPath('bench'), 'worker')
  const running = startWorker({ ...env, STORAGE_DIR: STORAGE, MAIL_DIR: path.join(folder, 'mail') }, folder)
  const streams: Stream[] = []
  try {
    rows.push(await fanOutRow(owner, worker, many))
    const [cookie = ''] = await sessionsOf(owner, { ...few, people: 1 })
    for (const web of webs) streams.push(await Stream.open(web.port, cookie))
    rows.push(...(await screenRows(owner, worker, few, { streams, quiet: options.quiet })))
    rows.push(await memoryRow(owner, webs[0], many))
  } finally {
    for (const stream of streams) stream.close()
    await running.stop()
  }
  return {
    id: 'notices',
    title: 'Telling many, and telling soon',
    about:
      `Courses of ${MANY.toLocaleString('en')} and of ${FEW} people in the giant school; a worker, two web servers, and ` +
      `one person’s page open from each. ${TELLINGS} tellings of each kind.`,
    rows,
  }
}
