import { type DBSchema, type IDBPDatabase, openDB } from 'idb'
import type { AnswerValue } from '#lib/exams/contract'
import type { SentEvent } from '#lib/exams/contract/taking'
import type { Kept } from './slots'

/** What the learner put beside the questions: for them alone, kept in this browser alone. */
export type Marks = Readonly<{ flagged: readonly string[]; at: string | null }>

/** An event that the server doesn't have yet; `at` is the server's clock in milliseconds. */
export type KeptEvent = Readonly<{
  key: string
  kind: SentEvent['kind']
  at: number
  detail: SentEvent['detail']
}>

export type Contents = Readonly<{ answers: readonly Kept[]; marks: Marks; events: readonly KeptEvent[] }>

interface Schema extends DBSchema {
  answers: { key: [string, string]; value: Kept & { attemptId: string } }
  marks: { key: string; value: Marks & { attemptId: string } }
  events: { key: [string, string]; value: KeptEvent & { attemptId: string } }
}

/** A browser keeps databases by origin, which is a school's: another school's journal is out of reach by itself. */
const NAME = 'smartlms-exams'

/** A browser that never answers (another tab blocks the database, a private window) must not keep anybody waiting. */
const PATIENCE = 3_000

async function open(): Promise<IDBPDatabase<Schema> | null> {
  try {
    const opened = openDB<Schema>(NAME, 1, {
      upgrade(db) {
        db.createObjectStore('answers', { keyPath: ['attemptId', 'questionId'] })
        db.createObjectStore('marks', { keyPath: 'attemptId' })
        db.createObjectStore('events', { keyPath: ['attemptId', 'key'] })
      },
    })
    const late = new Promise<null>((resolve) => setTimeout(() => resolve(null), PATIENCE))
    return await Promise.race([opened, late])
  } catch {
    return null
  }
}

/** All keys of an attempt: arrays sort after every text. */
const of = (attemptId: string): IDBKeyRange => IDBKeyRange.bound([attemptId], [attemptId, []])

/**
 * Where each change is written before it is sent. Everything is in memory as well: where the browser keeps nothing (or
 * stops to: a full disk) the exam goes on, `durable` turns false, and the screen says what a reload would cost.
 */
export class Journal {
  readonly #attemptId: string
  readonly #sequences = new Map<string, number>()
  #db: IDBPDatabase<Schema> | null = null

  constructor(attemptId: string) {
    this.#attemptId = attemptId
  }

  /** Whether what is written outlives the page. */
  get durable(): boolean {
    return this.#db !== null
  }

  /** What this browser kept of the attempt. */
  async open(): Promise<Contents> {
    this.#db ??= await open()
    const empty: Contents = { answers: [], marks: { flagged: [], at: null }, events: [] }
    return this.#try(async (db) => {
      const range = of(this.#attemptId)
      const [answers, marks, events] = await Promise.all([
        db.getAll('answers', range),
        db.get('marks', this.#attemptId),
        db.getAll('events', range),
      ])
      for (const { questionId, sequence } of answers) this.#sequences.set(questionId, sequence)
      return { answers, events, marks: marks ?? empty.marks }
    }, empty)
  }

  /**
   * Writes an answer down under the next sequence, which is found and taken in one transaction: two tabs never give
   * the same one to two answers. @param floor a sequence that the server is known to have @returns the sequence
   */
  async write(questionId: string, value: AnswerValue, floor: number, acknowledged: number): Promise<number> {
    const attemptId = this.#attemptId
    const ours = Math.max(floor, this.#sequences.get(questionId) ?? 0) + 1
    const sequence = await this.#try(async (db) => {
      const work = db.transaction('answers', 'readwrite')
      const there = await work.store.get([attemptId, questionId])
      const next = Math.max(ours, (there?.sequence ?? 0) + 1)
      await work.store.put({ attemptId, questionId, value, sequence: next, acknowledged })
      await work.done
      return next
    }, ours)
    this.#sequences.set(questionId, sequence)
    return sequence
  }

  /** Notes what the server holds, unless a later change was written meanwhile. */
  async settle(kept: Kept): Promise<void> {
    const attemptId = this.#attemptId
    const { questionId, sequence } = kept
    this.#sequences.set(questionId, Math.max(sequence, this.#sequences.get(questionId) ?? 0))
    await this.#try(async (db) => {
      const work = db.transaction('answers', 'readwrite')
      const there = await work.store.get([attemptId, questionId])
      if (there === undefined || there.sequence <= sequence) await work.store.put({ attemptId, ...kept })
      await work.done
    }, undefined)
  }

  async mark(marks: Marks): Promise<void> {
    await this.#try(
      async (db): Promise<unknown> => db.put('marks', { attemptId: this.#attemptId, ...marks }),
      undefined,
    )
  }

  async addEvent(event: KeptEvent): Promise<void> {
    await this.#try(
      async (db): Promise<unknown> => db.put('events', { attemptId: this.#attemptId, ...event }),
      undefined,
    )
  }

  async dropEvents(keys: readonly string[]): Promise<void> {
    await this.#try(async (db) => {
      const work = db.transaction('events', 'readwrite')
      await Promise.all([...keys.map((key) => work.store.delete([this.#attemptId, key])), work.done])
    }, undefined)
  }

  /** Leaves nothing of the attempt on this device: it is with the server, and the device may be a shared one. */
  async forget(): Promise<void> {
    await this.#try(async (db) => {
      const work = db.transaction(['answers', 'marks', 'events'], 'readwrite')
      await Promise.all([
        work.objectStore('answers').delete(of(this.#attemptId)),
        work.objectStore('marks').delete(this.#attemptId),
        work.objectStore('events').delete(of(this.#attemptId)),
        work.done,
      ])
    }, undefined)
  }

  async #try<T>(work: (db: IDBPDatabase<Schema>) => Promise<T>, otherwise: T): Promise<T> {
    if (this.#db === null) return otherwise
    try {
      return await work(this.#db)
    } catch {
      this.#db = null
      return otherwise
    }
  }
}
