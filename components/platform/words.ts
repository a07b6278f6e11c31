import type { FormMessages } from '#components/ui/action-form'
import type { Tone } from '#components/ui/status-badge'
import { formatter, translator } from '#lib/i18n/translate'
import type { SchoolStatus, UsageKind, UsageLine } from '#lib/schools/rules'

/** Who reads: their language, and the zone that moments are told in (IANA). */
export type Reader = Readonly<{ locale: string; timeZone: string }>

const MIB = 1024 ** 2

/** `1.5 GB` of a number of bytes: gigabytes from one on, megabytes below. */
function sizeInWords({ locale, timeZone }: Reader, bytes: number): string {
  const large = bytes >= 1024 * MIB
  return formatter(locale, timeZone).number(bytes / (large ? 1024 * MIB : MIB), {
    ...{ style: 'unit', unit: large ? 'gigabyte' : 'megabyte', unitDisplay: 'short' },
    maximumFractionDigits: 1,
  })
}

/** What is used of one thing: a number, or a size. */
export function amountInWords(reader: Reader, kind: UsageKind, amount: number): string {
  return kind === 'storageBytes'
    ? sizeInWords(reader, amount)
    : formatter(reader.locale, reader.timeZone).number(amount)
}

/** `84 of 100`, or the number alone where the plan sets no limit. */
export function usageInWords(reader: Reader, { kind, used, limit }: UsageLine): string {
  const t = translator(reader.locale, 'platform')
  const amount = amountInWords(reader, kind, used)
  if (limit === null) return t('unlimited', { used: amount })
  return t('used', { used: amount, limit: amountInWords(reader, kind, limit) })
}

/** The word for a line that comes near its limit, or has come to it; null while there is room. */
export function strainOf({ state, over }: UsageLine): 'near' | 'reached' | 'over' | null {
  if (over) return 'over'
  return state === 'ok' ? null : state
}

export const STATUS_TONES = {
  ACTIVE: 'good',
  SUSPENDED: 'warn',
  INACTIVE: 'neutral',
} as const satisfies Record<SchoolStatus, Tone>

/** `3 Mar 2027`. */
export function dayInWords({ locale, timeZone }: Reader, at: Date): string {
  return formatter(locale, timeZone).dateTime(at, { day: 'numeric', month: 'short', year: 'numeric' })
}

/** Day and time with the zone that they are told in. */
export function momentInWords({ locale, timeZone }: Reader, at: Date): string {
  return formatter(locale, timeZone).dateTime(at, {
    ...{ day: 'numeric', month: 'short', year: 'numeric' },
    ...{ hour: '2-digit', minute: '2-digit', timeZoneName: 'short' },
  })
}

/** What every form of the console says when it is refused. */
export function consoleWords(locale: string): FormMessages {
  const t = translator(locale, 'platform')
  return { summaryTitle: t('summary'), unreachable: t('unreachable'), reference: t('reference') }
}

/** An address with what of `values` isn't empty behind it. */
export function withQuery(path: string, values: Readonly<Record<string, string | null | undefined>>): string {
  const given = Object.entries(values).flatMap(([key, value]) => (value ? [[key, value]] : []))
  const query = new URLSearchParams(given).toString()
  return query === '' ? path : `${path}?${query}`
}
