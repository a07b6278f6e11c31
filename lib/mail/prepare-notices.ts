import 'server-only'
import {
  findChoices,
  findNoticeLetter,
  findPersonLetter,
  gatherNotices,
  listGathered,
  type MailedNotice,
} from '#lib/db/queries/mail-data'
import type { TenantDb } from '#lib/db/tenant'
import type { NotificationType } from '#lib/notifications/contract'
import { settingsOf } from '#lib/notifications/rules/settings'
import { stopPath } from '#lib/notifications/stop-link'
import { noticeLetterPayload, noticesLetterPayload } from './contract'
import { type Prepared, senderOf } from './prepared'

/** Letters about what people are told. What was read in the product before they go out isn't in them. */

/** In one letter. Nobody reads more, and the page that it leads to has them all. */
const MOST = 50

/** The two addresses that stop letters about these: a page for people, and one for mail programs. */
function stops(tenantId: string, userId: string, types: readonly NotificationType[]) {
  const asked = stopPath(tenantId, { userId, types })
  return { page: `/unsubscribe?${asked}`, program: `/api/notifications/unsubscribe?${asked}` }
}

/** The letter of one notice, unless its reader has had enough of such letters since. */
export async function noticeLetter(db: TenantDb, payload: unknown): Promise<Prepared<'mail.notice'> | null> {
  const row = await findNoticeLetter(db, noticeLetterPayload.parse(payload).noticeId)
  if (row === null || settingsOf(row.choices ?? {}).types[row.type].mail === 'off') return null
  const { name, email: address, userId, type, title, message, link } = row
  const { page, program } = stops(db.tenantId, userId, [type])
  return {
    kind: 'mail.notice',
    to: { name, address },
    sender: senderOf(db, row),
    data: { name, notice: { title, message, link }, stop: page },
    stop: program,
  }
}

const typesOf = (notices: readonly MailedNotice[]): NotificationType[] => [
  ...new Set(notices.map(({ type }) => type)),
]

/** All that waited for a moment, in one letter; none when there is nothing unread left of it. */
export async function noticesLetter(
  db: TenantDb,
  payload: unknown,
  outboxId: string,
): Promise<Prepared<'mail.notices'> | null> {
  const { userId, at } = noticesLetterPayload.parse(payload)
  const row = await findPersonLetter(db, userId)
  if (row === null) return null
  await gatherNotices(db, { userId, until: new Date(at), letterId: outboxId })
  const gathered = await listGathered(db, { userId, letterId: outboxId, limit: MOST })
  const { types } = settingsOf((await findChoices(db, userId)) ?? {})
  const notices = gathered.filter(({ type }) => types[type].mail !== 'off')
  if (notices.length === 0) return null
  const { name, email: address } = row
  const { page, program } = stops(db.tenantId, userId, typesOf(notices))
  return {
    kind: 'mail.notices',
    to: { name, address },
    sender: senderOf(db, row),
    data: { name, notices, stop: page },
    stop: program,
  }
}
