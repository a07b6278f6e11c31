import 'server-only'
import { rows, type TenantDb } from '../handle'
import { sql } from '../sql'

export type AnalysedRow = {
  answers: unknown
  marks: { questionId: string; points: number; max: number }[]
}

/** Answers and points of the attempts that count and are graded, the newest first, `limit` at most. */
export async function listCounting(db: TenantDb, examId: string, limit: number): Promise<AnalysedRow[]> {
  return rows<AnalysedRow>(
    db,
    sql`select a.answers, (select coalesce(jsonb_agg(jsonb_build_object('questionId', m."questionId", 'points', m.points,
            'max', m."maxPoints")), '[]'::jsonb)
          from "ExamMark" m where m."tenantId" = a."tenantId" and m."attemptId" = a.id) as marks
      from "ExamAttempt" a
      where a."tenantId" = ${db.tenantId} and a."examId" = ${examId} and a.counts and a."submittedAt" is not null
        and a.score is not null
      order by a."submittedAt" desc, a.id limit ${limit}`,
  )
}

/** Attempts that count, are in, and wait for points. */
export async function countUngraded(db: TenantDb, examId: string): Promise<number> {
  const [found] = await rows<{ count: number }>(
    db,
    sql`select count(*)::int as count from "ExamAttempt" a where a."tenantId" = ${db.tenantId} and a."examId" = ${examId}
      and a.counts and a."submittedAt" is not null and a.score is null`,
  )
  return found?.count ?? 0
}
