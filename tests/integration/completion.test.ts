import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { createLesson, deleteLesson, moveLesson } from '#lib/db/queries/lessons'
import {
  type LessonMark,
  listLessonProgress,
  recomputeCourseProgress,
  recompleteLesson,
  recordLessonProgress,
} from '#lib/db/queries/progress'
import { withTenant } from '#lib/db/tenant'
import { isDeep, testDatabase } from '#tests/support/database'
import { makeCourse, makeEnrollments, makePeople, makeSchool } from '#tests/support/factories'

const { owner } = await testDatabase()
const north = <T>(query: Parameters<typeof withTenant<T>>[1]) => withTenant('north', query)
const userId = 'ann0'

let courses = 0
async function course(modules: number, lessons: number): Promise<string> {
  courses += 1
  const id = await makeCourse(owner, 'north', `k${courses}x`, { instructorId: 'tea0', modules, lessons })
  await makeEnrollments(owner, 'north', id, ['ann0', 'ann1'])
  return id
}

type Rule = 'VIEWED' | 'WATCHED' | 'MARKED'

async function setRule(lessonId: string, rule: Rule, percent: number): Promise<void> {
  await owner.query(
    `UPDATE "Lesson" SET completion = $2::"CompletionRule", "completionPercent" = $3 WHERE id = $1`,
    [lessonId, rule, percent],
  )
}

const record = (courseId: string, lessonId: string, more: Partial<LessonMark>) =>
  north((db) =>
    recordLessonProgress(db, {
      userId,
      courseId,
      marks: [{ lessonId, position: null, completed: null, ...more }],
    }),
  )

async function enrollment(courseId: string): Promise<{ progress: number; complete: boolean }> {
  const { rows } = await owner.query<{ progress: number; complete: boolean }>(
    `SELECT progress, "completedAt" IS NOT NULL AS complete FROM "Enrollment" WHERE "courseId" = $1 AND "userId" = $2`,
    [courseId, userId],
  )
  const [row] = rows
  if (row === undefined) throw new Error('Nobody is enrolled.')
  return row
}

beforeAll(async () => {
  await makeSchool(owner, 'north')
  await makePeople(owner, 'north', 'tea', { role: 'INSTRUCTOR' })
  await makePeople(owner, 'north', 'ann', { count: 2 })
})

describe('a film', () => {
  test('is completed by the seconds that were played, not by how far somebody jumped', async () => {
    const id = await course(1, 1)
    const lesson = `${id}m0l0`
    await setRule(lesson, 'WATCHED', 90)
    expect(await record(id, lesson, { position: 60, watched: [[58, 60]] })).toMatchObject({ progress: 0 })
    expect(await record(id, lesson, { watched: [[0, 30]] })).toMatchObject({ progress: 0 })
    // The same seconds again, and again from another device, count once.
    for (let n = 0; n < 3; n += 1)
      expect(await record(id, lesson, { watched: [[10, 30]] })).toMatchObject({ progress: 0 })
    const done = await record(id, lesson, { watched: [[30, 52]] })
    expect(done).toMatchObject({ progress: 100, newlyCompleted: [lesson], courseCompleted: true })
    const [row] = await north((db) => listLessonProgress(db, { userId, courseId: id }))
    expect(row).toMatchObject({ watchedSeconds: 54, lastPosition: 60, completed: true })
    expect(await record(id, lesson, { watched: [[52, 58]] })).toMatchObject({
      newlyCompleted: [],
      courseCompleted: false,
    })
  })

  test('counts no second beyond its end, and the learner’s word not at all', async () => {
    const id = await course(1, 1)
    const lesson = `${id}m0l0`
    await setRule(lesson, 'WATCHED', 100)
    await record(id, lesson, {
      watched: [
        [0, 10],
        [60, 5_000],
      ],
      completed: true,
    })
    const [row] = await north((db) => listLessonProgress(db, { userId, courseId: id }))
    expect(row).toMatchObject({ watchedSeconds: 10, completed: false })
  })

  test('loses no seconds when two devices report at the same moment', async () => {
    const id = await course(1, 1)
    const lesson = `${id}m0l0`
    await setRule(lesson, 'WATCHED', 100)
    const parts = Array.from({ length: 12 }, (_, n): [number, number] => [n * 5, n * 5 + 5])
    const results = await Promise.all(parts.map((part) => record(id, lesson, { watched: [part] })))
    expect(results.filter(({ courseCompleted }) => courseCompleted)).toHaveLength(1)
    expect(await enrollment(id)).toEqual({ progress: 100, complete: true })
  })
})

describe('a lesson that isn’t open yet', () => {
  test('takes no progress before its day, or before the lesson it waits for', async () => {
    const id = await course(1, 3)
    await owner.query(`UPDATE "Lesson" SET "releaseAt" = now() + interval '1 day' WHERE id = $1`, [
      `${id}m0l1`,
    ])
    await owner.query(`UPDATE "Lesson" SET "releaseAfterId" = $2 WHERE id = $1`, [`${id}m0l2`, `${id}m0l0`])
    for (const lesson of ['m0l1', 'm0l2'])
      await expect(record(id, id + lesson, { completed: true })).rejects.toMatchObject({ code: 'forbidden' })
    expect(await enrollment(id)).toEqual({ progress: 0, complete: false })
    await record(id, `${id}m0l0`, { completed: true })
    await record(id, `${id}m0l2`, { completed: true })
    await owner.query(`UPDATE "Lesson" SET "releaseAt" = now() - interval '1 second' WHERE id = $1`, [
      `${id}m0l1`,
    ])
    expect(await record(id, `${id}m0l1`, { completed: true })).toMatchObject({ progress: 100 })
  })

  test('doesn’t wait for a lesson that was deleted', async () => {
    const id = await course(1, 2)
    await owner.query(`UPDATE "Lesson" SET "releaseAfterId" = $2 WHERE id = $1`, [`${id}m0l1`, `${id}m0l0`])
    await north(async (db) => {
      await deleteLesson(db, `${id}m0l0`)
      await recomputeCourseProgress(db, id)
    })
    expect(await record(id, `${id}m0l1`, { completed: true })).toMatchObject({ progress: 100 })
  })
})

describe('property', () => {
  type Step =
    | { kind: 'watch'; lesson: number; from: number; length: number }
    | { kind: 'view'; lesson: number }
    | { kind: 'mark'; lesson: number; completed: boolean }
    | { kind: 'rule'; lesson: number; rule: Rule; percent: number }
    | { kind: 'delete'; lesson: number }
    | { kind: 'move'; lesson: number; module: number }
    | { kind: 'add' }

  const SECONDS = 60
  type Known = { rule: Rule; percent: number; seconds: Set<number>; viewed: boolean; done: boolean }

  /** The obvious way: each second in a set, each rule asked anew, and a count at the end. */
  class Reference {
    readonly lessons = new Map<number, Known>()

    constructor(count: number) {
      for (let n = 0; n < count; n += 1) this.add(n)
    }

    add(n: number): void {
      this.lessons.set(n, { rule: 'MARKED', percent: 90, seconds: new Set(), viewed: false, done: false })
    }

    step(step: Exclude<Step, { kind: 'add' }>): void {
      const lesson = this.lessons.get(step.lesson)
      if (lesson === undefined) return
      if (step.kind === 'delete') this.lessons.delete(step.lesson)
      if (step.kind === 'view') lesson.viewed = true
      if (step.kind === 'rule') Object.assign(lesson, { rule: step.rule, percent: step.percent })
      if (step.kind === 'watch')
        for (let second = step.from; second < Math.min(step.from + step.length, SECONDS); second += 1)
          lesson.seconds.add(second)
      if (step.kind === 'mark' && lesson.rule === 'MARKED') lesson.done = step.completed
      if (lesson.rule === 'VIEWED') lesson.done ||= lesson.viewed
      if (lesson.rule === 'WATCHED') lesson.done ||= (lesson.seconds.size / SECONDS) * 100 >= lesson.percent
    }

    outcome(): { progress: number; complete: boolean } {
      const all = [...this.lessons.values()]
      const done = all.filter((lesson) => lesson.done).length
      const complete = all.length > 0 && done === all.length
      const percent = all.length === 0 ? 0 : Math.round((10_000 * done) / all.length) / 100
      return { progress: complete ? 100 : percent, complete }
    }
  }

  const lesson = fc.nat({ max: 5 })
  const step: fc.Arbitrary<Step> = fc.oneof(
    {
      weight: 5,
      arbitrary: fc.record({
        kind: fc.constant('watch' as const),
        lesson,
        from: fc.nat({ max: 55 }),
        length: fc.integer({ min: 1, max: 60 }),
      }),
    },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('view' as const), lesson }) },
    {
      weight: 3,
      arbitrary: fc.record({ kind: fc.constant('mark' as const), lesson, completed: fc.boolean() }),
    },
    {
      weight: 4,
      arbitrary: fc.record({
        kind: fc.constant('rule' as const),
        lesson,
        rule: fc.constantFrom<Rule>('VIEWED', 'WATCHED', 'MARKED'),
        percent: fc.integer({ min: 1, max: 100 }),
      }),
    },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('delete' as const), lesson }) },
    {
      weight: 1,
      arbitrary: fc.record({ kind: fc.constant('move' as const), lesson, module: fc.nat({ max: 1 }) }),
    },
    { weight: 1, arbitrary: fc.constant({ kind: 'add' as const }) },
  )

  async function apply(id: string, lessonId: string, step: Exclude<Step, { kind: 'add' }>): Promise<void> {
    if (step.kind === 'watch') await record(id, lessonId, { watched: [[step.from, step.from + step.length]] })
    if (step.kind === 'view') await record(id, lessonId, { viewed: true })
    if (step.kind === 'mark') await record(id, lessonId, { completed: step.completed })
    if (step.kind === 'rule') {
      await setRule(lessonId, step.rule, step.percent)
      await north((db) => recompleteLesson(db, { courseId: id, lessonId }))
    }
    if (step.kind === 'delete')
      await north(async (db) => {
        await deleteLesson(db, lessonId)
        await recomputeCourseProgress(db, id)
      })
    if (step.kind === 'move')
      await north((db) => moveLesson(db, { lessonId, moduleId: `${id}m${step.module}`, position: 0 }))
  }

  test('whatever is watched, opened, marked, changed, added, moved or removed: progress is what the rules give', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 25 }), async (steps) => {
        const id = await course(2, 3)
        const ids = [0, 1, 2, 3, 4, 5].map((n) => `${id}m${n < 3 ? 0 : 1}l${n % 3}`)
        const reference = new Reference(ids.length)
        for (const one of steps) {
          if (one.kind === 'add') {
            const added = await north(async (db) => {
              const made = await createLesson(db, { moduleId: `${id}m0`, title: 'Added' })
              await recomputeCourseProgress(db, id)
              return made.id
            })
            await owner.query(`UPDATE "Lesson" SET duration = $2 WHERE id = $1`, [added, SECONDS])
            reference.add(ids.push(added) - 1)
            continue
          }
          // Of a lesson that is gone nothing can be recorded, and nothing of it may count.
          await apply(id, ids[one.lesson] ?? '', one).catch((error: unknown) =>
            expect(error).toMatchObject({ code: 'not_found' }),
          )
          reference.step(one)
          expect(await enrollment(id)).toEqual(reference.outcome())
        }
      }),
      { numRuns: isDeep ? 300 : 20 },
    )
  })
})
