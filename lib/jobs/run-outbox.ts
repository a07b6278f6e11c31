import 'server-only'
import { z } from 'zod'
import { findOutboxRow, markDelivered } from '#lib/db/queries/outbox'
import { withRealm } from '#lib/db/tenant'
import { LetterRefused } from '#lib/mail/prepare-letter'
import { handlerOf } from './handlers'

/** What stands on the queue: whose row of the outbox it is, and nothing else. */
export const outboxJob = z.strictObject({
  tenantId: z.string().regex(/^[a-z0-9]{1,40}$/),
  outboxId: z.string().regex(/^[a-z0-9]{1,40}$/),
})

export type OutboxJob = z.infer<typeof outboxJob>

/** A job that no later try could finish. Its row stays undelivered. */
export class GivenUp extends Error {
  override name = 'GivenUp'
}

/**
 * `held`: the school is not open, so nothing of it goes out; to be looked at again. `lapsed`: it hasn't been for longer
 * than anybody would want to hear of it. Either way the row stays undelivered.
 */
export type Outcome = Readonly<{
  kind: string | null
  result: 'done' | 'moot' | 'done before' | 'gone' | 'held' | 'lapsed'
}>

/** For so long news of a school that isn't open wait for it to be opened again. */
const HELD_DAYS = 7

function lapsed(createdAt: Date): boolean {
  return createdAt.getTime() < Date.now() - HELD_DAYS * 24 * 3_600_000
}

/** Which faults come back the same however often they are tried. */
function givenUp(error: unknown): unknown {
  if (error instanceof LetterRefused) return new GivenUp(error.message)
  if (error instanceof z.ZodError) return new GivenUp('The outbox row’s payload has another shape.')
  return error
}

/**
 * Tells the world what one row of the outbox says, inside that row's tenant and in two units of work: one reads, one
 * notes that it was told. Between them is the network, so a process that dies there tells it again. A school that is
 * suspended or closed tells nobody anything.
 * @throws GivenUp when no later try could help; Error to be tried again
 */
export async function runOutbox(job: OutboxJob): Promise<Outcome> {
  const { tenantId, outboxId } = job
  try {
    const found = await withRealm(tenantId, async (db) => {
      const row = await findOutboxRow(db, outboxId)
      if (row === null || row.delivered || row.closed) return { row, act: null }
      const handler = handlerOf(row.kind)
      if (handler === null) throw new GivenUp(`Nobody handles news of the kind "${row.kind}".`)
      return { row, act: await handler(db, row) }
    })
    if (found.row === null) return { kind: null, result: 'gone' }
    const { kind, delivered, closed, createdAt } = found.row
    if (delivered) return { kind, result: 'done before' }
    if (closed) return { kind, result: lapsed(createdAt) ? 'lapsed' : 'held' }
    await found.act?.()
    await withRealm(tenantId, (db) => markDelivered(db, outboxId))
    return { kind, result: found.act === null ? 'moot' : 'done' }
  } catch (error) {
    throw givenUp(error)
  }
}
