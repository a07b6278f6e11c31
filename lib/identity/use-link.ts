import 'server-only'
import { readLinkToken } from '#lib/adapters/keys/keys'
import { confirmAddress, findCredentialsById } from '#lib/db/queries/credentials'
import { findToken, spendToken, type TokenRow } from '#lib/db/queries/tokens'
import { AppError } from '#lib/errors'
import type { TenantDb } from '#lib/db/tenant'
import { enter, type Entered } from './open-session'
import type { Client, Unit } from './unit'

/** What a link in a letter does, by the word that its token was made with. */
export const PURPOSES = {
  'verify-email': 'VERIFY_EMAIL',
  'reset-password': 'RESET_PASSWORD',
  'magic-link': 'MAGIC_LINK',
  'change-email': 'CHANGE_EMAIL',
} as const

export type LinkPurpose = keyof typeof PURPOSES

/** The token behind a link that still works; null for one that is forged, used, too old or another school's. */
export async function peekLink(
  db: TenantDb,
  input: Readonly<{ purpose: LinkPurpose; token: string }>,
): Promise<TokenRow | null> {
  const id = readLinkToken(input.purpose, db.tenantId, input.token)
  return id === null ? null : findToken(db, { id, purpose: PURPOSES[input.purpose] })
}

/** Uses a link up. @throws AppError 'not_found' when it doesn't work any more */
export async function spendLink(
  db: TenantDb,
  input: Readonly<{ purpose: LinkPurpose; token: string }>,
): Promise<TokenRow> {
  const id = readLinkToken(input.purpose, db.tenantId, input.token)
  const row = id === null ? null : await spendToken(db, { id, purpose: PURPOSES[input.purpose] })
  if (row === null) throw new AppError('not_found', 'The link doesn’t work any more.')
  return row
}

function nextOf(data: unknown): string | null {
  if (typeof data !== 'object' || data === null || !('next' in data)) return null
  return typeof data.next === 'string' ? data.next : null
}

/**
 * Signs in by a link from a letter (a magic link, or the one that confirms an address): following it shows that the
 * address is the person's. It doesn't skip the second factor.
 * @returns also the path that the link was asked for with; still to be checked by `ownPath`
 * @throws AppError 'not_found' when it doesn't work any more
 */
export async function signInByLink(
  unit: Unit,
  input: Readonly<{ purpose: 'verify-email' | 'magic-link'; token: string; client: Client }>,
): Promise<Entered & Readonly<{ next: string | null }>> {
  return unit(async (db) => {
    const { userId, email, userEmail, data } = await spendLink(db, input)
    // A link to an address that the person has left since then proves nothing about the one they have now.
    if (email !== userEmail || !(await confirmAddress(db, { userId, email })))
      throw new AppError('not_found', 'The address has changed since.')
    const found = await findCredentialsById(db, userId)
    const method = input.purpose === 'magic-link' ? 'magic-link' : 'sign-up'
    const secondFactor = found?.secondFactor ?? false
    const entered = await enter(db, { userId, method, client: input.client, secondFactor })
    return { ...entered, next: nextOf(data) }
  })
}
