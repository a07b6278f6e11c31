import { beforeAll, describe, expect, test } from 'vitest'
import {
  createExam,
  deleteExam,
  getExam,
  listExams,
  publishExamVersion,
  updateExam,
} from '#lib/db/queries/exams'
import { withTenant } from '#lib/db/tenant'
import { testDatabase } from '#tests/support/database'
import { makeCourse, makeExam, makePeople, makeQuestions, makeSchool } from '#tests/support/factories'
import { fingerprint } from './fingerprint'
import { statementsOf } from './statements'
import { walk } from './walk'

const { owner } = await testDatabase()
const north = <T>(query: Parameters<typeof withTenant<T>>[1]) => withTenant('north', query)
const south = <T>(query: Parameters<typeof withTenant<T>>[1]) => withTenant('south', query)
const gone = { code: 'not_found' }
const open = { startDate: null, endDate: null }
const exam = { courseId: 'maths', title: 'Test', duration: 30, questions: makeQuestions(2), window: open }

beforeAll(async () => {
  for (const school of ['north', 'south']) await makeSchool(owner, school)
  await makePeople(owner, 'north', 'tea', { role: 'INSTRUCTOR' })
  for (const id of ['maths', 'few', 'many']) await makeCourse(owner, 'north', id, { instructorId: 'tea0' })
  for (const [courseId, count] of [
    ['few', 10],
    ['many', 1_000],
  ] as const) {
    await owner.query(
      `INSERT INTO "Exam" (id, "tenantId", "courseId", title, duration, questions, "createdAt")
       SELECT $1 || n, 'north', $1, 'Exam ' || n, 10, '[]', '2026-01-01Z' FROM generate_series(1, $2::int) n`,
      [courseId, count],
    )
  }
})

test('the list shows each exam once in both directions and costs one statement at any length', async () => {
  const { forwards, backwards } = await walk((cursor) =>
    north((db) => listExams(db, { courseId: 'few', cursor, limit: 4 })),
  )
  expect(new Set(forwards).size).toBe(10)
  expect(backwards).toEqual(forwards)
  for (const courseId of ['few', 'many']) {
    const list = () => north((db) => listExams(db, { courseId, cursor: null, limit: 1_000 }))
    expect(await statementsOf(list)).toHaveLength(1)
  }
})

describe('one exam', () => {
  test('comes back as it was written, and is not overwritten by an old form', async () => {
    const { id, updatedAt } = await north((db) => createExam(db, exam))
    expect(await north((db) => getExam(db, id))).toMatchObject({
      questions: exam.questions,
      duration: 30,
      updatedAt,
    })
    const window = { startDate: new Date('2026-05-01T08:00:00Z'), endDate: new Date('2026-05-01T10:00:00Z') }
    const change = { examId: id, seen: updatedAt, changes: { window, questions: makeQuestions(3) } }
    await north((db) => updateExam(db, change))
    await expect(north((db) => updateExam(db, change))).rejects.toMatchObject({ code: 'conflict' })
    expect(await north((db) => getExam(db, id))).toMatchObject({
      ...window,
      title: 'Test',
      questions: makeQuestions(3),
    })
  })

  test('can’t end before it starts', async () => {
    const window = { startDate: new Date('2026-05-01T08:00:00Z'), endDate: new Date('2026-05-01T08:00:00Z') }
    await expect(north((db) => createExam(db, { ...exam, window }))).rejects.toMatchObject({
      code: 'invalid_input',
    })
  })

  test('is invisible once deleted', async () => {
    const { id } = await north((db) => createExam(db, exam))
    await north((db) => deleteExam(db, id))
    await expect(north((db) => getExam(db, id))).rejects.toMatchObject(gone)
    await expect(north((db) => publishExamVersion(db, id))).rejects.toMatchObject(gone)
  })
})

describe('publishing', () => {
  test('freezes the questions; the same ones make no second version', async () => {
    const { id, updatedAt } = await north((db) => createExam(db, exam))
    const first = await north((db) => publishExamVersion(db, id))
    expect(first).toMatchObject({ number: 1, created: true })
    expect(await north((db) => publishExamVersion(db, id))).toEqual({ ...first, created: false })
    await north((db) =>
      updateExam(db, { examId: id, seen: updatedAt, changes: { questions: makeQuestions(5) } }),
    )
    expect(await north((db) => publishExamVersion(db, id))).toMatchObject({ number: 2, created: true })
    const frozen = await owner.query(
      `SELECT jsonb_array_length(questions) AS n FROM "ExamVersion" WHERE "examId" = $1 ORDER BY number`,
      [id],
    )
    expect(frozen.rows).toEqual([{ n: 2 }, { n: 5 }])
  })

  test('by ten authors at once makes one version', async () => {
    const { id } = await north((db) => createExam(db, exam))
    const made = await Promise.all(
      Array.from({ length: 10 }, () => north((db) => publishExamVersion(db, id))),
    )
    expect(made.filter((version) => version.created)).toHaveLength(1)
    expect(new Set(made.map((version) => version.id)).size).toBe(1)
  })

  test('waits for an author who is just publishing the same', async () => {
    const { id } = await north((db) => createExam(db, exam))
    const first = north(async (db) => {
      const version = await publishExamVersion(db, id)
      await new Promise((resolve) => setTimeout(resolve, 300))
      return version
    })
    await new Promise((resolve) => setTimeout(resolve, 100))
    const second = await north((db) => publishExamVersion(db, id))
    expect(second).toEqual({ ...(await first), created: false })
  })

  test('needs a question', async () => {
    const { id } = await north((db) => createExam(db, { ...exam, questions: [] }))
    await expect(north((db) => publishExamVersion(db, id))).rejects.toMatchObject({ code: 'invalid_input' })
  })
})

test('another school finds none of these exams and changes nothing of them', async () => {
  await makeExam(owner, 'north', 'final', { courseId: 'maths' })
  const { updatedAt } = await north((db) => getExam(db, 'final'))
  const before = await fingerprint(owner, 'north')
  await expect(south((db) => getExam(db, 'final'))).rejects.toMatchObject(gone)
  await expect(south((db) => createExam(db, exam))).rejects.toMatchObject(gone)
  await expect(south((db) => deleteExam(db, 'final'))).rejects.toMatchObject(gone)
  await expect(south((db) => publishExamVersion(db, 'final'))).rejects.toMatchObject(gone)
  const change = { examId: 'final', seen: updatedAt, changes: { title: 'Taken' } }
  await expect(south((db) => updateExam(db, change))).rejects.toMatchObject(gone)
  expect((await south((db) => listExams(db, { courseId: 'maths', cursor: null, limit: 10 }))).rows).toEqual(
    [],
  )
  expect(await fingerprint(owner, 'north')).toBe(before)
})
