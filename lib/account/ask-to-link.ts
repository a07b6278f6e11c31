import 'server-only'
import { linkToken } from '#lib/adapters/keys/keys'
import type { Account } from './account'
import { reauthenticate } from './reauthenticate'

/**
 * Lets a person link an account elsewhere, which from then on opens theirs: so they show first that it is them.
 * @returns what the browser keeps until it comes back from the provider; worth something for this session only
 * @throws AppError as `reauthenticate`
 */
export async function askToLink(
  account: Account,
  input: Readonly<{ tenantId: string; current: string }>,
): Promise<string> {
  await reauthenticate(account, input.current)
  return linkToken('link-intent', input.tenantId, account.person.sessionId)
}
