import type { LessonLock, SchoolBrand } from '#lib/catalog/contract'
import { formatter, translator } from '#lib/i18n/translate'

/** The day and the hour that a lesson opens, with the zone, in which the reader may not be. */
function moment(brand: SchoolBrand, at: Date): string {
  return formatter(brand.locale, brand.timeZone).dateTime(at, {
    ...{ weekday: 'short', day: 'numeric', month: 'long', year: 'numeric' },
    ...{ hour: 'numeric', minute: '2-digit', timeZoneName: 'short' },
  })
}

type Words = Readonly<{ at: string; after: string }>

function pick(
  brand: SchoolBrand,
  lock: LessonLock,
  say: (key: 'At' | 'After' | 'Both', words: Words) => string,
) {
  const { at, after } = lock
  if (at !== null && after !== null) return say('Both', { at: moment(brand, at), after })
  if (at !== null) return say('At', { at: moment(brand, at), after: '' })
  return say('After', { at: '', after: after ?? '' })
}

/** Why a lesson is closed, in the few words that a list has room for. */
export function lockInShort(brand: SchoolBrand, lock: LessonLock): string {
  const t = translator(brand.locale, 'learn.lesson')
  if (lock.at === null && lock.after === null) return t('locked')
  return pick(brand, lock, (key, { at: date, after: title }) => {
    if (key === 'At') return t('lockAt', { date })
    return key === 'After' ? t('lockAfter', { title }) : t('lockBoth', { date, title })
  })
}

/** The same as a sentence. */
export function lockInWords(brand: SchoolBrand, lock: LessonLock): string {
  const t = translator(brand.locale, 'learn.lesson')
  if (lock.at === null && lock.after === null) return t('locked')
  return pick(brand, lock, (key, { at: date, after: title }) => {
    if (key === 'At') return t('lockedAt', { date })
    return key === 'After' ? t('lockedAfter', { title }) : t('lockedBoth', { date, title })
  })
}
