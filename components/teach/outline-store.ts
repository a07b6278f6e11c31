import type { OutlineDone, OutlineModule } from '#lib/teach/contract'
import type { OutlineWords } from './outline-words'
import { fill } from './fill'

/** What an action of the outline answers. Fits the server's `ActionResult`. */
type Answer =
  | Readonly<{
      ok: true
      value: OutlineDone | Readonly<{ redirectTo: string }>
    }>
  | Readonly<{ ok: false; code: string; message: string }>

export type OutlineAction = (previous: unknown, form: FormData) => Promise<Answer>

type Modules = readonly OutlineModule[]

/** One change: how it looks at once, how it is sent, what is said about it, and what takes it back. */
export type Step = Readonly<{
  /** The outline as it will be; the same where only the server can tell. */
  show: (modules: Modules) => Modules
  /** `stored`: the outline as the server has it just before. */
  send: (stored: Modules) => Promise<Answer>
  said: string
  /** Made once it is done, from the outline before it and the id of what it was about. */
  back: (before: Modules, id: string) => Step
}>

type Message = Readonly<{ tone: 'good' | 'bad'; text: string; undoable: boolean }>

export type OutlineState = Readonly<{
  modules: Modules
  /** The last step is being taken back. */
  undoing: boolean
  message: Message | null
  /** Rises with each change that arrived: what was typed for it can be let go. */
  done: number
}>

const MOST_UNDOABLE = 50

/**
 * The outline between its server and its view. Steps are shown at once and sent one after another, each against what
 * the server answered to the one before: quick hands never collide with themselves. When the server refuses one, what
 * was still waiting is dropped with it, and the outline is shown as it is stored.
 */
export class OutlineStore {
  readonly #words: OutlineWords
  readonly #reload: () => Promise<Answer>
  readonly #listeners = new Set<() => void>()
  #stored: Modules
  #waiting: Readonly<{ step: Step; undoes: boolean }>[] = []
  #undo: Step[] = []
  #message: Message | null = null
  #done = 0
  #running = false
  #undoing = false
  /** Resolves once what was in line has been answered. */
  #line: Promise<void> = Promise.resolve()
  #state: OutlineState

  constructor(modules: Modules, words: OutlineWords, reload: () => Promise<Answer>) {
    this.#stored = modules
    this.#words = words
    this.#reload = reload
    this.#state = { modules, undoing: false, message: null, done: 0 }
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  readonly state = (): OutlineState => this.#state

  /** Shows a step and puts it in line. Resolves once nothing waits any more. */
  async take(step: Step, undoes = false): Promise<void> {
    this.#waiting.push({ step, undoes })
    this.#publish()
    if (!this.#running) this.#line = this.#sendAll()
    await this.#line
  }

  /**
   * Takes the last step back that hasn't been taken back yet. One on its way is waited for: no press is lost. A second
   * press before the first has its answer is the same press.
   */
  async undo(): Promise<void> {
    if (this.#undoing) return
    this.#undoing = true
    this.#publish()
    await this.#line
    const step = this.#undo.pop()
    if (step !== undefined) await this.take(step, true)
    this.#undoing = false
    this.#publish()
  }

  async #sendAll(): Promise<void> {
    this.#running = true
    for (let next = this.#waiting[0]; next !== undefined; next = this.#waiting[0]) await this.#send(next)
    this.#running = false
    this.#publish()
  }

  async #send({ step, undoes }: Readonly<{ step: Step; undoes: boolean }>): Promise<void> {
    const before = this.#stored
    const answer = await step.send(before).catch(() => null)
    if (answer?.ok === true && 'modules' in answer.value) {
      this.#waiting.shift()
      this.#stored = answer.value.modules
      if (!undoes) this.#undo = [...this.#undo.slice(1 - MOST_UNDOABLE), step.back(before, answer.value.id)]
      this.#done += 1
      const undoable = this.#undo.length > 0
      this.#message = { tone: 'good', text: undoes ? this.#words.undone : step.said, undoable }
    } else {
      this.#waiting = []
      this.#message = await this.#refused(answer?.ok === false ? answer : null)
    }
    this.#publish()
  }

  /** What is said about a step that didn't arrive. After somebody else's change nothing before it can be taken back. */
  async #refused(refusal: Readonly<{ code: string; message: string }> | null): Promise<Message> {
    if (refusal === null) return { tone: 'bad', text: this.#words.unreachable, undoable: false }
    if (refusal.code === 'conflict' || refusal.code === 'not_found') {
      this.#undo = []
      const fresh = await this.#reload().catch(() => null)
      if (fresh?.ok === true && 'modules' in fresh.value) {
        this.#stored = fresh.value.modules
        return { tone: 'bad', text: this.#words.conflict, undoable: false }
      }
    }
    const text = fill(this.#words.failed, { reason: refusal.message })
    return { tone: 'bad', text, undoable: false }
  }

  #publish(): void {
    const modules = this.#waiting.reduce((shown, { step }) => step.show(shown), this.#stored)
    this.#state = { modules, undoing: this.#undoing, message: this.#message, done: this.#done }
    for (const listener of this.#listeners) listener()
  }
}
