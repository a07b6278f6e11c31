import { readFileSync } from 'node:fs'
import { request, type Agent } from 'node:http'
import path from 'node:path'
import type { Client } from 'pg'
import { Failure } from '../launcher/failure.mts'
import { ROOT } from '../launcher/paths.mts'
import { cpuSeconds } from './cpu.mts'
import { type Address, keepAlive, latencies, load } from './http.mts'
import type { Places } from './places.mts'
import { measured, type Row, type Section, short } from './report.mts'
import { sessionsOf } from './sessions.mts'
import { interleave, ratios, spreadOf } from './stats.mts'
import {
  addressOf,
  AGAINST_BARE,
  CONNECTIONS,
  type Options,
  PER_SECOND,
  WARM_UP_MILLISECONDS,
  windowOf,
} from './throughput.mts'
import type { Web } from './web.mts'

// What it costs that every request asks who is there, and how many people get in within a second.

type Manifest = { node: Record<string, { exportedName?: string; filename?: string }> }

/** Next's id of the sign-in action in the build that is served. */
function signInAction(): string {
  const file = path.join(ROOT, '.next', 'server', 'server-reference-manifest.json')
  const manifest = JSON.parse(readFileSync(file, 'utf8')) as Manifest
  const found = Object.entries(manifest.node).find(
    ([, entry]) => entry.filename === 'app/actions/auth.ts' && entry.exportedName === 'signIn',
  )
  if (found === undefined) throw new Failure('The build has no action to sign in by.')
  return found[0]
}

const BOUNDARY = 'bench'

/** One sign-in as the page's script sends it. @throws Failure when nobody got in */
function signIn(agent: Agent, { port, host }: Address, action: string, email: string): Promise<void> {
  const field = (name: string, value: string): string =>
    `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`
  const body = `${field('_1_email', email)}${field('_1_password', 'smartlms-demo')}${field('0', '["$undefined","$K1"]')}--${BOUNDARY}--\r\n`
  const headers = {
    host: `${host}:${port}`,
    origin: `http://${host}:${port}`,
    'content-type': `multipart/form-data; boundary=${BOUNDARY}`,
    'content-length': String(Buffer.byteLength(body)),
    'next-action': action,
    accept: 'text/x-component',
  }
  return new Promise((resolve, reject) => {
    const asked = request({ agent, host: '127.0.0.1', port, path: '/sign-in', method: 'POST', headers })
    asked.once('error', reject)
    asked.once('response', (answer) => {
      answer.resume()
      answer.once('error', reject)
      answer.once('end', () => {
        const inside = (answer.headers['set-cookie'] ?? []).some((text) => text.includes('smartlms.session='))
        if (inside) resolve()
        else reject(new Failure(`Signing in as ${email} answered ${String(answer.statusCode)}.`))
      })
    })
    asked.end(body)
  })
}

/** So many sign-ins at once, the people one after another. @returns seconds */
async function crowd(
  address: Address,
  action: string,
  people: readonly string[],
  size: number,
): Promise<number> {
  const agent = keepAlive(size)
  const started = performance.now()
  try {
    await Promise.all(
      Array.from({ length: size }, (_, n) => signIn(agent, address, action, people[n % people.length] ?? '')),
    )
    return (performance.now() - started) / 1000
  } finally {
    agent.destroy()
  }
}

const CROWD = 100

async function signIns(app: Web, places: Places, owner: Client, options: Options): Promise<Row[]> {
  const found = await owner.query<{ email: string }>(
    `select email from "User" where "tenantId" = $1 and role = 'STUDENT' and "emailVerified" is not null
       and "deletedAt" is null order by email limit 40`,
    [places.course.tenantId],
  )
  const people = found.rows.map(({ email }) => email)
  const address = { port: app.port, host: `${places.course.subdomain}.localhost`, path: '/sign-in' }
  const action = signInAction()
  const course = addressOf(app, places, 'course')
  const agent = keepAlive(1)
  const [rates, cpu, calm, crowded]: number[][] = [[], [], [], []]
  try {
    await crowd(address, action, people, 8)
    for (let round = 0; round < Math.max(3, Math.ceil(options.rounds / 3)); round += 1) {
      calm?.push(...(await latencies(agent, course, 20)))
      const before = cpuSeconds(app.pid)
      const running = crowd(address, action, people, CROWD)
      crowded?.push(...(await latencies(agent, course, 20)))
      const seconds = await running
      rates?.push(CROWD / seconds)
      cpu?.push(CROWD / (cpuSeconds(app.pid) - before))
    }
  } finally {
    agent.destroy()
  }
  const { quiet } = options
  const [still, busy] = [spreadOf(calm ?? []), spreadOf(crowded ?? [])]
  return [
    measured(`sign-ins per second, ${CROWD} at once`, spreadOf(rates ?? []), { quiet, unit: ' /s' }),
    measured('sign-ins per core', spreadOf(cpu ?? []), {
      quiet,
      unit: ' /s',
      detail: 'argon2id, 19 MiB, two at a time; course pages asked for meanwhile count as well',
    }),
    measured(`course page while ${CROWD} people sign in`, busy, {
      quiet,
      unit: ' ms',
      detail: `${short(still.median)} ms before`,
    }),
  ]
}

/** The course page of somebody who is signed in, and signing in itself. */
export async function signedInSection(
  app: Web,
  bare: Web,
  places: Places,
  owner: Client,
  options: Options,
): Promise<Section> {
  const { tenantId, courseId } = places.course
  const visitor = addressOf(app, places, 'course')
  const [cookie = ''] = await sessionsOf(owner, { tenantId, courseId, people: 1 })
  const signedIn = { ...visitor, cookie }
  const other = addressOf(bare, places, 'course')
  for (const address of [visitor, signedIn, other]) await load(address, CONNECTIONS, WARM_UP_MILLISECONDS)
  const beside = await interleave(
    options.rounds,
    () => windowOf(app, signedIn),
    () => windowOf(app, visitor),
  )
  const against = await interleave(
    options.rounds,
    () => windowOf(app, signedIn),
    () => windowOf(bare, other),
  )
  const { quiet } = options
  const rate = (windows: readonly { rate: number }[]): number[] => windows.map((one) => one.rate)
  const cpu = (windows: readonly { cpu: number }[]): number[] => windows.map((one) => one.cpu * 1000)
  const costs = { a: cpu(beside.a), b: cpu(beside.b) }
  const rows = [
    measured(
      'signed-in course page / bare page',
      spreadOf(ratios({ a: rate(against.a), b: rate(against.b) })),
      {
        limit: AGAINST_BARE,
        quiet,
        detail: `${short(spreadOf(rate(against.a)).median)} /s / ${short(spreadOf(rate(against.b)).median)} /s`,
      },
    ),
    measured('signed-in course page, requests per second', spreadOf(rate(beside.a)), {
      limit: PER_SECOND,
      quiet,
      unit: ' /s',
    }),
    measured('CPU of the signed-in page / of the visitor’s', spreadOf(ratios(costs)), {
      quiet,
      detail: `${short(spreadOf(costs.a).median)} ms / ${short(spreadOf(costs.b).median)} ms a request: the session check, the account’s menu, and more lessons that are links`,
    }),
    ...(await signIns(app, places, owner, options)),
  ]
  return {
    id: 'signed-in',
    title: 'Signing in, and being signed in',
    about:
      'The same course page with and without a session’s cookie, in turns. A session costs one prepared statement per request, ' +
      'outside of the page’s unit of work, shared by the page and the frame around it. Sign-ins go through the sign-in form’s action, ' +
      'throttles and audit included.',
    rows,
  }
}
