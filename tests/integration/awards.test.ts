import { beforeAll, describe, expect, test } from 'vitest'
import { afterProgress } from '#lib/awards/after-progress'
import { awardFor } from '#lib/awards/award-for'
import { runOutbox } from '#lib/jobs/run-outbox'
import type { AwardEvent } from '#lib/awards/rules/badges'
import { settleCompletions } from '#lib/awards/settle-completions'
import { listBadges } from '#lib/db/queries/badges'
import { deleteLesson } from '#lib/db/queries/lessons'
import { recomputeCourseProgress, recordLessonProgress } from '#lib/db/queries/progress'
import { withTenant } from '#lib/db/tenant'
import { testDatabase } from '#tests/support/database'
import { makeCourse, makeEnrollments, makePeople, makeSchool } from '#tests/support/factories'
import { fingerprint } from './fingerprint'
import { statementsOf } from './statements'

const { owner } = await testDatabase()
const north = <T>(query: Parameters<typeof withTenant<T>>[1]) => withTenant('north', query)
const NOON = new Date('2026-03-02T12:00Z')

let people = 0
async function learner(): Promise<string> {
  people += 1
  const [id = ''] = await makePeople(owner, 'north', `p${String(people)}x`)
  return id
}

/** Completes a lesson as the product does: the progress and what follows from it, in one transaction. */
const complete = (userId: string, courseId: string, lessonId: string, now = NOON) =>
  north(async (db) => {
    const marks = [{ lessonId, position: null, completed: true }]
    const { newlyCompleted, courseCompleted } = await recordLessonProgress(db, { userId, courseId, marks })
    await afterProgress(db, {
      userId,
      courseId,
      completedLessons: newlyCompleted.length,
      courseCompleted,
      now,
    })
  })

const award = (userId: string, ...events: AwardEvent[]) =>
  north((db) => awardFor(db, { userId, events, now: NOON }))

async function held(userId: string): Promise<string[]> {
  return (await north((db) => listBadges(db, { userId, limit: 50 }))).map(({ type }) => type).sort()
}

/** What somebody was told, once the worker has done its part. */
async function news(userId: string): Promise<string[]> {
  const { rows: due } = await owner.query<{ id: string }>(
    `SELECT id FROM "Outbox" WHERE "tenantId" = 'north' AND kind = 'notice.badge' AND "deliveredAt" IS NULL`,
  )
  for (const { id: outboxId } of due) await runOutbox({ tenantId: 'north', outboxId })
  const { rows } = await owner.query<{ news: string }>(
    `SELECT type || ' ' || title || ': ' || message || ' ' || link AS news FROM "Notification" WHERE "userId" = $1 ORDER BY 1`,
    [userId],
  )
  return rows.map((row) => row.news)
}

const FIRST =
  'ACHIEVEMENT First lesson: You completed your first lesson. That was the hardest one. /certificates'

beforeAll(async () => {
  for (const school of ['north', 'south']) await makeSchool(owner, school)
  await makePeople(owner, 'north', 'tea', { role: 'INSTRUCTOR' })
  await makeCourse(owner, 'north', 'maths', { instructorId: 'tea0', modules: 1, lessons: 2 })
  await makeCourse(owner, 'north', 'long', { instructorId: 'tea0', modules: 1, lessons: 60 })
})

describe('a badge', () => {
  test('comes with the lesson that deserves it, and its holder is told once', async () => {
    const id = await learner()
    await makeEnrollments(owner, 'north', 'maths', [id])
    await complete(id, 'maths', 'mathsm0l0')
    expect([await held(id), await news(id)]).toEqual([['FIRST_LESSON'], [FIRST]])
    await complete(id, 'maths', 'mathsm0l1')
    expect(await held(id)).toEqual(['COURSE_COMPLETE', 'FIRST_LESSON'])
    expect(await news(id)).toEqual([
      'ACHIEVEMENT Course completed: You completed Course maths. Your certificate is ready. /certificates',
      FIRST,
    ])
    // Taken back and completed again: it is theirs already.
    const marks = [{ lessonId: 'mathsm0l1', position: null, completed: false }]
    await north((db) => recordLessonProgress(db, { userId: id, courseId: 'maths', marks }))
    await complete(id, 'maths', 'mathsm0l1')
    expect(await news(id)).toHaveLength(2)
  })

  test('is undone with what it was given for, when the transaction fails', async () => {
    const id = await learner()
    await makeEnrollments(owner, 'north', 'maths', [id])
    const before = await fingerprint(owner, 'north')
    const failing = north(async (db) => {
      const marks = [{ lessonId: 'mathsm0l0', position: null, completed: true }]
      await recordLessonProgress(db, { userId: id, courseId: 'maths', marks })
      await afterProgress(db, {
        userId: id,
        courseId: 'maths',
        completedLessons: 1,
        courseCompleted: false,
        now: NOON,
      })
      throw new Error('too late')
    })
    await expect(failing).rejects.toThrow('too late')
    expect(await fingerprint(owner, 'north')).toBe(before)
  })

  test('is given once, however many events deserve it at the same moment', async () => {
    const id = await learner()
    const given = await Promise.all(
      Array.from({ length: 50 }, () =>
        award(id, { kind: 'streak-moved', days: 30 }, { kind: 'course-completed', courseId: 'maths' }),
      ),
    )
    expect(given.flat().sort()).toEqual(['COURSE_COMPLETE', 'MONTH_STREAK', 'WEEK_STREAK'])
    expect(await news(id)).toHaveLength(3)
  })

  test('of a course is given once a course, the others once', async () => {
    const id = await learner()
    const events: AwardEvent[] = ['maths', 'long', 'maths'].map((courseId) => ({
      kind: 'course-completed',
      courseId,
    }))
    for (const event of events) await award(id, event, { kind: 'exam-scored', points: 3, most: 3 })
    expect(await held(id)).toEqual(['COURSE_COMPLETE', 'COURSE_COMPLETE', 'PERFECT_SCORE'])
  })

  test('for fifty lessons comes with the fiftieth, and for an early hour where the learner is', async () => {
    const id = await learner()
    await owner.query(`UPDATE "User" SET "timeZone" = 'Asia/Tokyo' WHERE id = $1`, [id])
    await makeEnrollments(owner, 'north', 'long', [id])
    const lessons = (from: number, to: number) =>
      Array.from({ length: to - from }, (_, n) => ({
        lessonId: `longm0l${String(from + n)}`,
        position: null,
        completed: true,
      }))
    await north((db) => recordLessonProgress(db, { userId: id, courseId: 'long', marks: lessons(0, 48) }))
    await complete(id, 'long', 'longm0l48')
    expect(await held(id)).toEqual(['FIRST_LESSON'])
    // 20:30 in Greenwich is 5:30 in Tokyo.
    await complete(id, 'long', 'longm0l49', new Date('2026-03-03T20:30Z'))
    expect(await held(id)).toEqual(['DEDICATED_LEARNER', 'EARLY_BIRD', 'FIRST_LESSON'])
  })

  test('for days in a row comes on the seventh and on the thirtieth', async () => {
    const id = await learner()
    await makeEnrollments(owner, 'north', 'long', [id])
    for (let day = 0; day < 30; day += 1) {
      await complete(id, 'long', `longm0l${String(day)}`, new Date(NOON.getTime() + day * 86_400_000))
      const expected = [
        'FIRST_LESSON',
        ...(day >= 29 ? ['MONTH_STREAK'] : []),
        ...(day >= 6 ? ['WEEK_STREAK'] : []),
      ]
      expect(await held(id)).toEqual(expected)
    }
    expect(await news(id)).toHaveLength(3)
  })

  test('is given to nobody of another school, and seen by nobody there', async () => {
    const id = await learner()
    await award(id, { kind: 'streak-moved', days: 7 })
    const before = await fingerprint(owner, 'north')
    await expect(
      withTenant('south', (db) =>
        awardFor(db, {
          ...{ userId: id, now: NOON },
          events: [{ kind: 'streak-moved', days: 30 }],
        }),
      ),
    ).rejects.toThrow()
    expect(await withTenant('south', (db) => listBadges(db, { userId: id, limit: 5 }))).toEqual([])
    expect(await fingerprint(owner, 'north')).toBe(before)
  })
})

test('what follows from progress costs two statements, three with a completed course, two more on a day’s first, none without news', async () => {
  const id = await learner()
  await makeEnrollments(owner, 'north', 'maths', [id])
  const after = (completedLessons: number, courseCompleted: boolean, now = NOON) =>
    statementsOf(() =>
      north((db) =>
        afterProgress(db, { userId: id, courseId: 'maths', completedLessons, courseCompleted, now }),
      ),
    )
  expect(await after(0, false)).toHaveLength(0)
  expect(await after(1, false)).toHaveLength(4)
  expect(await after(1, false)).toHaveLength(2)
  await owner.query(`UPDATE "Enrollment" SET "completedAt" = now() WHERE "userId" = $1`, [id])
  expect(await after(5, true)).toHaveLength(3)
  expect(await after(5, true, new Date('2026-03-03T12:00Z'))).toHaveLength(5)
})

test('whoever completes a course because its last open lesson was taken away gets what is due, once', async () => {
  const course = await makeCourse(owner, 'north', 'shrinking', {
    instructorId: 'tea0',
    modules: 1,
    lessons: 2,
  })
  const [one, two] = [await learner(), await learner()]
  await makeEnrollments(owner, 'north', course, [one, two])
  await complete(one, course, `${course}m0l0`)
  const told = async (): Promise<unknown[]> =>
    (await owner.query(`SELECT payload FROM "Outbox" WHERE kind = 'learning.completed'`)).rows.map(
      (row: { payload: unknown }) => row.payload,
    )
  expect(await told()).toEqual([])
  await north(async (db) => {
    await deleteLesson(db, `${course}m0l1`)
    await recomputeCourseProgress(db, course)
  })
  expect(await told()).toEqual([{ courseId: course }])
  for (let n = 0; n < 2; n += 1) await north((db) => settleCompletions(db, { courseId: course }))
  expect(await held(one)).toContain('COURSE_COMPLETE')
  expect(await held(two)).toEqual([])
  const { rows } = await owner.query(`SELECT "userId" FROM "Certificate" WHERE "courseId" = $1`, [course])
  expect(rows).toEqual([{ userId: one }])
})
