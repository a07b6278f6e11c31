/** The languages that ship with a complete catalogue. */
const LOCALES = ['en'] as const

export type AppLocale = (typeof LOCALES)[number]

const FALLBACK: AppLocale = 'en'

/** The shipped language nearest to a BCP 47 tag (`en-GB` → `en`); an unknown or malformed tag gives English. */
export function shippedLocale(tag: string): AppLocale {
  const language = tag.toLowerCase().split(/[-_]/)[0]
  return LOCALES.find((locale) => locale === language) ?? FALLBACK
}

/**
 * The tag that dates and numbers follow: the school's own where its language ships (`en-GB` writes days before months),
 * else the language that the page is in.
 */
export function formattingLocale(tag: string): string {
  const shipped = shippedLocale(tag)
  if (tag.toLowerCase().split(/[-_]/)[0] !== shipped) return shipped
  try {
    return Intl.getCanonicalLocales(tag)[0] ?? shipped
  } catch {
    return shipped
  }
}

/** Scripts written from right to left, by the language subtag they belong to. */
const RIGHT_TO_LEFT = new Set(['ar', 'dv', 'fa', 'he', 'ks', 'ku', 'ps', 'sd', 'ug', 'ur', 'yi'])

/**
 * The value of `<html dir>` for the language that the page is really in, so for a tag that falls back
 * to English the direction is English's too.
 */
export function direction(tag: string): 'ltr' | 'rtl' {
  return RIGHT_TO_LEFT.has(shippedLocale(tag)) ? 'rtl' : 'ltr'
}
