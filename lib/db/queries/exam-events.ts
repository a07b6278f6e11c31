import 'server-only'
import type { SentEvent } from '#lib/exams/contract/taking'
import { affected, type TenantDb } from '../handle'
import { sql } from '../sql'

/** Events that one attempt keeps at most: whoever makes more tells nothing new. */
export const MOST_EVENTS = 500

/**
 * Notes what happened in a browser during an attempt, each key once. When it happened is the server's time less the
 * time that it waited, and never before the attempt. One statement; call it while the attempt is known to run.
 */
export async function recordEvents(
  db: TenantDb,
  attemptId: string,
  events: readonly SentEvent[],
): Promise<void> {
  if (events.length === 0) return
  await affected(
    db,
    sql`insert into "ExamEvent" ("tenantId", "attemptId", key, kind, at, detail)
      select a."tenantId", a.id, n.key, n.kind::"ExamEventKind",
        greatest(a."startedAt", statement_timestamp() - n.ago * interval '1 millisecond'), n.detail::jsonb
      from "ExamAttempt" a
      cross join unnest(${events.map(({ key }) => key)}::text[], ${events.map(({ kind }) => kind)}::text[],
        ${events.map(({ ago }) => ago)}::int[], ${events.map(({ detail }) => JSON.stringify(detail))}::text[])
        with ordinality as n(key, kind, ago, detail, place)
      where a."tenantId" = ${db.tenantId} and a.id = ${attemptId}
        and not exists (select from "ExamEvent" e
          where e."tenantId" = a."tenantId" and e."attemptId" = a.id and e.key = n.key)
      order by n.place limit (select greatest(0, ${MOST_EVENTS} - count(*)) from "ExamEvent" e
        where e."tenantId" = ${db.tenantId} and e."attemptId" = ${attemptId})
      on conflict ("tenantId", "attemptId", key) do nothing`,
  )
}
