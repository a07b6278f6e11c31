import 'server-only'

/** A bounded map that forgets what was not asked for for longest. `weigh`: how much of the bound an entry takes. */
export class Keep<V> {
  readonly #entries = new Map<string, V>()
  readonly #bound: number
  readonly #weigh: (value: V) => number
  #weight = 0

  constructor(bound: number, weigh: (value: V) => number = () => 1) {
    this.#bound = bound
    this.#weigh = weigh
  }

  get(key: string): V | undefined {
    const value = this.#entries.get(key)
    if (value === undefined) return undefined
    this.#entries.delete(key)
    this.#entries.set(key, value)
    return value
  }

  set(key: string, value: V): void {
    const old = this.#entries.get(key)
    if (old !== undefined) this.#weight -= this.#weigh(old)
    this.#entries.delete(key)
    this.#entries.set(key, value)
    this.#weight += this.#weigh(value)
    for (const [oldest, entry] of this.#entries) {
      if (this.#weight <= this.#bound || oldest === key) return
      this.#entries.delete(oldest)
      this.#weight -= this.#weigh(entry)
    }
  }
}
