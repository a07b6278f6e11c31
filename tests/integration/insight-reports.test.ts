import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { TenantDb } from '#lib/db/handle'
import { withTenant } from '#lib/db/tenant'
import { foldSchool } from '#lib/insight/fold-marks'
import { LIST_PAGE, SIGNALS } from '#lib/insight/contract/constants'
import { listWarnings, loadCourseInsight, makeCourseReport } from '#lib/insight/load-course'
import { loadSchoolInsight, makeSchoolReport } from '#lib/insight/load-school'
import { makeReport } from '#lib/insight/make-report'
import { readHealth } from '#lib/platform/read-health'
import { bundleWorker } from '#scripts/launcher/worker'
import { startWorker } from '#scripts/screenshots/throwaway'
import { addressOf, testDatabase } from '#tests/support/database'
import { makeCourse, makeEnrollments, makeExam, makePeople, makeSchool } from '#tests/support/factories'
import { statementsOf } from './statements'

// What a report says is what its pages would count.

const SECRET = 'tests-tests-tests-tests-tests-tests'
const { owner, ownerUrl, appUrl, platformUrl } = await testDatabase({ SMARTLMS_SECRET: SECRET })
const folder = mkdtempSync(join(tmpdir(), 'smartlms-reports-'))
const bundle = join(process.cwd(), '.data', 'worker', `reports-${process.pid}.cjs`)

const north = <T>(query: (db: TenantDb) => Promise<T>) => withTenant('north', query)
const LEARNERS = 160

const asked = { courseId: 'maths', isOpen: true, now: new Date(), signal: null, page: 1 }

/** What is shown of it, but for when it was made. */
function shown({ freshness, ...view }: Awaited<ReturnType<typeof loadCourseInsight>>) {
  const { since, waiting } = freshness
  return [since, waiting, view]
}

/** Every page of every list, as they are shown. */
async function all(db: TenantDb): Promise<unknown[]> {
  const views: unknown[] = []
  for (const signal of [null, ...SIGNALS])
    for (const page of [1, 2, 3, 7])
      views.push(shown(await loadCourseInsight(db, { ...asked, signal, page })))
  return views
}

/** Learners of all kinds: how far they are, how long ago they came last and what they owe follows from their number. */
async function people(): Promise<void> {
  const ids = await makePeople(owner, 'north', 'p', { count: LEARNERS })
  await makeEnrollments(owner, 'north', 'maths', ids)
  await owner.query(
    `UPDATE "Enrollment" SET "enrolledAt" = now() - interval '40 days' WHERE "tenantId" = 'north'`,
  )
  await owner.query(
    `INSERT INTO "LessonProgress" (id, "tenantId", "enrollmentId", "lessonId", "userId", completed, "viewedAt", "completedAt", "updatedAt")
     SELECT 'lp' || p || 'x' || l, 'north', 'mathsep' || p, 'mathsm0l' || l, 'p' || p, true, t, t, t
     FROM generate_series(0, $1::int - 1) p, generate_series(0, 9) l,
       LATERAL (SELECT date_trunc('second', now()) - make_interval(days => (p * 7 + l) % 33, hours => p % 24) AS t) x
     WHERE l < p % 11`,
    [LEARNERS],
  )
  await owner.query(
    `UPDATE "Enrollment" e SET progress = 10 * (substr(e."userId", 2)::int % 11), "completedAt" = CASE WHEN substr(e."userId", 2)::int % 11 = 10 THEN now() - interval '1 day' END
     WHERE "courseId" = 'maths'`,
  )
  for (const [id, days] of [
    ['w1', 5],
    ['w2', 20],
    ['w3', 12],
  ] as const)
    await owner.query(
      `INSERT INTO "Assignment" (id, "tenantId", "courseId", title, "dueDate", "publishedAt") VALUES ($1, 'north', 'maths', 'Work ' || $1, now() - make_interval(days => $2::int), now())`,
      [id, days],
    )
  await owner.query(
    `INSERT INTO "Submission" (id, "tenantId", "assignmentId", "userId", "submittedAt", "gradedAt", grade)
     SELECT 's' || i.id || p, 'north', i.id, 'p' || p, i."dueDate" + make_interval(days => p % 3 - 1),
       CASE WHEN p % 4 = 0 THEN now() END, CASE WHEN p % 4 = 0 THEN 5 END
     FROM "Assignment" i, generate_series(0, $1::int - 1) p WHERE i."courseId" = 'maths' AND p % 5 <> 0`,
    [LEARNERS],
  )
  for (const n of [0, 1, 2]) {
    await makeExam(owner, 'north', `quiz${n}`, { courseId: 'maths', settings: { passPercent: 50 } })
    await owner.query(
      `INSERT INTO "ExamAttempt" (id, "tenantId", "examId", "versionId", "userId", score, "maxScore", "gradedVersionId", "gradedAt", "startedAt", "deadlineAt", "submittedAt", "endedBy")
       SELECT $1 || 'a' || p, 'north', $1, $1 || 'v1', 'p' || p, CASE WHEN $2 = 2 THEN p % 4 ELSE 3 END, 3, $1 || 'v1', now(),
         t - interval '1 hour', t, t - interval '10 minutes', 'LEARNER'
       FROM generate_series(0, $3::int - 1) p, LATERAL (SELECT now() - make_interval(days => 9 - 2 * $2::int + p % 3) AS t) x WHERE p % 6 = 1`,
      [`quiz${n}`, n, LEARNERS],
    )
  }
  await owner.query(
    `INSERT INTO "Message" (id, "tenantId", "courseId", "fromId", "toId", body, key) SELECT 'm' || p, 'north', 'maths', 'tea0', 'p' || p, 'Hello', 'k' || p FROM generate_series(0, 40) p`,
  )
}

beforeAll(async () => {
  await bundleWorker(bundle)
  for (const school of ['north', 'south']) {
    await makeSchool(owner, school, { timeZone: 'Europe/Berlin' })
    await makePeople(owner, school, school === 'north' ? 'tea' : 'sea', { role: 'INSTRUCTOR' })
  }
  await makeCourse(owner, 'north', 'maths', { instructorId: 'tea0', modules: 1, lessons: 10 })
  await people()
  await foldSchool('north')
  await owner.query('ANALYZE')
})

afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
  for (const file of [bundle, `${bundle}.map`]) rmSync(file, { force: true })
})

describe('a course’s report', () => {
  test('says on every page of every signal what is counted without one', async () => {
    const { counted, reported, madeAt } = await north(async (db) => {
      const before = await all(db)
      await makeCourseReport(db, asked)
      const { freshness } = await loadCourseInsight(db, asked)
      return { counted: before, reported: await all(db), madeAt: freshness.madeAt }
    })
    expect(reported).toEqual(counted)
    expect(madeAt).toBeInstanceOf(Date)
    const { counts, warnings, warned } = await north((db) => loadCourseInsight(db, asked))
    for (const signal of SIGNALS) expect([signal, (counts[signal] ?? 0) > 0]).toEqual([signal, true])
    expect(warned).toBeGreaterThan(75)
    expect(warnings.some(({ written }) => written !== null)).toBe(true)
  })

  test('is replaced as a whole, and made twice at once says the same', async () => {
    await owner.query(
      `UPDATE "Enrollment" SET "completedAt" = now() WHERE "courseId" = 'maths' AND substr("userId", 2)::int % 2 = 0`,
    )
    await Promise.all([1, 2, 3].map(() => makeReport({ tenantId: 'north', courseId: 'maths' })))
    const { reported, counted } = await north(async (db) => {
      const now = new Date()
      await makeCourseReport(db, { courseId: 'maths', now })
      const view = await loadCourseInsight(db, { ...asked, now })
      return { reported: view, counted: await listWarnings(db, { ...asked, now }) }
    })
    expect(reported.warned).toBe(counted.lines.length)
    expect(reported.warnings).toEqual(counted.lines.slice(0, LIST_PAGE))
    const { rows } = await owner.query(
      `SELECT count(*)::int AS count, count(DISTINCT place)::int AS places, max(place) AS last FROM "CourseWarning" WHERE "courseId" = 'maths'`,
    )
    const { length } = counted.lines
    expect(rows).toEqual([{ count: length, places: length, last: length }])
  })

  test('names nobody who finished, was disabled or left since, and nobody while the course is closed', async () => {
    const view = () => north((db) => loadCourseInsight(db, asked))
    const [one, two, three, four] = (await view()).warnings.map(({ userId }) => userId)
    await owner.query(`UPDATE "Enrollment" SET "completedAt" = now() WHERE "userId" = $1`, [one])
    await owner.query(`UPDATE "User" SET "disabledAt" = now() WHERE id = $1`, [two])
    await owner.query(`DELETE FROM "Enrollment" WHERE "userId" = $1`, [three])
    expect((await view()).warnings[0]?.userId).toBe(four)
    const closed = await north((db) => loadCourseInsight(db, { ...asked, isOpen: false }))
    expect([closed.warned, closed.warnings, closed.counts]).toEqual([0, [], {}])
  })

  test('takes fewer statements to read than to count', async () => {
    expect(await statementsOf(() => north((db) => loadCourseInsight(db, asked)))).toHaveLength(3)
  })

  test('isn’t made of a course that is gone, or of another school’s', async () => {
    await makeReport({ tenantId: 'south', courseId: 'maths' })
    await makeCourse(owner, 'north', 'gone', { instructorId: 'tea0' })
    await owner.query(`UPDATE "Course" SET "deletedAt" = now() WHERE id = 'gone'`)
    await makeReport({ tenantId: 'north', courseId: 'gone' })
    const { rows } = await owner.query(`SELECT "tenantId", "courseId" FROM "CourseReport"`)
    expect(rows).toEqual([{ tenantId: 'north', courseId: 'maths' }])
  })
})

test('a school’s report says what is counted without one, to the school and to the platform', async () => {
  const { counted, reported } = await north(async (db) => {
    const before = await loadSchoolInsight(db)
    await makeSchoolReport(db)
    return { counted: before, reported: await loadSchoolInsight(db) }
  })
  const { madeAt } = reported.freshness
  expect(madeAt).toBeInstanceOf(Date)
  expect(reported).toEqual({ ...counted, freshness: { ...counted.freshness, madeAt } })
  expect(reported.enrollments).toBeGreaterThan(100)
  const { schools } = await readHealth(undefined, 10)
  expect(schools.map(({ id, enrollments }) => [id, enrollments])).toEqual([
    ['north', counted.enrollments],
    ['south', 0],
  ])
})

describe('the worker', () => {
  const due = (name: string, values: readonly number[]) =>
    owner
      .query<{ tenantId: string; courseId: string | null }>(
        `SELECT * FROM smartlms_reports_${name}($1, $2)`,
        [...values],
      )
      .then(({ rows }) => rows)

  test('is told of large courses and schools without a report, and of reports that are old where somebody learned', async () => {
    expect(await due('missing', [10, 10])).toEqual([])
    await makeCourse(owner, 'south', 'maps', { instructorId: 'sea0', modules: 1, lessons: 1 })
    await makeEnrollments(owner, 'south', 'maps', await makePeople(owner, 'south', 's', { count: 12 }))
    expect(await due('missing', [12, 12])).toEqual([
      { tenantId: 'south', courseId: 'maps' },
      { tenantId: 'south', courseId: null },
    ])
    expect(await due('missing', [13, 13])).toEqual([])
    expect(await due('due', [600, 3_600])).toEqual([])
    await owner.query(`UPDATE "CourseReport" SET "madeAt" = now() - interval '11 minutes'`)
    expect(await due('due', [600, 3_600])).toEqual([])
    await owner.query(`UPDATE "LearnerTally" SET "lastAt" = now() WHERE "userId" = 'p15'`)
    expect(await due('due', [600, 3_600])).toEqual([{ tenantId: 'north', courseId: 'maths' }])
    await owner.query(`UPDATE "SchoolReport" SET "madeAt" = now() - interval '61 minutes'`)
    expect(await due('due', [600, 3_600])).toEqual([
      { tenantId: 'north', courseId: null },
      { tenantId: 'north', courseId: 'maths' },
    ])
  })

  test('makes the report of a course that has grown large, and makes old ones anew', async () => {
    await makeEnrollments(owner, 'south', 'maps', await makePeople(owner, 'south', 't', { count: 488 }))
    const one = startWorker(
      {
        ...{ DATABASE_URL: '', APP_DATABASE_URL: appUrl, PLATFORM_DATABASE_URL: platformUrl },
        WORKER_DATABASE_URL: addressOf(new URL(ownerUrl).pathname.slice(1), 'test_worker'),
        ...{
          SMARTLMS_SECRET: SECRET,
          SMTP_URL: 'smtp://127.0.0.1:1',
          SMARTLMS_ORIGIN: 'https://lms.example',
        },
        ...{ LOG_LEVEL: 'info', SMARTLMS_ROOT_DOMAIN: 'lms.example', SMARTLMS_DEMO: '' },
        MAIL_FROM: 'SmartLMS <no-reply@lms.example>',
      },
      join(folder, 'worker'),
      bundle,
    )
    try {
      const deadline = Date.now() + 40_000
      const fresh = `SELECT count(*)::int AS count FROM "CourseReport" WHERE "madeAt" > now() - interval '1 minute'`
      while ((await owner.query<{ count: number }>(fresh)).rows[0]?.count !== 2) {
        if (Date.now() > deadline)
          throw new Error(`In vain.\n${readFileSync(one.logFile, 'utf8').slice(-2_000)}`)
        await sleep(50)
      }
    } finally {
      await one.kill()
    }
    const { rows } = await owner.query(`SELECT enrolled FROM "CourseReport" WHERE "courseId" = 'maps'`)
    expect(rows).toEqual([{ enrolled: 500 }])
  })
})
