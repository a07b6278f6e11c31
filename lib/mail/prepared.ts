import 'server-only'
import { rootOrigin, schoolOrigin } from '#lib/adapters/mail/origins'
import type { SenderRow } from '#lib/db/queries/mail-data'
import type { TenantDb } from '#lib/db/tenant'
import type { LetterData, LetterKind } from './compose'
import type { Sender } from './render'

/** The platform's own Tenant row; its host is the root host. */
const PLATFORM = 'platform'

type Addressee = Readonly<{ name: string; address: string }>

/** All that a letter is made of. */
export type Prepared<Kind extends LetterKind> = Readonly<{
  kind: Kind
  to: Addressee
  /** Where an answer goes; the sender's own address where it is left out. */
  replyTo?: Addressee
  sender: Sender
  data: LetterData[Kind]
  /** Path that a mail program asks, without anybody signed in, to stop such letters (RFC 8058). */
  stop?: string
}>

export function senderOf(db: TenantDb, row: SenderRow): Sender {
  const { senderName: name, accentColor, locale, timeZone, subdomain } = row
  const origin = db.tenantId === PLATFORM ? rootOrigin() : schoolOrigin(subdomain)
  return { name, accentColor, locale, timeZone, origin }
}
