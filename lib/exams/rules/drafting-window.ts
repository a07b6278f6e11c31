/** Clocks on the wall of a zone, and the hours that they skip or show twice. */

/** What `YYYY-MM-DDTHH:mm` means in a zone; of an hour that comes twice the first is meant. */
export type WallTime =
  | Readonly<{ kind: 'once'; at: Date }>
  | Readonly<{ kind: 'twice'; at: Date; second: Date }>
  | Readonly<{ kind: 'never' }>

const DAY = 86_400_000

const formats = new Map<string, Intl.DateTimeFormat>()

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone)
  if (known !== undefined) return known
  const parts = {
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  } as const
  const made = new Intl.DateTimeFormat('en-US', { timeZone, hourCycle: 'h23', calendar: 'gregory', ...parts })
  formats.set(timeZone, made)
  return made
}

/** What the clocks of a zone show at an instant, as if it were UTC, in milliseconds. */
function shown(instant: number, timeZone: string): number {
  const parts = new Map(
    formatOf(timeZone)
      .formatToParts(instant)
      .map(({ type, value }) => [type, Number(value)]),
  )
  const of = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? 0
  return Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second'))
}

/** Reads `YYYY-MM-DDTHH:mm` by the clocks of a zone (IANA); null for what is no such text or no such day. */
export function readWall(local: string, timeZone: string): WallTime | null {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/.test(local)) return null
  const wall = Date.parse(`${local}:00Z`)
  if (Number.isNaN(wall) || new Date(wall).toISOString().slice(0, 16) !== local) return null
  const offsets = [wall - DAY, wall + DAY].map((instant) => shown(instant, timeZone) - instant)
  const fits = [...new Set(offsets.map((offset) => wall - offset))]
    .filter((instant) => shown(instant, timeZone) === wall)
    .sort((one, other) => one - other)
  const [first, second] = fits
  if (first === undefined) return { kind: 'never' }
  return second === undefined
    ? { kind: 'once', at: new Date(first) }
    : { kind: 'twice', at: new Date(first), second: new Date(second) }
}
