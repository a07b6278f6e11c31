import type { Agent } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Client } from 'pg'
import { Failure } from '../launcher/failure.mts'
import { cpuSeconds } from './cpu.mts'
import { clearHall, EXAM, EXAM_HOST, type Examinee, EXAMINEES, makeExamHall } from './exam-hall.mts'
import { type Address, keepAlive, page, post } from './http.mts'
import { measured, type Limit, type Row, type Section } from './report.mts'
import { quantile, spreadOf } from './stats.mts'
import type { Options } from './throughput.mts'
import type { Web } from './web.mts'

// How many people one server process lets start an exam together, and how many it can keep saving.

const START_P95: Limit = { at: 'most', budget: 5, stretch: 2, unit: ' s' }
const SAVES_PER_CORE: Limit = { at: 'least', budget: 400, stretch: 1_000, unit: ' /s' }
const PER_CORE: Limit = { at: 'least', budget: 6_000, stretch: 15_000 }

const CONNECTIONS = 16
const WINDOW_MILLISECONDS = 2_000
const SOCKETS = 256
/** Milliseconds in which three thousand people press the button: as the budget has it, and as a bell would. */
const RUSH = 10_000
const BELL = 2_000

type Seat = Examinee & {
  attemptId: string
  questions: readonly { id: string; type: string }[]
  sequence: number
}
const addressOf = (web: Web, path: string, cookie: string): Address => ({
  ...{ port: web.port, host: `${EXAM_HOST}.localhost`, path, cookie },
})

/** Starts as a page does: a server that has no room now is asked again, a little later each time. */
async function start(
  agent: Agent,
  web: Web,
  who: Examinee,
  within: number,
): Promise<{ seat: Seat; seconds: number; tries: number }> {
  await sleep(Math.random() * within)
  const began = performance.now()
  for (let tries = 1; tries <= 30; tries += 1) {
    const reply = await post(agent, addressOf(web, '/api/exams/start', who.cookie), { examId: EXAM })
    if (reply.status === 200) {
      const { attemptId, questions } = JSON.parse(reply.body) as Pick<Seat, 'attemptId' | 'questions'>
      const seat = { ...who, attemptId, questions, sequence: 0 }
      return { seat, seconds: (performance.now() - began) / 1_000, tries }
    }
    if (reply.status !== 503) throw new Failure(`A start answered ${reply.status}: ${reply.body}`)
    await sleep(200 + Math.random() * 800)
  }
  throw new Failure('A start was put off thirty times.')
}

type Rush = Readonly<{ seats: Seat[]; seconds: number; p95: number; retried: number; cpu: number }>

async function rush(web: Web, people: readonly Examinee[], within: number): Promise<Rush> {
  const agent = keepAlive(SOCKETS)
  const began = performance.now()
  const before = cpuSeconds(web.pid)
  try {
    const all = await Promise.all(people.map((who) => start(agent, web, who, within)))
    return {
      seats: all.map(({ seat }) => seat),
      seconds: (performance.now() - began) / 1_000,
      p95: quantile(
        all.map(({ seconds }) => seconds),
        0.95,
      ),
      retried: all.filter(({ tries }) => tries > 1).length,
      cpu: (cpuSeconds(web.pid) - before) / people.length,
    }
  } finally {
    agent.destroy()
  }
}

function valueOf(type: string, sequence: number): unknown {
  return type === 'single' ? { type, choice: 'abcd'[sequence % 4] } : { type, value: sequence % 2 === 0 }
}

/** Saves by callers who save again at once. @returns saves a second, and CPU seconds of the server for each */
async function saving(web: Web, seats: readonly Seat[]): Promise<{ rate: number; cpu: number }> {
  const agent = keepAlive(CONNECTIONS)
  const until = performance.now() + WINDOW_MILLISECONDS
  const before = cpuSeconds(web.pid)
  const began = performance.now()
  let saves = 0
  const caller = async (_: unknown, first: number): Promise<void> => {
    for (let n = first; performance.now() < until; n += CONNECTIONS) {
      const seat = seats[n % seats.length]
      const question = seat?.questions[n % 40]
      if (seat === undefined || question === undefined) throw new Failure('There is nobody to save.')
      seat.sequence += 1
      const answer = {
        questionId: question.id,
        sequence: seat.sequence,
        value: valueOf(question.type, seat.sequence),
      }
      const body = { examId: EXAM, attemptId: seat.attemptId, answers: [answer], events: [] }
      const reply = await post(agent, addressOf(web, '/api/exams/save', seat.cookie), body)
      if (reply.status !== 200 || !reply.body.includes('"saved"'))
        throw new Failure(`A save answered ${reply.status}: ${reply.body}`)
      saves += 1
    }
  }
  try {
    await Promise.all(Array.from({ length: CONNECTIONS }, caller))
    const seconds = (performance.now() - began) / 1_000
    return { rate: saves / seconds, cpu: (cpuSeconds(web.pid) - before) / saves }
  } finally {
    agent.destroy()
  }
}

/** CPU seconds of the server for one page of the exam. */
async function pageCost(web: Web, seats: readonly Seat[], path: string): Promise<number> {
  const agent = keepAlive(4)
  const pages = async (count: number): Promise<void> => {
    for (let n = 0; n < count; n += 1) await page(agent, addressOf(web, path, seats[n]?.cookie ?? ''))
  }
  try {
    await pages(40)
    const before = cpuSeconds(web.pid)
    await pages(200)
    return (cpuSeconds(web.pid) - before) / 200
  } finally {
    agent.destroy()
  }
}

/** How long the last one waited, and most of them. The budget speaks of presses within ten seconds. */
function startRows(rushes: readonly Rush[], within: number, quiet: boolean): Row[] {
  const retried = Math.max(...rushes.map((one) => one.retried))
  const pressed = `pressed within ${within / 1_000} s`
  return [
    measured(
      `${EXAMINEES} starts ${pressed}, until the last has one`,
      spreadOf(rushes.map(({ seconds }) => seconds)),
      {
        ...{ quiet, unit: ' s' },
        detail: `${retried} were put off and asked again; all have one`,
      },
    ),
    measured(`a start ${pressed}, 95 of 100`, spreadOf(rushes.map(({ p95 }) => p95)), {
      ...{ quiet, unit: ' s' },
      ...(within === RUSH ? { limit: START_P95 } : {}),
    }),
  ]
}

/**
 * @param app the production build
 * @param owner the superuser, to arrange
 * @param path of the page that an examinee asks for now and then
 */
export async function examsSection(
  app: Web,
  owner: Client,
  { rounds, quiet }: Options,
  path = `/exams/${EXAM}`,
): Promise<Section> {
  const people = await makeExamHall(owner)
  // The process has served nothing of exams yet; the first ones find it as a server that runs for longer.
  await rush(app, people.slice(0, 100), BELL)
  await clearHall(owner)
  const [rushes, bells]: [Rush[], Rush[]] = [[], []]
  for (let round = 0; round < Math.max(1, Math.ceil(rounds / 6)); round += 1) {
    await clearHall(owner)
    bells.push(await rush(app, people, BELL))
    await clearHall(owner)
    rushes.push(await rush(app, people, RUSH))
  }
  const seats = rushes.at(-1)?.seats ?? []
  await saving(app, seats)
  const windows: { rate: number; cpu: number }[] = []
  for (let round = 0; round < rounds; round += 1) windows.push(await saving(app, seats))
  const perPage = await pageCost(app, seats, path)
  const minute = windows.map(({ cpu }) => 60 / (cpu + perPage / 10))
  const rows: Row[] = [
    ...startRows(rushes, RUSH, quiet),
    ...startRows(bells, BELL, quiet),
    measured('CPU of a start', spreadOf([...rushes, ...bells].map(({ cpu }) => cpu * 1_000)), {
      ...{ quiet, unit: ' ms' },
    }),
    measured('saves per second', spreadOf(windows.map(({ rate }) => rate)), { quiet, unit: ' /s' }),
    measured('saves per core', spreadOf(windows.map(({ cpu }) => 1 / cpu)), {
      ...{ limit: SAVES_PER_CORE, quiet, unit: ' /s' },
      detail: 'of the web process: what it does in a second of CPU',
    }),
    measured('examinees per core', spreadOf(minute), {
      ...{ limit: PER_CORE, quiet },
      detail: `a save a minute, a page in ten (${(perPage * 1_000).toFixed(1)} ms of CPU)`,
    }),
  ]
  return {
    id: 'exams',
    title: 'An exam that three thousand sit',
    about:
      'One server process. Everybody presses the button within ten seconds, then within two; a refusal for want of room is asked again, as the page does.',
    rows,
  }
}
