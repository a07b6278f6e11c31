import 'server-only'
import type { TenantDb } from '#lib/db/tenant'
import { notifyEach } from '#lib/notifications/notify'
import { Points } from './rules/decimal'

/** Milliseconds that changes of one score are gathered in: who grades often corrects themselves. */
const GATHER = 10 * 60_000

type Change = Readonly<{ userId: string; before: string | null; after: string | null }>

/**
 * Has those told whose score is there now, or is another one, in the transaction that changes it. Whether they may see it
 * is looked at when they are told. What the machine gave as it was handed in is nothing new to anybody.
 */
export async function tellScores(
  db: TenantDb,
  { examId, scores }: Readonly<{ examId: string; scores: readonly Change[] }>,
): Promise<void> {
  const people = (fits: (change: Change & { after: string }) => boolean): string[] => [
    ...new Set(
      scores.flatMap(({ userId, before, after }) =>
        after !== null && fits({ userId, before, after }) ? [userId] : [],
      ),
    ),
  ]
  await notifyEach(db, { kind: 'exam-scored', id: examId, userIds: people(({ before }) => before === null) })
  await notifyEach(db, {
    ...{ kind: 'exam-regraded', id: examId, runAt: new Date(Date.now() + GATHER) },
    userIds: people(({ before, after }) => before !== null && !new Points(before).eq(after)),
  })
}
