import type { Client } from 'pg'
import { Failure } from '../launcher/failure.mts'
import { cpuSeconds } from './cpu.mts'
import { type Address, keepAlive, load, post } from './http.mts'
import type { Places } from './places.mts'
import { measured, type Section } from './report.mts'
import { sessionsOf } from './sessions.mts'
import { spreadOf } from './stats.mts'
import { addressOf, CONNECTIONS, type Options, WARM_UP_MILLISECONDS, windowOf } from './throughput.mts'
import type { Web } from './web.mts'

// What learning costs: the page of a lesson, and what its film reports every few seconds.

const WINDOW_MILLISECONDS = 2_000

type Watched = Readonly<{ courseId: string; lessonId: string }>

/** Reports of ten watched seconds each, by learners who report again at once. */
export async function reporting(
  web: Web,
  addresses: readonly Address[],
  watched: Watched,
): Promise<{ rate: number; cpu: number }> {
  const agent = keepAlive(addresses.length)
  const began = performance.now()
  const before = cpuSeconds(web.pid)
  let reports = 0
  const learner = async (address: Address): Promise<void> => {
    for (let second = 0; performance.now() < began + WINDOW_MILLISECONDS; second = (second + 10) % 600) {
      const report = { ...watched, position: second + 10, ranges: [[second, second + 10]], viewed: true }
      const reply = await post(agent, address, report)
      if (reply.status !== 200) throw new Failure(`A report answered ${reply.status}: ${reply.body}`)
      reports += 1
    }
  }
  try {
    await Promise.all(addresses.map(learner))
    const seconds = (performance.now() - began) / 1_000
    return { rate: reports / seconds, cpu: (cpuSeconds(web.pid) - before) / reports }
  } finally {
    agent.destroy()
  }
}

/** A lesson's page and its reports, of learners who are enrolled. */
export async function learningSection(
  app: Web,
  places: Places,
  owner: Client,
  { rounds, quiet }: Options,
): Promise<Section> {
  const { tenantId, courseId, lessonId } = places.lesson
  const cookies = await sessionsOf(owner, { tenantId, courseId, people: CONNECTIONS })
  const page = addressOf(app, places, 'lesson')
  const lesson = { ...page, cookie: cookies[0] ?? '' }
  const reports = cookies.map((cookie) => ({ ...page, path: '/api/progress', cookie }))
  await load(lesson, CONNECTIONS, WARM_UP_MILLISECONDS)
  const pages: { rate: number; cpu: number }[] = []
  for (let round = 0; round < rounds; round += 1) pages.push(await windowOf(app, lesson))
  await reporting(app, reports, { courseId, lessonId })
  const windows: typeof pages = []
  for (let round = 0; round < rounds; round += 1)
    windows.push(await reporting(app, reports, { courseId, lessonId }))
  const rate = (of: typeof pages) => spreadOf(of.map((one) => one.rate))
  const perCore = (of: typeof pages) => spreadOf(of.map((one) => 1 / one.cpu))
  const milliseconds = (of: typeof pages) =>
    `${(spreadOf(of.map(({ cpu }) => cpu)).median * 1_000).toFixed(2)} ms of CPU each`
  return {
    id: 'learning',
    title: 'A lesson that is read and watched',
    about:
      'One server process; the page of one learner, and the reports of sixteen, ten watched seconds each.',
    rows: [
      measured('lesson pages per second', rate(pages), { quiet, unit: ' /s' }),
      measured('lesson pages per core', perCore(pages), { quiet, unit: ' /s', detail: milliseconds(pages) }),
      measured('progress reports per second', rate(windows), { quiet, unit: ' /s' }),
      measured('progress reports per core', perCore(windows), {
        ...{ quiet, unit: ' /s', detail: milliseconds(windows) },
      }),
    ],
  }
}
