import 'server-only'
import { notifyEach as tellEach } from '#lib/db/queries/notices'
import { tell } from '#lib/db/queries/outbox'
import type { TenantDb } from '#lib/db/tenant'
import type { NoticePayload } from './contract'
import type { NoticeKind } from './notices'

/**
 * Has people told of something, in the transaction of the change: the worker reads the rest, finds out whom it
 * concerns and in which words, and tells each of them once (lib/notifications/notices.ts). One statement.
 * @param runAt not before; at once when left out
 */
export async function notify(
  db: TenantDb,
  { kind, id, userId, at, runAt }: NoticePayload & Readonly<{ kind: NoticeKind; runAt?: Date }>,
): Promise<void> {
  const payload = { id, ...(userId === undefined ? {} : { userId }), ...(at === undefined ? {} : { at }) }
  await tell(db, { kind: `notice.${kind}`, payload, ...(runAt === undefined ? {} : { runAt }) })
}

/** The same of many people, each by themselves. One statement, none without anybody. @param input.runAt as `notify` */
export async function notifyEach(
  db: TenantDb,
  input: Readonly<{ kind: NoticeKind; id: string; userIds: readonly string[]; runAt?: Date }>,
): Promise<void> {
  if (input.userIds.length > 0) await tellEach(db, input)
}
