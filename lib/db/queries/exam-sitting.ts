import 'server-only'
import { type TenantDb } from '../handle'
import { sql } from '../sql'
import { GRACE } from './answers'
import { oneRow } from './changes'

/**
 * Starting an exam. All times are the database's: the clocks of web servers and browsers decide nothing.
 * `statement_timestamp()` and not `now()`, which is when the transaction began, before it waited for a lock.
 */

type Seat = Readonly<{ examId: string; userId: string }>

export type ExamTerms = {
  courseId: string
  startDate: Date | null
  endDate: Date | null
  accessCode: string | null
  version: { id: string; duration: number }
  /** Null: the caller has them already. */
  parts: { questions: unknown; settings: unknown } | null
}

/**
 * On what terms everybody sits an exam: its window, its newest version. The person's enrollment is locked, so that two
 * starts take turns, and a start with what they are given beyond others; the exam too, against its author taking it back
 * at this moment.
 * @param known the version whose questions the caller has
 * @throws AppError 'not_found' for an exam that this person can't see
 */
export async function lockSeat(
  db: TenantDb,
  { examId, userId, known }: Seat & Readonly<{ known: string | null }>,
): Promise<ExamTerms> {
  return oneRow(
    db,
    sql`select x."courseId", x."startDate", x."endDate", x."accessCode",
        jsonb_build_object('id', v.id, 'duration', v.duration) as version,
        case when v.id = ${known} then null else jsonb_build_object('questions', v.questions, 'settings', v.settings) end as parts
      from "Exam" x
      join "Course" c on c."tenantId" = x."tenantId" and c.id = x."courseId" and c."deletedAt" is null and c.status = 'PUBLISHED'
      join "Enrollment" e on e."tenantId" = x."tenantId" and e."courseId" = x."courseId" and e."userId" = ${userId}
      join lateral (select n.id, n.duration, n.questions, n.settings from "ExamVersion" n
        where n."tenantId" = x."tenantId" and n."examId" = x.id order by n.number desc limit 1) v on true
      where x."tenantId" = ${db.tenantId} and x.id = ${examId} and x."deletedAt" is null and x."publishedAt" is not null
      for no key update of e for key share of x`,
    'exam',
  )
}

export type AttemptSoFar = {
  now: Date
  /** How many there are, and the highest number. */
  used: number
  last: number
  /** What they have beyond others. */
  accommodations: {
    examId: string | null
    extraTimePercent: number
    extraAttempts: number
    startDate: string | null
    endDate: string | null
  }[]
  running: {
    id: string
    number: number
    versionId: string
    layout: unknown
    startedAt: string
    deadlineAt: string
    overdue: boolean
    answers: { questionId: string; sequence: number; value: unknown }[]
  } | null
}

/** A person's attempts at an exam, the running one with its answers. Ask it after `lockSeat`: it then holds. */
export async function attemptsSoFar(db: TenantDb, { examId, userId }: Seat): Promise<AttemptSoFar> {
  return oneRow(
    db,
    sql`select date_trunc('milliseconds', statement_timestamp()) as now, count(a.id)::int as used,
        coalesce(max(a.number), 0)::int as last,
        (select coalesce(jsonb_agg(jsonb_build_object('examId', m."examId", 'extraTimePercent', m."extraTimePercent",
            'extraAttempts', m."extraAttempts", 'startDate', m."startDate", 'endDate', m."endDate")), '[]'::jsonb)
          from "Exam" x join "ExamAccommodation" m on m."tenantId" = x."tenantId" and m."courseId" = x."courseId"
            and m."userId" = ${userId} and (m."examId" is null or m."examId" = x.id)
          where x."tenantId" = ${db.tenantId} and x.id = ${examId}) as accommodations,
        (select jsonb_build_object('id', r.id, 'number', r.number, 'versionId', r."versionId", 'layout', r.layout,
            'startedAt', r."startedAt", 'deadlineAt', r."deadlineAt",
            'overdue', r."deadlineAt" + ${GRACE} <= statement_timestamp(),
            'answers', (select coalesce(jsonb_agg(jsonb_build_object('questionId', s."questionId", 'sequence', s.sequence,
                'value', s.value)), '[]'::jsonb)
              from "ExamAnswer" s where s."tenantId" = r."tenantId" and s."attemptId" = r.id))
          from "ExamAttempt" r where r."tenantId" = ${db.tenantId} and r."examId" = ${examId} and r."userId" = ${userId}
            and r."submittedAt" is null order by r.number desc limit 1) as running
      from "ExamAttempt" a where a."tenantId" = ${db.tenantId} and a."examId" = ${examId} and a."userId" = ${userId}`,
    'exam',
  )
}

type NewAttempt = Seat &
  Readonly<{
    versionId: string
    number: number
    layout: string
    startedAt: Date
    deadlineAt: Date
    client: Readonly<{ ip: string; requestId: string | null }>
  }>

/** Makes an attempt and its entry in the log, in one statement. */
export async function insertAttempt(db: TenantDb, attempt: NewAttempt): Promise<{ id: string }> {
  const { examId, userId, versionId, number, layout, startedAt, deadlineAt, client } = attempt
  return oneRow(
    db,
    sql`with made as (
        insert into "ExamAttempt" ("tenantId", "examId", "versionId", "userId", number, counts, layout, "startedAt", "deadlineAt")
        values (${db.tenantId}, ${examId}, ${versionId}, ${userId}, ${number}, false, ${layout}::jsonb, ${startedAt}, ${deadlineAt})
        returning id, number, "deadlineAt"
      ), logged as (
        insert into "AuditLog" ("tenantId", "actorId", action, "targetType", "targetId", after, "requestId", ip)
        select ${db.tenantId}, ${userId}, 'exam.start', 'ExamAttempt', m.id,
          jsonb_build_object('number', m.number, 'deadlineAt', m."deadlineAt"), ${client.requestId}, nullif(${client.ip}, '')
        from made m
      )
      select id from made`,
    'attempt',
  )
}

/** A version's questions and settings, as stored. @throws AppError 'not_found' */
export async function versionParts(
  db: TenantDb,
  versionId: string,
): Promise<{ questions: unknown; settings: unknown }> {
  return oneRow(
    db,
    sql`select v.questions, v.settings from "ExamVersion" v where v."tenantId" = ${db.tenantId} and v.id = ${versionId}`,
    'version',
  )
}
