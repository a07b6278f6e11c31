import type { ExamWords } from '#lib/i18n/exam-words'

/** A text with its gaps filled in: `{count}` by the count. */
export function fill(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole))
}

/** A text that has a form for one and one for many, with its `{count}`. */
export function counted(
  forms: Readonly<{ one: string; other: string }>,
  locale: string,
  count: number,
): string {
  const form = new Intl.PluralRules(locale).select(count) === 'one' ? forms.one : forms.other
  return fill(form, { count: new Intl.NumberFormat(locale, { maximumFractionDigits: 2 }).format(count) })
}

/** Milliseconds as a clock: `12:05`, `1:02:05`; never below zero. */
export function clockText(left: number): string {
  const seconds = Math.max(0, Math.ceil(left / 1000))
  const two = (value: number): string => String(value).padStart(2, '0')
  const rest = `${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`
  return seconds < 3600 ? rest : `${Math.floor(seconds / 3600)}:${rest}`
}

/** Milliseconds in words, to the minute: `1 hour 5 minutes`. */
export function timeInWords(words: ExamWords, locale: string, left: number): string {
  const minutes = Math.round(left / 60_000)
  const hours = Math.floor(minutes / 60)
  const parts = [
    ...(hours > 0 ? [counted(words.hours, locale, hours)] : []),
    ...(minutes % 60 > 0 || hours === 0 ? [counted(words.minutes, locale, minutes % 60)] : []),
  ]
  return parts.join(' ')
}

/** A moment of today or another day, in the reader's zone. */
export function momentText(locale: string, timeZone: string, iso: string): string {
  return new Intl.DateTimeFormat(locale, {
    ...({ weekday: 'short', day: 'numeric', month: 'short', timeZone } as const),
    ...({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const),
  }).format(new Date(iso))
}
