import { beforeAll, describe, expect, test } from 'vitest'
import { getFreshness } from '#lib/db/queries/insight-course'
import { withTenant } from '#lib/db/tenant'
import { exportCourse, exportSchool } from '#lib/insight/export-numbers'
import { foldSchool } from '#lib/insight/fold-marks'
import { loadCourseInsight, loadPersonInsight } from '#lib/insight/load-course'
import { loadOwnInsight } from '#lib/insight/load-own'
import { loadSchoolInsight } from '#lib/insight/load-school'
import { readHealth } from '#lib/platform/read-health'
import { testDatabase } from '#tests/support/database'
import { makeCourse, makeEnrollments, makeExam, makePeople, makeSchool } from '#tests/support/factories'
import { statementsOf } from './statements'

// What the pages of numbers say: of whom, and of whom not.

const { owner } = await testDatabase()
const north = <T>(query: Parameters<typeof withTenant<T>>[1]) => withTenant('north', query)

const asked = (courseId = 'maths') => ({ courseId, isOpen: true, now: new Date(), signal: null, page: 1 })
const insight = (courseId = 'maths') => north((db) => loadCourseInsight(db, asked(courseId)))

/** Lessons of a course that somebody completed, the last one so many days ago. */
async function learned(
  courseId: string,
  userId: string,
  lessons: number,
  days: readonly number[],
): Promise<void> {
  for (let n = 0; n < lessons; n += 1) {
    await owner.query(
      `INSERT INTO "LessonProgress" (id, "tenantId", "enrollmentId", "lessonId", "userId", completed, "viewedAt", "completedAt", "updatedAt")
       SELECT $1 || $2 || $3, "tenantId", id, $1 || 'm0l' || $3, $2, true, t, t, t
       FROM "Enrollment", (SELECT date_trunc('second', now()) - make_interval(days => $4::int) AS t) x WHERE "courseId" = $1 AND "userId" = $2`,
      [courseId, userId, n, days[Math.min(n, days.length - 1)]],
    )
  }
  await owner.query(
    `UPDATE "Enrollment" SET progress = $3::float8 * 10, "completedAt" = CASE WHEN $3::int = 10 THEN now() END WHERE "courseId" = $1 AND "userId" = $2`,
    [courseId, userId, lessons],
  )
}

const enrolledFor = (days: number) =>
  owner.query(
    `UPDATE "Enrollment" SET "enrolledAt" = now() - make_interval(days => $1::int) WHERE "tenantId" = 'north'`,
    [days],
  )

beforeAll(async () => {
  for (const school of ['north', 'south']) {
    await makeSchool(owner, school, { timeZone: 'Europe/Berlin' })
    const [teacher = ''] = await makePeople(owner, school, school === 'north' ? 'tea' : 'sea', {
      role: 'INSTRUCTOR',
    })
    const people = await makePeople(owner, school, school === 'north' ? 'ann' : 'sue', { count: 12 })
    const course = await makeCourse(owner, school, school === 'north' ? 'maths' : 'maps', {
      ...{ instructorId: teacher, modules: 1, lessons: 10 },
    })
    await makeEnrollments(owner, school, course, people)
  }
  await enrolledFor(30)
  // Six who go on as the class does, and six of whom each is a case of their own.
  for (const n of [0, 1, 2, 3, 4, 5]) await learned('maths', `ann${n}`, 6, [9, 8, 5, 1])
  await learned('maths', 'ann6', 6, [20, 19, 18])
  await learned('maths', 'ann7', 1, [12])
  await learned('maths', 'ann8', 2, [3, 1])
  await learned('maths', 'ann9', 10, [20, 18])
  await learned('maths', 'ann10', 3, [20, 18])
  await owner.query(`UPDATE "User" SET "disabledAt" = now() WHERE id = 'ann10'`)
  await learned('maps', 'sue0', 4, [20, 19])
  await foldSchool('north')
  await foldSchool('south')
})

describe('the early warning', () => {
  test('names who went quiet, never came back, fell behind and never began, and nobody who finished or is gone', async () => {
    const { warnings, warned, learning, figures } = await insight()
    const found = warnings.map(({ userId, signals }) => [userId, signals.map(({ signal }) => signal)])
    expect(Object.fromEntries(found)).toEqual({
      ann6: ['silent'],
      ann7: ['not-returned', 'behind'],
      ann8: ['behind'],
      ann11: ['not-started'],
    })
    expect([warned, learning]).toEqual([4, 10])
    expect(figures).toMatchObject({ enrolled: 12, started: 11, completed: 1 })
    expect(figures.pace).toBeCloseTo(2, 0)
  })

  test('counts opening and completing lesson by lesson, and who stopped where', async () => {
    const { lessons, freshness } = await insight()
    expect(lessons.map(({ opened, completed, stopped }) => [opened, completed, stopped])).toEqual([
      ...[
        [11, 11, 0],
        [10, 10, 0],
        [9, 9, 1],
        [8, 8, 0],
        [8, 8, 0],
        [8, 8, 1],
      ],
      ...[
        [1, 1, 0],
        [1, 1, 0],
        [1, 1, 0],
        [1, 1, 0],
      ],
    ])
    expect(freshness).toEqual({ since: null, waiting: 0, madeAt: null })
  })

  test('of work and exams asks for no more than somebody owes: extensions, excuses and what was before their time', async () => {
    await makeExam(owner, 'north', 'quiz', { courseId: 'maths', settings: { passPercent: 50 } })
    for (const [id, due] of [
      ['w1', 5],
      ['w2', 40],
    ] as const) {
      await owner.query(
        `INSERT INTO "Assignment" (id, "tenantId", "courseId", title, "dueDate", "publishedAt") VALUES ($1, 'north', 'maths', 'Work ' || $1, now() - make_interval(days => $2::int), now())`,
        [id, due],
      )
    }
    for (const n of [0, 1, 2, 3, 4, 5]) {
      // ann0 owes it; ann1 has a later date, ann2 is excused, ann3 and the others have handed in.
      if (n === 1)
        await owner.query(
          `INSERT INTO "AssignmentExtension" (id, "tenantId", "assignmentId", "userId", "dueDate") VALUES ('x1', 'north', 'w1', 'ann1', now() + interval '1 day')`,
        )
      if (n === 2)
        await owner.query(
          `INSERT INTO "GradeChange" (id, "tenantId", "courseId", "userId", "assignmentId", item, number, excused) VALUES ('g1', 'north', 'maths', 'ann2', 'w1', 'w1', 1, true)`,
        )
      if (n > 2)
        await owner.query(
          `INSERT INTO "Submission" (id, "tenantId", "assignmentId", "userId", "submittedAt") VALUES ($1, 'north', 'w1', $2, now() - interval '6 days')`,
          [`s${n}`, `ann${n}`],
        )
    }
    for (const [who, score, excused] of [
      ['ann4', 1, false],
      ['ann5', 1, true],
      ['ann3', 3, false],
    ] as const) {
      await owner.query(
        `INSERT INTO "ExamAttempt" (id, "tenantId", "examId", "versionId", "userId", score, "maxScore", "gradedVersionId", "gradedAt", "startedAt", "deadlineAt", "submittedAt", "endedBy")
         VALUES ('a' || $1::text, 'north', 'quiz', 'quizv1', $1::text, $2::numeric, 3, 'quizv1', now(), now() - interval '3 hours', now(), now() - interval '2 hours', 'LEARNER')`,
        [who, score],
      )
      if (excused)
        await owner.query(
          `INSERT INTO "GradeChange" (id, "tenantId", "courseId", "userId", "examId", item, number, excused) VALUES ('g2', 'north', 'maths', 'ann5', 'quiz', 'quiz', 1, true)`,
        )
    }
    const { warnings, counts, waiting } = await insight()
    const of = (signal: string) =>
      warnings
        .filter(({ signals }) => signals.some((one) => one.signal === signal))
        .map(({ userId }) => userId)
        .sort()
    expect(of('missing')).toEqual(['ann0', 'ann6', 'ann7', 'ann8'])
    expect(of('failed')).toEqual(['ann4'])
    expect(counts).toMatchObject({ missing: 4, failed: 1, 'not-started': 1 })
    expect(warnings[0]?.signals[0]?.signal).toBe('missing')
    expect(waiting.find(({ id }) => id === 'w1')).toMatchObject({
      handedIn: 3,
      fresh: 0,
      older: 3,
      oldest: 0,
    })
    expect(waiting.find(({ id }) => id === 'quiz')).toMatchObject({
      handedIn: 3,
      fresh: 0,
      older: 0,
      oldest: 0,
    })
  })

  test('ends with coming back, leaving and archiving', async () => {
    const silent = (view: Awaited<ReturnType<typeof insight>>) => view.counts.silent ?? 0
    expect(silent(await insight())).toBe(1)
    // An exam is coming back, too, and counts at once: nothing of it has to be folded.
    await owner.query(
      `INSERT INTO "ExamAttempt" (id, "tenantId", "examId", "versionId", "userId", "startedAt", "deadlineAt") VALUES ('aann6', 'north', 'quiz', 'quizv1', 'ann6', now(), now() + interval '1 hour')`,
    )
    expect(silent(await insight())).toBe(0)
    await owner.query(`DELETE FROM "Enrollment" WHERE "userId" = 'ann11'`)
    expect((await insight()).counts['not-started']).toBe(0)
    const closed = await north((db) => loadCourseInsight(db, { ...asked(), isOpen: false }))
    expect([closed.warned, closed.figures.enrolled]).toEqual([0, 11])
  })

  test('says what isn’t counted yet, and counts it when the worker came by', async () => {
    await foldSchool('north')
    await owner.query(
      `INSERT INTO "LessonProgress" (id, "tenantId", "enrollmentId", "lessonId", "userId") SELECT 'late', 'north', id, 'mathsm0l9', 'ann0' FROM "Enrollment" WHERE "courseId" = 'maths' AND "userId" = 'ann0'`,
    )
    const before = await insight()
    expect(before.freshness).toMatchObject({ waiting: 1, since: expect.any(Date) as Date })
    expect(before.lessons[9]).toMatchObject({ opened: 1 })
    await foldSchool('north')
    expect(await north(getFreshness)).toEqual({ since: null, waiting: 0 })
    expect((await insight()).lessons[9]).toMatchObject({ opened: 2 })
  })

  test('is of one course of one school: another’s person is nobody here', async () => {
    const here = { isOpen: true, now: new Date() }
    for (const userId of ['sue0', 'tea0', 'ann11', 'ann10'])
      await expect(
        north((db) => loadPersonInsight(db, { ...here, courseId: 'maths', userId })),
      ).rejects.toMatchObject({ code: 'not_found' })
    const foreign = await north((db) => loadCourseInsight(db, asked('maps')))
    expect(foreign).toMatchObject({ lessons: [], warnings: [], figures: { enrolled: 0 } })
    const one = await north((db) => loadPersonInsight(db, { ...here, courseId: 'maths', userId: 'ann7' }))
    expect(one.line?.signals.map(({ signal }) => signal)).toEqual(['missing', 'not-returned', 'behind'])
  })
})

describe('one’s own numbers', () => {
  const own = (userId: string) => north((db) => loadOwnInsight(db, { userId }))
  const seen = (when: string) =>
    owner.query(
      `UPDATE "ExamVersion" SET settings = jsonb_build_object('passPercent', 50, 'review', jsonb_build_object('when', $1::text)) WHERE "examId" = 'quiz'`,
      [when],
    )

  test('hold no result that isn’t released, not even in a count, and nobody else’s', async () => {
    await owner.query(
      `INSERT INTO "ExamMark" (id, "tenantId", "attemptId", "questionId", points, "maxPoints", "gradedAt") SELECT a.id || n, 'north', a.id, 'q' || n, 1, 1, now() FROM "ExamAttempt" a, generate_series(0, 1) n WHERE a."submittedAt" IS NOT NULL`,
    )
    expect((await own('ann4')).topics).toEqual([
      { topic: 'Exam quiz', questions: 2, points: 2, maxPoints: 2 },
    ])
    for (const when of ['after-close', 'after-release', 'never']) {
      await seen(when)
      expect([when, (await own('ann4')).topics]).toEqual([when, []])
    }
    await seen('after-release')
    await owner.query(`UPDATE "Exam" SET "releasedAt" = now() WHERE id = 'quiz'`)
    expect((await own('ann4')).topics).toHaveLength(1)
    expect((await own('ann0')).topics).toEqual([])
  })

  test('are the days and courses of whoever asks', async () => {
    const { courses, days, weeks } = await own('ann0')
    expect(courses).toMatchObject([{ courseId: 'maths', lessonsDone: 6, lessonCount: 10, progress: 60 }])
    expect(days).toBe(5)
    expect(weeks).toHaveLength(12)
    expect(weeks.reduce((sum, week) => sum + week.days, 0)).toBe(5)
    expect((await own('sue0')).courses).toEqual([])
  })
})

describe('a school’s numbers', () => {
  test('count everybody once in each day, week and month', async () => {
    const { days, weeks, months, people, enrollments, completed } = await north((db) => loadSchoolInsight(db))
    expect([days.length, weeks.length, months.length]).toEqual([28, 12, 12])
    expect([people, enrollments, completed]).toEqual([13, 11, 1])
    // Those who are gone from the course since were here all the same.
    const ever = await owner.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM "PersonTally" WHERE "tenantId" = 'north'`,
    )
    expect(Math.max(...months.map((month) => month.people))).toBeLessThanOrEqual(ever.rows[0]?.count ?? 0)
    expect(weeks.reduce((sum, week) => sum + week.completions, 0)).toBe(1)
  })

  test('reach the platform as counts of each school', async () => {
    const { schools } = await readHealth(undefined, 10)
    expect(
      schools.map(({ id, learnersWeek, learnersBefore, enrollments }) => [
        id,
        learnersWeek,
        learnersBefore,
        enrollments,
      ]),
    ).toEqual([
      ['north', 8, 7, 11],
      ['south', 0, 0, 12],
    ])
  })
})

describe('files', () => {
  test('name nothing that a spreadsheet would run, and leave a line in the log', async () => {
    await owner.query(`UPDATE "Lesson" SET title = '=HYPERLINK("http://evil")' WHERE id = 'mathsm0l0'`)
    await owner.query(`UPDATE "User" SET name = '+cmd|calc' WHERE id = 'ann7'`)
    const take = (part: 'signals' | 'lessons' | 'waiting') =>
      north((db) =>
        exportCourse(db, {
          ...{ courseId: 'maths', isOpen: true, now: new Date(), locale: 'en', part },
          ...{ actorId: 'tea0', client: { ip: '', requestId: null } },
        }),
      )
    expect(await take('lessons')).toContain(`"'=HYPERLINK(""http://evil"")",11,11,0`)
    expect(await take('signals')).toContain(`'+cmd|calc,10,Never came back`)
    expect(await take('waiting')).toContain('assignment,Work w1,3,0,3,0')
    const { rows } = await owner.query(
      `SELECT after FROM "AuditLog" WHERE action = 'insight.export' ORDER BY "createdAt", id`,
    )
    expect(rows).toHaveLength(3)
    const weeks = await north((db) => exportSchool(db, { part: 'weeks' }))
    expect(weeks.trim().split('\r\n')).toHaveLength(13)
  })
})

test('the same statements at ten learners and at a thousand, and no more than eight with the course’s own', async () => {
  await makeCourse(owner, 'north', 'big', { instructorId: 'tea0', modules: 2, lessons: 5 })
  const pages = {
    course: () => insight('big'),
    person: () =>
      north((db) =>
        loadPersonInsight(db, { courseId: 'big', userId: 'few0', isOpen: true, now: new Date() }),
      ),
    own: () => north((db) => loadOwnInsight(db, { userId: 'few0' })),
    school: () => north((db) => loadSchoolInsight(db)),
  }
  const counted = async () => {
    const counts: Record<string, number> = {}
    for (const [name, load] of Object.entries(pages)) counts[name] = (await statementsOf(load)).length
    return counts
  }
  await makeEnrollments(owner, 'north', 'big', await makePeople(owner, 'north', 'few', { count: 10 }))
  const few = await counted()
  await makeEnrollments(owner, 'north', 'big', await makePeople(owner, 'north', 'many', { count: 990 }))
  expect(await counted()).toEqual(few)
  expect(few).toEqual({ course: 4, person: 5, own: 4, school: 5 })
})
