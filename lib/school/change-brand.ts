import 'server-only'
import { getSchoolSettings, updateBrand } from '#lib/db/queries/school'
import type { TenantDb } from '#lib/db/tenant'
import { AppError } from '#lib/errors'
import { translator } from '#lib/i18n/translate'
import { LOCALES } from './contract'
import { changedOnly, isTimeZone } from './rules'

type Input = Readonly<{
  seen: Date
  name: string
  description: string | null
  /** `#RRGGBB`. */
  accentColor: string
  timeZone: string
  locale: string
  /** Of the person who asks. */
  readerLocale: string
}>

/** What is different afterwards, before and after; null: nothing. */
export type Changed = ReturnType<typeof changedOnly>

/**
 * Changes the school's name, description, colour, zone and way of writing dates, for everybody's next request.
 * @throws AppError 'conflict' when somebody else changed the school meanwhile, 'invalid_input' for an unknown zone or locale
 */
export async function changeBrand(db: TenantDb, input: Input): Promise<Changed> {
  const { seen, readerLocale, ...after } = input
  const stored = await getSchoolSettings(db)
  const t = translator(readerLocale, 'fields')
  // What the school has already may stay, also where this release would not offer it.
  if (after.timeZone !== stored.timeZone && !isTimeZone(after.timeZone))
    throw new AppError('invalid_input', 'Unknown time zone.', { fields: { timeZone: t('choice') } })
  if (after.locale !== stored.locale && !LOCALES.some((known) => known === after.locale))
    throw new AppError('invalid_input', 'Unknown locale.', { fields: { locale: t('choice') } })
  const changed = changedOnly({ ...stored, accentColor: stored.accentColor.toUpperCase() }, after)
  if (changed !== null) await updateBrand(db, { ...after, seen })
  return changed
}
