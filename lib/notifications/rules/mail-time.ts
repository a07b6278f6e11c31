import { instantOf, localOf } from '#lib/exams/rules/zoned'
import type { NoticeSettings, MailChoice, QuietHours } from '../contract/settings'

/**
 * When a letter goes out.
 *
 * - What is wanted at once goes at once, unless it is quiet: then it waits for the end of the quiet hours, and all that
 *   waited for the same end comes in one letter.
 * - What is wanted once a day comes with everything else of the day, at the hour that was chosen, quiet or not.
 * - Hours are those of the clock on the person's own wall. Of an hour that the clock skips or shows twice, quiet lasts
 *   until the later instant that could be meant, and a digest goes at the earlier one.
 * - What would come after it is of any use doesn't come at all.
 */
export type MailTime = 'never' | 'now' | Date

/**
 * Milliseconds that a gathering letter must lie ahead. Whoever adds to it commits well before it is made, because a
 * unit of work that takes longer is ended (lib/db/unit.ts): nothing is left behind.
 */
export const LEAD = 120_000

const DAY = 86_400_000

const two = (value: number): string => String(value).padStart(2, '0')
const clock = (minutes: number): string => `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`

/** The calendar's day some days after that of a wall-clock time. */
function dayAfter(local: string, days: number): string {
  return new Date(Date.parse(`${local.slice(0, 10)}T00:00Z`) + days * DAY).toISOString().slice(0, 10)
}

function at(day: string, minutes: number, timeZone: string, edge: 'opening' | 'closing'): Date {
  const found = instantOf(`${day}T${clock(minutes)}`, timeZone, edge)
  if (found === null) throw new RangeError('Beyond the calendar.')
  return found.at
}

/** When the quiet hours end that `now` lies in; null: it lies in none. */
export function quietEnd(now: Date, quiet: QuietHours | null, timeZone: string): Date | null {
  if (quiet === null || quiet.from === quiet.until) return null
  const local = localOf(now, timeZone)
  const minute = Number(local.slice(11, 13)) * 60 + Number(local.slice(14, 16))
  const overnight = quiet.from > quiet.until
  const late = minute >= quiet.from
  const early = minute < quiet.until
  if (overnight ? !late && !early : !late || !early) return null
  const end = at(dayAfter(local, overnight && late ? 1 : 0), quiet.until, timeZone, 'closing')
  return end > now ? end : null
}

/** The next time that a clock shows the full hour, far enough ahead. */
function nextDigest(now: Date, hour: number, timeZone: string): Date {
  const local = localOf(now, timeZone)
  const ahead = [0, 1, 2].map((days) => at(dayAfter(local, days), hour * 60, timeZone, 'opening'))
  return ahead.find((instant) => instant.getTime() > now.getTime() + LEAD) ?? new Date(now.getTime() + DAY)
}

/** Whether and when a letter goes out. @param until after this instant it would be of no use */
export function mailTime(
  input: Readonly<{
    choice: MailChoice
    now: Date
    settings: Pick<NoticeSettings, 'quiet' | 'digestHour'>
    timeZone: string
    until: Date | null
  }>,
): MailTime {
  const { choice, now, settings, timeZone, until } = input
  if (choice === 'off' || (until !== null && now > until)) return 'never'
  const end = choice === 'once' ? quietEnd(now, settings.quiet, timeZone) : null
  if (choice === 'once' && end === null) return 'now'
  const found = end ?? nextDigest(now, settings.digestHour, timeZone)
  const then = found.getTime() < now.getTime() + LEAD ? new Date(found.getTime() + LEAD) : found
  return until !== null && then > until ? 'never' : then
}
