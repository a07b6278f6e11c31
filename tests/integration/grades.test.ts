import { beforeAll, describe, expect, test } from 'vitest'
import { answerAbout, askAbout, changeGrade, readScheme, saveScheme } from '#lib/grades/change-grades'
import { askForm, changeForm, type GradeScheme } from '#lib/grades/contract'
import { loadBook } from '#lib/grades/load-book'
import { loadCell, loadOwnGrades, loadPersonGrades } from '#lib/grades/load-grades'
import { testDatabase } from '#tests/support/database'
import { makeCourse, makePeople } from '#tests/support/factories'
import { gone, makeExamWorld, makeSitting, north, south, start, submit, truth } from './exam-support'
import { statementsOf } from './statements'

// Grades: how a number comes about, what somebody may see of it, and who changed it.

const { owner } = await testDatabase()
const by = { userId: 'tea0', everyCourse: false }
const place = { by, timeZone: 'Europe/Berlin', locale: 'en' }
const maths = { courseId: 'maths', timeZone: 'Europe/Berlin' }
const head = {
  ...{ id: 'maths', title: 'Maths', status: 'PUBLISHED' as const, previewHref: null, people: true },
}

let count = 0
type Shape = Readonly<{ points?: number; due?: string | null; late?: object; courseId?: string }>

async function assignment({
  points = 20,
  due = null,
  late = {},
  courseId = 'maths',
}: Shape = {}): Promise<string> {
  count += 1
  const id = `task${String(count)}`
  await owner.query(
    `insert into "Assignment" (id, "tenantId", "courseId", title, points, settings, "dueDate", "publishedAt")
     values ($1, 'north', $5, 'Essay ' || $1, $2, $3, now() + $4::interval, now())`,
    [id, points, JSON.stringify({ late }), due, courseId],
  )
  return id
}

const handed = (assignmentId: string, userId: string, grade: number | null, released: boolean) =>
  owner.query(
    `insert into "Submission" (id, "tenantId", "assignmentId", "userId", content, grade, "gradedAt", "releasedAt")
     values ($1, 'north', $2, $3, 'Mine', $4, case when $4::numeric is not null then now() end, case when $5 then now() end)`,
    [`s${assignmentId}${userId}`, assignmentId, userId, grade, released],
  )

const seenBy = (userId: string) => north((db) => loadOwnGrades(db, { ...maths, userId }))
const taught = (userId: string) => north((db) => loadPersonGrades(db, { ...maths, userId }))
const lineOf = (grades: Awaited<ReturnType<typeof taught>>, item: string) =>
  grades.categories.flatMap(({ lines }) => lines).find((line) => line.item.id === item)
const cell = (userId: string, item: string) =>
  north((db) => loadCell(db, { course: head, userId, item, timeZone: maths.timeZone }))

type Sent = Readonly<{ points?: string; excused?: '' | 'on'; reason?: string; seen?: string }>

const change = (userId: string, item: string, sent: Sent, who = by) => {
  const { points = '', excused = '', reason = '', seen = '0' } = sent
  const form = changeForm.parse({ courseId: 'maths', userId, item, points, excused, reason, seen })
  return north((db) => changeGrade(db, { ...place, by: who, form }))
}

async function scheme(change: (scheme: GradeScheme) => Partial<GradeScheme>) {
  const { base, scheme: before } = await north((db) => readScheme(db, maths))
  const form = { courseId: 'maths', base, scheme: JSON.stringify({ ...before, ...change(before) }) }
  return north((db) => saveScheme(db, { ...place, form }))
}

beforeAll(async () => {
  await makeExamWorld(owner)
  await makePeople(owner, 'north', 'tea1x', { role: 'INSTRUCTOR' })
  await makeCourse(owner, 'north', 'art', { instructorId: 'tea1x0' })
})

describe('a grade', () => {
  test('comes about from exams and assignments, with lateness, and is the same in the book', async () => {
    const examId = await makeSitting(owner)
    const { attemptId } = await start(examId, 'ann0')
    await submit({ examId, attemptId }, [truth('q0', 1, true), truth('q1', 1, true)], 'ann0')
    const late = { percentPerDay: '10' }
    const essay = await assignment({ due: '-30 hours', late })
    await handed(essay, 'ann0', 18, true)
    const grades = await taught('ann0')
    // One of three by the exam; 18 less 2 days of 2 points by the essay.
    expect(lineOf(grades, examId)).toMatchObject({ points: '1', maxPoints: '3', state: 'counts' })
    expect(lineOf(grades, essay)?.source).toMatchObject({ points: '14', given: '18', deduction: '4' })
    expect(grades).toMatchObject({ percent: '65.22', computed: '65.22', letter: null, change: null })
    const book = await north((db) => loadBook(db, maths))
    const place = (item: string) => book.items.findIndex(({ id }) => id === item)
    const ann = book.people.find(({ id }) => id === 'ann0')
    expect(ann?.cells[place(examId)]).toEqual(['1', 0, 4])
    expect(ann?.cells[place(essay)]).toEqual(['14', 0, 4])
    expect(book.people.find(({ id }) => id === 'ann1')?.cells.every((one) => one === 0)).toBe(true)
  })

  test('that isn’t released yet is in no number of its learner’s, nor is what was changed in it', async () => {
    const [open, hidden] = [await assignment(), await assignment()]
    await handed(open, 'ann1', 10, true)
    await handed(hidden, 'ann1', 20, false)
    const own = (await seenBy('ann1')).grades
    expect(own.percent).toBe('50.00')
    expect(lineOf(own, hidden)).toMatchObject({ points: null, source: { state: 'hidden', given: null } })
    await change('ann1', hidden, { points: '19', reason: 'Miscounted' })
    const after = JSON.stringify((await seenBy('ann1')).grades)
    expect(after).not.toContain('19')
    expect(after).not.toContain('Miscounted')
    expect((await taught('ann1')).percent).toBe('72.50')
    await owner.query(`update "Submission" set "releasedAt" = now() where "assignmentId" = $1`, [hidden])
    expect(lineOf((await seenBy('ann1')).grades, hidden)).toMatchObject({
      points: '19',
      change: { reason: 'Miscounted', changedBy: 'Person tea0' },
    })
  })

  test('stays to be read when its course is archived, and is nobody’s who isn’t in it', async () => {
    await owner.query(`update "Course" set status = 'ARCHIVED' where id = 'maths'`)
    expect((await seenBy('ann1')).courseTitle).toBe('Course maths')
    await owner.query(`update "Course" set status = 'DRAFT' where id = 'maths'`)
    await expect(seenBy('ann1')).rejects.toMatchObject(gone)
    await owner.query(`update "Course" set status = 'PUBLISHED' where id = 'maths'`)
    await expect(seenBy('ann11')).rejects.toMatchObject(gone)
  })

  test('of an exam whose results wait for their release is hidden until then', async () => {
    const examId = await makeSitting(owner, { settings: { review: { when: 'after-release' } } })
    const { attemptId } = await start(examId, 'ann2')
    await submit({ examId, attemptId }, [truth('q0', 1, true)], 'ann2')
    expect(lineOf((await seenBy('ann2')).grades, examId)).toMatchObject({
      points: null,
      source: { state: 'hidden' },
    })
    expect(lineOf(await taught('ann2'), examId)?.points).toBe('1')
    await owner.query(`update "Exam" set "releasedAt" = now() where id = $1`, [examId])
    expect(lineOf((await seenBy('ann2')).grades, examId)?.points).toBe('1')
  })

  test('follows the scheme: categories, weights, what is practice, letters; two editors don’t overwrite', async () => {
    const [a, b, practice] = [await assignment(), await assignment(), await assignment()]
    for (const [item, points] of [
      [a, 20],
      [b, 10],
      [practice, 0],
    ] as const)
      await handed(item, 'ann3', points, true)
    const { base } = await north((db) => readScheme(db, maths))
    const category = { dropLowest: 0, extraCredit: false }
    const plain = { extraCredit: false, counts: true }
    await scheme(() => ({
      weighted: true,
      categories: [
        { ...category, id: 'essays', title: 'Essays', weight: '3' },
        { ...category, id: 'tests', title: 'Tests', weight: '1' },
      ],
      letters: [
        { name: 'A', from: '85' },
        { name: 'B', from: '0' },
      ],
      items: {
        [a]: { ...plain, categoryId: 'essays' },
        [b]: { ...plain, categoryId: 'tests' },
        [practice]: { ...plain, categoryId: 'essays', counts: false },
      },
    }))
    const grades = await taught('ann3')
    expect(grades).toMatchObject({ percent: '87.50', letter: 'A', weighted: true })
    expect(grades.categories.map(({ title, share }) => [title, share])).toEqual(
      expect.arrayContaining([
        ['Essays', '75.00'],
        ['Tests', '25.00'],
      ]),
    )
    expect(lineOf(grades, practice)?.state).toBe('no-part')
    const stale = {
      courseId: 'maths',
      base,
      scheme: JSON.stringify({ letters: [{ name: 'P', from: '50' }] }),
    }
    await expect(north((db) => saveScheme(db, { ...place, form: stale }))).rejects.toMatchObject({
      code: 'conflict',
    })
    await expect(scheme(() => ({ categories: [] }))).rejects.toMatchObject({ code: 'invalid_input' })
    await scheme(() => ({ weighted: false, categories: [], items: {}, letters: [] }))
  })

  test('costs as many statements for everybody as for one', async () => {
    const one = await statementsOf(() => taught('ann0'))
    const all = await statementsOf(() => north((db) => loadBook(db, maths)))
    expect(one).toHaveLength(7)
    expect(all).toHaveLength(7)
  })
})

describe('a change by hand', () => {
  test('holds, is explained, is taken back, and every step of it stays', async () => {
    const item = await assignment()
    await handed(item, 'ann4', 8, true)
    await expect(change('ann4', item, { points: '15' })).rejects.toMatchObject({
      fields: { reason: expect.stringContaining('Say why') as string },
    })
    expect(await change('ann4', item, { points: '15', reason: 'A page was missing' })).toMatchObject({
      before: { points: null },
      after: { points: '15' },
      number: 1,
    })
    expect(lineOf((await seenBy('ann4')).grades, item)).toMatchObject({
      points: '15',
      source: { points: '8' },
    })
    // Pressed twice it changes nothing.
    expect(await change('ann4', item, { points: '15.0', reason: 'Again', seen: '1' })).toBeNull()
    expect(await change('ann4', item, { excused: 'on', reason: 'Was ill', seen: '1' })).toMatchObject({
      number: 2,
    })
    expect(lineOf(await taught('ann4'), item)).toMatchObject({ points: null, state: 'excused' })
    await change('ann4', item, { reason: 'Came back', seen: '2' })
    expect(lineOf(await taught('ann4'), item)).toMatchObject({ points: '8', change: null })
    const { history } = await cell('ann4', item)
    expect(history.map(({ number, points, excused, reason }) => [number, points, excused, reason])).toEqual([
      [3, null, false, 'Came back'],
      [2, null, true, 'Was ill'],
      [1, '15', false, 'A page was missing'],
    ])
    // After it was taken back it can be changed again.
    expect(await change('ann4', item, { points: '9', reason: 'Once more', seen: '3' })).toMatchObject({
      number: 4,
    })
  })

  test('of two at once the second is told, and one is made', async () => {
    const item = await assignment()
    const both = await Promise.allSettled([
      change('ann5', item, { points: '3' }),
      change('ann5', item, { points: '4' }),
    ])
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    expect((await cell('ann5', item)).history).toHaveLength(1)
    await expect(change('ann5', item, { points: '5', reason: 'Late' })).rejects.toMatchObject({
      code: 'conflict',
    })
    // A number that was never there is a stale page, too.
    await expect(change('ann5', item, { points: '5', reason: 'Odd', seen: '7' })).rejects.toMatchObject({
      code: 'conflict',
    })
  })

  test('to more than twice of what there is, a slip of a key, is asked about and not made', async () => {
    const item = await assignment()
    const most = Number(lineOf(await taught('ann6'), item)?.maxPoints)
    expect(most).toBeGreaterThan(0)
    await expect(change('ann6', item, { points: String(most * 2 + 1) })).rejects.toMatchObject({
      code: 'invalid_input',
      fields: { points: expect.stringContaining('twice') as string },
    })
    expect((await cell('ann6', item)).history).toEqual([])
    await change('ann6', item, { points: String(most * 2) })
    expect((await cell('ann6', item)).history).toHaveLength(1)
  })

  test('of the course’s grade is a percentage, and can’t excuse', async () => {
    await change('ann6', 'course', { points: '91', reason: 'Spoke at the open day' })
    expect(await taught('ann6')).toMatchObject({ percent: '91', change: { points: '91' } })
    await expect(change('ann6', 'course', { excused: 'on', reason: 'x', seen: '1' })).rejects.toMatchObject({
      code: 'invalid_input',
    })
  })

  test('is of one’s own course, of somebody enrolled and of an item of it, in one’s own school', async () => {
    const [item, foreign] = [await assignment(), await assignment({ courseId: 'art' })]
    await expect(
      change('ann0', item, { points: '1' }, { userId: 'tea1x0', everyCourse: false }),
    ).rejects.toMatchObject({ code: 'forbidden' })
    await expect(change('ann11', item, { points: '1' })).rejects.toMatchObject(gone)
    await expect(change('ann0', foreign, { points: '1' })).rejects.toMatchObject(gone)
    const form = changeForm.parse({ courseId: 'maths', userId: 'ann0', item, points: '1', seen: '0' })
    await expect(south((db) => changeGrade(db, { ...place, form }))).rejects.toMatchObject(gone)
    await expect(south((db) => loadBook(db, maths))).rejects.toMatchObject(gone)
    await expect(cell('ann0', foreign)).rejects.toMatchObject(gone)
  })
})

describe('a question about a grade', () => {
  test('is asked once, waits where it is taught, and is answered once', async () => {
    const item = await assignment()
    await handed(item, 'ann7', 5, true)
    const form = askForm.parse({ courseId: 'maths', item, key: 'a'.repeat(32), body: 'Why only five?' })
    const ask = () => north((db) => askAbout(db, { userId: 'ann7', timeZone: 'UTC', form }))
    const { id, isNew } = await ask()
    expect(isNew).toBe(true)
    expect(await ask()).toEqual({ id, isNew: false })
    expect(lineOf(await taught('ann7'), item)?.open).toBe(1)
    const answer = {
      courseId: 'maths',
      userId: 'ann7',
      item,
      questionId: id,
      answer: 'The sources were missing.',
    }
    expect(await north((db) => answerAbout(db, { ...place, form: answer }))).toBe(true)
    expect(await north((db) => answerAbout(db, { ...place, form: { ...answer, answer: 'No' } }))).toBe(false)
    expect((await seenBy('ann7')).questions[item]).toMatchObject([
      { body: 'Why only five?', answer: 'The sources were missing.', answeredBy: 'Person tea0' },
    ])
    expect((await seenBy('ann8')).questions).toEqual({})
    expect(lineOf(await taught('ann7'), item)?.open).toBe(0)
  })

  test('is of a course that one is enrolled in, and of an item of it', async () => {
    const form = askForm.parse({ courseId: 'maths', item: 'course', key: 'b'.repeat(32), body: 'Mine?' })
    await expect(
      north((db) => askAbout(db, { userId: 'ann11', timeZone: 'UTC', form })),
    ).rejects.toMatchObject(gone)
    const other = { ...form, item: await assignment({ courseId: 'art' }) }
    await expect(
      north((db) => askAbout(db, { userId: 'ann7', timeZone: 'UTC', form: other })),
    ).rejects.toMatchObject(gone)
  })
})
