import 'server-only'
import { settleCompletions } from '#lib/awards/settle-completions'
import type { TenantDb } from '#lib/db/tenant'
import { LETTERS } from '#lib/mail/prepare-letter'
import { NOTICE_HANDLERS } from '#lib/notifications/deliver'

/** A row of the outbox. */
export type News = Readonly<{ id: string; payload: unknown }>

/**
 * Reads what it needs and gives what is to be done outside of any unit of work; null when there is nothing to do any
 * more. What it gives may run twice, after the process died in between.
 */
export type Handler = (db: TenantDb, news: News) => Promise<(() => Promise<void>) | null>

/** All of it is rows of the school's own, so nothing is left to be done outside. */
const completed: Handler = async (db, { payload }) => {
  await settleCompletions(db, payload)
  return null
}

/** Who handles which kind of news. */
const HANDLERS: ReadonlyMap<string, Handler> = new Map(
  Object.entries({ ...LETTERS, ...NOTICE_HANDLERS, 'learning.completed': completed }),
)

export function handlerOf(kind: string): Handler | null {
  return HANDLERS.get(kind) ?? null
}
