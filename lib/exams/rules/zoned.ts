/**
 * Wall-clock time in a zone and the instant that it is: `YYYY-MM-DDTHH:mm`, as a form's field has it.
 *
 * Twice a year that is not one to one. In spring some times don't exist, in autumn some are there twice. Decided in
 * favour of whoever sits the exam: an opening is the earlier of the two instants that could be meant, a closing the
 * later. Of a time that doesn't exist the two are those that the clock before and after the change would give: where it
 * jumps from 2:00 to 3:00, half past two is half past one by the old clock, or half past three by the new one.
 */

const LOCAL = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})(?::(\d{2}))?$/
const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE

// Making a formatter costs more than a thousand uses of it.
const formatters = new Map<string, Intl.DateTimeFormat>()

function formatterOf(timeZone: string): Intl.DateTimeFormat {
  const known = formatters.get(timeZone)
  if (known !== undefined) return known
  const date = { era: 'short', year: 'numeric', month: 'numeric', day: 'numeric' } as const
  const time = { hour: 'numeric', minute: 'numeric', second: 'numeric', hourCycle: 'h23' } as const
  const made = new Intl.DateTimeFormat('en-US', { timeZone, ...date, ...time })
  formatters.set(timeZone, made)
  return made
}

/** What the clock of a zone shows at an instant, as if it were UTC: milliseconds. */
function shown(instant: number, timeZone: string): number {
  const parts = new Map(
    formatterOf(timeZone)
      .formatToParts(instant)
      .map(({ type, value }) => [type, value]),
  )
  const part = (type: Intl.DateTimeFormatPartTypes): number => Number(parts.get(type))
  return Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'))
}

function parsed(local: string): number | null {
  const match = LOCAL.exec(local)
  if (match === null) return null
  // Without seconds the last group is undefined.
  const part = (at: number): number => Number(match[at] ?? 0)
  const [year, month, day, hour, minute, second] = [part(1), part(2), part(3), part(4), part(5), part(6)]
  const time = Date.UTC(year, month - 1, day, hour, minute, second)
  const written = new Date(time).toISOString()
  return year >= 1900 && written.startsWith(local.length === 16 ? local : local.slice(0, 19)) ? time : null
}

/** An instant, and whether the wall-clock time behind it is there once, not at all or twice that day. */
export type Zoned = Readonly<{ at: Date; happens: 'once' | 'never' | 'twice' }>

/**
 * The instant of a wall-clock time in a zone (IANA name); null when the text is no date of the calendar from 1900 on.
 * Throws RangeError for an unknown zone.
 */
export function instantOf(local: string, timeZone: string, edge: 'opening' | 'closing'): Zoned | null {
  const time = parsed(local)
  if (time === null) return null
  // Zones change their clock by less than a day, and not twice within two.
  const offsets = [time - DAY, time + DAY].map((instant) => shown(instant, timeZone) - instant)
  const candidates = [...new Set(offsets)].map((offset) => time - offset)
  const real = candidates.filter((instant) => shown(instant, timeZone) === time)
  const pick = edge === 'opening' ? Math.min : Math.max
  if (real.length === 1) return { at: new Date(pick(...real)), happens: 'once' }
  const of = real.length === 0 ? candidates : real
  return { at: new Date(pick(...of)), happens: real.length === 0 ? 'never' : 'twice' }
}

/** What the clock of a zone shows at an instant: `YYYY-MM-DDTHH:mm`. */
export function localOf(instant: Date, timeZone: string): string {
  return new Date(shown(instant.getTime(), timeZone)).toISOString().slice(0, 16)
}
