import 'server-only'
import { readLetters } from '#lib/adapters/mail/read-letters'
import type { LetterView } from './contract'
import { letterParts } from './rules'

/** Letters on the demo's outbox page. */
const SHOWN = 50

/**
 * The newest letters that the demo's mailer wrote down for a tenant, and for no other, newest first.
 * @param site address of the root host: what its letters may link to
 */
export async function listLetters(tenantId: string, site: string): Promise<LetterView[]> {
  const letters = await readLetters(tenantId, SHOWN)
  return letters.map(({ messageId, from, to, subject, text, sentAt }) => ({
    id: messageId,
    ...{ from, to, subject },
    sentAt: new Date(sentAt),
    parts: letterParts(text, site),
  }))
}
