import { fill } from '../teach/fill'

export const words = fill

/** The form of a text that a number takes. Only languages of the catalogue come here, and each has these two at least. */
export function counted(
  locale: string,
  forms: Readonly<{ one: string; other: string }>,
  count: number,
  values: Readonly<Record<string, string>> = {},
): string {
  const form = new Intl.PluralRules(locale).select(count) === 'one' ? forms.one : forms.other
  return fill(form, { count: String(count), ...values })
}

/** Points as they are shown: up to two places. */
export function shownPoints(locale: string, points: string): string {
  return new Intl.NumberFormat(locale, { maximumFractionDigits: 2 }).format(Number(points))
}
