import 'server-only'
import { AppError } from '#lib/errors'

/** Lets a few through at once, and the rest in the order they came. */
export class Gate {
  readonly #atOnce: number
  readonly #inLine: number
  readonly #line: (() => void)[] = []
  #inside = 0

  constructor({ atOnce, inLine }: Readonly<{ atOnce: number; inLine: number }>) {
    this.#atOnce = atOnce
    this.#inLine = inLine
  }

  /** @throws AppError 'unavailable' at once when the line is as long as it may be */
  async pass<T>(work: () => Promise<T>): Promise<T> {
    if (this.#inside >= this.#atOnce) {
      if (this.#line.length >= this.#inLine) throw new AppError('unavailable', 'Too many stand in line.')
      await new Promise<void>((resolve) => this.#line.push(resolve))
    } else this.#inside += 1
    try {
      return await work()
    } finally {
      const next = this.#line.shift()
      // Whoever is let in takes the place of the one who leaves.
      if (next === undefined) this.#inside -= 1
      else next()
    }
  }
}
