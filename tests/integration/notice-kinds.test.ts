import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { releaseGrades } from '#lib/assignments/grade'
import { giveExtension, removeExtension } from '#lib/assignments/extend'
import { changeAssignment, publishAssignment } from '#lib/assignments/build'
import { withTenant } from '#lib/db/tenant'
import { releaseResults } from '#lib/exams/release-results'
import { askAbout, changeGrade } from '#lib/grades/change-grades'
import { runOutbox } from '#lib/jobs/run-outbox'
import { addLesson } from '#lib/teach/change-lessons'
import { testDatabase } from '#tests/support/database'
import { makeCourse, makeEnrollments, makeExam, makePeople, makeSchool } from '#tests/support/factories'
import { SETTINGS } from './account-support'

// Each change tells whom it concerns, of what they may see when they are told, and nobody else.

const { owner } = await testDatabase({ ...SETTINGS })
const by = { userId: 'tea0', everyCourse: false }
const place = { by, timeZone: 'UTC', locale: 'en' } as const
const which = { courseId: 'tides', assignmentId: 'essay', ...place }
const DAY = 86_400_000

const north = <T>(work: Parameters<typeof withTenant<T>>[1]): Promise<T> => withTenant('north', work)

type Due = { id: string; kind: string; at: Date }

async function due(): Promise<Due[]> {
  const { rows } = await owner.query<Due>(
    `SELECT o.id, o.kind, j.run_at AS at FROM "Outbox" o
     JOIN graphile_worker._private_jobs j ON j.payload->>'outboxId' = o.id
     WHERE o."deliveredAt" IS NULL AND o.kind LIKE 'notice.%' ORDER BY o."createdAt", o.id`,
  )
  return rows
}

/** Delivers what is on the queue, whenever it is meant for. @returns who was told what */
async function told(): Promise<string[]> {
  for (const { id: outboxId } of await due()) await runOutbox({ tenantId: 'north', outboxId })
  const { rows } = await owner.query<{ text: string }>(
    `SELECT "userId" || ': ' || title || ' ' || link AS text FROM "Notification" ORDER BY 1`,
  )
  return rows.map(({ text }) => text)
}

async function handIn(userId: string, grade: number | null, released = false): Promise<void> {
  await owner.query(
    `INSERT INTO "Submission" (id, "tenantId", "assignmentId", "userId", content, grade, "gradedAt", "releasedAt", "submittedAt")
     VALUES ('s' || $1, 'north', 'essay', $1, 'Done.', $2::numeric, CASE WHEN $2::numeric IS NOT NULL THEN now() END,
       CASE WHEN $3::boolean THEN now() END, now() - interval '1 hour')`,
    [userId, grade, released],
  )
}

beforeAll(async () => {
  await makeSchool(owner, 'north')
  await makePeople(owner, 'north', 'tea', { role: 'INSTRUCTOR' })
  await makePeople(owner, 'north', 'ann', { count: 4 })
  await makeCourse(owner, 'north', 'tides', { instructorId: 'tea0', modules: 1, lessons: 1 })
  await makeEnrollments(owner, 'north', 'tides', ['ann0', 'ann1', 'ann2'])
  await makeExam(owner, 'north', 'quiz', {
    courseId: 'tides',
    settings: { review: { when: 'after-release' } },
  })
})

beforeEach(async () => {
  for (const table of [
    'Outbox',
    'Notification',
    'GradeChange',
    'GradeQuestion',
    'AssignmentExtension',
    'Submission',
  ])
    await owner.query(`DELETE FROM "${table}"`)
  await owner.query('DELETE FROM graphile_worker._private_jobs')
  await owner.query('DELETE FROM "Assignment"')
  await owner.query(
    `INSERT INTO "Assignment" (id, "tenantId", "courseId", title, "dueDate", "publishedAt")
     VALUES ('essay', 'north', 'tides', 'Essay', date_trunc('minute', now() + interval '3 days'), now())`,
  )
})

describe('grades of an assignment', () => {
  test('that are released are told to those who have one, once, whatever is hidden and shown again', async () => {
    await handIn('ann0', 80)
    await handIn('ann1', null)
    expect(await told()).toEqual([])
    await north((db) => releaseGrades(db, { ...which, released: true }))
    const first = ['ann0: Your work is graded: Essay /assignments/essay']
    expect(await told()).toEqual(first)
    await north((db) => releaseGrades(db, { ...which, released: false }))
    await north((db) => releaseGrades(db, { ...which, released: true }))
    expect(await told()).toEqual(first)
    await owner.query(`UPDATE "Submission" SET grade = 50, "gradedAt" = now() WHERE "userId" = 'ann1'`)
    await north((db) => releaseGrades(db, { ...which, released: true }))
    expect(await told()).toEqual([...first, 'ann1: Your work is graded: Essay /assignments/essay'])
  })

  test('that are hidden again before they were told are told to nobody', async () => {
    await handIn('ann0', 80)
    await north((db) => releaseGrades(db, { ...which, released: true }))
    await north((db) => releaseGrades(db, { ...which, released: false }))
    expect(await told()).toEqual([])
  })

  test('changed by hand are told when they are seen, and not before', async () => {
    await handIn('ann0', 80)
    await handIn('ann1', 80, true)
    for (const userId of ['ann0', 'ann1']) {
      const form = {
        courseId: 'tides',
        userId,
        item: 'essay',
        points: '90',
        excused: '' as const,
        reason: 'Recounted.',
        seen: '0',
      }
      await north((db) => changeGrade(db, { ...place, form }))
    }
    expect(await told()).toEqual(['ann1: A grade of yours was changed in Course tides /courses/tides/grades'])
  })
})

test('a question about a grade is told to whoever teaches the course', async () => {
  const form = { courseId: 'tides', item: 'course', key: 'k1', body: 'Why?' }
  for (let time = 0; time < 2; time += 1)
    await north((db) => askAbout(db, { userId: 'ann0', timeZone: 'UTC', form }))
  expect(await told()).toEqual([
    'tea0: Person ann0 asks about a grade /teach/courses/tides/grades/ann0/course',
  ])
})

describe('what is due soon', () => {
  const dueDate = async () =>
    (await owner.query<{ at: Date }>(`SELECT "dueDate" AS at FROM "Assignment"`)).rows[0]?.at ?? new Date(0)

  async function move(days: number): Promise<void> {
    const { rows } = await owner.query<{ seen: Date; text: string }>(
      `SELECT "updatedAt" AS seen, to_char("dueDate" + $1 * interval '1 day', 'YYYY-MM-DD"T"HH24:MI') AS text FROM "Assignment"`,
      [days],
    )
    const [row = { seen: new Date(), text: '' }] = rows
    const form = {
      ...{ courseId: 'tides', assignmentId: 'essay', seen: row.seen.toISOString(), dueDate: row.text },
      ...{ title: 'Essay', description: '', points: '100' },
      ...({ text: 'on', file: '', link: '' } as const),
      ...{ graceMinutes: '0', percentPerDay: '', floorPercent: '', daysOpen: '', times: '' },
    }
    await north((db) => changeAssignment(db, { ...place, form }))
  }

  test('is told a day before, to those who haven’t handed in', async () => {
    await owner.query(`UPDATE "Assignment" SET "publishedAt" = NULL`)
    for (let time = 0; time < 2; time += 1) await north((db) => publishAssignment(db, which))
    const [job, ...others] = await due()
    expect(others).toEqual([])
    expect(job?.at.getTime()).toBe((await dueDate()).getTime() - DAY)
    await handIn('ann0', null)
    expect(await told()).toEqual(['ann1', 'ann2'].map((id) => `${id}: Due soon: Essay /assignments/essay`))
  })

  test('at a date that was moved is told of the new date alone', async () => {
    await move(2)
    await move(1)
    expect((await due()).map(({ at }) => at.getTime())).toEqual([
      (await dueDate()).getTime() - 2 * DAY,
      (await dueDate()).getTime() - DAY,
    ])
    await told()
    const { rows } = await owner.query<{ key: string }>('SELECT DISTINCT key FROM "Notification"')
    expect(rows).toEqual([{ key: `assignment-due:essay:${(await dueDate()).getTime()}` }])
  })

  test('is told to whoever has a date of their own at that date, and after it was taken back at everybody’s', async () => {
    await owner.query(`UPDATE "Assignment" SET "publishedAt" = NULL`)
    await north((db) => publishAssignment(db, which))
    const later = new Date((await dueDate()).getTime() + DAY)
    const form = {
      courseId: 'tides',
      assignmentId: 'essay',
      userId: 'ann0',
      note: '',
      dueDate: later.toISOString().slice(0, 16),
    }
    await north((db) => giveExtension(db, { ...place, form }))
    await told()
    const told1 = await owner.query<{ who: string; key: string }>(
      'SELECT "userId" AS who, key FROM "Notification" ORDER BY 1',
    )
    const everybody = (await dueDate()).getTime()
    expect(told1.rows).toEqual([
      { who: 'ann0', key: `assignment-due:essay:${later.getTime()}` },
      ...['ann1', 'ann2'].map((who) => ({ who, key: `assignment-due:essay:${everybody}` })),
    ])
    await north((db) => removeExtension(db, { ...which, userId: 'ann0' }))
    await told()
    const own = await owner.query<{ key: string }>(
      `SELECT key FROM "Notification" WHERE "userId" = 'ann0' ORDER BY key`,
    )
    expect(own.rows.map(({ key }) => key).toSorted()).toEqual(
      [everybody, later.getTime()].map((at) => `assignment-due:essay:${at}`).toSorted(),
    )
  })

  test('of an assignment that is gone, or of a draft, is told to nobody', async () => {
    await move(1)
    await owner.query(`UPDATE "Assignment" SET "deletedAt" = now()`)
    expect(await told()).toEqual([])
  })
})

test('results of an exam are told to those who have a score, once they are released and for as long as they are', async () => {
  await owner.query(
    `INSERT INTO "ExamAttempt" (id, "tenantId", "examId", "versionId", "userId", "startedAt", "deadlineAt", "submittedAt", score, "maxScore", counts, "gradedAt")
     VALUES ('att', 'north', 'quiz', 'quizv1', 'ann0', now() - interval '2 hours', now() - interval '1 hour', now() - interval '1 hour', 2, 3, true, now())`,
  )
  const input = { courseId: 'tides', examId: 'quiz', by, timeZone: 'UTC' }
  await north((db) => releaseResults(db, { ...input, released: true }))
  await north((db) => releaseResults(db, { ...input, released: false }))
  expect(await told()).toEqual([])
  await north((db) => releaseResults(db, { ...input, released: true }))
  expect(await told()).toEqual(['ann0: Results are out: Exam quiz /exams/quiz'])
})

test('ten lessons that were added within an hour are one notice, and empty ones are none', async () => {
  await owner.query(`UPDATE "Course" SET "publishedAt" = now() - interval '1 day' WHERE id = 'tides'`)
  for (let n = 0; n < 10; n += 1)
    await north((db) =>
      addLesson(db, { id: `new${n}`, courseId: 'tides', moduleId: 'tidesm0', title: `New ${n}`, by }),
    )
  expect((await due()).length).toBe(10)
  await owner.query(`UPDATE "Lesson" SET "contentText" = 'Words.' WHERE id LIKE 'new%' AND id <> 'new9'`)
  expect(await told()).toEqual(
    ['ann0', 'ann1', 'ann2'].map((id) => `${id}: 9 new lessons in Course tides /learn/tides/new0`),
  )
})
