'use client'

import type { Line, MessageView, PanelView } from '#lib/tutor/contract/limits'
import type { TutorOf } from './contract'
import { ask, newKey, readPanel, type Refusal, stop } from './wire'

/** How often, and how many times, an answer is looked for that is given without this page listening. */
const LOOK_EVERY = 1_500
const LOOKS = 60

export type TalkState = Readonly<{
  /** Null until it came. */
  view: PanelView | null
  /** What is being said; null while nothing is. */
  streamed: string | null
  /** Said to whoever doesn't see it. */
  status: string
  problem: string | null
}>

/** Reasons for which the panel itself says why it is closed. */
const CLOSED = ['exam', 'off', 'day']

const asked = (text: string): MessageView => ({
  ...{ role: 'user', text, at: new Date().toISOString(), source: null, remark: null, citations: [] },
})

/** One conversation at a time with the tutor beside a lesson, as the server keeps it, and the answer that is given. */
export class Talk {
  readonly #of: TutorOf
  readonly #listeners = new Set<() => void>()
  #state: TalkState = { view: null, streamed: null, status: '', problem: null }
  #gone = false
  #loading: Promise<PanelView | null> = Promise.resolve(null)
  #halted = false
  /** The question under way: after a failure the same words are the same question. */
  #pending: Readonly<{ key: string; question: string }> | null = null

  constructor(of: TutorOf) {
    this.#of = of
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  readonly state = (): TalkState => this.#state

  /** Reads what there is. */
  begin(): void {
    this.#gone = false
    this.show(null)
  }

  /** Listens no more. What is asked is answered and kept all the same. */
  leave(): void {
    this.#gone = true
  }

  /** Opens a conversation; `new` begins one; null opens the one that was open last. */
  show(chat: string | null): void {
    this.#loading = this.#load(chat)
    void this.#loading.then((found) => {
      if (found?.answering === true) void this.#follow(found.chatId)
    })
  }

  /** @returns whether the question arrived: if not it has to stay where it was typed */
  async send(question: string): Promise<boolean> {
    // Whoever is quicker than the panel waits for it, and not the other way round.
    const view = this.#state.view ?? (await this.#loading)
    if (view === null || this.#state.streamed !== null) return false
    const key = this.#pending?.question === question ? this.#pending.key : newKey()
    this.#pending = { key, question }
    this.#halted = false
    const { words, courseId, lessonId } = this.#of
    this.#set({
      ...{ problem: null, streamed: '', status: words.thinking },
      view: { ...view, messages: [...view.messages, asked(question)] },
    })
    const { chatId } = view
    const begun: string[] = []
    const result = await ask({ courseId, lessonId, chatId, key, question }, (line) => {
      if (line.type === 'begun') begun.push(line.chatId)
      this.#take(line)
    })
    if (this.#gone) return true
    if (result === 'broken' && begun[0] !== undefined) await this.#follow(begun[0])
    const arrived = result === null || begun[0] !== undefined
    this.#set({ streamed: null })
    if (arrived) this.#pending = null
    else await this.#refused(result, view)
    return arrived
  }

  /** Stops the answer where it is. */
  halt(): void {
    if (this.#pending === null || this.#halted) return
    this.#halted = true
    stop(this.#pending.key, this.#state.streamed?.length ?? 0)
  }

  #set(changes: Partial<TalkState>): void {
    this.#state = { ...this.#state, ...changes }
    for (const listener of this.#listeners) listener()
  }

  #view(changes: (view: PanelView) => Partial<PanelView>): void {
    const { view } = this.#state
    if (view !== null) this.#set({ view: { ...view, ...changes(view) } })
  }

  #take(line: Line): void {
    const { words } = this.#of
    if (line.type === 'begun') this.#view(() => ({ chatId: line.chatId }))
    else if (line.type === 'anew') this.#set({ streamed: '' })
    else if (line.type === 'failed') this.#set({ problem: line.message })
    else if (line.type === 'text') {
      if (!this.#halted) this.#set({ streamed: `${this.#state.streamed ?? ''}${line.text}` })
    } else {
      const { message, left } = line
      this.#view(({ messages }) => ({ left, messages: [...messages, message] }))
      this.#set({ streamed: null, status: this.#halted ? words.stopped : words.done })
    }
  }

  async #refused(result: Refusal | 'broken' | null, before: PanelView): Promise<void> {
    this.#set({ status: '', view: before })
    if (result === null || result === 'broken') this.#set({ problem: this.#of.words.unreachable })
    else if (CLOSED.includes(result.reason)) await this.#load(before.chatId ?? 'new')
    else this.#refuse(result)
  }

  #refuse({ status, reason, message }: Refusal): void {
    const { words } = this.#of
    const known = reason === 'busy' ? words.busy : status === 401 ? words.signedOut : null
    this.#set({ problem: known ?? (message === '' ? words.unreachable : message) })
  }

  async #load(chat: string | null): Promise<PanelView | null> {
    const found = await readPanel(this.#of, chat)
    if (this.#gone) return null
    if ('kind' in found) {
      this.#refuse(found)
      return null
    }
    this.#set({ problem: null, view: found })
    return found
  }

  /** Waits for an answer that is given somewhere: to another window, or to this one before its connection broke. */
  async #follow(chat: string | null): Promise<void> {
    this.#set({ streamed: this.#state.streamed ?? '' })
    for (let looks = 0; looks < LOOKS && !this.#gone; looks += 1) {
      const found = await this.#load(chat)
      if (found !== null && !found.answering) break
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY))
    }
    this.#set({ streamed: null })
  }
}
