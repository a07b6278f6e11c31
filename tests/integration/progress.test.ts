import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { createLesson, deleteLesson } from '#lib/db/queries/lessons'
import { deleteModule } from '#lib/db/queries/modules'
import {
  type LessonMark,
  listLessonProgress,
  recomputeCourseProgress,
  recordLessonProgress,
} from '#lib/db/queries/progress'
import { withTenant } from '#lib/db/tenant'
import { testDatabase } from '#tests/support/database'
import { makeCourse, makeEnrollments, makePeople, makeSchool } from '#tests/support/factories'
import { fingerprint } from './fingerprint'
import { statementsOf } from './statements'

const { owner } = await testDatabase()
const north = <T>(query: Parameters<typeof withTenant<T>>[1]) => withTenant('north', query)
const gone = { code: 'not_found' }
const userId = 'ann0'

let courses = 0
/** A course of its own for a test, in which ann0 to ann4 are enrolled. */
async function course(modules: number, lessons: number): Promise<string> {
  courses += 1
  const id = await makeCourse(owner, 'north', `c${courses}x`, { instructorId: 'tea0', modules, lessons })
  await makeEnrollments(owner, 'north', id, ['ann0', 'ann1', 'ann2', 'ann3', 'ann4'])
  return id
}

const mark = (lessonId: string, more: Partial<LessonMark> = {}): LessonMark => ({
  lessonId,
  position: null,
  completed: true,
  ...more,
})
const record = (courseId: string, ...marks: LessonMark[]) =>
  north((db) => recordLessonProgress(db, { userId, courseId, marks }))

async function stored(courseId: string) {
  const found = await owner.query<{ userId: string; progress: number; completedAt: Date | null }>(
    `SELECT "userId", progress, "completedAt" FROM "Enrollment" WHERE "courseId" = $1 ORDER BY "userId"`,
    [courseId],
  )
  return found.rows
}

beforeAll(async () => {
  for (const school of ['north', 'south']) await makeSchool(owner, school)
  await makePeople(owner, 'north', 'tea', { role: 'INSTRUCTOR' })
  await makePeople(owner, 'north', 'ann', { count: 6 })
})

describe('what a learner did', () => {
  test('adds up to a percentage, and to completion only when no lesson is missing', async () => {
    const id = await course(1, 3)
    expect(await record(id, mark(`${id}m0l0`))).toMatchObject({ progress: 33.33, completedAt: null })
    expect(await record(id, mark(`${id}m0l1`))).toMatchObject({ progress: 66.67, completedAt: null })
    const done = await record(id, mark(`${id}m0l2`))
    expect(done).toMatchObject({ progress: 100, completedAt: expect.any(Date) as Date })
    expect((await record(id, mark(`${id}m0l2`))).completedAt).toEqual(done.completedAt)
    expect(await record(id, mark(`${id}m0l1`, { completed: false }))).toMatchObject({
      progress: 66.67,
      completedAt: null,
    })
  })

  test('keeps the position when only completion is told, and completion when only the position is', async () => {
    const id = await course(1, 1)
    const lessonId = `${id}m0l0`
    await record(id, mark(lessonId, { position: 42, completed: null }))
    await record(id, mark(lessonId))
    await record(id, mark(lessonId, { position: 7, completed: null }))
    const rows = await north((db) => listLessonProgress(db, { userId, courseId: id }))
    expect(rows).toMatchObject([{ lessonId, lastPosition: 7, completed: true }])
    await record(id, mark(lessonId, { position: 0, completed: null }))
    expect(await north((db) => listLessonProgress(db, { userId, courseId: id }))).toMatchObject([
      { lastPosition: 0 },
    ])
  })

  test('is lost in no order of arrival: fifteen lessons completed at once are fifteen', async () => {
    const id = await course(3, 5)
    const lessons = Array.from({ length: 15 }, (_, n) => `${id}m${n % 3}l${Math.floor(n / 3)}`)
    await Promise.all(lessons.map((lessonId) => record(id, mark(lessonId))))
    expect((await stored(id))[0]).toMatchObject({
      userId,
      progress: 100,
      completedAt: expect.any(Date) as Date,
    })
  })

  test('costs three statements, for one lesson and for a hundred', async () => {
    const id = await course(1, 100)
    const marks = Array.from({ length: 100 }, (_, n) => mark(`${id}m0l${n}`))
    expect(await statementsOf(() => record(id, ...marks.slice(0, 1)))).toHaveLength(3)
    expect(await statementsOf(() => record(id, ...marks))).toHaveLength(3)
  })

  test('counts only in lessons of the course, for those enrolled', async () => {
    const [id, other] = [await course(1, 1), await course(1, 1)]
    const before = await fingerprint(owner, 'north')
    await expect(record(id, mark(`${id}m0l0`), mark(`${other}m0l0`))).rejects.toMatchObject(gone)
    const input = { courseId: id, marks: [mark(`${id}m0l0`)] }
    await expect(north((db) => recordLessonProgress(db, { ...input, userId: 'ann5' }))).rejects.toMatchObject(
      gone,
    )
    await expect(
      withTenant('south', (db) => recordLessonProgress(db, { ...input, userId })),
    ).rejects.toMatchObject(gone)
    expect(await withTenant('south', (db) => recomputeCourseProgress(db, id))).toBe(0)
    expect(await withTenant('south', (db) => listLessonProgress(db, { userId, courseId: id }))).toEqual([])
    expect(await fingerprint(owner, 'north')).toBe(before)
  })
})

test('adding and removing lessons brings everybody’s progress up to date, in two statements', async () => {
  const id = await course(2, 1)
  await record(id, mark(`${id}m0l0`), mark(`${id}m1l0`))
  const sent = await statementsOf(() => north((db) => recomputeCourseProgress(db, id)))
  expect(sent).toHaveLength(2)
  const added = await north(async (db) => {
    const lesson = await createLesson(db, { moduleId: `${id}m1`, title: 'New' })
    await recomputeCourseProgress(db, id)
    return lesson
  })
  expect((await stored(id)).map((row) => row.progress)).toEqual([66.67, 0, 0, 0, 0])
  await north(async (db) => {
    await deleteLesson(db, added.id)
    await deleteModule(db, `${id}m1`)
    await recomputeCourseProgress(db, id)
  })
  expect((await stored(id))[0]).toMatchObject({ progress: 100, completedAt: expect.any(Date) as Date })
})

test('bringing it up to date waits for a learner who is just completing a lesson', async () => {
  const id = await course(1, 2)
  const completing = north(async (db) => {
    await recordLessonProgress(db, { userId, courseId: id, marks: [mark(`${id}m0l0`)] })
    await new Promise((resolve) => setTimeout(resolve, 300))
  })
  await new Promise((resolve) => setTimeout(resolve, 100))
  await north((db) => recomputeCourseProgress(db, id))
  await completing
  expect((await stored(id))[0]).toMatchObject({ userId, progress: 50 })
})

describe('property', () => {
  type Step =
    | { kind: 'mark'; lesson: number; completed: boolean | null; position: number | null }
    | { kind: 'delete'; lesson: number }

  /** The obvious way: every lesson's state in a map, and a count at the end. */
  function reference(steps: readonly Step[], lessons: number): { progress: number; complete: boolean } {
    const living = new Set(Array.from({ length: lessons }, (_, n) => n))
    const done = new Set<number>()
    for (const step of steps) {
      if (!living.has(step.lesson)) continue
      if (step.kind === 'delete') living.delete(step.lesson)
      else if (step.completed === true) done.add(step.lesson)
      else if (step.completed === false) done.delete(step.lesson)
    }
    const completed = [...living].filter((lesson) => done.has(lesson)).length
    const complete = living.size > 0 && completed === living.size
    const percent = living.size === 0 ? 0 : Math.round((10_000 * completed) / living.size) / 100
    return { progress: complete ? 100 : percent, complete }
  }

  const lesson = fc.nat({ max: 6 })
  const step = fc.oneof(
    {
      weight: 4,
      arbitrary: fc.record({
        kind: fc.constant('mark' as const),
        lesson,
        completed: fc.constantFrom(true, true, false, null),
        position: fc.option(fc.nat({ max: 500 })),
      }),
    },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('delete' as const), lesson }) },
  )

  test('any history of marks and deletions gives what counting by hand gives', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps: Step[]) => {
        const id = await course(1, 7)
        for (const { lesson: n, ...rest } of steps) {
          const lessonId = `${id}m0l${n}`
          const attempt = north(async (db) => {
            if (rest.kind === 'delete') await deleteLesson(db, lessonId)
            else
              await recordLessonProgress(db, {
                userId,
                courseId: id,
                marks: [{ lessonId, position: rest.position, completed: rest.completed }],
              })
            await recomputeCourseProgress(db, id)
          })
          await attempt.catch((error: unknown) => expect(error).toMatchObject(gone))
        }
        const expected = reference(steps, 7)
        const [mine] = await stored(id)
        expect({ progress: mine?.progress, complete: mine?.completedAt !== null }).toEqual(expected)
      }),
      { numRuns: 15 },
    )
  })
})
