import type { Clock } from '#lib/exams/contract/taking'

type Anchor = Readonly<{ server: number; local: number; error: number }>

/** What two readings of the same moment may differ by without either being wrong, in milliseconds. */
const SLACK = 250

/**
 * The server's clock as this page knows it: a moment of it, and the monotonic time that has passed since. The wall
 * clock of the machine has no part in it, so that it may be a day wrong or be set while the exam runs.
 */
export class ServerClock {
  readonly #monotonic: () => number
  #anchor: Anchor
  #startedAt: number
  #deadlineAt: number

  constructor(clock: Clock, sentAt: number, receivedAt: number, monotonic = () => performance.now()) {
    this.#monotonic = monotonic
    this.#anchor = anchorOf(clock, sentAt, receivedAt)
    this.#startedAt = Date.parse(clock.startedAt)
    this.#deadlineAt = Date.parse(clock.deadlineAt)
  }

  /**
   * Takes a newer answer's clock. The more exact of two readings stays, unless they contradict each other: then time
   * passed that the monotonic clock did not see (it stands still in some machines' sleep), and the newer one is right.
   * @param sentAt monotonic milliseconds at which the request left, as `receivedAt` for its answer
   */
  take(clock: Clock, sentAt: number, receivedAt: number): void {
    this.#startedAt = Date.parse(clock.startedAt)
    this.#deadlineAt = Date.parse(clock.deadlineAt)
    const next = anchorOf(clock, sentAt, receivedAt)
    const apart = Math.abs(next.server - this.#at(next.local))
    if (next.error <= this.#anchor.error || apart > next.error + this.#anchor.error + SLACK)
      this.#anchor = next
  }

  /** Milliseconds of the server's clock since 1970. */
  get now(): number {
    return this.#at(this.#monotonic())
  }

  /** Milliseconds until the deadline; negative after it. */
  get left(): number {
    return this.#deadlineAt - this.now
  }

  /** Milliseconds from start to deadline. */
  get whole(): number {
    return this.#deadlineAt - this.#startedAt
  }

  get deadlineAt(): number {
    return this.#deadlineAt
  }

  #at(local: number): number {
    return this.#anchor.server + (local - this.#anchor.local)
  }
}

/** The server wrote its time down somewhere between the request's leaving and its answer's coming. */
function anchorOf(clock: Clock, sentAt: number, receivedAt: number): Anchor {
  return {
    server: Date.parse(clock.now),
    local: (sentAt + receivedAt) / 2,
    error: Math.max(0, (receivedAt - sentAt) / 2),
  }
}

/** Seconds by which the wall clock and the monotonic clock may drift apart in a second before it is news. */
const JUMP_SECONDS = 3

/**
 * Calls `jumped` when the machine slept or somebody set its clock. The wall clock is only listened to for that; what
 * it says is never believed: the room then asks the server.
 */
export function watchJumps(jumped: (seconds: number) => void): void {
  const offset = (): number => Date.now() - performance.now()
  let last = offset()
  let tick = performance.now()
  const look = (): void => {
    const now = offset()
    const seconds = Math.round((now - last) / 1000)
    // A tab behind others ticks once a minute: that alone is no jump.
    const gap = performance.now() - tick
    last = now
    tick = performance.now()
    if (Math.abs(seconds) >= JUMP_SECONDS) jumped(seconds)
    else if (gap > 90_000) jumped(0)
  }
  setInterval(look, 1000)
  document.addEventListener('visibilitychange', look)
}
