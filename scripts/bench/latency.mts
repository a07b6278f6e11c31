import type { Agent } from 'node:http'
import type { Client } from 'pg'
import { NAMES } from './data.mts'
import { latencies, type Address } from './http.mts'
import { placesOf, type Places } from './places.mts'
import { pathOf } from './protocol.mts'
import { measured, type Limit, type Row, type Section } from './report.mts'
import { SMALL } from './rows-world.mts'
import { interleave, quantile, ratios, spreadOf } from './stats.mts'

const LIMIT: Limit = { at: 'most', budget: 1.5, stretch: 1.1 }
const GIANT = 'bench-giant'
const REQUESTS = 40

const COUNT = [
  'User',
  'Course',
  'Module',
  'Lesson',
  'Enrollment',
  'LessonProgress',
  'Exam',
  'ExamVersion',
  'ExamAttempt',
  'Assignment',
]

/** Rows of one school, or of all. */
async function rowsOf(owner: Client, subdomain: string | null): Promise<number> {
  const one = COUNT.map(
    (table) =>
      `select count(*) n from "${table}" x join "Tenant" t on t.id = x."tenantId" where $1::text is null or t.subdomain = $1`,
  )
  const result = await owner.query<{ rows: number }>(
    `select sum(n)::int as rows from (${one.join(' union all ')}) s`,
    [subdomain],
  )
  return result.rows[0]?.rows ?? 0
}

async function compare(
  agent: Agent,
  port: number,
  name: 'catalogue' | 'course',
  schools: Readonly<{ giant: Places; small: Places }>,
  options: { rounds: number; quiet: boolean },
): Promise<Row[]> {
  const address = (places: Places): Address => ({
    port,
    host: `${places[name].subdomain}.localhost`,
    path: pathOf(places[name]),
  })
  const giant = (): Promise<number[]> => latencies(agent, address(schools.giant), REQUESTS)
  const small = (): Promise<number[]> => latencies(agent, address(schools.small), REQUESTS)
  await giant()
  await small()
  const result = await interleave(options.rounds, giant, small)
  const row = (what: string, share: number): Row => {
    const of = (times: readonly number[][]): number[] => times.map((round) => quantile(round, share))
    const [a, b] = [quantile(result.a.flat(), share), quantile(result.b.flat(), share)]
    const rounds = { a: of(result.a), b: of(result.b) }
    const detail = `${a.toFixed(1)} ms / ${b.toFixed(1)} ms`
    return measured(`${NAMES[name]}, ${what}`, spreadOf(ratios(rounds)), {
      limit: LIMIT,
      quiet: options.quiet,
      detail,
    })
  }
  return [row('median', 0.5), row('95th percentile', 0.95)]
}

/** Latency in the largest school against that in a small one of the same database. */
export async function latencySection(
  owner: Client,
  agent: Agent,
  port: number,
  options: { rounds: number; quiet: boolean },
): Promise<Section> {
  const schools = { giant: await placesOf(owner, GIANT), small: await placesOf(owner, SMALL) }
  const rows: Row[] = []
  for (const name of ['catalogue', 'course'] as const)
    rows.push(...(await compare(agent, port, name, schools, options)))
  const [giant, small, all] = [
    await rowsOf(owner, GIANT),
    await rowsOf(owner, SMALL),
    await rowsOf(owner, null),
  ]
  const number = (value: number): string => value.toLocaleString('en')
  return {
    id: 'latency',
    title: 'Latency in a giant school / in a small one',
    about:
      `One database of ${number(all)} rows; the giant school has ${number(giant)} of them, the small one ${number(small)}. ` +
      'Both show pages of equal look (twelve cards; a course of 30 lessons), so that only the size behind them differs. ' +
      `One request at a time, ${REQUESTS} a round.`,
    rows,
  }
}
