type Handlers = Readonly<{
  /** This tab writes from now on. */
  gained: () => void
  /** Another tab writes from now on. */
  lost: () => void
  /** Another tab of the same attempt was opened while this one writes. */
  met: () => void
  /** Brings what is in memory to the journal, before the other tab reads it. */
  flush: () => Promise<void>
}>

/** How long a tab may take to hand over. One that was frozen by the browser never answers. */
const PATIENCE = 1_500

/**
 * Of all tabs of one attempt in one browser, one writes: it holds a lock that the browser frees when the tab goes. A
 * browser without locks lets every tab write; the journal's sequences stay apart all the same.
 */
export class TabLock {
  readonly #name: string
  readonly #handlers: Handlers
  readonly #channel: BroadcastChannel | null
  #free: (() => void) | null = null
  #waiting: AbortController | null = null
  #closed = false

  constructor(attemptId: string, handlers: Handlers) {
    this.#name = `smartlms-exam:${attemptId}`
    this.#handlers = handlers
    this.#channel = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel(this.#name)
    this.#channel?.addEventListener('message', ({ data }: MessageEvent<unknown>) => this.#hear(data))
  }

  /** Asks for the lock. @returns whether it was free; if not, `gained` is called when it becomes so */
  async acquire(): Promise<boolean> {
    if (!('locks' in navigator)) {
      this.#handlers.gained()
      return true
    }
    const { held = [] } = await navigator.locks.query()
    const free = !held.some(({ name }) => name === this.#name)
    if (!free) this.#channel?.postMessage('hello')
    this.#wait({})
    return free
  }

  /** Makes this tab the one that writes: the other one hands over, or, if it doesn't answer, loses the lock. */
  takeOver(): void {
    this.#channel?.postMessage('hand over')
    setTimeout(() => {
      if (this.#free !== null || this.#closed) return
      this.#waiting?.abort()
      this.#wait({ steal: true })
    }, PATIENCE)
  }

  /** Lets the lock go and listens to nobody any more. */
  close(): void {
    this.#closed = true
    this.#channel?.close()
    this.#waiting?.abort()
    this.#free?.()
    this.#free = null
  }

  #wait(options: LockOptions): void {
    this.#waiting = new AbortController()
    // A stolen lock can't be waited for.
    const given = options.steal === true ? options : { ...options, signal: this.#waiting.signal }
    navigator.locks.request(this.#name, given, () => this.#hold()).catch(() => this.#robbed())
  }

  async #hold(): Promise<void> {
    if (this.#closed) return
    const held = new Promise<void>((resolve) => (this.#free = resolve))
    this.#handlers.gained()
    await held
  }

  #robbed(): void {
    if (this.#free === null) return
    this.#free = null
    if (this.#closed) return
    this.#handlers.lost()
    this.#wait({})
  }

  #hear(message: unknown): void {
    if (this.#free === null) return
    if (message === 'hello') this.#handlers.met()
    if (message === 'hand over') this.#handOver().catch(() => undefined)
  }

  async #handOver(): Promise<void> {
    await this.#handlers.flush()
    const free = this.#free
    this.#free = null
    this.#handlers.lost()
    free?.()
    // In line behind the other tab: when that one is closed, this one goes on.
    this.#wait({})
  }
}
