import { cpuSeconds } from './cpu.mts'
import { latencies, load, keepAlive, type Address } from './http.mts'
import type { Places } from './places.mts'
import { pathOf } from './protocol.mts'
import { measured, type Limit, type Row, type Section } from './report.mts'
import { interleave, ratios, spreadOf, sum } from './stats.mts'
import type { Web } from './web.mts'
import type { DataWorker } from './worker-client.mts'

export const AGAINST_BARE: Limit = { at: 'least', budget: 0.4, stretch: 0.8 }
export const PER_SECOND: Limit = { at: 'least', budget: 100, stretch: 180, unit: ' /s' }
const PAGE_TO_DATA: Limit = { at: 'most', budget: 4, stretch: 2 }

export const CONNECTIONS = 16
const WINDOW_MILLISECONDS = 2_000
export const WARM_UP_MILLISECONDS = 4_000

export type Options = Readonly<{ rounds: number; quiet: boolean }>
type Window = Readonly<{ rate: number; cpu: number }>

const MEASURED = [
  ['catalogue', 'catalogue'],
  ['course', 'course page'],
] as const

export function addressOf(web: Web, places: Places, name: keyof Places): Address {
  const place = places[name]
  return { port: web.port, host: `${place.subdomain}.localhost`, path: pathOf(place) }
}

/** Requests a second, and CPU seconds of the web process per request. */
export async function windowOf(web: Web, address: Address): Promise<Window> {
  const before = cpuSeconds(web.pid)
  const { requests, seconds } = await load(address, CONNECTIONS, WINDOW_MILLISECONDS)
  return { rate: requests / seconds, cpu: (cpuSeconds(web.pid) - before) / requests }
}

async function againstBare(
  app: Web,
  bare: Web,
  places: Places,
  [name, title]: (typeof MEASURED)[number],
  options: Options,
): Promise<Row[]> {
  const [own, other] = [addressOf(app, places, name), addressOf(bare, places, name)]
  await load(own, CONNECTIONS, WARM_UP_MILLISECONDS)
  await load(other, CONNECTIONS, WARM_UP_MILLISECONDS)
  const result = await interleave(
    options.rounds,
    () => windowOf(app, own),
    () => windowOf(bare, other),
  )
  const { quiet } = options
  const rates = { a: result.a.map(({ rate }) => rate), b: result.b.map(({ rate }) => rate) }
  const perCore = { a: result.a.map(({ cpu }) => 1 / cpu), b: result.b.map(({ cpu }) => 1 / cpu) }
  const [a, b] = [spreadOf(rates.a), spreadOf(rates.b)]
  const cpu = `${(1000 / spreadOf(perCore.a).median).toFixed(2)} ms / ${(1000 / spreadOf(perCore.b).median).toFixed(2)} ms of CPU a request`
  const detail = `${a.median.toFixed(0)} /s / ${b.median.toFixed(0)} /s`
  return [
    measured(`${title} / bare page`, spreadOf(ratios(rates)), { limit: AGAINST_BARE, quiet, detail }),
    measured(`${title}, requests per second`, a, {
      quiet,
      unit: ' /s',
      ...(name === 'course' ? { limit: PER_SECOND } : {}),
    }),
    measured(`${title}, requests per core`, spreadOf(perCore.a), { quiet, unit: ' /s', detail: cpu }),
  ]
}

/** Milliseconds of a course page, one request at a time, in units of what its data take; the bare page's beside it. */
async function pageToData(
  app: Web,
  bare: Web,
  worker: DataWorker,
  places: Places,
  options: Options,
): Promise<Row[]> {
  const agent = keepAlive(1)
  const calls = 40
  const wholeOf = (web: Web) => async (): Promise<number> => {
    return sum(await latencies(agent, addressOf(web, places, 'course'), calls)) / calls
  }
  const data = async (): Promise<number> => (await worker.time({ place: places.course, calls })).milliseconds
  const row = async (what: string, whole: () => Promise<number>, limit?: Limit): Promise<Row> => {
    await whole()
    const result = await interleave(options.rounds, whole, data)
    const detail = `${spreadOf(result.a).median.toFixed(2)} ms / ${spreadOf(result.b).median.toFixed(2)} ms, one request at a time`
    return measured(what, spreadOf(ratios(result)), {
      quiet: options.quiet,
      detail,
      ...(limit === undefined ? {} : { limit }),
    })
  }
  try {
    await worker.time({ place: places.course, calls: 300 })
    return [
      await row('course page, whole / its data', wholeOf(app), PAGE_TO_DATA),
      await row('bare page, whole / the same data', wholeOf(bare)),
    ]
  } finally {
    agent.destroy()
  }
}

/** Whole pages under load, beside a bare page that reads the same rows. */
export async function throughputSection(
  app: Web,
  bare: Web,
  worker: DataWorker,
  places: Places,
  options: Options,
): Promise<Section> {
  const rows: Row[] = []
  for (const one of MEASURED) rows.push(...(await againstBare(app, bare, places, one, options)))
  rows.push(...(await pageToData(app, bare, worker, places, options)))
  return {
    id: 'throughput',
    title: 'Whole pages against a bare Next page',
    about:
      `Production builds, one process each, ${CONNECTIONS} connections that stay open, the callers beside the server, windows of ` +
      `${WINDOW_MILLISECONDS / 1000} s. The bare page stands behind the same proxy.ts, reads the same rows with \`pg\` and prints them as ` +
      'a list. Data time is the host’s school and the page’s unit of work. The course page here is a visitor’s; of the signed-in one the next table speaks.',
    rows,
  }
}
