const FRAMES = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏']
const HEARTBEAT_SECONDS = 10

/** Says what is going on and for how long: one moving line in a terminal, plain lines in a log. */
export class Progress {
  readonly #terminal = process.stdout.isTTY && process.env['TERM'] !== 'dumb' && !process.env['CI']
  #tick: NodeJS.Timeout | undefined

  /** A line of its own. */
  note(text: string): void {
    this.#clear()
    process.stdout.write(`${text}\n`)
  }

  /** Runs `work` under a name. Steps that turn out to be quick leave no line in a log. */
  async step<T>(name: string, work: () => Promise<T>): Promise<T> {
    const started = Date.now()
    const seconds = (): string => `${((Date.now() - started) / 1000).toFixed(1)} s`
    this.#tick = this.#terminal ? this.#spin(name, seconds) : this.#report(name, seconds)
    try {
      const result = await work()
      this.#clear()
      process.stdout.write(`${this.#terminal ? '✓' : ' ok'} ${name} (${seconds()})\n`)
      return result
    } finally {
      this.#clear()
    }
  }

  #spin(name: string, seconds: () => string): NodeJS.Timeout {
    let frame = 0
    return setInterval(() => {
      frame += 1
      process.stdout.write(`\r\u001b[2K${FRAMES[frame % FRAMES.length] ?? ''} ${name} ${seconds()}`)
    }, 100)
  }

  #report(name: string, seconds: () => string): NodeJS.Timeout {
    let beats = 0
    return setInterval(() => {
      beats += 1
      if (beats === 1) process.stdout.write(`... ${name}\n`)
      else if (beats % HEARTBEAT_SECONDS === 0) process.stdout.write(`... ${name} (${seconds()})\n`)
    }, 1000)
  }

  #clear(): void {
    if (this.#tick === undefined) return
    clearInterval(this.#tick)
    this.#tick = undefined
    if (this.#terminal) process.stdout.write('\r\u001b[2K')
  }
}
