import type { AccommodatedPerson, AccommodationsView, Extra } from '#lib/exams/contract/authoring'
import { exactDurationInWords } from '#lib/i18n/duration'
import { formatter, translator } from '#lib/i18n/translate'

const wall = (locale: string, local: string): string =>
  formatter(locale, 'UTC').dateTime(new Date(`${local}Z`), { dateStyle: 'medium', timeStyle: 'short' })

/** What one row gives. */
export function extraWords(locale: string, extra: Extra): string {
  const t = translator(locale, 'examAuthor.accommodations.extra')
  const { scope, extraTimePercent, extraAttempts, startsAt, endsAt } = extra
  const what = [
    extraTimePercent === 0 ? null : t('time', { percent: extraTimePercent }),
    extraAttempts === 0 ? null : t('attempts', { count: extraAttempts }),
    startsAt === null ? null : t('from', { start: wall(locale, startsAt) }),
    endsAt === null ? null : t('until', { end: wall(locale, endsAt) }),
  ].filter((part) => part !== null)
  return t(scope, { what: what.join(', ') })
}

/** What everything a person has comes to in this exam. */
export function effectWords(locale: string, view: AccommodationsView, person: AccommodatedPerson): string[] {
  const t = translator(locale, 'examAuthor.accommodations.effect')
  const write = formatter(locale, view.timeZone)
  const at = (moment: Date): string =>
    write.dateTime(moment, {
      day: 'numeric',
      month: 'short',
      hour: '2-digit',
      minute: '2-digit',
      timeZoneName: 'short',
    })
  const { seconds, extraPercent, attempts, opensAt, closesAt, endsBy } = person.effect
  const { duration, attempts: plain, startDate, endDate } = view.exam
  const [time, plainTime] = [
    exactDurationInWords(locale, seconds),
    exactDurationInWords(locale, duration * 60),
  ]
  const attemptsLine =
    attempts === null
      ? t('anyAttempts')
      : attempts === plain
        ? t('sameAttempts', { count: attempts })
        : t('attempts', { count: attempts, plain: plain ?? 0 })
  const shifted = closesAt !== null && (closesAt.getTime() !== endDate?.getTime() || extraPercent > 0)
  return [
    extraPercent === 0 ? t('sameTime', { time }) : t('time', { time, plain: plainTime }),
    attemptsLine,
    ...(opensAt !== null && opensAt.getTime() !== startDate?.getTime()
      ? [t('from', { start: at(opensAt) })]
      : []),
    ...(shifted ? [t('until', { end: at(closesAt), last: at(endsBy ?? closesAt) })] : []),
  ]
}
