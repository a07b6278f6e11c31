import 'server-only'
import { learningDay } from '#lib/awards/rules/streak'
import {
  type BreakRow,
  deleteBreak,
  insertBreak,
  listBreaks,
  lockBreak,
  writeLastDay,
} from '#lib/db/queries/breaks'
import type { TenantDb } from '#lib/db/tenant'
import { AppError } from '#lib/errors'
import { translator } from '#lib/i18n/translate'
import { breakFault, BREAKS, endOf } from './rules'

type Place = Readonly<{
  now: Date
  /** IANA, of the school: its today decides. */
  timeZone: string
  /** BCP 47, of whoever is told what is wrong. */
  locale: string
}>

/**
 * Adds days on which nobody of the school misses a day.
 * @returns the break; null when the same days were there already
 * @throws AppError 'invalid_input' for days that can't be a break, or one too many
 */
export async function addBreak(
  db: TenantDb,
  input: Place & Readonly<{ name: string; first: string; last: string }>,
): Promise<BreakRow | null> {
  const { name, first, last, now, timeZone, locale } = input
  const t = translator(locale, 'breaks.refused')
  const fault = breakFault({ first, last }, learningDay(now, timeZone))
  if (fault !== null) {
    const fields = { [fault.field]: t(fault.kind, { most: BREAKS.longest, past: BREAKS.past }) }
    throw new AppError('invalid_input', `A break was refused: ${fault.kind}.`, { fields })
  }
  const added = await insertBreak(db, { name, first, last, most: BREAKS.most })
  if (added !== null) return added
  const there = await listBreaks(db, BREAKS.most)
  if (there.some((one) => one.first === first && one.last === last)) return null
  throw new AppError('invalid_input', 'Too many breaks.', {
    fields: { name: t('many', { most: BREAKS.most }) },
  })
}

/**
 * Takes back what is left of a break: one that hasn't begun goes, one that has ends today. Days that were free stay so.
 * @returns what it was, and its last day now; null when it is gone
 * @throws AppError 'not_found'; 'conflict' when it is over
 */
export async function endBreak(
  db: TenantDb,
  input: Place & Readonly<{ breakId: string }>,
): Promise<{ before: BreakRow; last: string | null }> {
  const before = await lockBreak(db, input.breakId)
  const end = endOf(before, learningDay(input.now, input.timeZone))
  if (end === 'over') throw new AppError('conflict', 'The break is over.')
  if (end === 'gone') await deleteBreak(db, before.id)
  else await writeLastDay(db, { breakId: before.id, last: end.last })
  return { before, last: end === 'gone' ? null : end.last }
}
