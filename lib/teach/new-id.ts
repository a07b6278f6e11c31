import 'server-only'
import { createHash } from 'node:crypto'

/**
 * The id of what a form makes, from the form's own key and whoever sent it: pressed twice, or sent again because the
 * answer was lost, it names the same thing. Nobody can name somebody else's by it.
 */
export function newId(tenantId: string, userId: string, key: string): string {
  const digest = createHash('sha256').update([tenantId, userId, key].join('/')).digest('hex')
  return `c${digest.slice(0, 31)}`
}
