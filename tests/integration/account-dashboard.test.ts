import { beforeAll, describe, expect, test } from 'vitest'
import { listLearning, listTeaching, listUpcoming } from '#lib/db/queries/dashboard'
import { recordLessonProgress } from '#lib/db/queries/progress'
import { withTenant } from '#lib/db/tenant'
import { testDatabase } from '#tests/support/database'
import { makeCourse, makeEnrollments, makeExam, makePeople, makeSchool } from '#tests/support/factories'
import { statementsOf } from './statements'

const { owner } = await testDatabase()
const north = <T>(query: Parameters<typeof withTenant<T>>[1]) => withTenant('north', query)
const learning = (userId: string, limit = 20) => north((db) => listLearning(db, { userId, limit }))
const upcoming = (userId: string, limit = 20) => north((db) => listUpcoming(db, { userId, limit }))
const teaching = (userId: string) => north((db) => listTeaching(db, { userId, limit: 20 }))

const complete = (userId: string, courseId: string, ...lessons: string[]) =>
  north((db) =>
    recordLessonProgress(db, {
      userId,
      courseId,
      marks: lessons.map((lessonId) => ({ lessonId, position: null, completed: true })),
    }),
  )

async function insert(table: string, row: Readonly<Record<string, unknown>>): Promise<void> {
  const names = Object.keys(row)
  await owner.query(
    `INSERT INTO "${table}" (${names.map((name) => `"${name}"`).join()}) VALUES (${names.map((_, n) => `$${String(n + 1)}`).join()})`,
    Object.values(row),
  )
}

const days = (count: number): Date => new Date(Date.now() + count * 86_400_000)

beforeAll(async () => {
  for (const school of ['north', 'south']) await makeSchool(owner, school)
  await makePeople(owner, 'north', 'tea', { count: 2, role: 'INSTRUCTOR' })
  await makePeople(owner, 'north', 'ann', { count: 5 })
  await makePeople(owner, 'south', 'tom', { role: 'INSTRUCTOR' })
  await makePeople(owner, 'south', 'sam')
  for (const id of ['maths', 'music', 'greek']) {
    await makeCourse(owner, 'north', id, { instructorId: 'tea0', modules: 2, lessons: 2 })
  }
  await makeCourse(owner, 'north', 'empty', { instructorId: 'tea0' })
  await makeCourse(owner, 'north', 'draft', { instructorId: 'tea0', status: 'DRAFT', modules: 1, lessons: 1 })
  await makeCourse(owner, 'south', 'other', { instructorId: 'tom0', modules: 1, lessons: 1 })
  await makeEnrollments(owner, 'south', 'other', ['sam0'])
})

describe('learning', () => {
  test('names the first lesson that is left, in the course’s order and not in that of doing', async () => {
    await makeEnrollments(owner, 'north', 'maths', ['ann0'])
    await complete('ann0', 'maths', 'mathsm1l0', 'mathsm0l0')
    expect(await learning('ann0')).toMatchObject([
      {
        courseId: 'maths',
        nextLessonId: 'mathsm0l1',
        nextLessonTitle: 'Lesson 0.1',
        lessonsLeft: 2,
        lessonCount: 4,
        progress: 50,
      },
    ])
    await complete('ann0', 'maths', 'mathsm0l1')
    expect((await learning('ann0'))[0]).toMatchObject({ nextLessonId: 'mathsm1l1', nextLessonDuration: 60 })
  })

  test('puts what was used last first, and what is completed behind it, with no next lesson', async () => {
    for (const course of ['maths', 'music', 'greek']) await makeEnrollments(owner, 'north', course, ['ann1'])
    await complete('ann1', 'music', 'musicm0l0', 'musicm0l1', 'musicm1l0', 'musicm1l1')
    await complete('ann1', 'greek', 'greekm0l0')
    const rows = await learning('ann1')
    expect(rows.map(({ courseId }) => courseId)).toEqual(['greek', 'maths', 'music'])
    expect(rows[2]).toMatchObject({
      progress: 100,
      nextLessonId: null,
      lessonsLeft: 0,
      completedAt: expect.any(Date) as unknown,
    })
  })

  test('leaves out deleted lessons, drafts, and courses that somebody else is in', async () => {
    await makeEnrollments(owner, 'north', 'draft', ['ann2'])
    await makeEnrollments(owner, 'north', 'empty', ['ann2'])
    expect(await learning('ann2')).toMatchObject([{ courseId: 'empty', nextLessonId: null, lessonCount: 0 }])
    await makeEnrollments(owner, 'north', 'greek', ['ann2'])
    await owner.query(`UPDATE "Lesson" SET "deletedAt" = now() WHERE id = 'greekm0l0'`)
    expect((await learning('ann2')).find(({ courseId }) => courseId === 'greek')).toMatchObject({
      nextLessonId: 'greekm0l1',
      lessonCount: 3,
    })
    await owner.query(`UPDATE "Lesson" SET "deletedAt" = NULL WHERE id = 'greekm0l0'`)
    expect(await learning('sam0')).toEqual([])
  })
})

describe('what comes next', () => {
  test('is open work of one’s own courses in the order of its time, nothing done, past or another’s', async () => {
    await makeEnrollments(owner, 'north', 'maths', ['ann3'])
    const at = { tenantId: 'north', courseId: 'maths' }
    const set = { ...at, publishedAt: days(-9) }
    await insert('Assignment', { ...set, id: 'essay', title: 'Essay', dueDate: days(3) })
    await insert('Assignment', { ...set, id: 'late', title: 'Late', dueDate: days(-1) })
    await insert('Assignment', { ...set, id: 'far', title: 'Far', dueDate: days(60) })
    await insert('Assignment', { ...set, id: 'handed', title: 'Handed in', dueDate: days(2) })
    await insert('Assignment', { ...set, id: 'later', title: 'For all but one', dueDate: days(-2) })
    await insert('AssignmentExtension', {
      ...{ id: 'ex', tenantId: 'north', assignmentId: 'later', userId: 'ann3', dueDate: days(4) },
    })
    await insert('Assignment', { ...at, id: 'draft', title: 'Draft', dueDate: days(3) })
    await insert('Submission', { id: 'su', tenantId: 'north', assignmentId: 'handed', userId: 'ann3' })
    await insert('Assignment', { ...set, id: 'foreign', courseId: 'music', title: 'Music', dueDate: days(1) })
    for (const id of ['open', 'taken']) await makeExam(owner, 'north', id, { courseId: 'maths' })
    await makeExam(owner, 'north', 'unwritten', { courseId: 'maths', published: false })
    await owner.query(`UPDATE "Exam" SET "endDate" = $1 WHERE "tenantId" = 'north'`, [days(5)])
    await insert('ExamAttempt', {
      ...{ id: 'at', tenantId: 'north', examId: 'taken', versionId: 'takenv1', userId: 'ann3' },
      ...{ startedAt: days(-1), deadlineAt: days(1), submittedAt: days(-0.5) },
    })
    const live = { ...at, platform: 'ZOOM', meetingUrl: 'https://meet.example/1', duration: 60 }
    await insert('LiveClass', {
      ...live,
      id: 'soon',
      title: 'Under way',
      scheduledAt: new Date(Date.now() - 1_800_000),
    })
    await insert('LiveClass', {
      ...live,
      id: 'over',
      title: 'Over',
      scheduledAt: new Date(Date.now() - 3_700_000),
    })
    expect((await upcoming('ann3')).map(({ kind, id }) => `${kind} ${id}`)).toEqual([
      'class soon',
      'assignment essay',
      'assignment later',
      'exam open',
    ])
    expect(await upcoming('ann3', 1)).toHaveLength(1)
    expect(await upcoming('ann4')).toEqual([])
    expect(await upcoming('sam0')).toEqual([])
  })
})

describe('teaching', () => {
  test('counts the learners of one’s own courses, drafts last, nobody else’s courses', async () => {
    const rows = await teaching('tea0')
    expect(rows.map(({ courseId }) => courseId)).toHaveLength(5)
    expect(rows.at(-1)).toMatchObject({ courseId: 'draft', status: 'DRAFT' })
    expect(rows.find(({ courseId }) => courseId === 'maths')).toMatchObject({ learners: 3, completed: 0 })
    expect(rows.find(({ courseId }) => courseId === 'music')).toMatchObject({ learners: 1, completed: 1 })
    await owner.query(`UPDATE "User" SET "deletedAt" = now() WHERE id = 'ann3'`)
    expect((await teaching('tea0')).find(({ courseId }) => courseId === 'maths')).toMatchObject({
      learners: 2,
    })
    expect(await teaching('tea1')).toEqual([])
    expect(await teaching('tom0')).toEqual([])
  })
})

test('the whole page costs three statements, for one course and for sixty', async () => {
  await makePeople(owner, 'north', 'many')
  for (const count of [1, 60]) {
    for (let n = count === 1 ? 0 : 1; n < count; n += 1) {
      const id = `bulk${String(n)}`
      await makeCourse(owner, 'north', id, { instructorId: 'tea1', modules: 2, lessons: 5 })
      await makeEnrollments(owner, 'north', id, ['many0'])
    }
    const sent = await statementsOf(() =>
      north(async (db) => {
        await listLearning(db, { userId: 'many0', limit: 50 })
        await listUpcoming(db, { userId: 'many0', limit: 6 })
        await listTeaching(db, { userId: 'many0', limit: 12 })
      }),
    )
    expect(sent).toHaveLength(3)
  }
  expect(await learning('many0', 50)).toHaveLength(50)
})
