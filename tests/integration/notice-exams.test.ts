import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { accommodationForm } from '#lib/exams/contract/authoring'
import { giveAccommodation, removeAccommodation } from '#lib/exams/accommodate'
import { applyRegrade } from '#lib/exams/apply-regrade'
import { previewRegrade } from '#lib/exams/preview-regrade'
import { publishExam, unpublishExam } from '#lib/exams/publish-exam'
import { importGrades, previewGrades } from '#lib/grades/import-grades'
import { writeMessage } from '#lib/insight/write-message'
import { runOutbox } from '#lib/jobs/run-outbox'
import { publishCourse, redraftCourse } from '#lib/teach/change-status'
import { testDatabase } from '#tests/support/database'
import { makeCourse, makeEnrollments, makePeople, makeQuestions } from '#tests/support/factories'
import { SETTINGS as LETTERS } from './account-support'
import { makeExamWorld, makeSitting, north, start } from './exam-support'
import { essay, graded, mark, place, publish, sat, SETTINGS, withEssay } from './grading-support'

// What exams, courses and people say to those whom it concerns: to each once, when they may know, and to nobody else.

const { owner } = await testDatabase({ ...LETTERS })
const DAY = 86_400_000
const how = { ...place, locale: 'en' }

type Job = Readonly<{ id: string; kind: string; at: Date }>

async function jobs(): Promise<Job[]> {
  const { rows } = await owner.query<Job>(
    `SELECT o.id, o.kind, j.run_at AS at FROM "Outbox" o JOIN graphile_worker._private_jobs j ON j.payload->>'outboxId' = o.id
     WHERE o."deliveredAt" IS NULL AND o.kind LIKE 'notice.%' ORDER BY j.run_at, o.kind, o.id`,
  )
  return rows
}

/** Delivers all that is on the queue, twice. @returns who was told what */
async function told(): Promise<string[]> {
  const due = await jobs()
  for (const { id: outboxId } of due) await runOutbox({ tenantId: 'north', outboxId })
  await owner.query(`UPDATE "Outbox" SET "deliveredAt" = NULL WHERE kind LIKE 'notice.%'`)
  for (const { id: outboxId } of due) await runOutbox({ tenantId: 'north', outboxId })
  const { rows } = await owner.query<{ text: string }>(
    `SELECT "userId" || ': ' || title AS text FROM "Notification" WHERE "tenantId" = 'north' ORDER BY 1`,
  )
  return rows.map(({ text }) => text)
}

const LEARNERS = ['ann0', 'ann1', 'ann2']

beforeAll(async () => {
  // Three who learn, one who doesn't.
  await makeExamWorld(owner, 4)
})

beforeEach(async () => {
  for (const table of ['Outbox', 'Notification']) await owner.query(`DELETE FROM "${table}"`)
  await owner.query('DELETE FROM graphile_worker._private_jobs')
})

describe('an exam that opens and closes soon', () => {
  const windowOf = async (examId: string) => {
    const { rows } = await owner.query<{ startDate: Date; endDate: Date }>(
      `SELECT "startDate", "endDate" FROM "Exam" WHERE id = $1`,
      [examId],
    )
    if (rows[0] === undefined) throw new Error('There is no such exam.')
    return rows[0]
  }
  const draft = (start: string, end: string) => makeSitting(owner, { start, end, published: false })
  const show = (examId: string) => north((db) => publishExam(db, { ...how, examId }))
  const own = (examId: string, userId: string, dates: { startDate?: Date; endDate?: Date }) => {
    const wall = (at: Date | undefined) => at?.toISOString().slice(0, 16) ?? ''
    const form = accommodationForm.parse({
      ...{ courseId: 'maths', examId, userId, scope: 'exam', extraTimePercent: '', extraAttempts: '1' },
      ...{ note: '', startDate: wall(dates.startDate), endDate: wall(dates.endDate) },
    })
    return north((db) => giveAccommodation(db, { ...how, examId, form }))
  }
  const inDays = (from: Date, days: number) =>
    new Date(Math.floor(from.getTime() / 60_000) * 60_000 + days * DAY)
  const keys = async () => {
    const { rows } = await owner.query<{ who: string; key: string }>(
      `SELECT "userId" AS who, key FROM "Notification" ORDER BY 1, 2`,
    )
    return rows.map(({ who, key }) => `${who} ${key}`)
  }

  test('is told a day before either, to those who learn and haven’t begun it', async () => {
    const examId = await draft('3 days', '9 days')
    for (let time = 0; time < 2; time += 1) await show(examId)
    const { startDate, endDate } = await windowOf(examId)
    expect((await jobs()).map(({ kind, at }) => [kind, at.getTime()])).toEqual([
      ['notice.exam-opens', startDate.getTime() - DAY],
      ['notice.exam-closes', endDate.getTime() - DAY],
    ])
    const [opens = { id: '' }] = await jobs()
    await runOutbox({ tenantId: 'north', outboxId: opens.id })
    expect(await keys()).toEqual(LEARNERS.map((id) => `${id} exam-opens:${examId}:${startDate.getTime()}`))
    await owner.query(`UPDATE "Exam" SET "startDate" = now() - interval '1 hour' WHERE id = $1`, [examId])
    await start(examId, 'ann1')
    expect((await told()).filter((text) => text.includes('closes'))).toEqual(
      ['ann0', 'ann2'].map((id) => `${id}: An exam closes soon: Exam ${examId}`),
    )
  })

  test('of one day is told once', async () => {
    const examId = await draft('3 days', '3 days 2 hours')
    await show(examId)
    expect((await jobs()).map(({ kind }) => kind)).toEqual(['notice.exam-opens'])
  })

  test('that is a draft again, or deleted, or past, is told to nobody', async () => {
    const [one, two, three] = [
      await draft('3 days', '9 days'),
      await draft('3 days', '9 days'),
      await draft('3 days', '9 days'),
    ]
    for (const examId of [one, two, three]) await show(examId)
    await north((db) => unpublishExam(db, { ...how, examId: one }))
    await owner.query(`UPDATE "Exam" SET "deletedAt" = now() WHERE id = $1`, [two])
    await owner.query(`UPDATE "Outbox" SET payload = payload || '{"at": 1}' WHERE payload->>'id' = $1`, [
      three,
    ])
    expect(await told()).toEqual([])
  })

  test('for somebody at their own time is told to them for that, and to the others for everybody’s', async () => {
    const examId = await draft('3 days', '9 days')
    const before = await windowOf(examId)
    const [early, late] = [inDays(before.startDate, -1), inDays(before.endDate, 2)]
    await own(examId, 'ann0', { startDate: early, endDate: late })
    expect(await jobs()).toEqual([])
    await show(examId)
    await told()
    const [opens, closes] = [before.startDate.getTime(), before.endDate.getTime()]
    const everybody = [`exam-closes:${examId}:${closes}`, `exam-opens:${examId}:${opens}`]
    expect(await keys()).toEqual([
      ...[`exam-closes:${examId}:${late.getTime()}`, `exam-opens:${examId}:${early.getTime()}`].map(
        (key) => `ann0 ${key}`,
      ),
      ...['ann1', 'ann2'].flatMap((id) => everybody.map((key) => `${id} ${key}`)),
    ])
  })

  test('that is moved for one person reminds them of the new time, and of everybody’s once that is taken back', async () => {
    const examId = await draft('3 days', '9 days')
    await show(examId)
    const { startDate, endDate } = await windowOf(examId)
    const later = inDays(endDate, 3)
    await own(examId, 'ann2', { endDate: later })
    // Another press of the same form moves nothing.
    const count = (await jobs()).length
    await own(examId, 'ann2', { endDate: later })
    expect((await jobs()).length).toBe(count)
    await told()
    const ofAnn2 = async () => (await keys()).filter((key) => key.startsWith('ann2 '))
    expect(await ofAnn2()).toEqual([
      `ann2 exam-closes:${examId}:${later.getTime()}`,
      `ann2 exam-opens:${examId}:${startDate.getTime()}`,
    ])
    await north((db) => removeAccommodation(db, { ...how, examId, userId: 'ann2', scope: 'exam' }))
    await told()
    expect(await ofAnn2()).toContain(`ann2 exam-closes:${examId}:${endDate.getTime()}`)
  })
})

describe('a result', () => {
  const withReview = async (review: Readonly<Record<string, unknown>>) => {
    const examId = await withEssay(owner)
    await publish(owner, examId, [...makeQuestions(2), essay], { ...SETTINGS, review })
    return examId
  }

  test('that a person completes is told to whose it is, once, and not while others still wait', async () => {
    const examId = await withReview({ when: 'after-submission' })
    const [one, two] = [await sat(examId, 'ann0'), await sat(examId, 'ann1')]
    expect(await told()).toEqual([])
    await mark(examId, one, { points: '4' })
    expect((await jobs()).map(({ kind }) => kind)).toEqual(['notice.exam-scored'])
    const first = `ann0: Your exam is graded: Exam ${examId}`
    expect(await told()).toEqual([first])
    await mark(examId, two, { points: '1' })
    expect(await told()).toEqual([first, `ann1: Your exam is graded: Exam ${examId}`])
  })

  test('that its learner may not see yet is told to nobody when it is there', async () => {
    for (const when of ['after-close', 'after-release', 'never']) {
      const examId = await withReview({ when })
      await mark(examId, await sat(examId, 'ann0'), { points: '4' })
      expect([when, await told()]).toEqual([when, []])
    }
  })

  test('that is graded after the results were released is told then', async () => {
    const examId = await withReview({ when: 'after-release' })
    const attemptId = await sat(examId, 'ann0')
    await owner.query(`UPDATE "Exam" SET "releasedAt" = now() WHERE id = $1`, [examId])
    await mark(examId, attemptId, { points: '4' })
    expect(await told()).toEqual([`ann0: Your exam is graded: Exam ${examId}`])
  })

  test('that is corrected several times within minutes is told as changed once, ten minutes later', async () => {
    const examId = await withReview({ when: 'after-submission' })
    const attemptId = await sat(examId, 'ann0')
    await mark(examId, attemptId, { points: '4' })
    await told()
    await owner.query('DELETE FROM graphile_worker._private_jobs')
    for (const points of ['5', '3', '2']) await mark(examId, attemptId, { points })
    const due = await jobs()
    expect(due.map(({ kind }) => kind)).toEqual(Array(3).fill('notice.exam-regraded'))
    for (const { at } of due) expect(at.getTime() - Date.now()).toBeGreaterThan(9 * 60_000)
    expect((await told()).slice(1)).toEqual([`ann0: Your result was changed: Exam ${examId}`])
  })

  test('that a regrade changes is told to those whose points are others now', async () => {
    const examId = await withReview({ when: 'after-submission' })
    const [one, two] = [await sat(examId, 'ann0'), await sat(examId, 'ann1')]
    await mark(examId, one, { points: '4' })
    await mark(examId, two, { points: '4' })
    await mark(examId, two, { questionId: 'q1', points: '0', comment: 'Copied.' })
    await owner.query(`DELETE FROM "Outbox"`)
    const [q0, q1] = makeQuestions(2)
    await publish(owner, examId, [q0, { ...q1, correct: true }, essay], {
      ...SETTINGS,
      review: { when: 'after-submission' },
    })
    const exam = await graded(examId)
    const { stamp } = await north((db) => previewRegrade(db, { exam, courseId: 'maths', may: true }))
    for (let time = 0; time < 2; time += 1)
      await applyRegrade({ ...place, examId, stamp, unit: north, record: () => Promise.resolve() }).catch(
        () => 0,
      )
    expect(await told()).toEqual([`ann0: Your result was changed: Exam ${examId}`])
  })
})

describe('a course', () => {
  const which = { courseId: 'fresh', by: place.by, locale: 'en', anchorsOf: () => new Set<string>() }

  test('that opens is told to those who were enrolled before, once, and to nobody while it is a draft again', async () => {
    await makeCourse(owner, 'north', 'fresh', {
      instructorId: 'tea0',
      status: 'DRAFT',
      modules: 1,
      lessons: 1,
    })
    await owner.query(
      `UPDATE "Lesson" SET "contentText" = 'Words.', content = '{"type":"doc","content":[{"type":"paragraph","content":[{"type":"text","text":"Words."}]}]}' WHERE "moduleId" = 'freshm0'`,
    )
    await owner.query(`UPDATE "Course" SET description = 'About.' WHERE id = 'fresh'`)
    await north((db) => publishCourse(db, which))
    await north((db) => redraftCourse(db, which))
    await makeEnrollments(owner, 'north', 'fresh', ['ann0', 'ann2'])
    expect(await told()).toEqual([])
    for (let time = 0; time < 2; time += 1) await north((db) => publishCourse(db, which))
    expect(await told()).toEqual(['ann0', 'ann2'].map((id) => `${id}: Course fresh is open`))
  })
})

describe('grades from a file', () => {
  test('are told to each whose grade it changed, once, and not to the others', async () => {
    await owner.query(
      `INSERT INTO "Assignment" (id, "tenantId", "courseId", title, points, "publishedAt") VALUES ('work', 'north', 'maths', 'Work', 20, now())`,
    )
    const text = 'email,Work [work]\nann0@north.example,7\nann1@north.example,9'
    const { stamp } = await north((db) => previewGrades(db, { ...how, form: { courseId: 'maths', text } }))
    expect(await told()).toEqual([])
    const form = { courseId: 'maths', text, stamp, reason: 'From the file' }
    expect(await north((db) => importGrades(db, { ...how, form }))).toBe(2)
    await expect(north((db) => importGrades(db, { ...how, form }))).rejects.toMatchObject({
      code: 'conflict',
    })
    expect(await told()).toEqual(
      ['ann0', 'ann1'].map((id) => `${id}: A grade of yours was changed in Course maths`),
    )
  })
})

describe('a message to one learner', () => {
  const write = (userId: string, key: string) =>
    north((db) =>
      writeMessage(db, {
        form: { courseId: 'maths', userId, key, body: 'How is it going?\nCome by.' },
        ...{ fromId: 'tea0', locale: 'en' },
      }),
    )

  test('stands among their notices in full, beside its letter and without a second one', async () => {
    for (let time = 0; time < 2; time += 1) await write('ann1', 'a'.repeat(32))
    expect(await told()).toEqual(['ann1: Person tea0 wrote to you about Course maths'])
    const { rows } = await owner.query(`SELECT message, link, shown FROM "Notification"`)
    expect(rows).toEqual([{ message: 'How is it going?\nCome by.', link: '/courses/maths', shown: true }])
    const letters = await owner.query(`SELECT kind FROM "Outbox" WHERE kind LIKE 'mail.%'`)
    expect(letters.rows).toEqual([{ kind: 'mail.message' }])
  })

  test('is a letter alone to whoever wants no notices of their courses', async () => {
    await owner.query(
      `INSERT INTO "NotificationSettings" ("tenantId", "userId", choices) VALUES ('north', 'ann2', '{"types":{"COURSE_UPDATE":{"app":false,"mail":"once"}}}')`,
    )
    await write('ann2', 'c'.repeat(32))
    expect(await told()).toEqual([])
    const letters = await owner.query(`SELECT kind FROM "Outbox" WHERE kind LIKE 'mail.%'`)
    expect(letters.rows).toEqual([{ kind: 'mail.message' }])
  })

  test('is told to nobody who has left meanwhile', async () => {
    await makePeople(owner, 'north', 'bea')
    await makeEnrollments(owner, 'north', 'maths', ['bea0'])
    await write('bea0', 'b'.repeat(32))
    await owner.query(`DELETE FROM "Enrollment" WHERE "userId" = 'bea0'`)
    expect(await told()).toEqual([])
  })
})
