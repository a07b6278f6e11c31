import { beforeAll, describe, expect, test } from 'vitest'
import { changeRubric } from '#lib/assignments/change-rubric'
import { gradeForm } from '#lib/assignments/contract/grading'
import { gradeSubmission, releaseGrades } from '#lib/assignments/grade'
import { loadAssignment } from '#lib/assignments/load-assignment'
import { loadSubmission } from '#lib/assignments/load-submissions'
import { testDatabase } from '#tests/support/database'
import { makeCourse, makePeople } from '#tests/support/factories'
import { gone, makeExamWorld, north, south } from './exam-support'

// Rubrics: what is looked at, what was given by it, and that a later change rewrites nothing.

const { owner } = await testDatabase()
const by = { userId: 'tea0', everyCourse: false }
const place = { by, timeZone: 'UTC', locale: 'en' }
const head = {
  ...{ id: 'maths', title: 'Maths', status: 'PUBLISHED' as const, previewHref: null, people: true },
}
const level = (id: string, points: string) => ({ id, title: `Level ${id}`, points, description: '' })
const RUBRIC = [
  { id: 'idea', title: 'The idea', levels: [level('full', '12'), level('half', '6'), level('none', '0')] },
  { id: 'words', title: 'The words', levels: [level('fine', '8'), level('rough', '3.5')] },
]
let count = 0

async function assignment(): Promise<string> {
  count += 1
  const id = `rubric${String(count)}`
  await owner.query(
    `insert into "Assignment" (id, "tenantId", "courseId", title, points, "publishedAt") values ($1, 'north', 'maths', 'Essay', 20, now())`,
    [id],
  )
  return id
}

async function handed(assignmentId: string, userId: string): Promise<string> {
  const id = `work${assignmentId}${userId}`
  await owner.query(
    `insert into "Submission" (id, "tenantId", "assignmentId", "userId", content) values ($1, 'north', $2, $3, 'Mine')`,
    [id, assignmentId, userId],
  )
  return id
}

const change = (assignmentId: string, rubric: unknown, base: unknown = [], who = by) =>
  north((db) =>
    changeRubric(db, {
      ...place,
      by: who,
      form: { courseId: 'maths', assignmentId, base: JSON.stringify(base), rubric: JSON.stringify(rubric) },
    }),
  )

type Chosen = Readonly<{ criterionId: string; levelId: string | null; comment: string }>

const grade = (
  assignmentId: string,
  submissionId: string,
  points: string,
  marks: readonly Chosen[],
  seen = '',
) =>
  north((db) =>
    gradeSubmission(db, {
      ...place,
      form: gradeForm.parse({
        ...{ courseId: 'maths', assignmentId, submissionId, points, seen, version: '1', feedback: '' },
        marks: JSON.stringify(marks),
      }),
    }),
  )

const look = (assignmentId: string, submissionId: string) =>
  north((db) => loadSubmission(db, { course: head, assignmentId, submissionId, timeZone: 'UTC' }))
const learner = (assignmentId: string, userId: string) =>
  north((db) => loadAssignment(db, { assignmentId, userId, timeZone: 'UTC' }))

const chosen = (criterionId: string, levelId: string | null, comment = ''): Chosen => ({
  ...{ criterionId, levelId, comment },
})

beforeAll(async () => {
  await makeExamWorld(owner)
  await makePeople(owner, 'north', 'tea1x', { role: 'INSTRUCTOR' })
  await makeCourse(owner, 'north', 'art', { instructorId: 'tea1x0' })
})

describe('what is looked at', () => {
  test('is written once, read by learners, and not overwritten unseen', async () => {
    const id = await assignment()
    expect(await change(id, RUBRIC)).toMatchObject({ after: { criteria: 'The idea, The words' } })
    expect(await change(id, RUBRIC, RUBRIC)).toBeNull()
    await expect(change(id, [], [])).rejects.toMatchObject({ code: 'conflict' })
    expect((await learner(id, 'ann0')).rubric).toEqual(RUBRIC)
  })

  test.each([
    ['nothing that is a rubric', { criteria: 1 }],
    ['a criterion twice', [RUBRIC[0], RUBRIC[0]]],
    ['a level without points', [{ ...RUBRIC[0], levels: [{ ...level('x', '1'), points: 'many' }] }]],
    ['a criterion without a name', [{ ...RUBRIC[0], title: ' ' }]],
    ['a criterion without levels', [{ ...RUBRIC[0], levels: [] }]],
  ])('is not %s', async (_what, rubric) => {
    await expect(change(await assignment(), rubric)).rejects.toMatchObject({ code: 'invalid_input' })
  })

  test('is of one’s own course, in one’s own school', async () => {
    const id = await assignment()
    await expect(change(id, RUBRIC, [], { userId: 'tea1x0', everyCourse: false })).rejects.toMatchObject({
      code: 'forbidden',
    })
    const form = { courseId: 'art', assignmentId: id, base: '[]', rubric: JSON.stringify(RUBRIC) }
    await expect(
      north((db) => changeRubric(db, { ...place, by: { userId: 'tea1x0', everyCourse: false }, form })),
    ).rejects.toMatchObject(gone)
    await expect(
      south((db) => changeRubric(db, { ...place, form: { ...form, courseId: 'maths' } })),
    ).rejects.toMatchObject(gone)
  })
})

describe('what is given by it', () => {
  test('is shown to graders at once, and to the learner once it is released, word for word as it was given', async () => {
    const id = await assignment()
    await change(id, RUBRIC)
    const work = await handed(id, 'ann1')
    await grade(id, work, '15.5', [chosen('idea', 'full'), chosen('words', 'rough', 'Read it aloud once.')])
    expect((await look(id, work)).choices).toEqual([
      chosen('idea', 'full'),
      chosen('words', 'rough', 'Read it aloud once.'),
    ])
    const before = await learner(id, 'ann1')
    expect(before.result).toBeNull()
    expect(JSON.stringify(before)).not.toContain('Read it aloud')
    await north((db) => releaseGrades(db, { ...place, courseId: 'maths', assignmentId: id, released: true }))
    await change(id, [{ ...RUBRIC[0], title: 'Another idea' }], RUBRIC)
    expect((await learner(id, 'ann1')).result).toMatchObject({
      points: '15.5',
      marks: [
        { title: 'The idea', level: 'Level full', points: '12', most: '12' },
        {
          title: 'The words',
          level: 'Level rough',
          points: '3.5',
          most: '8',
          comment: 'Read it aloud once.',
        },
      ],
    })
  })

  test('can’t be what the rubric doesn’t have, and changes nothing then', async () => {
    const id = await assignment()
    await change(id, RUBRIC)
    const work = await handed(id, 'ann2')
    for (const marks of [
      [chosen('idea', 'fine')],
      [chosen('nothing', null)],
      [chosen('idea', 'full'), chosen('idea', 'half')],
    ])
      await expect(grade(id, work, '5', marks)).rejects.toMatchObject({ code: 'invalid_input' })
    expect(await look(id, work)).toMatchObject({ points: null, choices: [] })
  })

  test('goes with the grade: a second grader’s conflict keeps the first one’s marks', async () => {
    const id = await assignment()
    await change(id, RUBRIC)
    const work = await handed(id, 'ann3')
    await grade(id, work, '12', [chosen('idea', 'full')])
    await expect(grade(id, work, '6', [chosen('idea', 'half')])).rejects.toMatchObject({ code: 'conflict' })
    const { choices, seen } = await look(id, work)
    expect(choices).toEqual([chosen('idea', 'full')])
    await grade(id, work, '7', [], seen)
    expect(await look(id, work)).toMatchObject({ points: '7', choices: [] })
  })
})
