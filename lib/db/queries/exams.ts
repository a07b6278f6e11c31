import 'server-only'
import { type Question, questionsSchema } from '#lib/exams/contract'
import { type ExamSettings, examSettingsSchema, type Pool } from '#lib/exams/contract/settings'
import { AppError } from '#lib/errors'
import { orm, rows, type TenantDb } from '../handle'
import { type Cursor, cutPage, type Page } from '../keyset'
import { sql } from '../sql'
import { affectOne, assignments, changeSeen, oneRow, TOUCH } from './changes'
import { newestFirst } from './paging'

/** Exams as their authors see them, and the versions that attempts are taken against. */

/** When an exam may be started and has to be over; null: open on that side. */
export type ExamWindow = Readonly<{ startDate: Date | null; endDate: Date | null }>

export type ExamRow = {
  id: string
  title: string
  /** Minutes. */
  duration: number
  startDate: Date | null
  endDate: Date | null
  createdAt: Date
  updatedAt: Date
  publishedAt: Date | null
  questionCount: number
  /** Points of each question, and which of them are drawn from. */
  worth: { id: string; points: number }[]
  pools: Pool[]
  /** Attempts that were started, and those that are in and wait for their grade. */
  attempts: number
  waiting: number
  /** The database's time. */
  now: Date
}

/** One page of a course's exams, newest first. One statement. */
export async function listExams(
  db: TenantDb,
  input: Readonly<{ courseId: string; cursor: Cursor | null; limit: number }>,
): Promise<Page<ExamRow>> {
  const { courseId, cursor, limit } = input
  const { where, order } = newestFirst(cursor, sql`x."createdAt"`, sql`x.id`)
  const found = await rows<ExamRow>(
    db,
    sql`select x.id, x.title, x.duration, x."startDate", x."endDate", x."createdAt", x."updatedAt",
        x."publishedAt", jsonb_array_length(x.questions) as "questionCount",
        (select coalesce(jsonb_agg(jsonb_build_object('id', q ->> 'id', 'points', q -> 'points')), '[]')
          from jsonb_array_elements(x.questions) q) as worth,
        coalesce(x.settings -> 'pools', '[]') as pools, coalesce(a.attempts, 0) as attempts, coalesce(a.waiting, 0) as waiting,
        statement_timestamp() as now
      from "Exam" x
      left join lateral (select count(*)::int as attempts,
          count(*) filter (where a."submittedAt" is not null and a.score is null)::int as waiting
        from "ExamAttempt" a where a."tenantId" = x."tenantId" and a."examId" = x.id) a on true
      join "Course" c on c."tenantId" = x."tenantId" and c.id = x."courseId" and c."deletedAt" is null
      where x."tenantId" = ${db.tenantId} and x."courseId" = ${courseId} and x."deletedAt" is null ${where}
      order by ${order} limit ${limit + 1}`,
  )
  return cutPage(found, limit, cursor, (row) => row.createdAt)
}

const EXAM = {
  id: true,
  courseId: true,
  title: true,
  duration: true,
  questions: true,
  settings: true,
  instructions: true,
  accessCode: true,
  startDate: true,
  endDate: true,
  publishedAt: true,
  updatedAt: true,
} as const

export type ExamDetails = {
  id: string
  courseId: string
  title: string
  /** Minutes. */
  duration: number
  /** The working copy with its keys: for authors only. */
  questions: Question[]
  settings: ExamSettings
  /** Plain text, shown before the start. */
  instructions: string | null
  accessCode: string | null
  startDate: Date | null
  endDate: Date | null
  /** Null: a draft that no learner sees. */
  publishedAt: Date | null
  updatedAt: Date
}

/** An exam with its questions and keys, for its author. @throws AppError 'not_found' */
export async function getExam(db: TenantDb, examId: string): Promise<ExamDetails> {
  const client = await orm(db)
  const exam = await client.exam.findFirst({
    where: { tenantId: db.tenantId, id: examId, deletedAt: null, course: { deletedAt: null } },
    select: EXAM,
  })
  if (exam === null) throw new AppError('not_found', 'There is no such exam.')
  const { questions, settings } = exam
  return {
    ...exam,
    questions: questionsSchema.parse(questions),
    settings: examSettingsSchema.parse(settings),
  }
}

function assertWindow({ startDate, endDate }: ExamWindow): void {
  if (startDate !== null && endDate !== null && endDate <= startDate) {
    const fields = { endDate: 'The end has to be after the start.' }
    throw new AppError('invalid_input', 'An exam ends before it starts.', { fields })
  }
}

type NewExam = Readonly<{
  courseId: string
  title: string
  /** Minutes. */
  duration: number
  questions: readonly Question[]
  window: ExamWindow
}>

/** @throws AppError 'not_found' when the course is none of this school's, 'invalid_input' for a window that ends first */
export async function createExam(db: TenantDb, input: NewExam): Promise<{ id: string; updatedAt: Date }> {
  const { courseId, title, duration, questions, window } = input
  assertWindow(window)
  return oneRow(
    db,
    sql`insert into "Exam" ("tenantId", "courseId", title, duration, questions, "startDate", "endDate")
      select c."tenantId", c.id, ${title}, ${duration}, ${JSON.stringify(questions)}::jsonb, ${window.startDate}, ${window.endDate}
      from "Course" c where c."tenantId" = ${db.tenantId} and c.id = ${courseId} and c."deletedAt" is null
      returning id, "updatedAt"`,
    'course',
  )
}

type ExamChange = Readonly<{
  examId: string
  /** `updatedAt` of the exam as its editor saw it. */
  seen: Date
  /** What is left out stays as it is. */
  changes: Readonly<{
    title?: string
    duration?: number
    questions?: readonly Question[]
    settings?: ExamSettings
    instructions?: string | null
    accessCode?: string | null
    window?: ExamWindow
  }>
}>

/**
 * Changes the working copy unless somebody else has since. Attempts that run keep their version and deadline.
 * @throws AppError 'conflict', 'not_found', 'invalid_input' for a window that ends first
 */
export async function updateExam(db: TenantDb, input: ExamChange): Promise<{ updatedAt: Date }> {
  const { examId, seen, changes } = input
  const { title, duration, questions, settings, instructions, accessCode, window } = changes
  if (window !== undefined) assertWindow(window)
  const set = assignments([
    title === undefined ? null : sql`title = ${title}`,
    duration === undefined ? null : sql`duration = ${duration}`,
    questions === undefined ? null : sql`questions = ${JSON.stringify(questions)}::jsonb`,
    settings === undefined ? null : sql`settings = ${JSON.stringify(settings)}::jsonb`,
    instructions === undefined ? null : sql`instructions = ${instructions}`,
    accessCode === undefined ? null : sql`"accessCode" = ${accessCode}`,
    window === undefined ? null : sql`"startDate" = ${window.startDate}, "endDate" = ${window.endDate}`,
  ])
  return changeSeen(
    db,
    sql`update "Exam" set ${set} where "tenantId" = ${db.tenantId} and id = ${examId} and "deletedAt" is null
      and "updatedAt" = ${seen} returning "updatedAt"`,
    sql`select 1 from "Exam" where "tenantId" = ${db.tenantId} and id = ${examId} and "deletedAt" is null`,
    'exam',
  )
}

/** Hides an exam; what was taken stays until it is purged. @throws AppError 'not_found' */
export async function deleteExam(db: TenantDb, examId: string): Promise<void> {
  await affectOne(
    db,
    sql`update "Exam" set "deletedAt" = now(), ${TOUCH}
      where "tenantId" = ${db.tenantId} and id = ${examId} and "deletedAt" is null`,
    'exam',
  )
}

export type PublishedVersion = { id: string; number: number; created: boolean }

/**
 * Freezes questions, settings and duration as the version that attempts are taken against from now on. Where nothing changed
 * since the newest version, that one is returned. The exam is locked, so that two authors don't make the same number.
 * @throws AppError 'not_found', 'invalid_input' for an exam without questions
 */
export async function publishExamVersion(db: TenantDb, examId: string): Promise<PublishedVersion> {
  const exam = await oneRow<{ questions: number }>(
    db,
    sql`select jsonb_array_length(questions) as questions from "Exam"
      where "tenantId" = ${db.tenantId} and id = ${examId} and "deletedAt" is null for no key update`,
    'exam',
  )
  if (exam.questions === 0)
    throw new AppError('invalid_input', 'An exam without questions can’t be published.')
  return oneRow(
    db,
    sql`with newest as (
        select id, number, duration, questions, settings from "ExamVersion"
        where "tenantId" = ${db.tenantId} and "examId" = ${examId} order by number desc limit 1
      ), made as (
        insert into "ExamVersion" ("tenantId", "examId", number, duration, questions, settings)
        select x."tenantId", x.id, coalesce(n.number, 0) + 1, x.duration, x.questions, x.settings
        from "Exam" x left join newest n on true
        where x."tenantId" = ${db.tenantId} and x.id = ${examId}
          and (n.id is null or n.duration <> x.duration or n.questions <> x.questions or n.settings <> x.settings)
        returning id, number
      )
      select id, number, true as created from made
      union all select id, number, false from newest where not exists (select from made)`,
    'exam',
  )
}
