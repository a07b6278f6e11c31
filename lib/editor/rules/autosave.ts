import type { Draft, LessonChanges, LessonState } from '../contract'
import { isSameDocument } from './document'
import { keepBoth, reconcile, settingsClash } from './reconcile'

/** What the server says to a save. */
export type SaveAnswer =
  | Readonly<{ kind: 'saved'; seen: string }>
  | Readonly<{ kind: 'conflict'; theirs: LessonState }>
  | Readonly<{ kind: 'refused'; message: string; fields: Readonly<Record<string, string>> }>
  | Readonly<{ kind: 'unreachable' }>

/** What is kept on the device until the server has it. */
export type KeptDraft = Draft & Readonly<{ seen: string; at: string }>

/** What the page shows of it. */
export type SaveStatus =
  | Readonly<{ kind: 'saved' | 'unsaved' | 'saving' }>
  /** No connection. `kept`: whether this device holds what was written. */
  | Readonly<{ kind: 'offline'; kept: boolean }>
  | Readonly<{ kind: 'refused'; message: string }>
  | Readonly<{ kind: 'conflict'; mine: Draft; theirs: LessonState; clashes: readonly (keyof Draft)[] }>

export type Choice = 'mine' | 'theirs' | 'both'

/** What became of a panel's save. */
export type PanelOutcome =
  | Readonly<{ kind: 'saved' }>
  | Readonly<{ kind: 'refused'; message: string; fields: Readonly<Record<string, string>> }>
  | Readonly<{ kind: 'unreachable' }>
  /** Somebody else changed the same fields. The next save goes over them. */
  | Readonly<{ kind: 'conflict'; theirs: LessonState }>
  /** The text has to be settled first. */
  | Readonly<{ kind: 'blocked' }>

type World = Readonly<{
  send: (request: Readonly<{ seen: string; changes: LessonChanges }>, last: boolean) => Promise<SaveAnswer>
  /** Keeps the draft on this device; false where that isn't possible. Null forgets it. */
  keep: (draft: KeptDraft | null) => boolean
  now: () => number
  /** Runs `work` later. @returns takes it back */
  later: (work: () => void, milliseconds: number) => () => void
  onStatus: (status: SaveStatus) => void
  /** The draft is another than what was typed: the page has to show it. */
  onDraft: (draft: Draft) => void
}>

/** Milliseconds of quiet after which a change is sent, and the longest that one waits for quiet. */
const QUIET = 1_200
const LONGEST = 8_000

/** Milliseconds until the first and the longest wait between two tries. */
const FIRST_TRY = 2_000
const LONGEST_TRY = 60_000

/** Times that a save is tried again at once, because somebody else was quicker. */
const QUICKER = 3

/**
 * Saves a lesson while it is being written: one request at a time, after a moment of quiet, again and again where
 * there is no connection, and never over what somebody else wrote without their author's word.
 */
export class Autosave {
  readonly #world: World
  /** The lesson as the server has it, as far as this page knows. */
  #base: LessonState
  #draft: Draft
  #status: SaveStatus = { kind: 'saved' }
  #busy = false
  #kept = true
  #dirtySince: number | null = null
  #tries = 0
  #cancel: (() => void) | null = null
  /** Those who wait for the request under way. */
  #waiting: (() => void)[] = []

  constructor(lesson: LessonState, world: World) {
    this.#world = world
    this.#base = lesson
    this.#draft = { title: lesson.title, document: lesson.document }
  }

  /** The lesson as the server has it. */
  get base(): LessonState {
    return this.#base
  }

  get draft(): Draft {
    return this.#draft
  }

  /** Whether there is something that the server doesn't have. */
  get dirty(): boolean {
    return Object.keys(this.#pending()).length > 0
  }

  /** Takes up what this device had kept. @returns whether it holds anything that the server doesn't */
  restore(kept: KeptDraft): boolean {
    const mine = { title: kept.title, document: kept.document }
    const base = kept.seen === this.#base.seen ? this.#base : null
    const { draft, clashes } = reconcile(base, mine, this.#base)
    this.#draft = draft
    if (!this.dirty) {
      this.#world.keep(null)
      return false
    }
    this.#world.onDraft(draft)
    if (clashes.length > 0) this.#clash(this.#base, clashes)
    else this.#touched()
    return true
  }

  /** Somebody typed. */
  edit(draft: Draft): void {
    this.#draft = draft
    if (this.#status.kind === 'conflict') {
      this.#keep()
      this.#show({ ...this.#status, mine: draft })
    } else if (this.dirty) this.#touched()
    else if (!this.#busy) this.#settled()
  }

  /** The connection is back, or somebody asks for it: sends at once what is there. */
  flush(): void {
    this.#tries = 0
    void this.#send(false)
  }

  /** The page goes: a last request that outlives it. What doesn't arrive is on this device. */
  leave(): void {
    if (this.#status.kind !== 'conflict' && this.dirty) void this.#send(true)
  }

  /** Stops every plan. */
  stop(): void {
    this.#plan(null)
  }

  /** Settles a conflict by its author's word. @returns whether both together fit into a lesson */
  resolve(choice: Choice): boolean {
    if (this.#status.kind !== 'conflict') return true
    const { theirs, clashes } = this.#status
    const mine = this.#draft
    const document = this.#chosen(choice, mine, theirs, clashes)
    if (document === null) return false
    const title = choice === 'mine' || !clashes.includes('title') ? mine.title : theirs.title
    this.#base = theirs
    this.#draft = { title, document }
    this.#status = { kind: 'unsaved' }
    this.#world.onDraft(this.#draft)
    if (this.dirty) {
      this.#touched()
      this.flush()
    } else this.#settled()
    return true
  }

  #chosen(choice: Choice, mine: Draft, theirs: LessonState, clashes: readonly (keyof Draft)[]) {
    if (choice === 'mine' || !clashes.includes('document')) return mine.document
    if (choice === 'theirs') return theirs.document
    try {
      return keepBoth(mine.document, theirs.document)
    } catch {
      return null
    }
  }

  /** Saves fields of a panel, in turn with the text. */
  async savePanel(changes: LessonChanges): Promise<PanelOutcome> {
    for (let attempt = 0; attempt < QUICKER; attempt += 1) {
      while (this.#busy) await new Promise<void>((resolve) => this.#waiting.push(resolve))
      if (this.#status.kind === 'conflict') return { kind: 'blocked' }
      const base = this.#base
      const answer = await this.#exchange({ seen: base.seen, changes }, false)
      if (answer.kind === 'saved') {
        this.#base = { ...base, ...changes, seen: answer.seen }
        this.#afterPanel()
        return { kind: 'saved' }
      }
      if (answer.kind !== 'conflict') {
        this.#afterPanel()
        return answer
      }
      const clash = settingsClash(base, changes, answer.theirs)
      this.#adopt(answer.theirs)
      if (clash) return { kind: 'conflict', theirs: answer.theirs }
    }
    return { kind: 'unreachable' }
  }

  #afterPanel(): void {
    this.#free()
    if (this.dirty) this.#plan(QUIET)
    else this.#settled()
  }

  #pending(): LessonChanges {
    const { title, document } = this.#draft
    return {
      ...(title === this.#base.title ? {} : { title }),
      ...(isSameDocument(document, this.#base.document) ? {} : { document }),
    }
  }

  #keep(): void {
    const { seen } = this.#base
    this.#kept = this.#world.keep({ ...this.#draft, seen, at: new Date(this.#world.now()).toISOString() })
  }

  #touched(): void {
    this.#keep()
    const now = this.#world.now()
    this.#dirtySince ??= now
    if (this.#busy) return
    // Without a connection the next try is planned already.
    if (this.#status.kind === 'offline') {
      this.#show({ kind: 'offline', kept: this.#kept })
      return
    }
    this.#show({ kind: 'unsaved' })
    this.#plan(Math.max(0, Math.min(QUIET, this.#dirtySince + LONGEST - now)))
  }

  #settled(): void {
    this.#dirtySince = null
    this.#tries = 0
    this.#plan(null)
    this.#world.keep(null)
    this.#show({ kind: 'saved' })
  }

  #plan(milliseconds: number | null): void {
    this.#cancel?.()
    this.#cancel =
      milliseconds === null ? null : this.#world.later(() => void this.#send(false), milliseconds)
  }

  #show(status: SaveStatus): void {
    this.#status = status
    this.#world.onStatus(status)
  }

  #free(): void {
    this.#busy = false
    this.#waiting.splice(0).forEach((go) => go())
  }

  /** One request; nobody else sends until `#free`. */
  async #exchange(request: Parameters<World['send']>[0], last: boolean): Promise<SaveAnswer> {
    this.#busy = true
    this.#plan(null)
    try {
      return await this.#world.send(request, last)
    } catch {
      return { kind: 'unreachable' }
    }
  }

  async #send(last: boolean): Promise<void> {
    if (this.#busy || this.#status.kind === 'conflict') return
    const changes = this.#pending()
    if (Object.keys(changes).length === 0) {
      this.#settled()
      return
    }
    this.#show({ kind: 'saving' })
    this.#dirtySince = null
    const { seen } = this.#base
    this.#answered(await this.#exchange({ seen, changes }, last), changes)
  }

  #answered(answer: SaveAnswer, sent: LessonChanges): void {
    switch (answer.kind) {
      case 'saved':
        this.#base = { ...this.#base, ...sent, seen: answer.seen }
        this.#tries = 0
        this.#free()
        if (this.dirty) {
          this.#show({ kind: 'unsaved' })
          this.#touched()
        } else this.#settled()
        return
      case 'conflict':
        this.#adopt(answer.theirs)
        return
      case 'refused':
        this.#free()
        this.#keep()
        this.#show({ kind: 'refused', message: Object.values(answer.fields)[0] ?? answer.message })
        return
      case 'unreachable':
        this.#free()
        this.#keep()
        this.#show({ kind: 'offline', kept: this.#kept })
        this.#plan(Math.min(LONGEST_TRY, FIRST_TRY * 2 ** this.#tries))
        this.#tries += 1
        return
      default:
        answer satisfies never
    }
  }

  /** Somebody else changed the lesson: both are put together where they don't clash. */
  #adopt(theirs: LessonState): void {
    const mine = this.#draft
    const { draft, clashes } = reconcile(this.#base, mine, theirs)
    this.#free()
    if (clashes.length > 0) {
      this.#clash(theirs, clashes)
      return
    }
    this.#base = theirs
    this.#draft = draft
    if (draft.title !== mine.title || !isSameDocument(draft.document, mine.document))
      this.#world.onDraft(draft)
    if (this.dirty) {
      this.#keep()
      this.#show({ kind: 'unsaved' })
      this.#plan(0)
    } else this.#settled()
  }

  #clash(theirs: LessonState, clashes: readonly (keyof Draft)[]): void {
    this.#keep()
    this.#plan(null)
    this.#show({ kind: 'conflict', mine: this.#draft, theirs, clashes })
  }
}
