import { formatter, translator } from '#lib/i18n/translate'

const MOMENT = {
  ...({ weekday: 'short', day: 'numeric', month: 'short' } as const),
  ...({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const),
} as const

/** A moment with its day, in the reader's zone: `Tue 3 Mar, 14:00`. Another year than `now`'s is named. */
export function momentIn(locale: string, timeZone: string, at: Date): string {
  const year = at.getUTCFullYear() === new Date().getUTCFullYear() ? {} : ({ year: 'numeric' } as const)
  return formatter(locale, timeZone).dateTime(at, { ...MOMENT, ...year })
}

const zoneName = (timeZone: string): string => timeZone.replaceAll('_', ' ')

/** The same with the zone beside it: a learner may well be in another one than the school. */
export function momentWithZone(locale: string, timeZone: string, at: Date): string {
  const when = momentIn(locale, timeZone, at)
  return translator(locale, 'examPage')('yourTime', { when, zone: zoneName(timeZone) })
}

/** From when to when, as far as there are bounds. */
export function windowText(
  locale: string,
  timeZone: string,
  { opensAt, closesAt }: Readonly<{ opensAt: Date | null; closesAt: Date | null }>,
): string {
  const t = translator(locale, 'examPage')
  if (opensAt !== null && closesAt !== null) {
    return t('yourTimeSpan', {
      from: momentIn(locale, timeZone, opensAt),
      to: momentIn(locale, timeZone, closesAt),
      zone: zoneName(timeZone),
    })
  }
  if (opensAt !== null) return t('windowFrom', { from: momentWithZone(locale, timeZone, opensAt) })
  if (closesAt !== null) return t('windowTo', { to: momentWithZone(locale, timeZone, closesAt) })
  return t('windowAny')
}

/** Decimal points as a reader writes them, with up to two places. */
export function pointsIn(locale: string, points: string): string {
  return formatter(locale, 'UTC').number(Number(points), { maximumFractionDigits: 2 })
}

/** How much of all points a score is, in whole percent. Rounded down: nobody is shown a pass mark they didn't reach. */
export function percentOf(score: string, maxScore: string): number | null {
  const max = Number(maxScore)
  return max === 0 ? null : Math.floor((100 * Number(score)) / max + 1e-9)
}
