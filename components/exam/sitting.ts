import type { AnswerValue } from '#lib/exams/contract'
import type {
  AnswerOutcome,
  DeliveredQuestion,
  Saved,
  SentAnswer,
  SentEvent,
  Started,
} from '#lib/exams/contract/taking'
import { ServerClock, watchJumps } from './clock'
import { EventLog, watchFocus } from './event-log'
import { HandIn } from './hand-in'
import { Journal } from './journal'
import { Sender } from './sender'
import { fitting, isOwed, journaled, merged, settled, type Slot } from './slots'
import { type RoomState, Watched } from './state'
import { TabLock } from './tab-lock'
import { type Answered, ask, type Failure, LAST_BYTES, sendLast } from './wire'

/** Answers that go with one request. */
const MOST = 100
/** Bytes of them, well below what the server takes. */
const BYTES = 1_500_000
/** How long the room goes without a word of the server's: extra time may have been given meanwhile. */
const SILENCE = 60_000
/** Events alone are in no hurry. */
const EVENTS_DELAY = 5_000

type Request = Readonly<{
  examId: string
  attemptId: string
  answers: readonly SentAnswer[]
  events: readonly SentEvent[]
}>

type Arrived = Readonly<{ value: Started; sentAt: number; receivedAt: number }>

/**
 * One attempt in one tab: what is on the screen, in the journal and at the server, and how they come together. Every
 * change goes into the journal first, then to the server; nothing is called saved before the server has said so.
 */
export class Sitting {
  readonly examId: string
  readonly attemptId: string
  readonly questions: readonly DeliveredQuestion[]
  readonly clock: ServerClock
  readonly state: Watched<RoomState>
  readonly events: EventLog
  readonly #journal: Journal
  readonly #sender: Sender
  readonly #lock: TabLock
  readonly #handIn: HandIn
  #writing: Promise<void> | null = null
  #lostAt: number | null = null
  /** When the server last said how late it is, by the monotonic clock. */
  #heardAt: number
  #waited = false
  #first: readonly SentAnswer[]

  constructor(examId: string, { value: started, sentAt, receivedAt }: Arrived) {
    this.examId = examId
    this.attemptId = started.attemptId
    this.questions = started.questions
    this.#first = started.answers
    this.#heardAt = receivedAt
    this.clock = new ServerClock(started.clock, sentAt, receivedAt)
    this.#journal = new Journal(started.attemptId)
    this.state = new Watched<RoomState>({
      ...{ phase: 'opening', saving: 'saved', refusal: '', durable: true, stuck: false, end: null },
      slots: merged(this.#ids, [], started.answers),
      ...{ flagged: [], uploads: 0, at: this.#ids[0] ?? '' },
    })
    this.events = new EventLog({
      now: () => this.clock.now,
      keep: (event) => void this.#journal.addEvent(event),
      drop: (keys) => void this.#journal.dropEvents(keys),
    })
    this.#sender = new Sender({
      owes: () => this.#owes(),
      send: () => this.#send(),
      tried: (failure) => this.#tried(failure),
    })
    this.#lock = new TabLock(started.attemptId, {
      gained: () => void this.#gained(),
      lost: () => this.#lost(),
      met: () => this.#note('OTHER_TAB'),
      flush: () => this.#writeAll(),
    })
    this.#handIn = new HandIn({
      clock: this.clock,
      state: this.state,
      writeAll: () => this.#writeAll(),
      stopSending: () => this.#sender.stop(),
      goOnSending: () => this.#sender.resume(),
      request: () => this.#request(),
      save: () => this.#send(),
      hasMore: () => this.#owed().length > this.#request().answers.length,
      settle: (outcomes, sent, events) => this.#settle(outcomes, sent, events),
      forget: () => this.#forget(),
    })
  }

  /** Takes the lock, or says that another tab has it. */
  async open(): Promise<void> {
    addEventListener('online', () => this.#sender.now())
    addEventListener('pagehide', () => this.#leave())
    addEventListener('beforeunload', (event) => this.#warn(event))
    document.addEventListener('visibilitychange', () =>
      document.visibilityState === 'hidden' ? this.#sender.now() : this.#look(),
    )
    watchJumps((seconds) => this.#jumped(seconds))
    setInterval(() => {
      if (performance.now() - this.#heardAt >= SILENCE && document.visibilityState === 'visible') this.#look()
    }, SILENCE / 4)
    watchFocus((kind, seconds) => this.#note(kind, seconds === null ? {} : { seconds }))
    if (await this.#lock.acquire()) return
    this.#waited = true
    if (this.state.get().phase === 'opening') this.state.set({ phase: 'elsewhere' })
  }

  takeOver(): void {
    this.#lock.takeOver()
  }

  /** The learner changed an answer. */
  change(questionId: string, value: AnswerValue): void {
    if (this.state.get().phase !== 'writing') return
    this.#patch(questionId, (slot) => ({ ...slot, value, fresh: true }))
    this.#sayOwed()
    void this.#writeAll()
  }

  /** The learner takes back an answer that had lost, or lets it go. */
  resolve(questionId: string, take: boolean): void {
    const offered = this.state.get().slots[questionId]?.offered ?? null
    this.#patch(questionId, (slot) => ({ ...slot, offered: null }))
    if (take && offered !== null) this.change(questionId, offered)
  }

  go(questionId: string): void {
    this.state.set({ at: questionId })
    this.#mark()
  }

  flag(questionId: string): void {
    const { flagged } = this.state.get()
    const without = flagged.filter((id) => id !== questionId)
    this.state.set({ flagged: without.length < flagged.length ? without : [...flagged, questionId] })
    this.#mark()
  }

  pasted(questionId: string, length: number): void {
    this.#note('PASTED', { questionId, length })
  }

  /** Tries again at once. */
  retry(): void {
    this.#sender.now()
  }

  handIn(): void {
    this.#handIn.start('learner')
  }

  /** Back to the questions, while handing in could not be sent. */
  cancelHandIn(): void {
    this.#handIn.cancel()
  }

  get #ids(): string[] {
    return this.questions.map(({ id }) => id)
  }

  #mark(): void {
    const { flagged, at } = this.state.get()
    void this.#journal.mark({ flagged, at })
  }

  #note(kind: SentEvent['kind'], detail: SentEvent['detail'] = {}): void {
    if (this.state.get().phase !== 'writing') return
    this.events.add(kind, detail)
    this.#sender.soon(EVENTS_DELAY)
  }

  #patch(questionId: string, change: (slot: Slot) => Slot): void {
    const { slots } = this.state.get()
    const slot = slots[questionId]
    if (slot !== undefined) this.state.set({ slots: { ...slots, [questionId]: change(slot) } })
  }

  #sayOwed(): void {
    if (this.state.get().saving === 'saved') this.state.set({ saving: 'saving' })
  }

  #owed(): SentAnswer[] {
    return Object.entries(this.state.get().slots).flatMap(([questionId, slot]) =>
      slot.value !== null && !slot.fresh && isOwed(slot) && slot.refused !== slot.sequence
        ? [{ questionId, sequence: slot.sequence, value: slot.value }]
        : [],
    )
  }

  #owes(): boolean {
    return this.state.get().phase === 'writing' && (this.events.length > 0 || this.#owed().length > 0)
  }

  /** Writes down all that is only on the screen; one call at a time, and every caller waits for the end of it. */
  #writeAll(): Promise<void> {
    this.#writing ??= this.#drain().finally(() => {
      this.#writing = null
    })
    return this.#writing
  }

  async #drain(): Promise<void> {
    for (;;) {
      const next = Object.entries(this.state.get().slots).find(([, slot]) => slot.fresh)
      if (next?.[1].value == null) return
      const [questionId, { value, sequence, acknowledged }] = next
      const written = await this.#journal.write(questionId, value, sequence, acknowledged)
      this.#patch(questionId, (slot) => journaled(slot, value, written))
      if (this.#journal.durable !== this.state.get().durable)
        this.state.set({ durable: this.#journal.durable })
      this.#sender.soon()
    }
  }

  #request(): Request {
    const { examId, attemptId } = this
    return { examId, attemptId, answers: fitting(this.#owed(), BYTES, MOST), events: this.events.batch() }
  }

  async #send(): Promise<Failure | null> {
    const request = this.#request()
    const answer = await ask<Saved>('/api/exams/save', request)
    return this.#take(answer, request)
  }

  #take(answer: Answered<Saved>, request: Request): Failure | null {
    if (!answer.ok) return answer
    const { value, sentAt, receivedAt } = answer
    this.#heardAt = receivedAt
    this.clock.take(value.clock, sentAt, receivedAt)
    this.#settle(value.answers, request.answers, request.events)
    if (value.submittedAt !== null) this.#handIn.endedElsewhere(value.submittedAt)
    return null
  }

  #settle(
    outcomes: readonly AnswerOutcome[],
    sent: readonly SentAnswer[],
    events: readonly SentEvent[],
  ): void {
    this.events.arrived(events)
    for (const outcome of outcomes) {
      const { questionId } = outcome
      const sequence = sent.find((answer) => answer.questionId === questionId)?.sequence ?? 0
      this.#patch(questionId, (slot) => settled(slot, sequence, outcome))
      const slot = this.state.get().slots[questionId]
      if (slot === undefined || slot.value === null || slot.fresh) continue
      const { value, acknowledged } = slot
      void this.#journal.settle({ questionId, value, sequence: slot.sequence, acknowledged })
    }
  }

  #tried(failure: Failure | null): void {
    if (failure !== null) {
      if (this.#lostAt === null && failure.status === 0) {
        this.#lostAt = performance.now()
        this.#note('OFFLINE')
      }
      const saving = failure.kind === 'later' ? 'offline' : failure.kind
      this.state.set({ saving, refusal: failure.message })
      return
    }
    if (this.#lostAt !== null) {
      const seconds = Math.round((performance.now() - this.#lostAt) / 1000)
      this.#lostAt = null
      this.#note('RECONNECTED', { seconds })
    }
    this.#saySaving()
  }

  async #gained(): Promise<void> {
    const kept = await this.#journal.open()
    const answers = this.#waited ? await this.#afresh() : this.#first
    if (answers === null) return
    const { flagged, at } = kept.marks
    const known = new Set(this.#ids)
    this.events.restore(kept.events)
    this.state.set({
      ...{ phase: 'writing', durable: this.#journal.durable },
      slots: merged(this.#ids, kept.answers, answers),
      flagged: flagged.filter((id) => known.has(id)),
      at: at !== null && known.has(at) ? at : this.state.get().at,
    })
    this.#note('OPENED')
    this.#sender.resume()
    this.#handIn.watch()
    this.#saySaving()
  }

  #saySaving(): void {
    const owed = Object.values(this.state.get().slots).filter(isOwed)
    const refused = owed.some(({ refused, sequence, fresh }) => !fresh && refused === sequence)
    this.state.set({ saving: refused ? 'refused' : owed.length > 0 ? 'saving' : 'saved', refusal: '' })
  }

  /** What the server holds by now: another tab wrote while this one waited. Null: the attempt is over. */
  async #afresh(): Promise<readonly SentAnswer[] | null> {
    const answer = await ask<Started>('/api/exams/start', { examId: this.examId, resume: true })
    if (answer.ok && answer.value.attemptId === this.attemptId) {
      this.clock.take(answer.value.clock, answer.sentAt, answer.receivedAt)
      return answer.value.answers
    }
    // Without a connection, or signed out, the journal alone is what there is; the other tab wrote into the same one.
    // What keeps the server from answering is said as soon as something is sent.
    if (!answer.ok && answer.reason !== 'over' && answer.status !== 404) return this.#first
    this.#handIn.endedElsewhere(null)
    return null
  }

  #lost(): void {
    this.#waited = true
    void this.#sender.stop()
    this.#handIn.close()
    if (this.state.get().phase !== 'ended') this.state.set({ phase: 'elsewhere' })
  }

  #jumped(seconds: number): void {
    if (seconds !== 0) this.#note('CLOCK_JUMPED', { seconds })
    this.#look()
  }

  /** Asks the server how late it is: this page can't know how long it was not awake. */
  #look(): void {
    if (this.state.get().phase !== 'writing') return
    const request = this.#request()
    ask<Saved>('/api/exams/save', request)
      .then((answer) => this.#take(answer, request))
      .catch(() => undefined)
  }

  #leave(): void {
    if (this.state.get().phase !== 'writing') return
    // What is only on the screen gets the sequence that its writing, under way, will find.
    const answers = Object.entries(this.state.get().slots).flatMap(([questionId, slot]) =>
      slot.value !== null && isOwed(slot)
        ? [{ questionId, value: slot.value, sequence: slot.sequence + (slot.fresh ? 1 : 0) }]
        : [],
    )
    const { examId, attemptId } = this
    const events = this.events.batch()
    if (answers.length === 0 && events.length === 0) return
    sendLast('/api/exams/save', {
      ...{ examId, attemptId, events },
      answers: fitting(answers, LAST_BYTES - 10_000, MOST),
    })
  }

  #warn(event: BeforeUnloadEvent): void {
    const { phase, slots, uploads } = this.state.get()
    const open = phase === 'writing' || phase === 'handing-in'
    if (open && (uploads > 0 || Object.values(slots).some(isOwed))) event.preventDefault()
  }

  #forget(): void {
    void this.#journal.forget()
    this.#lock.close()
  }
}
