import { zonesDiffer } from '#lib/classes/rules/zones'
import { formatter, translator } from '#lib/i18n/translate'

const MOMENT = {
  ...({ weekday: 'short', day: 'numeric', month: 'short' } as const),
  ...({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const),
} as const

export const zoneName = (timeZone: string): string => timeZone.replaceAll('_', ' ')

/** Day and time by a clock, with the short name of its zone: `Tue 3 Mar, 14:00 CET`. */
export function classTime(locale: string, timeZone: string, at: Date): string {
  const year = at.getUTCFullYear() === new Date().getUTCFullYear() ? {} : ({ year: 'numeric' } as const)
  return formatter(locale, timeZone).dateTime(at, { ...MOMENT, ...year, timeZoneName: 'short' })
}

/** The same by the reader's clock, in words; null where it shows the same as the course's. */
export function ownClassTime(locale: string, courseZone: string, ownZone: string, at: Date): string | null {
  if (!zonesDiffer(courseZone, ownZone, at)) return null
  return translator(locale, 'classes.zone')('own', {
    when: formatter(locale, ownZone).dateTime(at, MOMENT),
    zone: zoneName(ownZone),
  })
}
