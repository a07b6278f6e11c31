/** What of a film was watched, in whole seconds of the film: pure, and the same in the browser and on the server. */

/** Played seconds from the first up to, and without, the second. */
export type Range = readonly [from: number, to: number]

/** Ranges that one message to the server may hold. */
export const RANGES_MOST = 50

/** Bytes that one message to the server may have. */
export const BEACON_LIMIT = 4_096

/** A day: no film is longer. */
export const SECOND_MOST = 86_400

/** Speeds to choose from. */
export const SPEEDS = [0.5, 0.75, 1, 1.25, 1.5, 1.75, 2] as const

/** The same seconds in as few ranges as there can be, in order. Empty ranges fall away; ranges that touch become one. */
export function unionOf(ranges: readonly Range[]): Range[] {
  const sorted = ranges.filter(([from, to]) => to > from).sort(([a], [b]) => a - b)
  const union: [number, number][] = []
  for (const [from, to] of sorted) {
    const last = union.at(-1)
    if (last !== undefined && from <= last[1]) last[1] = Math.max(last[1], to)
    else union.push([from, to])
  }
  return union
}

/**
 * At most `most` ranges, the longest, for a message that may hold no more; the rest waits for the next one.
 * @param ranges a union
 */
export function longest(ranges: readonly Range[], most: number): Range[] {
  if (ranges.length <= most) return [...ranges]
  const chosen = [...ranges].sort((a, b) => b[1] - b[0] - (a[1] - a[0])).slice(0, most)
  return chosen.sort(([a], [b]) => a - b)
}

/** What is in `all` and not in `taken`. Both are unions, and `taken` holds whole ranges of `all` or parts of them. */
export function without(all: readonly Range[], taken: readonly Range[]): Range[] {
  let left: Range[] = [...all]
  for (const [from, to] of taken) {
    left = left.flatMap(([a, b]): Range[] =>
      b <= from || to <= a
        ? [[a, b]]
        : [
            [a, Math.min(b, from)],
            [Math.max(a, to), b],
          ],
    )
  }
  return unionOf(left)
}

/**
 * The whole seconds of a stretch that was played without a break: a second counts when at least half of it was played.
 * A stretch that is cut in two anywhere gives the same seconds, so that sending in between loses and adds nothing.
 * @param from seconds of the film, as its player gives them
 */
export function wholeSeconds(from: number, to: number): Range {
  const first = Math.max(0, Math.ceil(from - 0.5))
  const last = Math.floor(to + 0.5)
  return [first, Math.min(last, SECOND_MOST)]
}

/** `151` → "2:31", `3725` → "1:02:05". */
export function clock(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds))
  const two = (part: number): string => String(part).padStart(2, '0')
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60), whole % 60]
  return hours > 0 ? `${String(hours)}:${two(minutes)}:${two(rest)}` : `${String(minutes)}:${two(rest)}`
}

/** Where to go on: the second that was left, or the start for somebody who was through, give or take the credits. */
export function resumeAt(position: number, duration: number | null): number {
  const nearEnd = duration !== null && position >= duration - Math.min(5, duration / 20)
  return position < 1 || nearEnd ? 0 : position
}

/** How far the film may run ahead of the clock on the wall before it must have jumped: events come late. */
const AHEAD = { share: 1.3, seconds: 0.75 }

type Moment = Readonly<{
  /** Seconds of the film. */
  film: number
  /** Milliseconds of a clock that never jumps. */
  now: number
}>

/**
 * Follows a film from what its player says now and then, and collects the seconds that were played. Only the film's
 * own time counts, so waiting for data adds nothing and double speed adds twice as much; a jump, in either direction,
 * ends one stretch and begins another.
 */
export class Watch {
  /** `first`: where it began; `from`: what is handed out already ends here. */
  #stretch: { first: number; from: number; last: Moment } | null = null
  #played: Range[] = []

  /** The film runs, and is here. */
  playing(moment: Moment, speed: number): void {
    const stretch = this.#stretch
    if (stretch === null) {
      this.#begin(moment)
      return
    }
    const gone = moment.film - stretch.last.film
    const possible = ((moment.now - stretch.last.now) / 1000) * speed * AHEAD.share + AHEAD.seconds
    if (gone >= 0 && gone <= possible) {
      stretch.last = moment
      return
    }
    this.jumped()
    this.#begin(moment)
  }

  /** The film stopped: paused, waiting for data, or over. */
  stopped(moment: Moment, speed: number): void {
    if (this.#stretch !== null) this.playing(moment, speed)
    this.jumped()
  }

  /** The film is somewhere else now; what was played until then stays. */
  jumped(): void {
    this.#keep()
    this.#stretch = null
  }

  #begin(moment: Moment): void {
    this.#stretch = { first: moment.film, from: moment.film, last: moment }
  }

  #keep(): void {
    if (this.#stretch === null) return
    const { first, from, last } = this.#stretch
    // A stretch around the middle of a second can be shorter than the half of it that counts.
    if (last.film - first >= 0.5 || Math.floor(first) !== Math.floor(last.film)) {
      this.#played = unionOf([...this.#played, wholeSeconds(from, last.film)])
    }
  }

  /** Hands out what was played since the last call. The stretch that is under way goes on from where it is. */
  take(): Range[] {
    const stretch = this.#stretch
    if (stretch !== null && stretch.last.film - stretch.from >= 1) {
      this.#keep()
      stretch.from = stretch.last.film
    }
    const played = this.#played
    this.#played = []
    return played
  }
}
