import { type Draft, newDraft, type QuestionType } from '#lib/exams/rules/drafting'
import type { Content } from '#lib/exams/rules/drafting-content'
import type { ExamSaver } from '#lib/exams/rules/drafting-saver'
import { addDraft, removeDraft, removePool, restoreDraft, restorePool } from '#lib/exams/rules/drafting-steps'
import type { ExamWords } from '#lib/i18n/exam-author-words'

/** What was just taken away, and what brings it back; `back` is null for what is only said. */
export type Gone = Readonly<{ text: string; back: ((content: Content) => Content) | null }>

/** Keeps a question in the school's bank. @returns what is to be said about it */
export type Keep = (questionId: string) => Promise<string>

export type EditorView = Readonly<{
  /** The question whose form is open. */
  open: string | null
  gone: Gone | null
}>

/** What the parts of the editor do to the exam, and which of its questions is open. */
export class EditorSteps {
  readonly #saver: ExamSaver
  readonly #words: ExamWords
  readonly #keep: Keep
  readonly #listeners = new Set<() => void>()
  #view: EditorView = { open: null, gone: null }
  /** The question that has just been made: typing begins in it. */
  #fresh: string | null = null

  constructor(saver: ExamSaver, words: ExamWords, keep: Keep) {
    this.#saver = saver
    this.#words = words
    this.#keep = keep
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  readonly view = (): EditorView => this.#view

  edit(change: (content: Content) => Content): void {
    this.#saver.edit(change)
  }

  show(questionId: string | null): void {
    this.#set({ open: questionId })
  }

  /** Whether a question that opens takes the focus: once, after it was made. */
  takesFocus(questionId: string): boolean {
    const takes = this.#fresh === questionId
    if (takes) this.#fresh = null
    return takes
  }

  add(type: QuestionType, poolId: string | null): void {
    const draft: Draft = newDraft(type)
    this.#fresh = draft.id
    this.#saver.edit((content) => addDraft(content, draft, poolId))
    this.#set({ open: draft.id })
  }

  removeQuestion(id: string): void {
    const before = this.#saver.state().content
    this.#saver.edit((content) => removeDraft(content, id))
    this.#set({ gone: { text: this.#words.deleted, back: (content) => restoreDraft(content, before, id) } })
  }

  removePool(id: string): void {
    const pool = this.#saver.state().content.pools.find((one) => one.id === id)
    if (pool === undefined) return
    this.#saver.edit((content) => removePool(content, id))
    this.#set({ gone: { text: this.#words.poolGone, back: (content) => restorePool(content, pool) } })
  }

  /** Says what was done where undoing is offered. */
  readonly say = (text: string): void => this.#set({ gone: { text, back: null } })

  async keepInBank(questionId: string): Promise<void> {
    this.say(await this.#keep(questionId))
  }

  undo(): void {
    const { gone } = this.#view
    if (gone === null || gone.back === null) return
    this.#saver.edit(gone.back)
    this.#set({ gone: null })
  }

  #set(change: Partial<EditorView>): void {
    this.#view = { ...this.#view, ...change }
    this.#listeners.forEach((listener) => listener())
  }
}
