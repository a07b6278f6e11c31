import 'server-only'
import { countLetters, recentLetters } from '#lib/db/queries/invitations'
import { holdPlaces } from '#lib/db/queries/places'
import { planOf } from '#lib/db/queries/school'
import type { TenantDb } from '#lib/db/tenant'
import { AppError } from '#lib/errors'
import { translator } from '#lib/i18n/translate'
import { lettersADay } from '#lib/plans/rules'
import { RESEND_MINUTES } from './contract'
import type { Inviting } from './inviting'

/** Strangers get these letters in the school's name, so there is an end to how many: to one address, and in one day. */

/**
 * Makes sure that an address was not written to just now. Call it in the line of `holdPlaces`, or two at the same
 * moment both find that it wasn't.
 * @throws AppError 'rate_limited' saying when it can be
 */
export async function assertNotJustWritten(
  db: TenantDb,
  by: Inviting,
  at: Readonly<{ email: string; field: 'email' | 'form' }>,
): Promise<void> {
  const [last] = await recentLetters(db, { emails: [at.email], minutes: RESEND_MINUTES })
  if (last === undefined) return
  const count = Math.ceil(last.wait / 60)
  const text = translator(by.locale, 'people')('resendWait', { count, minutes: RESEND_MINUTES })
  throw new AppError('rate_limited', 'The last letter is too new.', { fields: { [at.field]: text } })
}

/**
 * Takes letters out of what the school may send in 24 hours. Whoever sends some stands in line, so that many at once
 * don't send more than that. Call it before they are told.
 * @throws AppError 'rate_limited' saying what to do
 */
export async function takeLetters(db: TenantDb, by: Inviting, wanted: number): Promise<void> {
  await holdPlaces(db)
  const most = lettersADay(await planOf(db))
  const left = Math.max(0, most - (await countLetters(db)))
  if (wanted <= left) return
  const form = translator(by.locale, 'people')('lettersOver', { most, left })
  throw new AppError('rate_limited', `The school may send ${String(left)} more letters.`, {
    fields: { form },
  })
}
