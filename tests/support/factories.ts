import { createHash } from 'node:crypto'
import type { Pool } from 'pg'

/**
 * Rows to test with, made by the superuser in sets. Everything follows from the ids that a test gives: ids of what
 * belongs to something are those of their parent with a letter and a number behind (`maths`, `mathsm0`, `mathsm0l2`).
 */

/** Names are of no importance; two schools never share one, so that a foreign row shows. */
export async function makeSchool(
  owner: Pool,
  id: string,
  more: Readonly<{ timeZone?: string }> = {},
): Promise<string> {
  await owner.query(
    `INSERT INTO "Tenant" (id, name, subdomain, "timeZone") VALUES ($1, 'School ' || $1, $1, $2)`,
    [id, more.timeZone ?? 'UTC'],
  )
  return id
}

type People = Readonly<{ count?: number; role?: 'ADMIN' | 'INSTRUCTOR' | 'STUDENT' }>

/** People `<prefix>0`, `<prefix>1`, …, a minute apart, the last one the newest. */
export async function makePeople(
  owner: Pool,
  tenantId: string,
  prefix: string,
  { count = 1, role = 'STUDENT' }: People = {},
): Promise<string[]> {
  await owner.query(
    `INSERT INTO "User" (id, "tenantId", email, name, password, role, "createdAt")
     SELECT $2 || n, $1, $2 || n || '@' || $1 || '.example', 'Person ' || $2 || n, '!', $4::"RoleType",
       timestamptz '2026-01-01 00:00Z' + n * interval '1 minute'
     FROM generate_series(0, $3::int - 1) n`,
    [tenantId, prefix, count, role],
  )
  return Array.from({ length: count }, (_, n) => `${prefix}${n}`)
}

type CourseShape = Readonly<{
  instructorId: string
  status?: 'DRAFT' | 'PUBLISHED' | 'ARCHIVED'
  modules?: number
  /** In each module. */
  lessons?: number
}>

/** A course `id` with modules `<id>m0` … and lessons `<id>m0l0` …, as many as asked for. */
export async function makeCourse(
  owner: Pool,
  tenantId: string,
  id: string,
  shape: CourseShape,
): Promise<string> {
  const { instructorId, status = 'PUBLISHED', modules = 0, lessons = 0 } = shape
  await owner.query(
    `WITH course AS (
       INSERT INTO "Course" (id, "tenantId", "instructorId", title, status, "publishedAt", "createdAt")
       VALUES ($2, $1, $3, 'Course ' || $2, $4::"CourseStatus", CASE WHEN $4 <> 'DRAFT' THEN timestamptz '2026-02-01 00:00Z' END,
         timestamptz '2026-01-15 00:00Z')
     ), modules AS (
       INSERT INTO "Module" (id, "tenantId", "courseId", title, "order")
       SELECT $2 || 'm' || m, $1, $2, 'Module ' || m, m FROM generate_series(0, $5::int - 1) m
     )
     INSERT INTO "Lesson" (id, "tenantId", "moduleId", title, "order", duration)
     SELECT $2 || 'm' || m || 'l' || l, $1, $2 || 'm' || m, 'Lesson ' || m || '.' || l, l, 60
     FROM generate_series(0, $5::int - 1) m, generate_series(0, $6::int - 1) l`,
    [tenantId, id, instructorId, status, modules, lessons],
  )
  return id
}

/** Enrollments `<courseId>e<userId>`, a minute apart in the order of the people. */
export async function makeEnrollments(
  owner: Pool,
  tenantId: string,
  courseId: string,
  userIds: readonly string[],
): Promise<string[]> {
  await owner.query(
    `INSERT INTO "Enrollment" (id, "tenantId", "courseId", "userId", "enrolledAt")
     SELECT $2 || 'e' || id, $1, $2, id, timestamptz '2026-03-01 00:00Z' + n * interval '1 minute'
     FROM unnest($3::text[]) WITH ORDINALITY AS u(id, n)`,
    [tenantId, courseId, userIds],
  )
  return userIds.map((userId) => `${courseId}e${userId}`)
}

/** True-or-false questions `q0`, `q1`, … of one point each. */
export function makeQuestions(count: number) {
  return Array.from({ length: count }, (_, n) => ({
    type: 'true-false' as const,
    version: 1 as const,
    id: `q${n}`,
    prompt: `Is ${n} even?`,
    points: 1,
    explanation: '',
    correct: n % 2 === 0,
  }))
}

type ExamShape = Readonly<{
  courseId: string
  questions?: number
  /** Minutes. */
  duration?: number
  /** Whether version `<id>v1` exists and learners see the exam. */
  published?: boolean
  /** `ExamSettings`, as far as they aren't the plainest. */
  settings?: Readonly<Record<string, unknown>>
}>

/** An exam that is always open. */
export async function makeExam(owner: Pool, tenantId: string, id: string, shape: ExamShape): Promise<string> {
  const { courseId, questions = 3, duration = 30, published = true, settings = {} } = shape
  const json = JSON.stringify(makeQuestions(questions))
  await owner.query(
    `INSERT INTO "Exam" (id, "tenantId", "courseId", title, duration, questions, settings, "publishedAt")
     VALUES ($2, $1, $3, 'Exam ' || $2, $4, $5::jsonb, $6::jsonb, CASE WHEN $7 THEN now() END)`,
    [tenantId, id, courseId, duration, json, JSON.stringify(settings), published],
  )
  if (published) {
    await owner.query(
      `INSERT INTO "ExamVersion" (id, "tenantId", "examId", number, duration, questions, settings)
       VALUES ($2 || 'v1', $1, $2, 1, $3, $4::jsonb, $5::jsonb)`,
      [tenantId, id, duration, json, JSON.stringify(settings)],
    )
  }
  return id
}

/** At least one row in each table of a school, so that what is asked of all tables finds something in all of them. */
export async function makeOneOfEach(owner: Pool, tenantId: string): Promise<void> {
  await makeSchool(owner, tenantId)
  const [teacher = ''] = await makePeople(owner, tenantId, `${tenantId}t`, { role: 'INSTRUCTOR' })
  const [learner = ''] = await makePeople(owner, tenantId, `${tenantId}s`)
  const course = await makeCourse(owner, tenantId, `${tenantId}c`, {
    instructorId: teacher,
    modules: 1,
    lessons: 1,
  })
  const [enrollment = ''] = await makeEnrollments(owner, tenantId, course, [learner])
  const exam = await makeExam(owner, tenantId, `${tenantId}x`, { courseId: course })
  const lesson = `${course}m0l0`
  const day = '2026-04-01T08:00:00Z'
  const insert = (table: string, row: Readonly<Record<string, unknown>>) =>
    owner.query(
      `INSERT INTO "${table}" (${Object.keys(row)
        .map((name) => `"${name}"`)
        .join()}, "tenantId")
       VALUES (${Object.keys(row)
         .map((_, n) => `$${n + 2}`)
         .join()}, $1)`,
      [tenantId, ...Object.values(row)],
    )
  await insert('Role', { id: `${tenantId}r`, name: 'Mentor', permissions: '[]' })
  await insert('LessonProgress', {
    id: `${tenantId}p`,
    enrollmentId: enrollment,
    lessonId: lesson,
    userId: learner,
  })
  await insert('ExamAttempt', {
    ...{ id: `${tenantId}a`, examId: exam, versionId: `${exam}v1`, userId: learner },
    ...{ startedAt: day, deadlineAt: '2026-04-01T09:00:00Z' },
  })
  await insert('ExamAnswer', {
    id: `${tenantId}w`,
    attemptId: `${tenantId}a`,
    questionId: 'q0',
    sequence: 1,
    value: '{}',
  })
  await insert('ExamMark', { id: `${tenantId}xm`, attemptId: `${tenantId}a`, questionId: 'q0', maxPoints: 1 })
  await insert('ExamEvent', {
    ...{ id: `${tenantId}xe`, attemptId: `${tenantId}a`, key: 'one', kind: 'OPENED', at: day },
  })
  await insert('ExamAccommodation', {
    ...{ id: `${tenantId}xa`, courseId: course, examId: exam, userId: learner, extraTimePercent: 25 },
  })
  await insert('BankQuestion', {
    ...{ id: `${tenantId}bq`, authorId: teacher, question: '{}', type: 'essay', prompt: 'Why?' },
  })
  await insert('Assignment', { id: `${tenantId}h`, courseId: course, title: 'Essay' })
  await insert('Submission', { id: `${tenantId}u`, assignmentId: `${tenantId}h`, userId: learner })
  await insert('SubmissionVersion', {
    ...{ id: `${tenantId}uv`, submissionId: `${tenantId}u`, number: 1, key: 'one', content: 'Done.' },
  })
  await insert('SubmissionDraft', { id: `${tenantId}ud`, assignmentId: `${tenantId}h`, userId: learner })
  await insert('AssignmentExtension', {
    ...{ id: `${tenantId}ux`, assignmentId: `${tenantId}h`, userId: learner, dueDate: day },
  })
  const about = { courseId: course, userId: learner, item: `${tenantId}h`, assignmentId: `${tenantId}h` }
  await insert('GradeChange', { id: `${tenantId}gc`, ...about, number: 1, points: 1 })
  await insert('GradeQuestion', { id: `${tenantId}gq`, ...about, key: 'one', body: 'Why?' })
  await insert('ProgressMark', { id: `${tenantId}pm`, userId: learner, at: day })
  await insert('LessonTally', { id: `${tenantId}lt`, lessonId: lesson, opened: 1 })
  await insert('LearnerTally', {
    ...{ id: `${tenantId}et`, enrollmentId: enrollment, userId: learner, courseId: course, opened: 1 },
  })
  await insert('CourseReport', { id: `${tenantId}cr`, courseId: course, madeAt: day })
  await insert('CourseWarning', {
    ...{ id: `${tenantId}cw`, courseId: course, enrollmentId: enrollment, userId: learner, place: 1 },
    ...{ kinds: '{silent}', signals: '[{}]' },
  })
  await insert('SchoolReport', { id: `${tenantId}sr`, madeAt: day })
  await insert('PersonTally', { id: `${tenantId}pt`, userId: learner })
  await insert('SchoolActivity', { id: `${tenantId}sa`, span: 'day', start: '2026-04-01', people: 1 })
  await insert('Message', {
    ...{ id: `${tenantId}me`, courseId: course, fromId: teacher, toId: learner, body: 'Hello', key: 'one' },
  })
  await insert('LiveClass', {
    ...{ id: `${tenantId}l`, courseId: course, title: 'Class', platform: 'ZOOM' },
    ...{ meetingUrl: 'https://meet.example/1', scheduledAt: day, duration: 45 },
  })
  await insert('ClassAttendance', { id: `${tenantId}la`, classId: `${tenantId}l`, userId: learner })
  await insert('CalendarFeed', { id: `${tenantId}cf`, userId: learner })
  await insert('AIChat', {
    id: `${tenantId}i`,
    userId: learner,
    courseId: course,
    lessonId: lesson,
    messages: '[]',
  })
  await insert('TutorQuestion', {
    ...{ id: `${tenantId}tq`, userId: learner, chatId: `${tenantId}i`, courseId: course, lessonId: lesson },
    ...{ key: 'one', place: 0 },
  })
  await insert('Notification', {
    id: `${tenantId}n`,
    userId: learner,
    type: 'SYSTEM',
    title: 'Hello',
    message: '',
  })
  await insert('NotificationSettings', { id: `${tenantId}ns`, userId: learner, choices: '{}' })
  await insert('Announcement', {
    ...{ id: `${tenantId}an`, courseId: course, authorId: teacher, key: 'one', title: 'Hello', body: 'All.' },
  })
  await insert('Badge', { id: `${tenantId}b`, userId: learner, type: 'FIRST_LESSON' })
  await insert('Category', { id: `${tenantId}cat`, name: 'Science' })
  await insert('CourseCategory', { id: `${tenantId}cc`, courseId: course, categoryId: `${tenantId}cat` })
  await insert('LessonNote', { id: `${tenantId}no`, userId: learner, lessonId: lesson, body: 'Mine' })
  await insert('Certificate', {
    ...{ id: `${tenantId}ce`, userId: learner, courseId: course, code: `${tenantId}-`.padEnd(22, '0') },
    ...{ learnerName: 'L', courseTitle: 'C', instructorName: 'I', completedAt: day },
  })
  await insert('Streak', { id: `${tenantId}k`, userId: learner })
  await insert('LearningDay', { id: `${tenantId}ld`, userId: learner, day: '2026-04-01' })
  await insert('ProfileChoice', { id: `${tenantId}pc`, userId: learner })
  await insert('SchoolBreak', {
    ...{ id: `${tenantId}sb`, name: 'Summer', firstDay: '2026-07-01', lastDay: '2026-08-31' },
  })
  await insert('LeaderboardEntry', { id: `${tenantId}le`, userId: learner, courseId: course })
  await insert('RoleAssignment', { id: `${tenantId}ra`, userId: teacher, roleId: `${tenantId}r` })
  await insert('Session', {
    ...{
      id: `${tenantId}se`,
      userId: learner,
      tokenHash: createHash('sha256').update(tenantId).digest('hex'),
    },
    ...{ method: 'password', expiresAt: '2099-01-01T00:00:00Z' },
  })
  await insert('Account', { id: `${tenantId}ac`, userId: learner, provider: 'oidc', subject: 'one' })
  await insert('VerificationToken', {
    ...{ id: `${tenantId}vt`, userId: learner, purpose: 'MAGIC_LINK', expiresAt: '2099-01-01T00:00:00Z' },
  })
  await insert('SecondFactor', { id: `${tenantId}sf`, userId: learner, secret: 'sealed' })
  await insert('RecoveryCode', { id: `${tenantId}rc`, userId: learner, codeHash: 'ab' })
  await insert('Throttle', { id: `${tenantId}th`, kind: 'sign-in.account', key: 'ab' })
  await insert('Invitation', {
    ...{ id: `${tenantId}in`, email: 'new@school.example', invitedById: teacher },
    expiresAt: '2099-01-01T00:00:00Z',
  })
  await insert('StoredFile', {
    ...{ id: `${tenantId}fi`, key: `${tenantId}/public/x.webp`, kind: 'logo', contentType: 'image/webp' },
    ...{ bytes: 10, sha256: 'ab' },
  })
  await insert('UsageCounter', { id: `${tenantId}uc`, kind: 'storage', amount: 10 })
  await insert('AuditLog', { id: `${tenantId}g`, action: 'course.publish' })
  await insert('Outbox', { id: `${tenantId}o`, kind: 'course.published', payload: '{}' })
}
