import 'server-only'
import { affected, firstRow, rows, type TenantDb } from '../handle'
import { sql, type Statement } from '../sql'
import { oneRow, TOUCH } from './changes'
import type { AttemptRow } from './exam-grades'

/** One attempt with all that a grader reads of it, and its marks. */

export type MarkJson = Readonly<{
  questionId: string
  points: string | null
  maxPoints: string
  byHand: boolean
  graderId: string | null
  graderName: string | null
  comment: string | null
  /** ISO with milliseconds. */
  gradedAt: string | null
  updatedAt: string
}>

const ISO = sql`'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'`

function marksJson(db: TenantDb): Statement {
  return sql`(select coalesce(jsonb_agg(jsonb_build_object('questionId', m."questionId", 'points', m.points::text,
      'maxPoints', m."maxPoints"::text, 'byHand', m."byHand", 'graderId', m."graderId", 'graderName', g.name,
      'comment', m.comment, 'gradedAt', to_char(m."gradedAt" at time zone 'UTC', ${ISO}),
      'updatedAt', to_char(m."updatedAt" at time zone 'UTC', ${ISO}))), '[]'::jsonb)
    from "ExamMark" m left join "User" g on g."tenantId" = m."tenantId" and g.id = m."graderId"
    where m."tenantId" = ${db.tenantId} and m."attemptId" = a.id)`
}

export type AttemptDetail = AttemptRow & {
  versionId: string
  gradedVersionId: string | null
  layout: unknown
  /** As frozen; while it runs, as they stand. */
  answers: unknown
  marks: MarkJson[]
  events: { kind: string; at: string; detail: unknown }[]
  /** Ids of the attempts handed in before and after it. */
  previous: string | null
  next: string | null
}

/** An attempt at an exam. One statement. @throws AppError 'not_found', also for an attempt at another exam */
export async function getAttemptDetail(
  db: TenantDb,
  { examId, attemptId }: Readonly<{ examId: string; attemptId: string }>,
): Promise<AttemptDetail> {
  const beside = (comparison: Statement, order: Statement) => sql`(select b.id from "ExamAttempt" b
    where b."tenantId" = ${db.tenantId} and b."examId" = a."examId" and b."submittedAt" is not null
      and (b."submittedAt", b.id) ${comparison} (a."submittedAt", a.id)
    order by b."submittedAt" ${order}, b.id ${order} limit 1)`
  return oneRow<AttemptDetail>(
    db,
    sql`select a.id, a."userId", u.name, u.email, a.number, a.counts, a.score::text as score, a."maxScore"::text as "maxScore",
        a."startedAt", a."deadlineAt", a."submittedAt", a."endedBy", a."versionId", a."gradedVersionId", a.layout,
        (select count(*)::int from "ExamMark" w where w."tenantId" = a."tenantId" and w."attemptId" = a.id
          and w.points is null) as waiting,
        case when a."submittedAt" is not null then a.answers else jsonb_build_object('version', 1, 'answers', coalesce((
          select jsonb_object_agg(s."questionId", jsonb_build_object('value', s.value, 'sequence', s.sequence,
            'savedAt', to_char(s."savedAt" at time zone 'UTC', ${ISO})))
          from "ExamAnswer" s where s."tenantId" = a."tenantId" and s."attemptId" = a.id), '{}'::jsonb)) end as answers,
        ${marksJson(db)} as marks,
        (select coalesce(jsonb_agg(jsonb_build_object('kind', e.kind, 'at', to_char(e.at at time zone 'UTC', ${ISO}),
            'detail', e.detail) order by e.at, e.id), '[]'::jsonb)
          from "ExamEvent" e where e."tenantId" = a."tenantId" and e."attemptId" = a.id) as events,
        ${beside(sql`<`, sql`desc`)} as previous, ${beside(sql`>`, sql`asc`)} as next
      from "ExamAttempt" a
      join "User" u on u."tenantId" = a."tenantId" and u.id = a."userId" and u."deletedAt" is null
      where a."tenantId" = ${db.tenantId} and a.id = ${attemptId} and a."examId" = ${examId}`,
    'attempt',
  )
}

/** The marks of an attempt, in no order. */
export async function marksOfAttempt(db: TenantDb, attemptId: string): Promise<MarkJson[]> {
  const found = await firstRow<{ marks: MarkJson[] }>(
    db,
    sql`select ${marksJson(db)} as marks from "ExamAttempt" a where a."tenantId" = ${db.tenantId} and a.id = ${attemptId}`,
  )
  return found?.marks ?? []
}

export type PileRow = { attemptId: string; name: string; submittedAt: Date; waits: boolean }

/** Everybody's marks of one question, in the order in which the attempts came in. */
export async function listPile(
  db: TenantDb,
  { examId, questionId }: Readonly<{ examId: string; questionId: string }>,
): Promise<PileRow[]> {
  return rows<PileRow>(
    db,
    sql`select a.id as "attemptId", u.name, a."submittedAt", m.points is null as waits from "ExamAttempt" a
      join "ExamMark" m on m."tenantId" = a."tenantId" and m."attemptId" = a.id and m."questionId" = ${questionId}
      join "User" u on u."tenantId" = a."tenantId" and u.id = a."userId" and u."deletedAt" is null
      where a."tenantId" = ${db.tenantId} and a."examId" = ${examId} and a."submittedAt" is not null
      order by a."submittedAt", a.id`,
  )
}

/** The next attempt that waits for points, of one question or of any, after an attempt and then from the beginning. */
export async function nextWaiting(
  db: TenantDb,
  input: Readonly<{ examId: string; after: string; questionId: string | null }>,
): Promise<string | null> {
  const { examId, after, questionId } = input
  const found = await firstRow<{ id: string }>(
    db,
    sql`select a.id from "ExamAttempt" a
      join "User" u on u."tenantId" = a."tenantId" and u.id = a."userId" and u."deletedAt" is null
      cross join (select b."submittedAt", b.id from "ExamAttempt" b
        where b."tenantId" = ${db.tenantId} and b.id = ${after}) c
      where a."tenantId" = ${db.tenantId} and a."examId" = ${examId} and a."submittedAt" is not null and a.score is null
        and a.id <> ${after} and exists (select from "ExamMark" m where m."tenantId" = a."tenantId" and m."attemptId" = a.id
          and m.points is null and (${questionId}::text is null or m."questionId" = ${questionId}))
      order by (a."submittedAt", a.id) < (c."submittedAt", c.id), a."submittedAt", a.id limit 1`,
  )
  return found?.id ?? null
}

/** Writes one mark over the one that was seen. @returns its new `updatedAt`; null when it was changed since */
export async function writeMark(
  db: TenantDb,
  input: Readonly<{
    attemptId: string
    questionId: string
    seen: Date
    points: string | null
    maxPoints: string
    byHand: boolean
    graderId: string
    comment: string | null
  }>,
): Promise<Date | null> {
  const { attemptId, questionId, seen, points, maxPoints, byHand, graderId, comment } = input
  const written = await firstRow<{ updatedAt: Date }>(
    db,
    sql`update "ExamMark" set points = ${points}::numeric, "maxPoints" = ${maxPoints}::numeric, "byHand" = ${byHand},
        "graderId" = ${graderId}, comment = ${comment}, "gradedAt" = case when ${points}::text is not null then statement_timestamp() end,
        ${TOUCH}
      where "tenantId" = ${db.tenantId} and "attemptId" = ${attemptId} and "questionId" = ${questionId} and "updatedAt" = ${seen}
      returning "updatedAt"`,
  )
  return written?.updatedAt ?? null
}

/** The points of a whole attempt, after one of its marks changed. */
export async function writeScore(
  db: TenantDb,
  input: Readonly<{ attemptId: string; score: string | null; maxScore: string }>,
): Promise<void> {
  const { attemptId, score, maxScore } = input
  await affected(
    db,
    sql`update "ExamAttempt" set score = ${score}::numeric, "maxScore" = ${maxScore}::numeric,
        "gradedAt" = case when ${score}::text is not null then statement_timestamp() end
      where "tenantId" = ${db.tenantId} and id = ${attemptId} and "submittedAt" is not null`,
  )
}
