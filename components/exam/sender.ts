import { backoff, type Failure } from './wire'

/** Milliseconds of quiet after which a change is sent, and the longest that somebody may type on unsaved. */
const QUIET = 800
const LONGEST = 4_000

type Work = Readonly<{
  owes: () => boolean
  /** Sends some of what is owed. @returns null when it arrived */
  send: () => Promise<Failure | null>
  /** Told after each try. */
  tried: (failure: Failure | null) => void
}>

/** Brings what is owed to the server: a moment after the last change, one request at a time, for as long as it takes. */
export class Sender {
  readonly #work: Work
  #timer: ReturnType<typeof setTimeout> | undefined
  #firstAt: number | null = null
  #running: Promise<void> | null = null
  #failures = 0
  #stopped = false

  constructor(work: Work) {
    this.#work = work
  }

  /** Something changed. While the server can't be reached the next try comes in its own time. */
  soon(delay = QUIET): void {
    if (this.#stopped || this.#failures > 0) return
    const now = performance.now()
    this.#firstAt ??= now
    this.#after(Math.max(0, Math.min(delay, this.#firstAt + LONGEST - now)))
  }

  /** Tries at once, whatever came before. */
  now(): void {
    if (!this.#stopped) this.#after(0)
  }

  /** No more requests; one under way is waited for. */
  async stop(): Promise<void> {
    this.#stopped = true
    clearTimeout(this.#timer)
    await this.#running
  }

  resume(): void {
    this.#stopped = false
    this.#failures = 0
    if (this.#work.owes()) this.now()
  }

  #after(delay: number): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => {
      this.#running ??= this.#run().finally(() => {
        this.#running = null
        if (!this.#stopped && this.#failures === 0 && this.#work.owes()) this.soon()
      })
    }, delay)
  }

  async #run(): Promise<void> {
    if (!this.#work.owes()) return
    this.#firstAt = null
    const failure = await this.#work.send()
    this.#failures = failure === null ? 0 : this.#failures + 1
    this.#work.tried(failure)
    if (failure === null || this.#stopped) return
    this.#after(backoff(this.#failures - 1, failure.after))
  }
}
