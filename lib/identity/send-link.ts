import 'server-only'
import { findCredentials } from '#lib/db/queries/credentials'
import { tell } from '#lib/db/queries/outbox'
import { issueToken } from '#lib/db/queries/tokens'
import { LINK_MINUTES } from './contract'
import { LETTER_FLOOR, steadily } from './steady'
import { mayWrite } from './tries'
import type { Client, Unit } from './unit'

type Input = Readonly<{
  email: string
  client: Client
  /** Where a magic link leads in the end: a path of this host, which its reader checks again. */
  next?: string
}>

const LETTERS = {
  RESET_PASSWORD: { kind: 'mail.reset-password', minutes: LINK_MINUTES.reset },
  MAGIC_LINK: { kind: 'mail.magic-link', minutes: LINK_MINUTES.magic },
} as const

/**
 * Sends a link to whoever has the address, if somebody has. The answer is the same for everybody: whether somebody
 * has it, whether too many were sent, whether they may sign in at all. It also takes the same time.
 */
export async function sendLink(unit: Unit, purpose: keyof typeof LETTERS, input: Input): Promise<void> {
  const { email, client, next } = input
  const { kind, minutes } = LETTERS[purpose]
  await steadily(LETTER_FLOOR, () =>
    unit(async (db) => {
      const allowed = await mayWrite(db, { letter: purpose, account: email, ip: client.ip })
      const found = await findCredentials(db, email)
      if (!allowed || found === null || found.disabled) return
      const data = next === undefined ? {} : { data: { next } }
      const tokenId = await issueToken(db, { userId: found.id, purpose, email, minutes, ...data })
      await tell(db, { kind, payload: { tokenId } })
    }),
  )
}
