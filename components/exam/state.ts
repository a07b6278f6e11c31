import type { Slot } from './slots'

/** What is known of saving, for the screen to say. */
export type Saving = 'saved' | 'saving' | 'offline' | 'signed-out' | 'refused'

/** How it ended, as far as is known. */
export type End = Readonly<{
  /** `learner`: by the button of this tab; `time`: the deadline; `other`: somebody or something else. */
  why: 'learner' | 'time' | 'other'
  /** ISO instant by the server; null: it has not confirmed anything yet. */
  submittedAt: string | null
  /** Questions whose last change the server never said it has. */
  missing: readonly string[]
}>

export type RoomState = Readonly<{
  /**
   * `elsewhere`: another tab writes; `handing-in`: asked for, not confirmed; `ended`: nothing is taken any more.
   */
  phase: 'opening' | 'writing' | 'elsewhere' | 'handing-in' | 'ended'
  saving: Saving
  /** The server's words for `refused`. */
  refusal: string
  /** Whether this browser keeps what is written. */
  durable: boolean
  slots: Readonly<Record<string, Slot>>
  flagged: readonly string[]
  /** Files on their way. */
  uploads: number
  /** Id of the question on the screen. */
  at: string
  /** Handing in was asked for and could not be sent so far. */
  stuck: boolean
  end: End | null
}>

/** A state that React can watch. */
export class Watched<T> {
  readonly #listeners = new Set<() => void>()
  #value: T

  constructor(value: T) {
    this.#value = value
  }

  get = (): T => this.#value

  set(change: Partial<T>): void {
    this.#value = { ...this.#value, ...change }
    this.#listeners.forEach((listener) => listener())
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }
}
