/** The languages that ship with a complete catalogue. */
const LOCALES = ['en'] as const

export type AppLocale = (typeof LOCALES)[number]

const FALLBACK: AppLocale = 'en'

/** The shipped language nearest to a BCP 47 tag (`en-GB` → `en`); an unknown or malformed tag gives English. */
export function shippedLocale(tag: string): AppLocale {
  const language = tag.toLowerCase().split(/[-_]/)[0]
  return LOCALES.find((locale) => locale === language) ?? FALLBACK
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
