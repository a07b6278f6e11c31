import { dayIn, plusDays, weekStart } from '#lib/classes/rules/wall'
import type { CalendarDay, CalendarEntry, CalendarKind, Piece } from '../contract'

/** How a time is cut into days, by the clock of whoever looks. */

/** Days of an agenda. */
const AGENDA_DAYS = 28

export type Span = Readonly<{
  /** First day, and the day after the last. */
  from: string
  until: string
}>

const firstOfMonth = (day: string): string => `${day.slice(0, 7)}-01`

function otherMonth(day: string, months: number): string {
  const [year = 1970, month = 1] = day.split('-').map(Number)
  return new Date(Date.UTC(year, month - 1 + months, 1)).toISOString().slice(0, 10)
}

/** The whole weeks that a month lies in, those that an agenda has, or one week. */
export function spanOf(view: CalendarKind, on: string): Span {
  switch (view) {
    case 'month': {
      const next = otherMonth(on, 1)
      return {
        from: weekStart(firstOfMonth(on)),
        until: weekStart(next) === next ? next : plusDays(weekStart(next), 7),
      }
    }
    case 'week':
      return { from: weekStart(on), until: plusDays(weekStart(on), 7) }
    case 'agenda':
      return { from: on, until: plusDays(on, AGENDA_DAYS) }
  }
}

/** Where one step leads. */
export function stepsOf(view: CalendarKind, on: string): Readonly<{ previous: string; next: string }> {
  if (view === 'month') return { previous: otherMonth(on, -1), next: otherMonth(on, 1) }
  const days = view === 'week' ? 7 : AGENDA_DAYS
  return { previous: plusDays(on, -days), next: plusDays(on, days) }
}

/** Where an entry leads whoever looks at it. A lesson that isn't open yet leads to its course. */
export function hrefOf(entry: CalendarEntry, now: Date): string {
  const { kind, id, courseId, teaching, from } = entry
  if (kind === 'class') return `/classes/${id}`
  const taught = `/teach/courses/${courseId}`
  if (kind === 'assignment') return teaching ? `${taught}/assignments/${id}` : `/assignments/${id}`
  if (kind === 'exam') return teaching ? `${taught}/exams/${id}` : `/exams/${id}`
  if (teaching) return `${taught}/lessons/${id}`
  return from !== null && from <= now ? `/learn/${courseId}/${id}` : `/courses/${courseId}`
}

/** The days of a span that an entry falls on. What ends at midnight doesn't reach into the day that begins then. */
function partsOf(
  entry: CalendarEntry,
  timeZone: string,
  span: Span,
): Readonly<{ day: string; part: Piece['part'] }>[] {
  const start = entry.from ?? entry.to
  if (start === null) return []
  const end = entry.to === null ? start : new Date(Math.max(start.getTime(), entry.to.getTime() - 1))
  const first = dayIn(start, timeZone)
  const last = entry.from === null ? first : dayIn(end, timeZone)
  const parts: { day: string; part: Piece['part'] }[] = []
  for (
    let day = first < span.from ? span.from : first;
    day <= last && day < span.until;
    day = plusDays(day, 1)
  ) {
    const part = first === last ? 'single' : day === first ? 'first' : day === last ? 'last' : 'middle'
    parts.push({ day, part })
  }
  return parts
}

/** Every day of a span with its entries, in the order they came. */
export function daysOf(
  entries: readonly CalendarEntry[],
  span: Span,
  { timeZone, now }: Readonly<{ timeZone: string; now: Date }>,
): CalendarDay[] {
  const days = new Map<string, Piece[]>()
  for (let day = span.from; day < span.until; day = plusDays(day, 1)) days.set(day, [])
  for (const entry of entries)
    for (const { day, part } of partsOf(entry, timeZone, span))
      days.get(day)?.push({ entry, part, href: hrefOf(entry, now) })
  return [...days].map(([day, pieces]) => ({ day, pieces }))
}

/** The same days without those between the first and the last of what goes on for days: its ends say when it is. */
export function endsOf(days: readonly CalendarDay[]): CalendarDay[] {
  return days.map(({ day, pieces }) => ({ day, pieces: pieces.filter(({ part }) => part !== 'middle') }))
}

/** What goes on for days in these days, each once, what ends first before the others. */
export function goingOn(days: readonly CalendarDay[]): Piece[] {
  const found = new Map<string, Piece>()
  for (const { pieces } of days)
    for (const piece of pieces)
      if (piece.part === 'middle') found.set(`${piece.entry.kind} ${piece.entry.id}`, piece)
  const ends = ({ entry }: Piece): number => entry.to?.getTime() ?? Infinity
  return [...found.values()].sort((one, other) => ends(one) - ends(other))
}

/** Only days with something on them; of what goes on for days its ends, and at the top that it is open. */
export function agendaOf(days: readonly CalendarDay[]): CalendarDay[] {
  const first = days[0]?.day
  return days
    .map(({ day, pieces }) => ({
      day,
      pieces: pieces.filter(({ part }) => part !== 'middle' || day === first),
    }))
    .filter(({ pieces }) => pieces.length > 0)
}
