/**
 * `npm run bench`: how fast the product is, as ratios that are measured side by side in one run, against the budgets
 * of docs/benchmarks.md. Starts a throw-away database and production builds of its own, stops by itself after about
 * eight minutes, and leaves no process behind.
 *
 *   npm run bench                        everything
 *   npm run bench -- --write             and the tables of docs/benchmarks.md
 *   npm run bench -- --scale 500x        in a database of ten million rows
 *   npm run bench -- --only rls,data     some parts
 */
import { buildBare, BARE } from './bench/bare.mts'
import { countSection } from './bench/count.mts'
import { dataSection } from './bench/data.mts'
import { openBenchDatabase, open, type BenchDatabase } from './bench/database.mts'
import { DOCUMENT, writeFigures } from './bench/document.mts'
import { examsSection } from './bench/exams.mts'
import { insightSection } from './bench/insight.mts'
import { keepAlive } from './bench/http.mts'
import { latencySection } from './bench/latency.mts'
import { learningSection } from './bench/learning.mts'
import { factLines, facts, QUIET_LOAD } from './bench/machine.mts'
import { parseOptions, type Options, type Part } from './bench/options.mts'
import { placesOf } from './bench/places.mts'
import { leftOut, terminal, type Section } from './bench/report.mts'
import { noticesSection } from './bench/notices.mts'
import { rlsSection } from './bench/rls.mts'
import { signedInSection } from './bench/signed-in.mts'
import { throughputSection } from './bench/throughput.mts'
import { vitalsSection } from './bench/vitals.mts'
import { productEnvironment, serveBuild } from './bench/web.mts'
import { weightSection } from './bench/weight.mts'
import { DataWorker } from './bench/worker-client.mts'
import { generateClient } from './launcher/prepare.mts'
import { run } from './launcher/run.mts'
import type { Session } from './launcher/session.mts'
import { build } from './launcher/web.mts'

/** The school that visitors of the demo see. */
const SCHOOL = 'acme'
const VISITS = 7

const BY_HAND: Section = {
  id: 'clone',
  title: 'From a clean clone to the first page',
  about: 'A clone, its packages and its first start are not what this command has at hand.',
  rows: [
    leftOut(
      '`npm ci && npm run demo` until a page is served',
      'measured where a clone is made: budget ≤ 90 s (30)',
    ),
  ],
}

/** Runs the chosen parts in order; each says what it found as soon as it has. */
async function measure(
  session: Session,
  database: BenchDatabase,
  options: Options,
  quiet: boolean,
): Promise<Section[]> {
  const app = await session.step('Serving the production build', () =>
    serveBuild(session, 'app', (port) => productEnvironment(database, port)),
  )
  const bareEnvironment = (port: number): NodeJS.ProcessEnv => ({
    ...productEnvironment(database, port),
    BARE_DATABASE_URL: database.owner.url,
  })
  const bare = await session.step('Serving the bare page', () =>
    serveBuild(session, 'bare', bareEnvironment, BARE),
  )
  const worker = await DataWorker.start(productEnvironment(database, app.port), database.owner.url)
  const owner = await open(database.owner.url)
  const agent = keepAlive(1)
  const places = await placesOf(owner, SCHOOL)
  const beside = () => serveBuild(session, 'beside', (port) => productEnvironment(database, port))
  const roles = Object.values(database.logins).map((url) => new URL(url).username)
  const how = { rounds: options.rounds, quiet }
  const parts: [Part, string, () => Promise<Section>][] = [
    ['rls', 'Row-level security', () => rlsSection(database, worker, places, how)],
    ['data', 'Data functions', () => dataSection(worker, places, how)],
    ['statements', 'Statements per page', () => countSection(owner, agent, app.port, roles)],
    ['throughput', 'Requests per second', () => throughputSection(app, bare, worker, places, how)],
    ['signed-in', 'Signing in, and being signed in', () => signedInSection(app, bare, places, owner, how)],
    ['learning', 'A lesson', () => learningSection(app, places, owner, how)],
    ['exams', 'An exam that three thousand sit', () => examsSection(app, owner, how)],
    ['latency', 'A giant school and a small one', () => latencySection(owner, agent, app.port, how)],
    ['insight', 'Numbers, and what they cost', () => insightSection(app, worker, owner, agent, roles, how)],
    [
      'notices',
      'Telling many, and telling soon',
      async () => noticesSection(database, [app, await beside()], worker, owner, how),
    ],
    ['weight', 'Scripts', () => weightSection(agent, app, bare, places)],
    ['vitals', 'A browser', () => vitalsSection(app, places, { visits: VISITS, quiet })],
  ]
  const sections: Section[] = []
  try {
    for (const [part, name, work] of parts) {
      if (!options.parts.has(part)) continue
      const section = await session.step(name, work)
      console.log(`${terminal(section)}\n`)
      sections.push(section)
    }
    return [...sections, BY_HAND]
  } finally {
    agent.destroy()
    worker.stop()
    await owner.end()
  }
}

await run('npm run bench', async (session) => {
  const options = parseOptions(process.argv.slice(2))
  const own = facts()
  const quiet = own.load <= QUIET_LOAD
  session.announce()
  await generateClient(session)
  await build(session)
  await buildBare(session)
  const database = await openBenchDatabase(session, options.scale)
  try {
    const lines = factLines(own, database.version)
    for (const [name, value] of lines) console.log(`${name}: ${value}`)
    const sections = await measure(session, database, options, quiet)
    if (options.write) {
      const words = process.argv.slice(2).filter((word) => word !== '--')
      writeFigures(['npm run bench --', ...words].join(' '), lines, sections)
      console.log(`\nThe tables of ${DOCUMENT} are new.`)
    }
    return 0
  } finally {
    await database.stop()
  }
})
