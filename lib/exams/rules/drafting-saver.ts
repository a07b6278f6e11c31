import {
  type Content,
  contentOf,
  holdsMore,
  normalised,
  same,
  storable,
  type Stored,
} from './drafting-content'
import { type Choice, type Clash, merge, settle } from './drafting-merge'

/** An exam as its editor is given it. `seen`: its `updatedAt`, ISO. */
export type Held = Stored & Readonly<{ seen: string }>

/** What this device keeps until the server has it all, and what it was typed over. */
export type Kept = Readonly<{ content: Content; base: Held; at: string }>

/** What the server says to a save. */
export type SaveAnswer =
  | Readonly<{ kind: 'saved'; seen: string }>
  | Readonly<{ kind: 'conflict'; theirs: Held }>
  | Readonly<{ kind: 'refused'; message: string }>
  | Readonly<{ kind: 'unreachable' }>

export type SaveStatus =
  | Readonly<{ kind: 'saved' | 'unsaved' | 'saving' }>
  /** `kept`: whether this device holds what was written. */
  | Readonly<{ kind: 'offline'; kept: boolean }>
  | Readonly<{ kind: 'refused'; message: string }>
  | Readonly<{ kind: 'conflict'; clashes: readonly Clash[] }>

export type SaverState = Readonly<{
  content: Content
  status: SaveStatus
  /** When what was brought back from this device had been written, ISO; null: nothing was. */
  restored: string | null
  /** Somebody else's changes were taken in. */
  joined: boolean
}>

type World = Readonly<{
  send: (seen: string, stored: Stored) => Promise<SaveAnswer>
  /** Keeps on this device; false where that isn't possible. Null forgets. */
  keep: (kept: Kept | null) => boolean
  now: () => number
  /** Runs `work` later. @returns takes it back */
  later: (work: () => void, milliseconds: number) => () => void
}>

/** Milliseconds of quiet after which a change is sent, and the longest that one waits for quiet. */
const QUIET = 1_000
const LONGEST = 8_000
/** Milliseconds until the first and the longest wait between two tries. */
const FIRST_TRY = 2_000
const LONGEST_TRY = 60_000

/**
 * Saves an exam's questions while they are written: kept on the device with every change, sent one request at a time
 * after a moment of quiet, tried again without a connection, and never over what somebody else wrote without their
 * author's word.
 */
export class ExamSaver {
  readonly #world: World
  readonly #listeners = new Set<() => void>()
  #base: Held
  #state: SaverState
  #busy = false
  #kept = true
  #dirtySince: number | null = null
  #tries = 0
  #cancel: (() => void) | null = null

  constructor(exam: Held, world: World) {
    this.#world = world
    this.#base = { ...normalised(exam), seen: exam.seen }
    this.#state = { content: contentOf(exam), status: { kind: 'saved' }, restored: null, joined: false }
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  readonly state = (): SaverState => this.#state

  /** `updatedAt` of what the server was last known to hold, ISO. */
  get seen(): string {
    return this.#base.seen
  }

  /** Takes in what the server made of the exam because this page asked for it. */
  take(held: Held): void {
    this.#adopt(held, false)
  }

  /** Whether there is anything finished that the server doesn't have. */
  get dirty(): boolean {
    return !same(this.#storable(), this.#stored())
  }

  /** Takes up what this device had kept. */
  restore(kept: Kept): void {
    if (kept.base.seen === this.#base.seen) this.#set({ content: kept.content })
    else {
      const { content, clashes } = merge(kept.base, kept.content, this.#base)
      this.#set({ content })
      if (clashes.length > 0) {
        this.#set({ restored: kept.at, status: { kind: 'conflict', clashes } })
        return
      }
    }
    if (holdsMore(this.#state.content, this.#base)) {
      this.#set({ restored: kept.at })
      this.#touched()
    } else this.#world.keep(null)
  }

  /** Somebody changed something. */
  readonly edit = (change: (content: Content) => Content): void => {
    const content = change(this.#state.content)
    if (content === this.#state.content) return
    this.#set({ content, restored: null, joined: false })
    this.#touched()
  }

  /** The connection is back, or somebody asks for it. */
  flush(): void {
    this.#tries = 0
    void this.#send()
  }

  /** Sends at once what is there. Resolves when the server has it, or when it can't be had there now. */
  async settle(): Promise<void> {
    this.flush()
    await new Promise<void>((resolve) => {
      const check = (): void => {
        const { kind } = this.#state.status
        if (this.#busy || kind === 'unsaved' || kind === 'saving') return
        this.#listeners.delete(check)
        resolve()
      }
      this.#listeners.add(check)
      check()
    })
  }

  /** Stops every plan; what isn't sent is on this device. */
  stop(): void {
    this.#plan(null)
  }

  /** The author's word on one clash. When none is left, saving goes on. */
  resolve(clash: Clash, choice: Choice): void {
    const { status, content } = this.#state
    if (status.kind !== 'conflict') return
    const clashes = status.clashes.filter((one) => one !== clash)
    this.#set({ content: settle(content, clash, choice), status: { kind: 'conflict', clashes } })
    if (clashes.length > 0) {
      this.#keep()
      return
    }
    this.#set({ status: { kind: 'unsaved' } })
    this.#touched()
    this.flush()
  }

  #stored(): Stored {
    const { title, questions, pools } = this.#base
    return { title, questions, pools }
  }

  #storable(): Stored {
    return storable(this.#state.content, this.#base)
  }

  #set(change: Partial<SaverState>): void {
    this.#state = { ...this.#state, ...change }
    this.#listeners.forEach((listener) => listener())
  }

  #keep(): void {
    const { content } = this.#state
    const at = new Date(this.#world.now()).toISOString()
    this.#kept = this.#world.keep(holdsMore(content, this.#base) ? { content, base: this.#base, at } : null)
  }

  #touched(): void {
    this.#keep()
    const { status } = this.#state
    if (status.kind === 'conflict' || this.#busy) return
    if (!this.dirty) {
      this.#settled()
      return
    }
    const now = this.#world.now()
    this.#dirtySince ??= now
    // Without a connection the next try is planned already.
    if (status.kind === 'offline') return
    this.#set({ status: { kind: 'unsaved' } })
    this.#plan(Math.max(0, Math.min(QUIET, this.#dirtySince + LONGEST - now)))
  }

  #settled(): void {
    this.#dirtySince = null
    this.#tries = 0
    this.#plan(null)
    if (this.#state.status.kind !== 'saved') this.#set({ status: { kind: 'saved' } })
  }

  #plan(milliseconds: number | null): void {
    this.#cancel?.()
    this.#cancel = milliseconds === null ? null : this.#world.later(() => void this.#send(), milliseconds)
  }

  async #send(): Promise<void> {
    if (this.#busy || this.#state.status.kind === 'conflict') return
    const sent = this.#storable()
    if (same(sent, this.#stored())) {
      this.#settled()
      return
    }
    this.#busy = true
    this.#dirtySince = null
    this.#plan(null)
    this.#set({ status: { kind: 'saving' } })
    const answer = await this.#world
      .send(this.#base.seen, sent)
      .catch((): SaveAnswer => ({ kind: 'unreachable' }))
    this.#busy = false
    this.#answered(answer, sent)
  }

  #answered(answer: SaveAnswer, sent: Stored): void {
    switch (answer.kind) {
      case 'saved':
        this.#base = { ...sent, seen: answer.seen }
        this.#tries = 0
        this.#set({ status: { kind: 'saved' } })
        this.#touched()
        return
      case 'conflict':
        this.#adopt(answer.theirs, true)
        return
      case 'refused':
        this.#keep()
        this.#set({ status: { kind: 'refused', message: answer.message } })
        return
      case 'unreachable':
        this.#keep()
        this.#set({ status: { kind: 'offline', kept: this.#kept } })
        this.#plan(Math.min(LONGEST_TRY, FIRST_TRY * 2 ** this.#tries))
        this.#tries += 1
        return
    }
  }

  /** The exam was changed elsewhere: both are put together where they don't clash. `joined`: by somebody else. */
  #adopt(theirs: Held, joined: boolean): void {
    const { content, clashes } = merge(this.#base, this.#state.content, theirs)
    this.#base = { ...normalised(theirs), seen: theirs.seen }
    const status: SaveStatus = clashes.length > 0 ? { kind: 'conflict', clashes } : { kind: 'unsaved' }
    this.#set({ content, status, joined: joined || this.#state.joined })
    this.#touched()
    if (clashes.length === 0) this.#plan(0)
  }
}
