import { beforeAll, describe, expect, test } from 'vitest'
import { activeLearnersPerDay, completionByCourse, scoreDistribution } from '#lib/db/queries/analytics'
import { withTenant } from '#lib/db/tenant'
import { testDatabase } from '#tests/support/database'
import { makeCourse, makeEnrollments, makeExam, makePeople, makeSchool } from '#tests/support/factories'
import { statementsOf } from './statements'

const { owner } = await testDatabase()
const north = <T>(query: Parameters<typeof withTenant<T>>[1]) => withTenant('north', query)
const south = <T>(query: Parameters<typeof withTenant<T>>[1]) => withTenant('south', query)

beforeAll(async () => {
  await makeSchool(owner, 'north', { timeZone: 'America/New_York' })
  await makeSchool(owner, 'south')
  await makePeople(owner, 'north', 'tea', { role: 'INSTRUCTOR' })
  const people = await makePeople(owner, 'north', 'ann', { count: 20 })
  await makeCourse(owner, 'north', 'maths', { instructorId: 'tea0', modules: 1, lessons: 2 })
  await makeCourse(owner, 'north', 'empty', { instructorId: 'tea0' })
  await makeEnrollments(owner, 'north', 'maths', people.slice(0, 4))
  await makeExam(owner, 'north', 'final', { courseId: 'maths', questions: 10 })
})

test('completion counts learners, those who are through, and their average', async () => {
  await owner.query(`UPDATE "Enrollment" SET progress = 100, "completedAt" = now() WHERE "userId" = 'ann0'`)
  await owner.query(`UPDATE "Enrollment" SET progress = 33.33 WHERE "userId" = 'ann1'`)
  await owner.query(`UPDATE "User" SET "deletedAt" = now() WHERE id = 'ann3'`)
  const read = () => north((db) => completionByCourse(db, { limit: 10 }))
  expect(await read()).toEqual([
    { courseId: 'maths', title: 'Course maths', enrollments: 3, completed: 1, averageProgress: 44.44 },
    { courseId: 'empty', title: 'Course empty', enrollments: 0, completed: 0, averageProgress: 0 },
  ])
  expect(await statementsOf(read)).toHaveLength(1)
  expect(await south((db) => completionByCourse(db, { limit: 10 }))).toEqual([])
})

describe('active learners', () => {
  beforeAll(async () => {
    // New York leaves summer time on 2026-11-01: that day has 25 hours.
    const moments = [
      ['ann0', 'mathsm0l0', '2026-11-01T03:59:59Z'], // still 31 October
      ['ann0', 'mathsm0l1', '2026-11-01T04:00:00Z'],
      ['ann1', 'mathsm0l0', '2026-11-02T04:59:59Z'],
      ['ann1', 'mathsm0l1', '2026-11-02T04:30:00Z'], // the same person twice
      ['ann2', 'mathsm0l0', '2026-11-02T05:00:00Z'],
      ['ann3', 'mathsm0l0', '2026-11-02T12:00:00Z'], // deleted
    ]
    await owner.query(
      `INSERT INTO "LessonProgress" ("tenantId", "enrollmentId", "userId", "lessonId", "updatedAt")
       SELECT 'north', 'mathse' || u, u, l, at::timestamptz FROM unnest($1::text[], $2::text[], $3::text[]) AS m(u, l, at)`,
      [0, 1, 2].map((column) => moments.map((moment) => moment[column])),
    )
    await owner.query(
      `INSERT INTO "ExamAttempt" ("tenantId", "examId", "versionId", "userId", "startedAt", "deadlineAt", "submittedAt", counts)
       VALUES ('north', 'final', 'finalv1', 'ann5', '2026-11-04T04:50:00Z', '2026-11-04T06:00:00Z', '2026-11-04T05:10:00Z', false),
         ('north', 'final', 'finalv1', 'ann15', '2026-11-01T15:00:00Z', '2026-11-01T16:00:00Z', NULL, false)`,
    )
  })

  test('are counted once a day, by the school’s midnight, empty days included', async () => {
    const read = () => north((db) => activeLearnersPerDay(db, { from: '2026-10-31', to: '2026-11-04' }))
    expect(await read()).toEqual([
      { day: '2026-10-31', learners: 1 },
      { day: '2026-11-01', learners: 3 },
      { day: '2026-11-02', learners: 1 },
      { day: '2026-11-03', learners: 1 },
      { day: '2026-11-04', learners: 1 },
    ])
    expect(await statementsOf(read)).toHaveLength(1)
  })

  test('follow the school when it moves to another zone', async () => {
    await owner.query(`UPDATE "Tenant" SET "timeZone" = 'Asia/Tokyo' WHERE id = 'north'`)
    const days = await north((db) => activeLearnersPerDay(db, { from: '2026-11-02', to: '2026-11-02' }))
    expect(days).toEqual([{ day: '2026-11-02', learners: 3 }])
  })

  test('of another school are none', async () => {
    const days = await south((db) => activeLearnersPerDay(db, { from: '2026-10-31', to: '2026-11-04' }))
    expect(days.map((day) => day.learners)).toEqual([0, 0, 0, 0, 0])
  })

  test('are asked for in days, in order, and not for ever', async () => {
    const spans = [
      ['2026-11-04', '2026-11-03'],
      ['2020-01-01', '2026-01-01'],
      ['yesterday', 'today'],
    ] as const
    for (const [from, to] of spans) {
      await expect(north((db) => activeLearnersPerDay(db, { from, to }))).rejects.toMatchObject({
        code: 'invalid_input',
      })
    }
  })
})

describe('scores', () => {
  test('fall into ten parts of what could be reached; full marks into the last', async () => {
    await owner.query(
      `INSERT INTO "ExamAttempt" ("tenantId", "examId", "versionId", "userId", "startedAt", "deadlineAt", "submittedAt", counts, score)
       SELECT 'north', 'final', 'finalv1', u, '2026-01-01T08:00Z', '2026-01-01T09:00Z', '2026-01-01T08:30Z', counts, score
       FROM (VALUES ('ann6', true, 0::numeric), ('ann7', true, 0.9999), ('ann8', true, 1), ('ann9', true, 10), ('ann10', true, 9),
         ('ann11', false, 5), ('ann12', true, null)) AS a(u, counts, score)`,
    )
    const read = () => north((db) => scoreDistribution(db, { examId: 'final' }))
    expect((await read()).map((row) => row.attempts)).toEqual([2, 1, 0, 0, 0, 0, 0, 0, 0, 2])
    expect(await statementsOf(read)).toHaveLength(1)
  })

  test('of another school’s exam are not found', async () => {
    await expect(south((db) => scoreDistribution(db, { examId: 'final' }))).rejects.toMatchObject({
      code: 'not_found',
    })
  })
})
