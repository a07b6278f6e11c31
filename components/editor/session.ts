import { type LessonDocument, parseDocument } from '#lib/content/document'
import type { Draft, LessonToEdit } from '#lib/editor/contract'
import { Autosave, type SaveStatus } from '#lib/editor/rules/autosave'
import { type EditorJson, storedForm } from '#lib/editor/rules/document'
import { readKept, sendLesson, writeKept } from './exchange'

/** Milliseconds after the last keystroke at which the text is read: a long one takes a moment. */
const READ_AFTER = 250

type Snapshot = Readonly<{
  status: SaveStatus
  /** When what was brought back from this device had been written, ISO; null: nothing was. */
  restored: string | null
}>

/** What is edited on a page, and what becomes of it. React looks at it as at any store outside of it. */
export class EditorSession {
  readonly #lesson: LessonToEdit
  readonly #unsavable: string
  readonly saver: Autosave
  #snapshot: Snapshot = { status: { kind: 'saved' }, restored: null }
  #listeners = new Set<() => void>()
  #show: (draft: Draft) => void = () => undefined
  #read: (() => Readonly<{ title: string; json: EditorJson }>) | null = null
  #timer: ReturnType<typeof setTimeout> | undefined

  /** @param unsavable what is said of a text that can't be a lesson's */
  constructor(lesson: LessonToEdit, unsavable: string) {
    this.#lesson = lesson
    this.#unsavable = unsavable
    this.saver = new Autosave(lesson.state, {
      send: async (request, last) => {
        const answer = await sendLesson(lesson.lessonId, request, last)
        // What was typed meanwhile is part of mine, before anything is made of theirs.
        this.commit()
        return answer
      },
      keep: (draft) => writeKept(lesson.draftKey, draft),
      now: () => Date.now(),
      later: (work, milliseconds) => {
        const timer = setTimeout(work, milliseconds)
        return () => clearTimeout(timer)
      },
      onStatus: (status) => this.#set({ status }),
      onDraft: (draft) => this.#show(draft),
    })
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  snapshot = (): Snapshot => this.#snapshot

  /**
   * Begins: brings back what this device had kept, and listens to the connection.
   * @param read what stands on the page @param show puts a draft onto the page
   * @returns ends it
   */
  start(read: () => Readonly<{ title: string; json: EditorJson }>, show: (draft: Draft) => void): () => void {
    this.#read = read
    this.#show = show
    const kept = readKept(this.#lesson.draftKey)
    if (kept !== null && this.saver.restore(kept)) this.#set({ restored: kept.at })
    const online = (): void => this.saver.flush()
    const leave = (): void => {
      this.commit()
      this.saver.leave()
    }
    const hide = (): void => {
      if (document.visibilityState === 'hidden') leave()
    }
    addEventListener('online', online)
    addEventListener('pagehide', leave)
    document.addEventListener('visibilitychange', hide)
    return () => {
      this.commit()
      removeEventListener('online', online)
      removeEventListener('pagehide', leave)
      document.removeEventListener('visibilitychange', hide)
      this.saver.stop()
    }
  }

  /** Something on the page changed. It is read in a moment. */
  touch(): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.commit(), READ_AFTER)
  }

  /** Reads the page now, if there is anything new. */
  commit(): void {
    if (this.#timer === undefined || this.#read === null) return
    clearTimeout(this.#timer)
    this.#timer = undefined
    const { title, json } = this.#read()
    let document: LessonDocument
    try {
      document = parseDocument(JSON.stringify(storedForm(json)))
    } catch {
      this.#set({ status: { kind: 'refused', message: this.#unsavable } })
      return
    }
    // A lesson without a title keeps the one it had.
    this.saver.edit({ title: title.trim() === '' ? this.saver.base.title : title.trim(), document })
  }

  /** What came back from this device was noticed. */
  noticed(): void {
    this.#set({ restored: null })
  }

  #set(change: Partial<Snapshot>): void {
    this.#snapshot = { ...this.#snapshot, ...change }
    this.#listeners.forEach((listener) => listener())
  }
}
