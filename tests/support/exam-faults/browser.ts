import { Agent, request } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import type { HandedIn, Journal, Sent, Told } from './checker'

/** Browsers that sit an exam over a network that loses answers, against servers that die. */

/** Numbers from 0 to 1 that follow from a seed. */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000
  }
}

export type Net = Readonly<{
  /** Ports of the servers that are up, as far as is known. */
  ports: () => readonly number[]
  host: string
  agent: Agent
  /** When everybody gives up: a run that hangs is a failure and not a wait. */
  until: number
}>

export function openAgent(): Agent {
  return new Agent({ keepAlive: true, maxSockets: 64 })
}

type Reply = Readonly<{ status: number; body: unknown }>

/** One request. `lose`: the answer is lost on its way, after the server had given it. */
function post(
  net: Net,
  {
    port,
    path,
    cookie,
    body,
    lose,
  }: Readonly<{ port: number; path: string; cookie: string; body: unknown; lose: boolean }>,
): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const text = JSON.stringify(body)
    const headers = {
      ...{ host: net.host, cookie, 'content-type': 'application/json' },
      'content-length': String(Buffer.byteLength(text)),
    }
    const asked = request(
      {
        host: '127.0.0.1',
        port,
        path,
        method: 'POST',
        agent: net.agent,
        headers,
        setHost: false,
        timeout: 12_000,
      },
      (answer) => {
        if (lose) {
          asked.destroy()
          reject(new Error('lost'))
          return
        }
        const parts: Buffer[] = []
        answer.on('data', (part: Buffer) => parts.push(part))
        answer.once('error', reject)
        answer.once('end', () => {
          const whole = Buffer.concat(parts).toString('utf8')
          const isJson = whole.startsWith('{')
          resolve({ status: answer.statusCode ?? 0, body: isJson ? (JSON.parse(whole) as unknown) : whole })
        })
      },
    )
    asked.once('timeout', () => asked.destroy(new Error('timeout')))
    asked.once('error', reject)
    asked.end(text)
  })
}

type Outcome = Readonly<{
  questionId: string
  outcome: Told['outcome']
  stored: Readonly<{ sequence: number }> | null
}>
type Started = Readonly<{
  attemptId: string
  clock: Readonly<{ deadlineAt: string }>
  questions: readonly Readonly<{ id: string }>[]
}>
type Saved = Readonly<{ answers: readonly Outcome[]; submittedAt: string | null }>
type Submitted = Saved & Readonly<{ submittedAt: string; already: boolean }>

type Change = Readonly<{ questionId: string; sequence: number; value: boolean }>

export class Browser {
  readonly #net: Net
  readonly #cookie: string
  readonly #examId: string
  readonly #random: () => number
  readonly #sequences = new Map<string, Change>()
  readonly #old: Change[] = []
  readonly #attemptIds: string[] = []
  readonly #sent: Sent[] = []
  readonly #told: Told[] = []
  readonly #handedIn: HandedIn[] = []
  #firstHandIn: number | null = null
  #attemptId = ''
  #questions: string[] = []
  #events = 0
  readonly userId: string
  /** As the record has it; the run moves it, and says so. */
  deadlineAt = 0
  over = false

  constructor(net: Net, who: Readonly<{ userId: string; cookie: string; examId: string; seed: number }>) {
    this.#net = net
    this.userId = who.userId
    this.#cookie = who.cookie
    this.#examId = who.examId
    this.#random = randomFrom(who.seed)
  }

  get journal(): Journal {
    return {
      ...{ userId: this.userId, attemptIds: this.#attemptIds, deadlineAt: this.deadlineAt },
      ...{ sent: this.#sent, told: this.#told, firstHandIn: this.#firstHandIn, handedIn: this.#handedIn },
    }
  }

  /** Asks until there is an answer that settles it. What a server refuses for good is a fault of the run. */
  async #ask(
    path: string,
    body: unknown,
    lossy: boolean,
  ): Promise<Reply & { sentAt: number; answeredAt: number }> {
    for (let tries = 0; Date.now() < this.#net.until; tries += 1) {
      const ports = this.#net.ports()
      const port = ports[Math.floor(this.#random() * ports.length)]
      const lose = lossy && tries === 0 && this.#random() < 0.08
      const sentAt = Date.now()
      try {
        if (port === undefined) throw new Error('No server is up.')
        const reply = await post(this.#net, { port, path, cookie: this.#cookie, body, lose })
        if (reply.status === 200) return { ...reply, sentAt, answeredAt: Date.now() }
        if (reply.status < 500) throw new Refused(`${path}: ${reply.status} ${JSON.stringify(reply.body)}`)
      } catch (error) {
        if (error instanceof Refused) throw error
      }
      await sleep(50 + this.#random() * Math.min(1_500, 100 * 2 ** tries))
    }
    throw new Error(`${path}: no answer until the end of the run.`)
  }

  async start(): Promise<void> {
    const twice = this.#random() < 0.1 ? 2 : 1
    const asked = { examId: this.#examId }
    const replies = await Promise.all(
      Array.from({ length: twice }, () => this.#ask('/api/exams/start', asked, true)),
    )
    for (const { body } of replies) {
      const started = body as Started
      this.#attemptIds.push(started.attemptId)
      this.#attemptId = started.attemptId
      this.#questions = started.questions.map(({ id }) => id)
      this.deadlineAt = Date.parse(started.clock.deadlineAt)
    }
  }

  #change(): Change[] {
    const count = 1 + Math.floor(this.#random() * 3)
    const changed = new Map<string, Change>()
    for (let n = 0; n < count; n += 1) {
      const questionId = this.#questions[Math.floor(this.#random() * this.#questions.length)] ?? ''
      const sequence = (this.#sequences.get(questionId)?.sequence ?? 0) + 1
      const change = { questionId, sequence, value: this.#random() < 0.5 }
      this.#sequences.set(questionId, change)
      this.#old.push(change)
      changed.set(questionId, change)
      // Noted with the moment of the change: it can't be sent before that.
      this.#sent.push({ ...change, sentAt: Date.now() })
    }
    return [...changed.values()]
  }

  #bodyOf(changes: readonly Change[]): unknown {
    this.#events += 1
    const answers = changes.map(({ questionId, sequence, value }) => ({
      ...{ questionId, sequence, value: { type: 'true-false', value } },
    }))
    // A clock that is a day wrong says so in events alone: nothing else that is sent tells a time.
    const ago = this.#random() < 0.2 ? 86_400_000 : 0
    const detail = { seconds: this.#random() < 0.5 ? 86_400 : -86_400 }
    const events = [{ key: `e${this.#events}`, kind: 'CLOCK_JUMPED', ago, detail }]
    return { examId: this.#examId, attemptId: this.#attemptId, answers, events }
  }

  #hear(
    changes: readonly Change[],
    outcomes: readonly Outcome[],
    at: Pick<Told, 'sentAt' | 'answeredAt'>,
  ): void {
    for (const { questionId, sequence } of changes) {
      const found = outcomes.find((one) => one.questionId === questionId)
      if (found === undefined) throw new Error('An answer has no outcome.')
      const { outcome, stored } = found
      this.#told.push({ questionId, sequence, outcome, held: stored?.sequence ?? null, ...at })
      if (outcome === 'closed') this.over = true
    }
  }

  async #send(changes: readonly Change[]): Promise<void> {
    const { body, ...at } = await this.#ask('/api/exams/save', this.#bodyOf(changes), true)
    this.#hear(changes, (body as Saved).answers, at)
  }

  /** Changes some answers and saves them; now and then something old comes along late, or all of it twice. */
  async work(): Promise<void> {
    const sends = [this.#send(this.#change())]
    if (this.#random() < 0.25) {
      const again = this.#old[Math.floor(this.#random() * this.#old.length)]
      if (again !== undefined) sends.push(this.#send([again]))
    }
    await Promise.all(sends)
  }

  /** Hands in with the last changes, now and then twice at once. */
  async submit(): Promise<void> {
    const changes = this.#change()
    this.#firstHandIn ??= Date.now()
    const once = async (): Promise<void> => {
      const { body, ...at } = await this.#ask('/api/exams/submit', this.#bodyOf(changes), true)
      const { answers, submittedAt, already } = body as Submitted
      this.#hear(changes, answers, at)
      this.#handedIn.push({ ...at, already, submittedAt: Date.parse(submittedAt) })
    }
    await Promise.all(this.#random() < 0.15 ? [once(), once()] : [once()])
    this.over = true
  }
}

class Refused extends Error {}
