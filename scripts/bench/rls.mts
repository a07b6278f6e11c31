import type { Client } from 'pg'
import { Failure } from '../launcher/failure.mts'
import { open, type BenchDatabase } from './database.mts'
import type { Places } from './places.mts'
import type { Sent } from './protocol.mts'
import { measured, type Limit, type Row, type Section } from './report.mts'
import { databaseTime, forget, type DatabaseTime } from './statistics.mts'
import { interleave, ratios, spreadOf } from './stats.mts'
import type { DataWorker } from './worker-client.mts'

const LIMIT: Limit = { at: 'most', budget: 1.1, stretch: 1.05 }

/** A statement the product sends, and the role it sends it as. */
type Hot = Readonly<{ what: string; sent: Sent; role: 'app' | 'platform'; tenantId: string }>

/** The statements of the pages, taken from the product while it runs. */
async function hotStatements(worker: DataWorker, places: Places): Promise<Hot[]> {
  const { tenantId } = places.course
  const catalogue = await worker.record({ place: places.catalogue })
  const course = await worker.record({ place: places.course })
  const lesson = await worker.record({ place: places.lesson })
  const found: [string, Sent | undefined, Hot['role']][] = [
    ['catalogue list', catalogue.unit[0], 'app'],
    ['course header', course.unit[0], 'app'],
    ['course outline', course.unit[1], 'app'],
    ['preview lesson', lesson.unit[0], 'app'],
    ['host lookup', catalogue.host[0], 'platform'],
  ]
  return found.map(([what, sent, role]) => {
    if (sent === undefined) throw new Failure(`The product sent no statement for: ${what}.`)
    return { what, sent, role, tenantId }
  })
}

/** Database time per call, over `calls` calls in one transaction. */
async function timeOf(side: Side, hot: Hot, calls: number): Promise<DatabaseTime> {
  const { client, role, owner } = side
  await client.query('begin')
  // The owner's side sets it as well, so that both sides do the same.
  await client.query(`select set_config('app.tenant_id', $1, true)`, [hot.tenantId])
  await forget(owner)
  for (let call = 0; call < calls; call += 1) {
    await client.query({ name: hot.what, text: hot.sent.text, values: [...hot.sent.values] })
  }
  const time = await databaseTime(owner, role)
  await client.query('commit')
  return { total: time.total / calls, planning: time.planning / calls }
}

/** The plans are kept or made anew, as PostgreSQL decides; where the two sides differ in that, it is most of the ratio. */
function inMicroseconds(times: readonly DatabaseTime[]): string {
  const middle = (of: (time: DatabaseTime) => number): string =>
    (spreadOf(times.map(of)).median * 1000).toFixed(0)
  return `${middle(({ total }) => total)} µs (${middle(({ planning }) => planning)} planning)`
}

type Side = Readonly<{ client: Client; role: string; owner: Client }>

async function compare(hot: Hot, walled: Side, open_: Side, rounds: number, quiet: boolean): Promise<Row> {
  const calls = 150
  const on = (): Promise<DatabaseTime> => timeOf(walled, hot, calls)
  const off = (): Promise<DatabaseTime> => timeOf(open_, hot, calls)
  // PostgreSQL decides after five calls whether a plan fits every value.
  await on()
  await off()
  const result = await interleave(rounds, on, off)
  const totals = { a: result.a.map(({ total }) => total), b: result.b.map(({ total }) => total) }
  const detail = `${inMicroseconds(result.a)} / ${inMicroseconds(result.b)}`
  return measured(hot.what, spreadOf(ratios(totals)), { limit: LIMIT, quiet, detail })
}

/** Database time with row-level security and without. */
export async function rlsSection(
  database: BenchDatabase,
  worker: DataWorker,
  places: Places,
  options: { rounds: number; quiet: boolean },
): Promise<Section> {
  const owner = await open(database.owner.url)
  const bypassing = await open(database.owner.url)
  const app = await open(database.logins.appDatabaseUrl)
  const platform = await open(database.logins.platformDatabaseUrl)
  const free: Side = { client: bypassing, role: new URL(database.owner.url).username, owner }
  const side = (client: Client, url: string): Side => ({ client, role: new URL(url).username, owner })
  const sides = {
    app: side(app, database.logins.appDatabaseUrl),
    platform: side(platform, database.logins.platformDatabaseUrl),
  }
  try {
    const rows: Row[] = []
    for (const hot of await hotStatements(worker, places)) {
      rows.push(await compare(hot, sides[hot.role], free, options.rounds, options.quiet))
    }
    return {
      id: 'rls',
      title: 'Database time with row-level security / without',
      about:
        'The statements that the pages send, as the app’s role with its school set, and as a superuser whom no policy holds. ' +
        'Planning and execution as the server timed them (pg_stat_statements), prepared, 150 calls a round.',
      rows,
    }
  } finally {
    await Promise.all([owner, bypassing, app, platform].map((client) => client.end()))
  }
}
