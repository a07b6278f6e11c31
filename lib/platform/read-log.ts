import 'server-only'
import { z } from 'zod'
import { listLog, type LogRow } from '#lib/db/platform/log'
import { cursorFrom } from '#lib/db/queries/cursor'
import type { LogLine, LogPage } from '#lib/schools/contract'

const facts = z
  .object({ reason: z.string(), plan: z.string(), status: z.string() })
  .partial()
  .nullable()
  .catch(null)

function changed(from: string | undefined, to: string | undefined): { from: string; to: string } | null {
  return from === undefined || to === undefined ? null : { from, to }
}

function lineOf(row: LogRow): LogLine {
  const [before, after] = [facts.parse(row.before), facts.parse(row.after)]
  const { id, createdAt: at, action, actorName, schoolId, schoolName, subdomain, ip } = row
  const known = schoolId !== null && schoolName !== null && subdomain !== null
  return {
    ...{ id, at, action, actorName, ip },
    school: known ? { id: schoolId, name: schoolName, subdomain } : null,
    reason: after?.reason ?? null,
    plan: changed(before?.plan, after?.plan),
    status: changed(before?.status, after?.status),
  }
}

/**
 * One page of the platform's log, newest first; `schoolId` keeps to one school's.
 * @throws AppError 'not_found' for a cursor that isn't ours
 */
export async function readLog(
  input: Readonly<{ q: string; schoolId: string | null; cursor: string | undefined; limit: number }>,
): Promise<LogPage> {
  const { q, schoolId, cursor, limit } = input
  const { rows, nextCursor, previousCursor } = await listLog({
    q,
    schoolId,
    cursor: cursorFrom(cursor),
    limit,
  })
  return { lines: rows.map(lineOf), nextCursor, previousCursor }
}
