import 'server-only'
import { rows, type TenantDb } from '../handle'
import { type Cursor, cutPage, type Page } from '../keyset'
import { sql } from '../sql'
import { newestFirst } from './paging'

export type AttemptRow = {
  id: string
  userId: string
  name: string
  number: number
  counts: boolean
  /** Points, as a decimal number in text: a float would change grades. */
  score: string | null
  startedAt: Date
  deadlineAt: Date
  submittedAt: Date | null
}

/** One page of an exam's attempts, the newest first. One statement. */
export async function listAttempts(
  db: TenantDb,
  input: Readonly<{
    examId: string
    /** Null: everybody's. */ userId: string | null
    cursor: Cursor | null
    limit: number
  }>,
): Promise<Page<AttemptRow>> {
  const { examId, userId, cursor, limit } = input
  const { where, order } = newestFirst(cursor, sql`a."startedAt"`, sql`a.id`)
  const of = userId === null ? sql`` : sql`and a."userId" = ${userId}`
  const found = await rows<AttemptRow>(
    db,
    sql`select a.id, a."userId", u.name, a.number, a.counts, a.score::text as score, a."startedAt", a."deadlineAt", a."submittedAt"
      from "ExamAttempt" a
      join "Exam" x on x."tenantId" = a."tenantId" and x.id = a."examId" and x."deletedAt" is null
      join "User" u on u."tenantId" = a."tenantId" and u.id = a."userId" and u."deletedAt" is null
      where a."tenantId" = ${db.tenantId} and a."examId" = ${examId} ${of} ${where}
      order by ${order} limit ${limit + 1}`,
  )
  return cutPage(found, limit, cursor, (row) => row.startedAt)
}
