import type { Agent } from 'node:http'
import { createHash, randomBytes } from 'node:crypto'
import type { Client } from 'pg'
import { Failure } from '../launcher/failure.mts'
import { type Address, latencies, page } from './http.mts'
import { reporting } from './learning.mts'
import { measured, type Limit, type Row, type Section } from './report.mts'
import { CLASS, makeClass } from './rows-world.mts'
import { sessionsOf } from './sessions.mts'
import { dataStatements, forget } from './statistics.mts'
import { interleave, quantile, ratios, spreadOf } from './stats.mts'
import { CONNECTIONS } from './throughput.mts'
import type { Web } from './web.mts'
import type { DataWorker } from './worker-client.mts'

// What numbers cost: their pages in the largest school and in a small one, and what recording progress pays for them.

const GIANT = 'bench-giant'
const REQUESTS = 10
const REPORTS = 3
const STATEMENTS: Limit = { at: 'most', budget: 8, stretch: 3 }
const LATENCY: Limit = { at: 'most', budget: 1.5, stretch: 1.1 }
const RECORDING: Limit = { at: 'least', budget: 0.9, stretch: 0.95 }

type School = Readonly<{
  tenantId: string
  subdomain: string
  courseId: string
  lessonId: string
  instructorId: string
  studentId: string
  learners: number
  progress: number
}>

/** The course of a school that most people learn in, who teaches it, and one who learns. */
async function schoolOf(owner: Client, subdomain: string): Promise<School> {
  const { rows } = await owner.query<School>(
    `with course as (
       select e."tenantId", e."courseId", count(*)::int as learners, min(e."userId") as student from "Enrollment" e
       join "Tenant" t on t.id = e."tenantId" where t.subdomain = $1 group by 1, 2 order by 3 desc limit 1)
     select c."tenantId", $1 as subdomain, c."courseId", c.learners, c.student as "studentId", x."instructorId",
       (select l.id from "Module" m join "Lesson" l on l."moduleId" = m.id where m."courseId" = c."courseId" order by m."order", l."order" limit 1) as "lessonId",
       (select count(*)::int from "LessonProgress" p where p."tenantId" = c."tenantId") as progress
     from course c join "Course" x on x.id = c."courseId"`,
    [subdomain],
  )
  if (rows[0] === undefined) throw new Failure(`The benchmark has no school ${subdomain}.`)
  return rows[0]
}

/** How many modules and lessons a course has, so that one of the same length can stand beside it. */
async function shapeOf(owner: Client, { courseId }: School) {
  const { rows } = await owner.query<{ modules: number; lessonsPerModule: number }>(
    `select count(distinct m.id)::int as modules, (count(*) / count(distinct m.id))::int as "lessonsPerModule"
     from "Module" m join "Lesson" l on l."moduleId" = m.id where m."courseId" = $1`,
    [courseId],
  )
  if (rows[0] === undefined) throw new Failure('The giant school’s course has no lessons.')
  return rows[0]
}

/** Signs one person in. @returns their Cookie header */
async function sessionOf(owner: Client, tenantId: string, userId: string): Promise<string> {
  const token = randomBytes(32).toString('base64url')
  await owner.query(
    `insert into "Session" ("tenantId", "userId", "tokenHash", method, "expiresAt")
     values ($1, $2, $3, 'password', now() + interval '1 day')`,
    [tenantId, userId, createHash('sha256').update(token).digest('hex')],
  )
  return `smartlms.session=${token}`
}

/** Somebody who may see everything of a school: its numbers are theirs. */
async function adminOf(owner: Client, { tenantId, subdomain }: School): Promise<string> {
  const id = `bench${createHash('sha256').update(subdomain).digest('hex').slice(0, 12)}`
  await owner.query(
    `insert into "User" (id, "tenantId", email, name, password, role) values ($2, $1, $2 || '@admin.test', 'Admin', '!', 'ADMIN') on conflict do nothing`,
    [tenantId, id],
  )
  return id
}

type Pages = Readonly<Record<'course' | 'signal' | 'school' | 'own', Address>>

const NAMES = {
  course: 'a course’s numbers',
  signal: 'its second page of one signal',
  school: 'a school’s numbers',
  own: 'one’s own progress',
} as const

async function pagesOf(owner: Client, port: number, school: School): Promise<Pages> {
  const { tenantId, subdomain, courseId, instructorId, studentId } = school
  const at = (path: string, cookie: string): Address => ({
    port,
    host: `${subdomain}.localhost`,
    path,
    cookie,
  })
  const [teacher, student, admin] = [
    await sessionOf(owner, tenantId, instructorId),
    await sessionOf(owner, tenantId, studentId),
    await sessionOf(owner, tenantId, await adminOf(owner, school)),
  ]
  const course = `/teach/courses/${courseId}/insight`
  return {
    course: at(course, teacher),
    signal: at(`${course}?signal=silent&page=2`, teacher),
    school: at('/admin/insight', admin),
    own: at('/progress', student),
  }
}

/** Latency of one page in the two schools, and its statements in both. */
async function compare(
  owner: Client,
  agent: Agent,
  roles: readonly string[],
  name: keyof Pages,
  schools: Readonly<{ giant: Pages; small: Pages; rounds: number; quiet: boolean }>,
): Promise<Row[]> {
  const { rounds, quiet } = schools
  const [giant, small] = [schools.giant[name], schools.small[name]]
  const counts: number[] = []
  for (const address of [giant, small]) {
    await page(agent, address)
    await forget(owner)
    for (let request = 0; request < REQUESTS; request += 1) await page(agent, address)
    counts.push((await dataStatements(owner, roles)) / REQUESTS)
  }
  const result = await interleave(
    rounds,
    () => latencies(agent, giant, REQUESTS),
    () => latencies(agent, small, REQUESTS),
  )
  const median = (times: readonly number[][]): number[] => times.map((round) => quantile(round, 0.5))
  const [a, b] = [quantile(result.a.flat(), 0.5), quantile(result.b.flat(), 0.5)]
  const worst = quantile(result.a.flat(), 0.95)
  return [
    measured(
      `${NAMES[name]}, giant / small`,
      spreadOf(ratios({ a: median(result.a), b: median(result.b) })),
      {
        ...{ quiet, limit: LATENCY },
        detail: `${a.toFixed(1)} ms / ${b.toFixed(1)} ms; ${worst.toFixed(0)} ms for 95 of 100 in the giant school`,
      },
    ),
    measured(`${NAMES[name]}, statements`, spreadOf([counts[0] ?? NaN]), {
      ...{ quiet: true, limit: STATEMENTS },
      detail: `${counts.join(' and ')} in the giant and in the small school, session and host included`,
    }),
  ]
}

/** Reports a second with the trigger that leaves marks, against without it, in turns. */
async function recordingRows(
  web: Web,
  owner: Client,
  school: School,
  { rounds, quiet }: Readonly<{ rounds: number; quiet: boolean }>,
): Promise<Row[]> {
  const { tenantId, courseId, lessonId, subdomain } = school
  const cookies = await sessionsOf(owner, { tenantId, courseId, people: CONNECTIONS })
  const host = `${subdomain}.localhost`
  const addresses = cookies.map((cookie) => ({ port: web.port, host, path: '/api/progress', cookie }))
  const report = () => reporting(web, addresses, { courseId, lessonId })
  const marks = async (on: boolean) => {
    await owner.query(`alter table "LessonProgress" ${on ? 'enable' : 'disable'} trigger mark_progress`)
    return (await report()).rate
  }
  await report()
  const result = await interleave(
    rounds,
    () => marks(true),
    () => marks(false),
  )
  await owner.query(`alter table "LessonProgress" enable trigger mark_progress`)
  const waiting = await owner.query<{ count: number }>(
    `select count(*)::int as count from "ProgressMark" where "tenantId" = $1`,
    [tenantId],
  )
  const began = performance.now()
  let folded = 0
  for (let took = 1; took > 0; folded += took) {
    const { rows } = await owner.query<{ took: number }>(`select smartlms_fold($1, 5000) as took`, [tenantId])
    took = rows[0]?.took ?? 0
  }
  const seconds = (performance.now() - began) / 1_000
  const [a, b] = [spreadOf(result.a).median, spreadOf(result.b).median]
  return [
    measured('progress reports with marks / without', spreadOf(ratios(result)), {
      ...{ quiet, limit: RECORDING },
      detail: `${a.toFixed(0)} /s / ${b.toFixed(0)} /s, sixteen learners of one lesson, in turns`,
    }),
    measured('marks folded per second', spreadOf([folded / seconds]), {
      ...{ quiet, unit: ' /s' },
      detail: `${String(waiting.rows[0]?.count ?? 0)} of them, 5,000 at a time`,
    }),
  ]
}

/** Milliseconds until the worker has made the reports that the giant school's pages read. */
async function reportRows(worker: DataWorker, { tenantId, courseId, learners }: School): Promise<Row[]> {
  const rows: Row[] = []
  for (const [what, course] of [
    ['a course’s report made', courseId],
    ['a school’s report made', null],
  ] as const) {
    const times: number[] = []
    for (let n = 0; n < REPORTS; n += 1)
      times.push((await worker.report({ tenantId, courseId: course })).milliseconds)
    rows.push(
      measured(what, spreadOf(times), {
        ...{ quiet: true, unit: ' ms' },
        detail: `by the worker, ${learners.toLocaleString('en')} learners in the course, every ten minutes while they learn`,
      }),
    )
  }
  return rows
}

/** Pages of numbers, and what they cost those who learn. */
export async function insightSection(
  web: Web,
  worker: DataWorker,
  owner: Client,
  agent: Agent,
  roles: readonly string[],
  options: Readonly<{ rounds: number; quiet: boolean }>,
): Promise<Section> {
  const giant = await schoolOf(owner, GIANT)
  await makeClass(owner, await shapeOf(owner, giant))
  const small = await schoolOf(owner, CLASS)
  const schools = {
    ...{ giant: await pagesOf(owner, web.port, giant), small: await pagesOf(owner, web.port, small) },
    ...options,
  }
  const rows = await reportRows(worker, giant)
  for (const name of ['course', 'signal', 'school', 'own'] as const)
    rows.push(...(await compare(owner, agent, roles, name, schools)))
  rows.push(...(await recordingRows(web, owner, giant, options)))
  const all = await owner.query<{ count: number }>(`select count(*)::int as count from "LessonProgress"`)
  const number = (value: number): string => value.toLocaleString('en')
  return {
    id: 'insight',
    title: 'Numbers, and what they cost those who learn',
    about:
      `A database of ${number(all.rows[0]?.count ?? 0)} rows of progress; the giant school has ${number(giant.progress)} of them, and ` +
      `${number(giant.learners)} people in its largest course; the small one has ${number(small.learners)} in its, which has as many lessons. ` +
      `Whole pages, signed in, one request at a time, ${REQUESTS} a round.`,
    rows,
  }
}
