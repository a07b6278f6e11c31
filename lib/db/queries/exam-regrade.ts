import 'server-only'
import { firstRow, rows, type TenantDb } from '../handle'
import { sql } from '../sql'
import { otherKeys } from './exam-grades'

/** A mark as it stands; points are decimal text, null: waits for a person. */
type MarkRow = { questionId: string; points: string | null; maxPoints: string; byHand: boolean }

export type BehindRow = {
  id: string
  userId: string
  name: string
  number: number
  counts: boolean
  versionId: string
  gradedVersionId: string | null
  layout: unknown
  answers: unknown
  score: string | null
  maxScore: string
  marks: MarkRow[]
}

/**
 * Attempts at an exam that other keys than the given version's graded, by name and number. Those graded before versions
 * were noted are left as they are.
 * @param input.ids only these of them; null: all
 */
export async function listBehind(
  db: TenantDb,
  input: Readonly<{ examId: string; versionId: string; ids: readonly string[] | null }>,
): Promise<BehindRow[]> {
  const { examId, versionId, ids } = input
  return rows<BehindRow>(
    db,
    sql`select a.id, a."userId", u.name, a.number, a.counts, a."versionId", a."gradedVersionId", a.layout, a.answers,
        a.score::text as score, a."maxScore"::text as "maxScore",
        (select coalesce(jsonb_agg(jsonb_build_object('questionId', m."questionId", 'points', m.points::text,
            'maxPoints', m."maxPoints"::text, 'byHand', m."byHand") order by m."questionId"), '[]'::jsonb)
          from "ExamMark" m where m."tenantId" = a."tenantId" and m."attemptId" = a.id) as marks
      from "ExamAttempt" a
      join "User" u on u."tenantId" = a."tenantId" and u.id = a."userId"
      where a."tenantId" = ${db.tenantId} and a."examId" = ${examId} and a."submittedAt" is not null and a."maxScore" is not null
        and a."gradedVersionId" in ${otherKeys(db, examId, versionId)} and (${ids}::text[] is null or a.id = any(${ids}::text[]))
      order by u.name, u.id, a.number`,
  )
}

/** How many of them there are, by the newest version. */
export async function countBehind(db: TenantDb, examId: string): Promise<number> {
  const newest = sql`(select v.id from "ExamVersion" v where v."tenantId" = ${db.tenantId} and v."examId" = ${examId}
    order by v.number desc limit 1)`
  const counted = await firstRow<{ count: number }>(
    db,
    sql`select count(*)::int as count from "ExamAttempt" a
      join "User" u on u."tenantId" = a."tenantId" and u.id = a."userId" and u."deletedAt" is null
      where a."tenantId" = ${db.tenantId} and a."examId" = ${examId} and a."submittedAt" is not null and a."maxScore" is not null
        and a."gradedVersionId" in ${otherKeys(db, examId, newest)}`,
  )
  return counted?.count ?? 0
}

export type StandingRow = Pick<BehindRow, 'id' | 'userId' | 'number' | 'counts' | 'score'> & {
  submittedAt: Date
  maxScore: string | null
}

/** All attempts of some people at an exam that are handed in, with the points that they have. */
export async function listStanding(
  db: TenantDb,
  { examId, userIds }: Readonly<{ examId: string; userIds: readonly string[] }>,
): Promise<StandingRow[]> {
  return rows<StandingRow>(
    db,
    sql`select a.id, a."userId", a.number, a.counts, a."submittedAt", a.score::text as score, a."maxScore"::text as "maxScore"
      from "ExamAttempt" a
      where a."tenantId" = ${db.tenantId} and a."examId" = ${examId} and a."userId" = any(${userIds}::text[])
        and a."submittedAt" is not null
      order by a."userId", a.number`,
  )
}
