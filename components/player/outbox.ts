'use client'

import { longest, type Range, RANGES_MOST, unionOf, without } from '#lib/player/rules'
import type { ProgressAnswer, ProgressReport } from '#lib/player/contract'

const ADDRESS = '/api/progress'

/** What is known of saving. `later`: kept here, sent when it can be; `closed`: there is nothing to save here. */
export type Saving = 'saved' | 'later' | 'signed-out' | 'closed'

/** What one lesson still owes the server. */
type Owed = Readonly<{
  courseId: string
  ranges: readonly Range[]
  position: number | null
  /** The position that the server had when this one was made: another one now means that another device went on. */
  base: number
  viewed: boolean
}>

/** Named on every lesson's page of an enrolled learner. */
export type LessonRef = Readonly<{
  userId: string
  courseId: string
  lessonId: string
  /** Second that the server has. */
  position: number
}>

/** Dispatched on `document` when the server has taken a report; its detail is a `ProgressAnswer`. */
export const TAKEN = 'smartlms:progress'

/** What the server answered, as `TAKEN` tells it; null for another event. */
export function answerIn(event: Event): ProgressAnswer | null {
  return event instanceof CustomEvent && event.type === TAKEN ? (event.detail as ProgressAnswer) : null
}

/** A browser is a school's by its host and a person's by their id: on a shared computer nobody sends for another. */
const keyOf = (userId: string, lessonId: string): string => `smartlms-progress:${userId}:${lessonId}`

function isRange(value: unknown): value is Range {
  return Array.isArray(value) && value.length === 2 && value.every((one) => Number.isInteger(one))
}

function owedFrom(text: string | null): Owed | null {
  if (text === null) return null
  try {
    const { courseId, ranges, position, base, viewed } = JSON.parse(text) as Record<string, unknown>
    if (typeof courseId !== 'string' || !Array.isArray(ranges)) return null
    return {
      ...{ courseId, ranges: ranges.filter(isRange), viewed: viewed === true },
      position: typeof position === 'number' ? position : null,
      base: typeof base === 'number' ? base : 0,
    }
  } catch {
    return null
  }
}

function read(key: string): Owed | null {
  try {
    return owedFrom(localStorage.getItem(key))
  } catch {
    return null
  }
}

function write(key: string, owed: Owed | null): void {
  try {
    if (owed === null) localStorage.removeItem(key)
    else localStorage.setItem(key, JSON.stringify(owed))
  } catch {
    // Nowhere to keep it (a private window, a full disk): what is in memory is still sent.
  }
}

function keysOf(userId: string): string[] {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(keyOf(userId, '')))
  } catch {
    return []
  }
}

async function post(report: ProgressReport): Promise<Response | null> {
  try {
    return await fetch(ADDRESS, { method: 'POST', body: JSON.stringify(report), keepalive: true })
  } catch {
    return null
  }
}

function savingOf(response: Response | null): Saving {
  if (response === null || response.status >= 500 || response.status === 429) return 'later'
  if (response.ok) return 'saved'
  return response.status === 401 ? 'signed-out' : 'closed'
}

/**
 * Brings to the server what a lesson's page has to tell, at least once: each report is a union on the server, so one
 * too many changes nothing. Until the server has said that it has it, it stays in this browser.
 */
export class Outbox {
  readonly #lesson: LessonRef
  readonly #key: string
  readonly #listeners = new Set<() => void>()
  #owed: Owed
  #saving: Saving = 'saved'
  #sending = false

  constructor(lesson: LessonRef) {
    this.#lesson = lesson
    this.#key = keyOf(lesson.userId, lesson.lessonId)
    const kept = read(this.#key)
    const { courseId, position: base } = lesson
    this.#owed = {
      ...{ courseId, base, ranges: kept?.ranges ?? [], viewed: kept?.viewed ?? false },
      position: kept?.base === base ? kept.position : null,
    }
  }

  /** Second to go on from: what this browser kept, unless another device has gone on since. */
  get position(): number {
    return this.#owed.position ?? this.#lesson.position
  }

  get saving(): Saving {
    return this.#saving
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Whether something waits for being sent. */
  get owes(): boolean {
    const { ranges, viewed, position, base } = this.#owed
    return ranges.length > 0 || viewed || (position !== null && position !== base)
  }

  /** Adds what was played, and where the film stands. */
  add(ranges: readonly Range[], position: number | null): void {
    if (this.#saving === 'closed') return
    const whole = position === null ? this.#owed.position : Math.floor(position)
    this.#keep({ ...this.#owed, ranges: unionOf([...this.#owed.ranges, ...ranges]), position: whole })
  }

  /** Adds that the lesson was opened. */
  opened(): void {
    this.#keep({ ...this.#owed, viewed: true })
  }

  /** Sends what is owed and waits for the answer. */
  async send(): Promise<void> {
    if (this.#sending || !this.owes || this.#saving === 'closed') return
    this.#sending = true
    const sent = this.#report(this.#owed, this.#owed.position)
    const response = await post(sent)
    this.#sending = false
    const saving = savingOf(response)
    if (saving === 'saved' && response !== null) {
      this.#settle(sent)
      announce(response).catch(() => undefined)
    }
    // What the server will never take is not worth keeping; what is merely closed to this session may open again.
    if (saving === 'closed' && response?.status !== 403) write(this.#key, null)
    this.#say(saving)
  }

  /** Sends what is owed as the page goes away. Nobody hears the answer, so it stays here as well. */
  sendLast(): void {
    if (!this.owes || this.#saving === 'closed') return
    navigator.sendBeacon(ADDRESS, JSON.stringify(this.#report(this.#owed, this.#owed.position)))
  }

  /** Sends what other lessons' pages of this person left here. Where their films stand is left to their own pages. */
  async sendLeft(): Promise<void> {
    for (const key of keysOf(this.#lesson.userId)) {
      const owed = key === this.#key ? null : read(key)
      if (owed === null || (owed.ranges.length === 0 && !owed.viewed)) continue
      const lessonId = key.slice(keyOf(this.#lesson.userId, '').length)
      const sent = { ...this.#report(owed, null), lessonId }
      const saving = savingOf(await post(sent))
      if (saving === 'closed') write(key, null)
      if (saving === 'saved') write(key, remaining(read(key) ?? owed, sent))
      if (saving !== 'saved' && saving !== 'closed') return
    }
  }

  #report({ courseId, ranges, viewed }: Owed, position: number | null): ProgressReport {
    const some = longest(ranges, RANGES_MOST).map(([from, to]): [number, number] => [from, to])
    return {
      ...{ courseId, lessonId: this.#lesson.lessonId, position, ranges: some },
      ...(viewed ? { viewed } : {}),
    }
  }

  #settle(sent: ProgressReport): void {
    const base = sent.position ?? this.#owed.base
    this.#keep({ ...remaining(this.#owed, sent), base })
    if (!this.owes) write(this.#key, null)
  }

  #keep(owed: Owed): void {
    this.#owed = owed
    if (this.owes) write(this.#key, owed)
  }

  #say(saving: Saving): void {
    this.#saving = saving
    this.#listeners.forEach((listener) => listener())
  }
}

function remaining(owed: Owed, sent: ProgressReport): Owed {
  return {
    ...owed,
    ranges: without(unionOf(owed.ranges), unionOf(sent.ranges)),
    viewed: owed.viewed && sent.viewed !== true,
  }
}

async function announce(response: Response): Promise<void> {
  const detail = (await response.json()) as ProgressAnswer
  document.dispatchEvent(new CustomEvent(TAKEN, { detail }))
}

let current: Outbox | null = null

/** The outbox of the page's lesson, made at the first call. A page is one lesson. */
export function outboxOf(lesson: LessonRef): Outbox {
  current ??= new Outbox(lesson)
  return current
}
