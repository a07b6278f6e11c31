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

/** A job that no later try could finish. Its row stays undelivered. */
export class GivenUp extends Error {
  override name = 'GivenUp'
}

export type Outcome = Readonly<{ kind: string | null; result: 'done' | 'moot' | 'done before' | 'gone' }>

/** Which faults come back the same however often they are tried. */
function givenUp(error: unknown): unknown {
  if (error instanceof LetterRefused) return new GivenUp(error.message)
  if (error instanceof z.ZodError) return new GivenUp('The outbox row’s payload has another shape.')
  return error
}

/**
 * Tells the world what one row of the outbox says, inside that row's tenant and in two units of work: one reads, one
 * notes that it was told. Between them is the network, so a process that dies there tells it again.
 * @throws GivenUp when no later try could help; Error to be tried again
 */
export async function runOutbox(job: z.infer<typeof outboxJob>): Promise<Outcome> {
  const { tenantId, outboxId } = job
  try {
    const found = await withRealm(tenantId, async (db) => {
      const row = await findOutboxRow(db, outboxId)
      if (row === null || row.delivered) return { row, act: null }
      const handler = handlerOf(row.kind)
      if (handler === null) throw new GivenUp(`Nobody handles news of the kind "${row.kind}".`)
      return { row, act: await handler(db, row) }
    })
    if (found.row === null) return { kind: null, result: 'gone' }
    const { kind, delivered } = found.row
    if (delivered) return { kind, result: 'done before' }
    await found.act?.()
    await withRealm(tenantId, (db) => markDelivered(db, outboxId))
    return { kind, result: found.act === null ? 'moot' : 'done' }
  } catch (error) {
    throw givenUp(error)
  }
}
