import type { AnswerOutcome, SentAnswer, SentEvent, Submitted } from '#lib/exams/contract/taking'
import type { ServerClock } from './clock'
import { isOwed } from './slots'
import type { End, RoomState, Watched } from './state'
import { ask, backoff, type Failure } from './wire'

/** Milliseconds after the deadline in which the server still takes an answer that was on its way. */
const GRACE = 3_000
/** Between two tries within the grace. */
const HURRY = 400
/** The clock's own error: less than this is not worth going back to the questions for. */
const MOMENT = 2_000
/** Requests before the last one, at most: an exam's answers fit into far fewer. */
const BATCHES = 20
/** Rooms with nothing left to send don't all hand in within the same moment. */
const SPREAD = 1_500

type Request = Readonly<{ answers: readonly SentAnswer[]; events: readonly SentEvent[] }>

type Room = Readonly<{
  clock: ServerClock
  state: Watched<RoomState>
  writeAll: () => Promise<void>
  stopSending: () => Promise<void>
  goOnSending: () => void
  request: () => Request
  /** Saves what one request holds, and takes the server's clock. */
  save: () => Promise<Failure | null>
  /** Whether there is more than one request holds. */
  hasMore: () => boolean
  settle: (
    outcomes: readonly AnswerOutcome[],
    sent: readonly SentAnswer[],
    events: readonly SentEvent[],
  ) => void
  forget: () => void
}>

/** Waits, but not beyond the moment in which the browser finds a connection again. */
function pause(delay: number): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer)
      removeEventListener('online', done)
      resolve()
    }
    const timer = setTimeout(done, delay)
    addEventListener('online', done)
  })
}

/** How an attempt ends: by the learner, by the clock, or somewhere else. */
export class HandIn {
  readonly #room: Room
  #timer: ReturnType<typeof setTimeout> | undefined
  /** Counts the calls: an older loop that finds itself overtaken gives up. */
  #run = 0

  constructor(room: Room) {
    this.#room = room
  }

  /** Watches the clock. It is looked at often: timers of tabs behind others are late, and the clock may be corrected. */
  watch(): void {
    clearTimeout(this.#timer)
    const { clock, state } = this.#room
    const look = (): void => {
      if (state.get().phase !== 'writing') return
      if (clock.left <= 0) this.start('time')
      else this.#timer = setTimeout(look, Math.min(1_000, Math.max(20, clock.left)))
    }
    look()
  }

  close(): void {
    this.#run += 1
    clearTimeout(this.#timer)
  }

  /** Hands in. Called again while it is under way it does nothing. */
  start(why: 'learner' | 'time'): void {
    const { state } = this.#room
    if (state.get().phase !== 'writing') return
    this.#run += 1
    state.set({ phase: 'handing-in', stuck: false })
    void this.#loop(why, this.#run)
  }

  /** The learner goes back to the questions. A request that arrived after all is noticed by the next save. */
  cancel(): void {
    if (this.#room.state.get().phase === 'handing-in') this.#goOn()
  }

  /** The server says that it is over. @param submittedAt null where it doesn't say since when */
  endedElsewhere(submittedAt: string | null): void {
    const { state, clock } = this.#room
    if (state.get().phase === 'handing-in' || state.get().phase === 'ended') return
    this.close()
    this.#end({ why: clock.left <= 0 ? 'time' : 'other', submittedAt, missing: this.#missing() })
  }

  #goOn(): void {
    const { state, goOnSending } = this.#room
    this.#run += 1
    state.set({ phase: 'writing', stuck: false, end: null })
    goOnSending()
    this.watch()
  }

  /**
   * Before the last request: saves what that can't hold, and, where the clock is the reason, hears what it says by now.
   * Extra time may have been given while nothing was sent; the attempt then goes on.
   */
  async #prepare(why: 'learner' | 'time'): Promise<'ready' | 'unreachable' | 'running'> {
    const { clock, save, hasMore } = this.#room
    let asks = why === 'time'
    for (let sent = 0; sent < BATCHES && (asks || hasMore()); sent += 1) {
      asks = false
      const failure = await save()
      // Whatever else is wrong with it is for the last request to hear.
      if (failure !== null) return failure.kind === 'later' ? 'unreachable' : 'ready'
      if (why === 'time' && clock.left > MOMENT) return 'running'
    }
    if (why === 'time' && clock.left > 0) await pause(clock.left)
    return 'ready'
  }

  async #loop(why: 'learner' | 'time', run: number): Promise<void> {
    const { clock, state, writeAll, stopSending } = this.#room
    await writeAll()
    await stopSending()
    const idle = Object.values(state.get().slots).every((slot) => !isOwed(slot))
    if (why === 'time' && idle) await pause(Math.random() * SPREAD)
    for (let tries = 0; run === this.#run; tries += 1) {
      const step = await this.#prepare(why)
      if (run !== this.#run) return
      if (step === 'running') {
        this.#goOn()
        return
      }
      if (step === 'ready' && (await this.#try(clock.left <= 0 ? 'time' : why))) return
      if (run !== this.#run) return
      if (clock.left + GRACE < 0) this.#presume()
      else state.set({ stuck: true, saving: 'offline' })
      // Around the deadline every moment counts; before and after it there is time.
      const close = clock.left < GRACE && clock.left + GRACE > 0
      await pause(close ? HURRY : backoff(tries))
    }
  }

  /** @returns whether the server has confirmed */
  async #try(why: 'learner' | 'time'): Promise<boolean> {
    const { request, settle } = this.#room
    const sent = request()
    const answer = await ask<Submitted>('/api/exams/submit', sent)
    if (!answer.ok) return false
    settle(answer.value.answers, sent.answers, sent.events)
    // Someone else ended it: the clock, another device, the instructor.
    const other = answer.value.already && why === 'learner'
    const { submittedAt } = answer.value
    this.#end({ why: other ? 'other' : why, submittedAt, missing: this.#missing() })
    return true
  }

  /** Nobody can be reached and the time is over: the server hands in what it has, whatever becomes of this page. */
  #presume(): void {
    const { state } = this.#room
    if (state.get().phase === 'ended') return
    state.set({ phase: 'ended', end: { why: 'time', submittedAt: null, missing: this.#missing() } })
  }

  #missing(): string[] {
    return Object.entries(this.#room.state.get().slots).flatMap(([id, slot]) => (isOwed(slot) ? [id] : []))
  }

  #end(end: End): void {
    this.#room.state.set({
      phase: 'ended',
      end,
      stuck: false,
      saving: end.missing.length > 0 ? 'offline' : 'saved',
    })
    if (end.missing.length === 0 && end.submittedAt !== null) this.#room.forget()
  }
}
