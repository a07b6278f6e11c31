import { owner } from '#tests/support/served'
import { giveCertificate } from '../certificate'
import { type ExamFacts, examFacts } from '../exam-facts'
import { schoolFacts, type SchoolFacts } from '../world'

/** What the rows of the permission matrix are made of. */

export type People = Readonly<{
  adminId: string
  instructorId: string
  studentId: string
  otherStudentId: string
}>

export type World = Readonly<{
  acme: SchoolFacts & People
  globex: SchoolFacts & People
  /** A closed lesson of a course that Acme's first student is enrolled in. */
  enrolled: Lesson
  /** One of a course that neither the student is enrolled in nor the first instructor teaches. */
  unenrolled: Lesson
  /** One of a course that the first instructor teaches. */
  taught: Lesson
  /** Exams of the course the first instructor teaches, of a colleague's, and of another school's. */
  taughtExam: Exam
  theirExam: Exam
  globexExam: Exam
  /** Attempts that are in, and one of their questions; of the same three. */
  taughtAttempt: Attempt
  theirAttempt: Attempt
  globexAttempt: Attempt
  /** A question of the school's bank, and one of another school's. */
  acmeBank: string
  globexBank: string
  exam: ExamFacts
  /** Assignments of a course the first student is enrolled in, of another course, and of another school. */
  assignment: Readonly<Record<'own' | 'unenrolled' | 'foreign', string>>
  /** Of the course the first instructor teaches, of a colleague's, and of another school's. */
  taughtAssignment: Assignment
  theirAssignment: Assignment
  globexAssignment: Assignment
  /** What was handed in, of the same three. */
  taughtSubmission: Handed
  theirSubmission: Handed
  globexSubmission: Handed
  /** Somebody's grade in an assignment, of the same three. */
  taughtGrade: Grade
  theirGrade: Grade
  globexGrade: Grade
  /** Courses of the first student: one with a leaderboard, one without. */
  compared: Readonly<Record<'own' | 'without', string>>
  /** A break of the other school. */
  globexBreak: string
  /** Of the course the first instructor teaches, of a colleague's, and of another school's. */
  taughtClass: Live
  theirClass: Live
  globexClass: Live
  /** Of a course that the first student is enrolled in and the first instructor teaches; of one that neither has to do with. */
  sharedClass: Live
  closedClass: Live
}>

type Live = Readonly<{ courseId: string; classId: string }>

type Assignment = Readonly<{ courseId: string; assignmentId: string }>

type Handed = Assignment & Readonly<{ submissionId: string }>

type Grade = Readonly<{ courseId: string; userId: string; item: string }>

type Exam = Readonly<{ courseId: string; examId: string }>

type Attempt = Exam & Readonly<{ attemptId: string; questionId: string }>

type Lesson = Readonly<{ courseId: string; lessonId: string }>

/** Who calls: nobody, the people of the school, an admin of another school with their own cookie, the platform's admin. */
export const SIGNED = ['anonymous', 'student', 'instructor', 'admin', 'stranger', 'root'] as const
export type Signed = (typeof SIGNED)[number]

/** A page, and the status that each caller gets. 307: to the sign-in page (or, signed in, to where they belong). */
export type PageRow = Readonly<{
  id: string
  /** `school`: called on Acme's host. */
  host: 'school' | 'root'
  path: (world: World) => string
}> &
  Readonly<Partial<Record<Signed, number>>>

type Fields = Readonly<Record<string, string | readonly string[]>>

/** An action: who is refused, and how, with a form that would otherwise be taken; nothing may change meanwhile. */
export type ActionRow = Readonly<{
  id: string
  host?: 'school' | 'root'
  form: (world: World) => Fields
  refused: Readonly<Partial<Record<Signed, string>>>
  /** Someone who may, with a form that can't be taken: shows that the permission lets them through. */
  broken?: Readonly<{ who: Signed; form: (world: World) => Fields; code: string }>
  /** Forms that name what is another school's, or another parent's. */
  foreign?: readonly Readonly<{ who: Signed; form: (world: World) => Fields; code: string }>[]
}>

async function id(sql: string, values: readonly unknown[]): Promise<string> {
  const { rows } = await owner().query<{ id: string }>(sql, [...values])
  if (rows[0] === undefined) throw new Error(`The demo world lacks what a test needs: ${sql}`)
  return rows[0].id
}

async function school(subdomain: 'acme' | 'globex'): Promise<SchoolFacts & People> {
  const facts = await schoolFacts(subdomain)
  const person = (email: string): Promise<string> =>
    id('select id from "User" where "tenantId" = $1 and email = $2', [facts.id, email])
  const [adminId, instructorId, studentId, otherStudentId] = await Promise.all([
    person(`admin@${subdomain}.test`),
    person(`instructor@${subdomain}.test`),
    person(`student@${subdomain}.test`),
    id(
      `select id from "User" where "tenantId" = $1 and role = 'STUDENT' and email <> $2 order by id limit 1`,
      [facts.id, `student@${subdomain}.test`],
    ),
  ])
  return { ...facts, adminId, instructorId, studentId, otherStudentId }
}

const LESSON = `select c.id as "courseId", l.id as "lessonId" from "Course" c join "Module" m on m."courseId" = c.id
  join "Lesson" l on l."moduleId" = m.id where c."tenantId" = $1 and c.status = 'PUBLISHED' and not l.preview`
const ENROLLED = `exists (select from "Enrollment" e where e."courseId" = c.id and e."userId" = $2)`

async function lesson(where: string, values: readonly string[]): Promise<Lesson> {
  const { rows } = await owner().query<Lesson>(`${LESSON} and ${where} order by c.id, l.id limit 1`, [
    ...values,
  ])
  if (rows[0] === undefined) throw new Error(`The demo world lacks a lesson where ${where}.`)
  return rows[0]
}

async function exam(where: string, values: readonly string[]): Promise<Exam> {
  const { rows } = await owner().query<Exam>(
    `select x."courseId", x.id as "examId" from "Exam" x join "Course" c on c.id = x."courseId"
     where c."tenantId" = $1 and c."deletedAt" is null and x."deletedAt" is null and ${where} order by x.id limit 1`,
    [...values],
  )
  if (rows[0] === undefined) throw new Error(`The demo world lacks an exam where ${where}.`)
  return rows[0]
}

async function attempt(where: string, values: readonly string[]): Promise<Attempt> {
  const { rows } = await owner().query<Attempt>(
    `select x."courseId", x.id as "examId", a.id as "attemptId", m."questionId" from "ExamAttempt" a
     join "Exam" x on x.id = a."examId" join "Course" c on c.id = x."courseId" join "ExamMark" m on m."attemptId" = a.id
     join lateral (select v.questions from "ExamVersion" v where v."examId" = x.id order by v.number desc limit 1) v on true
     where c."tenantId" = $1 and c."deletedAt" is null and x."deletedAt" is null and a."submittedAt" is not null
       and exists (select from jsonb_array_elements(v.questions) q where q ->> 'id' = m."questionId") and ${where}
     order by a.id, m."questionId" limit 1`,
    [...values],
  )
  if (rows[0] === undefined) throw new Error(`The demo world lacks an attempt where ${where}.`)
  return rows[0]
}

const banked = (schoolId: string): Promise<string> =>
  id('select id from "BankQuestion" where "tenantId" = $1 and "archivedAt" is null order by id limit 1', [
    schoolId,
  ])

const assignment = (where: string, values: readonly string[]): Promise<string> =>
  id(
    `select a.id from "Assignment" a join "Course" c on c.id = a."courseId" where c."tenantId" = $1 and c.status = 'PUBLISHED'
       and ${where} order by a."dueDate" desc, a.id limit 1`,
    values,
  )

async function authored(where: string, values: readonly string[]): Promise<Assignment> {
  const { rows } = await owner().query<Assignment>(
    `select c.id as "courseId", a.id as "assignmentId" from "Assignment" a join "Course" c on c.id = a."courseId"
     where c."tenantId" = $1 and c."deletedAt" is null and a."deletedAt" is null and ${where} order by a.id limit 1`,
    [...values],
  )
  if (rows[0] === undefined) throw new Error(`The demo world lacks an assignment where ${where}.`)
  return rows[0]
}

async function handed(where: string, values: readonly string[]): Promise<Handed> {
  const { rows } = await owner().query<Handed>(
    `select c.id as "courseId", a.id as "assignmentId", s.id as "submissionId" from "Submission" s
     join "Assignment" a on a.id = s."assignmentId" join "Course" c on c.id = a."courseId"
     where c."tenantId" = $1 and c."deletedAt" is null and a."deletedAt" is null and ${where} order by s.id limit 1`,
    [...values],
  )
  if (rows[0] === undefined) throw new Error(`The demo world lacks a submission where ${where}.`)
  return rows[0]
}

async function grade(where: string, values: readonly string[]): Promise<Grade> {
  const { rows } = await owner().query<Grade>(
    `select c.id as "courseId", e."userId", a.id as item from "Enrollment" e
     join "Course" c on c.id = e."courseId" join "Assignment" a on a."courseId" = c.id
     where c."tenantId" = $1 and c."deletedAt" is null and a."deletedAt" is null and a."publishedAt" is not null and ${where}
     order by c.id, a.id, e."userId" limit 1`,
    [...values],
  )
  if (rows[0] === undefined) throw new Error(`The demo world lacks a grade where ${where}.`)
  return rows[0]
}

async function live(where: string, values: readonly string[]): Promise<Live> {
  const { rows } = await owner().query<Live>(
    `select c.id as "courseId", v.id as "classId" from "LiveClass" v join "Course" c on c.id = v."courseId"
     where c."tenantId" = $1 and c."deletedAt" is null and c.status = 'PUBLISHED' and ${where} order by c.id, v."scheduledAt", v.id limit 1`,
    [...values],
  )
  if (rows[0] === undefined) throw new Error(`The demo world lacks a class where ${where}.`)
  return rows[0]
}

/** Other tests take people of the other school away, and what they handed in with them: then its first learner does. */
async function handInAt(schoolId: string): Promise<void> {
  await owner().query(
    `insert into "Submission" (id, "tenantId", "assignmentId", "userId", content)
     select 'matrix' || left(md5(a.id), 16), a."tenantId", a.id, u.id, 'Done.'
     from "Assignment" a join "Course" c on c.id = a."courseId" and c."deletedAt" is null
       join "User" u on u."tenantId" = a."tenantId" and u.role = 'STUDENT'
     where a."tenantId" = $1 and a."deletedAt" is null and not exists (select from "Submission" s
       join "Assignment" o on o.id = s."assignmentId" and o."deletedAt" is null
       join "Course" oc on oc.id = o."courseId" and oc."deletedAt" is null where s."tenantId" = $1)
     order by a.id, u.id limit 1`,
    [schoolId],
  )
}

/** A break to come, where the demo world has none. */
async function breakAt(schoolId: string): Promise<string> {
  await owner().query(
    `insert into "SchoolBreak" (id, "tenantId", name, "firstDay", "lastDay")
     values ('matrixbreak', $1, 'Later', '2999-01-01', '2999-01-02') on conflict do nothing`,
    [schoolId],
  )
  return 'matrixbreak'
}

/** Facts of the demo world. The student holds a certificate, and leaves one course of the second instructor's, so that there is one to be kept out of. */
export async function loadWorld(): Promise<World> {
  const [acme, globex] = await Promise.all([school('acme'), school('globex')])
  await giveCertificate()
  await handInAt(globex.id)
  const { id: schoolId, studentId, instructorId } = acme
  const unenrolled = await lesson('c."instructorId" <> $2', [schoolId, instructorId])
  await owner().query(
    'delete from "Enrollment" where "tenantId" = $1 and "userId" = $2 and "courseId" = $3',
    [schoolId, studentId, unenrolled.courseId],
  )
  return {
    acme,
    globex,
    unenrolled,
    enrolled: await lesson(ENROLLED, [schoolId, studentId]),
    taught: await lesson('c."instructorId" = $2', [schoolId, instructorId]),
    taughtExam: await exam('c."instructorId" = $2', [schoolId, instructorId]),
    theirExam: await exam('c."instructorId" <> $2', [schoolId, instructorId]),
    globexExam: await exam('true', [globex.id]),
    taughtAttempt: await attempt('c."instructorId" = $2', [schoolId, instructorId]),
    theirAttempt: await attempt('c."instructorId" <> $2', [schoolId, instructorId]),
    globexAttempt: await attempt('true', [globex.id]),
    acmeBank: await banked(schoolId),
    globexBank: await banked(globex.id),
    exam: await examFacts(schoolId, studentId),
    taughtAssignment: await authored('c."instructorId" = $2', [schoolId, instructorId]),
    theirAssignment: await authored('c."instructorId" <> $2', [schoolId, instructorId]),
    globexAssignment: await authored('true', [globex.id]),
    taughtSubmission: await handed('c."instructorId" = $2', [schoolId, instructorId]),
    theirSubmission: await handed('c."instructorId" <> $2', [schoolId, instructorId]),
    globexSubmission: await handed('true', [globex.id]),
    taughtGrade: await grade('c."instructorId" = $2', [schoolId, instructorId]),
    theirGrade: await grade('c."instructorId" <> $2', [schoolId, instructorId]),
    globexGrade: await grade('true', [globex.id]),
    compared: {
      own: (await lesson(`${ENROLLED} and c.leaderboard`, [schoolId, studentId])).courseId,
      without: (await lesson(`${ENROLLED} and not c.leaderboard`, [schoolId, studentId])).courseId,
    },
    globexBreak: await breakAt(globex.id),
    taughtClass: await live('c."instructorId" = $2', [schoolId, instructorId]),
    theirClass: await live('c."instructorId" <> $2', [schoolId, instructorId]),
    globexClass: await live('true', [globex.id]),
    sharedClass: await live(`${ENROLLED} and c."instructorId" = $3`, [schoolId, studentId, instructorId]),
    closedClass: await live('c.id = $2', [schoolId, unenrolled.courseId]),
    assignment: {
      own: await assignment(ENROLLED, [schoolId, studentId]),
      unenrolled: await assignment('c.id = $2', [schoolId, unenrolled.courseId]),
      foreign: await assignment('true', [globex.id]),
    },
  }
}
