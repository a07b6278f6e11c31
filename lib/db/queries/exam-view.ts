import 'server-only'
import { firstRow, rows, type TenantDb } from '../handle'
import { sql, type Statement } from '../sql'

/** Exams as their learners see them: published ones of published courses that they are enrolled in. */

/** An accommodation as it stands in a row's JSON. */
export type AccommodationJson = Readonly<{
  extraTimePercent: number
  extraAttempts: number
  startDate: string | null
  endDate: string | null
}>

/** What all exam rows for learners have. */
export type ExamTermsRow = {
  id: string
  title: string
  /** Minutes. */
  duration: number
  settings: unknown
  /** Each question's id and points, without the rest: a page needs no keys to count. */
  weights: { id: string; points: number }[]
  startDate: Date | null
  endDate: Date | null
  accommodations: AccommodationJson[]
  /** The database's time. */
  now: Date
}

function termColumns(db: TenantDb, userId: string): Statement {
  return sql`x.id, x.title, v.duration, v.settings, x."startDate", x."endDate",
    date_trunc('milliseconds', statement_timestamp()) as now,
    (select coalesce(jsonb_agg(jsonb_build_object('id', q->'id', 'points', q->'points')), '[]'::jsonb)
      from jsonb_array_elements(v.questions) q) as weights,
    (select coalesce(jsonb_agg(jsonb_build_object('extraTimePercent', m."extraTimePercent",
        'extraAttempts', m."extraAttempts", 'startDate', m."startDate", 'endDate', m."endDate")), '[]'::jsonb)
      from "ExamAccommodation" m where m."tenantId" = ${db.tenantId} and m."courseId" = x."courseId"
        and m."userId" = ${userId} and (m."examId" is null or m."examId" = x.id)) as accommodations`
}

/** The course that a learner is enrolled in, and the newest version of an exam `x` of it. */
function seat(db: TenantDb, userId: string): Statement {
  return sql`join "Course" c on c."tenantId" = x."tenantId" and c.id = x."courseId" and c."deletedAt" is null and c.status = 'PUBLISHED'
    join "Enrollment" e on e."tenantId" = x."tenantId" and e."courseId" = x."courseId" and e."userId" = ${userId}
    join lateral (select n.duration, n.questions, n.settings from "ExamVersion" n
      where n."tenantId" = ${db.tenantId} and n."examId" = x.id order by n.number desc limit 1) v on true`
}

/** Whether exam `x` is over for everybody: nobody may start any more, and no attempt runs. */
export function closedForAll(db: TenantDb): Statement {
  return sql`(x."endDate" is not null and x."endDate" <= statement_timestamp()
    and not exists (select from "ExamAccommodation" o where o."tenantId" = ${db.tenantId} and o."examId" = x.id
      and o."endDate" > statement_timestamp())
    and not exists (select from "ExamAttempt" r where r."tenantId" = ${db.tenantId} and r."examId" = x.id
      and r."submittedAt" is null))`
}

export type LearnerExamRow = ExamTermsRow & {
  instructions: string | null
  asksCode: boolean
  courseId: string
  courseTitle: string
  releasedAt: Date | null
  closedForAll: boolean
}

/** An exam for one of its learners; null where they can't see one. One statement. */
export async function findLearnerExam(
  db: TenantDb,
  input: Readonly<{ examId: string; userId: string }>,
): Promise<LearnerExamRow | null> {
  const { examId, userId } = input
  return firstRow(
    db,
    sql`select ${termColumns(db, userId)}, x.instructions, x."accessCode" is not null as "asksCode",
        c.id as "courseId", c.title as "courseTitle", x."releasedAt", ${closedForAll(db)} as "closedForAll"
      from "Exam" x ${seat(db, userId)}
      where x."tenantId" = ${db.tenantId} and x.id = ${examId} and x."deletedAt" is null and x."publishedAt" is not null`,
  )
}

export type OwnAttemptRow = {
  id: string
  number: number
  counts: boolean
  score: string | null
  maxScore: string | null
  startedAt: Date
  deadlineAt: Date
  submittedAt: Date | null
  endedBy: 'LEARNER' | 'DEADLINE' | 'INSTRUCTOR' | null
  gradedAt: Date | null
}

const ATTEMPT = sql`a.id, a.number, a.counts, a.score::text as score, a."maxScore"::text as "maxScore", a."startedAt",
  a."deadlineAt", a."submittedAt", a."endedBy", a."gradedAt"`

/** A person's attempts at an exam, the newest first; at most `limit`. One statement. */
export async function listOwnAttempts(
  db: TenantDb,
  input: Readonly<{ examId: string; userId: string; limit: number }>,
): Promise<OwnAttemptRow[]> {
  const { examId, userId, limit } = input
  return rows(
    db,
    sql`select ${ATTEMPT} from "ExamAttempt" a
      where a."tenantId" = ${db.tenantId} and a."examId" = ${examId} and a."userId" = ${userId}
      order by a.number desc limit ${limit}`,
  )
}

export type OwnResultRow = OwnAttemptRow & {
  examTitle: string
  courseId: string
  courseTitle: string
  releasedAt: Date | null
  closedForAll: boolean
  /** Of the newest version: what may be seen follows these. */
  settings: unknown
  layout: unknown
  answers: unknown
  /** As they were asked. */
  asked: unknown
  /** Whose keys gave the points. */
  graded: unknown
  marks: { questionId: string; points: string | null; maxPoints: string; comment: string | null }[]
}

/**
 * A person's own attempt with all that its result is made of, keys included: `load-result.ts` decides what of it leaves
 * the server. Null where there is none of theirs. One statement.
 */
export async function findOwnResult(
  db: TenantDb,
  input: Readonly<{ examId: string; attemptId: string; userId: string }>,
): Promise<OwnResultRow | null> {
  const { examId, attemptId, userId } = input
  return firstRow(
    db,
    sql`select ${ATTEMPT}, x.title as "examTitle", c.id as "courseId", c.title as "courseTitle", x."releasedAt",
        ${closedForAll(db)} as "closedForAll", v.settings, a.layout, a.answers, w.questions as asked,
        coalesce(g.questions, w.questions) as graded,
        (select coalesce(jsonb_agg(jsonb_build_object('questionId', m."questionId", 'points', m.points::text,
            'maxPoints', m."maxPoints"::text, 'comment', m.comment)), '[]'::jsonb)
          from "ExamMark" m where m."tenantId" = a."tenantId" and m."attemptId" = a.id) as marks
      from "ExamAttempt" a
      join "Exam" x on x."tenantId" = a."tenantId" and x.id = a."examId" and x."deletedAt" is null and x."publishedAt" is not null
      ${seat(db, userId)}
      join "ExamVersion" w on w."tenantId" = a."tenantId" and w.id = a."versionId"
      left join "ExamVersion" g on g."tenantId" = a."tenantId" and g.id = a."gradedVersionId"
      where a."tenantId" = ${db.tenantId} and a.id = ${attemptId} and a."examId" = ${examId} and a."userId" = ${userId}`,
  )
}

export type CourseExamRow = ExamTermsRow & {
  used: number
  submitted: number
  /** Deadline of the attempt that runs. */
  runningUntil: Date | null
}

/** The exams of a course for one of its learners, the first to close first; at most `limit`. One statement. */
export async function listLearnerExams(
  db: TenantDb,
  input: Readonly<{ courseId: string; userId: string; limit: number }>,
): Promise<CourseExamRow[]> {
  const { courseId, userId, limit } = input
  return rows(
    db,
    sql`select ${termColumns(db, userId)}, t.used, t.submitted, t."runningUntil"
      from "Exam" x ${seat(db, userId)}
      cross join lateral (
        select count(*)::int as used, count(a."submittedAt")::int as submitted,
          max(a."deadlineAt") filter (where a."submittedAt" is null and a."deadlineAt" > statement_timestamp()) as "runningUntil"
        from "ExamAttempt" a where a."tenantId" = ${db.tenantId} and a."examId" = x.id and a."userId" = ${userId}
      ) t
      where x."tenantId" = ${db.tenantId} and x."courseId" = ${courseId} and x."deletedAt" is null and x."publishedAt" is not null
      order by x."endDate" nulls last, x."createdAt", x.id limit ${limit}`,
  )
}
