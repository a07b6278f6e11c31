import type { SentEvent } from '#lib/exams/contract/taking'
import type { KeptEvent } from './journal'

/** Events that go with one request. */
const MOST = 100
const DAY = 86_400_000

type Home = Readonly<{
  /** Milliseconds of the server's clock. */
  now: () => number
  keep: (event: KeptEvent) => void
  drop: (keys: readonly string[]) => void
}>

function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(15))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** What happened, until the server has it. It is told as facts; nothing here judges. */
export class EventLog {
  readonly #home: Home
  #waiting: KeptEvent[] = []

  constructor(home: Home) {
    this.#home = home
  }

  get length(): number {
    return this.#waiting.length
  }

  /** Events that an earlier page of this attempt could not bring home. */
  restore(events: readonly KeptEvent[]): void {
    const known = new Set(this.#waiting.map(({ key }) => key))
    this.#waiting = [...events.filter(({ key }) => !known.has(key)), ...this.#waiting]
  }

  add(kind: SentEvent['kind'], detail: SentEvent['detail'] = {}): void {
    const event = { key: newKey(), kind, at: this.#home.now(), detail }
    this.#waiting.push(event)
    this.#home.keep(event)
  }

  /** What goes with the next request. */
  batch(): SentEvent[] {
    const now = this.#home.now()
    return this.#waiting.slice(0, MOST).map(({ key, kind, at, detail }) => ({
      ...{ key, kind, detail },
      ago: Math.round(Math.min(DAY, Math.max(0, now - at))),
    }))
  }

  /** The server has them. */
  arrived(events: readonly SentEvent[]): void {
    if (events.length === 0) return
    const keys = new Set(events.map(({ key }) => key))
    this.#waiting = this.#waiting.filter(({ key }) => !keys.has(key))
    this.#home.drop([...keys])
  }
}

/** Watches whether somebody looks at the page. */
export function watchFocus(log: (kind: 'FOCUS_LOST' | 'FOCUS_BACK', seconds: number | null) => void): void {
  let lostAt: number | null = null
  const look = (): void => {
    const here = document.visibilityState === 'visible' && document.hasFocus()
    if (here && lostAt !== null) {
      log('FOCUS_BACK', Math.round((performance.now() - lostAt) / 1000))
      lostAt = null
    } else if (!here && lostAt === null) {
      lostAt = performance.now()
      log('FOCUS_LOST', null)
    }
  }
  addEventListener('focus', look)
  // `blur` comes before the document has lost its focus.
  addEventListener('blur', () => setTimeout(look, 50))
  document.addEventListener('visibilitychange', look)
}
