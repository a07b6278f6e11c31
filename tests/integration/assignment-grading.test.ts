import { beforeAll, describe, expect, test } from 'vitest'
import { workForm } from '#lib/assignments/contract'
import { gradeForm } from '#lib/assignments/contract/grading'
import { gradeSubmission, releaseGrades } from '#lib/assignments/grade'
import { loadAssignment } from '#lib/assignments/load-assignment'
import { loadSubmission, loadSubmissions } from '#lib/assignments/load-submissions'
import { handIn } from '#lib/assignments/write-work'
import { AppError } from '#lib/errors'
import { testDatabase } from '#tests/support/database'
import { makePeople } from '#tests/support/factories'
import { gone, makeExamWorld, north, south } from './exam-support'
import { statementsOf } from './statements'

// Grading what was handed in: two graders, a stale page, a release that shows, and nothing before it.

const { owner } = await testDatabase()
const place = { timeZone: 'Europe/Berlin', locale: 'en' }
const by = { userId: 'tea0', everyCourse: false }
const head = {
  ...{ id: 'maths', title: 'Maths', status: 'PUBLISHED' as const, previewHref: null, people: true },
}
let count = 0

async function assignment(late: Readonly<Record<string, unknown>> = {}, due: string | null = null) {
  count += 1
  const id = `graded${String(count)}`
  await owner.query(
    `INSERT INTO "Assignment" (id, "tenantId", "courseId", title, points, settings, "dueDate", "publishedAt")
     VALUES ($1, 'north', 'maths', 'Essay', 20, $2, now() + $3::interval, now())`,
    [id, JSON.stringify({ late }), due],
  )
  return id
}

let keys = 0
async function hand(assignmentId: string, userId: string, content = 'Mine'): Promise<string> {
  keys += 1
  const form = workForm.parse({
    ...{ assignmentId, intent: 'hand-in', content, link: '', seen: '', key: String(keys).padStart(32, '0') },
  })
  await north((db) => handIn(db, { ...place, userId, form }))
  const { rows } = await owner.query<{ id: string }>(
    `SELECT id FROM "Submission" WHERE "assignmentId" = $1 AND "userId" = $2`,
    [assignmentId, userId],
  )
  return rows[0]?.id ?? ''
}

const look = (assignmentId: string, submissionId: string) =>
  north((db) => loadSubmission(db, { course: head, assignmentId, submissionId, timeZone: place.timeZone }))
const list = (assignmentId: string) =>
  north((db) =>
    loadSubmissions(db, { course: head, assignmentId, timeZone: place.timeZone, cursor: undefined }),
  )
const learner = (assignmentId: string, userId: string) =>
  north((db) => loadAssignment(db, { assignmentId, userId, timeZone: place.timeZone }))

type Sent = Readonly<{ points: string; feedback?: string; seen?: string; version?: string }>

async function grade(assignmentId: string, submissionId: string, sent: Sent, who = by) {
  const { points, feedback = '', seen = '', version = '1' } = sent
  const form = gradeForm.parse({
    ...{ courseId: 'maths', assignmentId, submissionId, points, feedback, seen, version },
  })
  return north((db) => gradeSubmission(db, { form, by: who, ...place }))
}

const release = (assignmentId: string, released: boolean, who = by) =>
  north((db) => releaseGrades(db, { courseId: 'maths', assignmentId, by: who, released, ...place }))

async function refusal(work: Promise<unknown>): Promise<string> {
  try {
    await work
  } catch (error) {
    return error instanceof AppError ? `${error.code} ${error.fields['points'] ?? ''}` : String(error)
  }
  return 'done'
}

beforeAll(async () => {
  await makeExamWorld(owner)
  await makePeople(owner, 'north', 'col', { role: 'INSTRUCTOR' })
})

describe('a grade', () => {
  test('is given, goes on to what waits, and is seen once it is released', async () => {
    const id = await assignment({ percentPerDay: '10', floorPercent: '20' }, '-30 hours')
    const [first, second] = [await hand(id, 'ann0'), await hand(id, 'ann1')]
    expect(await list(id)).toMatchObject({
      first,
      counts: { handedIn: 2, waiting: 2, graded: 0, released: 0 },
    })
    const done = await grade(id, first, { points: '15,5', feedback: 'Good.' })
    expect(done).toEqual({
      before: { points: null, feedback: null },
      after: { points: '15.5', feedback: '…' },
      next: second,
    })
    expect(await look(id, first)).toMatchObject({
      ...{ points: '15.5', deduction: '4', feedback: 'Good.', previous: null, next: second },
      card: { state: 'graded', grade: '11.5', daysLate: 2 },
    })
    expect((await learner(id, 'ann0')).result).toBeNull()
    expect(await release(id, true)).toBe(1)
    expect(await release(id, true)).toBe(0)
    expect((await learner(id, 'ann0')).result).toMatchObject({
      points: '15.5',
      grade: '11.5',
      feedback: 'Good.',
    })
    expect((await learner(id, 'ann1')).result).toBeNull()
    expect(await grade(id, second, { points: '0' })).toMatchObject({ next: null })
    expect(await list(id)).toMatchObject({ first: null, counts: { waiting: 0, graded: 1, released: 1 } })
    expect(await release(id, false)).toBe(1)
    expect((await learner(id, 'ann0')).result).toBeNull()
  })

  test('by two graders at once is one grade, and the other is told', async () => {
    const id = await assignment()
    const submission = await hand(id, 'ann0')
    const both = await Promise.allSettled(['10', '12'].map((points) => grade(id, submission, { points })))
    expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(await refusal(grade(id, submission, { points: '14' }))).toMatch(/^conflict Somebody else/)
    const { seen } = await look(id, submission)
    expect(await grade(id, submission, { points: '14', seen })).toMatchObject({ after: { points: '14' } })
  })

  test('of a version that isn’t the newest any more is refused; handed in again it waits', async () => {
    const id = await assignment()
    const submission = await hand(id, 'ann0')
    await hand(id, 'ann0', 'Better')
    expect(await refusal(grade(id, submission, { points: '10' }))).toMatch(/^conflict It was handed in again/)
    await grade(id, submission, { points: '10', version: '2' })
    await hand(id, 'ann0', 'Best')
    expect(await list(id)).toMatchObject({ first: submission, counts: { waiting: 1 } })
    expect((await look(id, submission)).card).toMatchObject({ state: 'stale', version: 3 })
  })

  test('has bounds, and words for them', async () => {
    const id = await assignment()
    const submission = await hand(id, 'ann0')
    expect(await refusal(grade(id, submission, { points: '20.01' }))).toBe(
      'invalid_input There are 20 points at most.',
    )
    for (const points of ['-1', 'ten', '', '1.00001', '1e1'])
      expect(
        gradeForm.safeParse({
          ...{
            courseId: 'c',
            assignmentId: 'a',
            submissionId: 's',
            seen: '',
            version: '1',
            points,
            feedback: '',
          },
        }).success,
        points,
      ).toBe(false)
  })

  test('is for those who teach this course, of this assignment, in this school', async () => {
    const [id, other] = [await assignment(), await assignment()]
    const submission = await hand(id, 'ann0')
    const colleague = { userId: 'col0', everyCourse: false }
    await expect(grade(id, submission, { points: '1' }, colleague)).rejects.toMatchObject({
      code: 'forbidden',
    })
    await expect(release(id, true, colleague)).rejects.toMatchObject({ code: 'forbidden' })
    await expect(grade(other, submission, { points: '1' })).rejects.toMatchObject(gone)
    await expect(look(other, submission)).rejects.toMatchObject(gone)
    const abroad = { courseId: 'maths', assignmentId: id, by, released: true, ...place }
    await expect(south((db) => releaseGrades(db, abroad))).rejects.toMatchObject(gone)
    expect((await look(id, submission)).points).toBeNull()
  })

  test('takes few statements, however many have handed in', async () => {
    const id = await assignment()
    const submission = await hand(id, 'ann0')
    const few = (await statementsOf(() => list(id))).length
    for (let place = 1; place < 9; place += 1) await hand(id, `ann${String(place)}`)
    expect([few, (await statementsOf(() => list(id))).length]).toEqual([3, 3])
    expect(await statementsOf(() => look(id, submission))).toHaveLength(4)
    expect(await statementsOf(() => grade(id, submission, { points: '3' }))).toHaveLength(5)
  })
})
