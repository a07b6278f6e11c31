import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { accountFor } from '#scripts/launcher/pg-account'
import { installationFor } from '#scripts/launcher/pg-location'
import { runningServer, startServerProcess, stopServer } from '#scripts/launcher/pg-server'
import {
  environmentOf,
  startWeb,
  startWorld,
  untilAlive,
  type Web,
  type World,
} from '#scripts/screenshots/throwaway'
import { type Answer, ask } from '#tests/support/http'
import { expectPage } from './policy'

// A database that goes away takes no answer with it but a 503, and comes back without anybody’s help.

let world: World
let web: Web

async function run(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: world.ownerUrl })
  await client.connect()
  await client.query(statement).finally(() => client.end())
}

beforeAll(async () => {
  world = await startWorld({ seeded: false })
  await run(`insert into "Tenant" (id, name, subdomain) values ('tacme', 'Acme', 'acme')`)
  await run(
    `insert into "User" (id, "tenantId", email, name, password, role) values ('uteacher', 'tacme', 't@acme.test', 'Teacher', '!', 'INSTRUCTOR')`,
  )
  await run(
    `insert into "Course" (id, "tenantId", "instructorId", title, status, "publishedAt") values ('cmaths', 'tacme', 'uteacher', 'Maths', 'PUBLISHED', now())`,
  )
  web = await startWeb(environmentOf(world), inject('served').folder)
  await untilAlive(web)
})

afterAll(async () => {
  await web.stop()
  await world.stop()
})

const PATHS = ['/', '/courses', '/courses/cmaths', '/api/palette?q=m', '/icon.svg'] as const

function get(path: string, host = 'acme.localhost'): Promise<Answer> {
  return ask({ host, path, port: web.port })
}

async function stop(how: 'fast' | 'immediate'): Promise<void> {
  const pid = runningServer(world.server.dataDir)
  if (pid !== undefined) await stopServer(pid, how)
}

async function start(): Promise<void> {
  const { dataDir, port, logFile } = world.server
  const account = accountFor(dataDir)
  const binDir = join(installationFor(account).folder, 'bin')
  await startServerProcess({ binDir, dataDir, account, port, logFile, settings: {} })
}

/** Milliseconds until every page answers 200 again. */
async function untilWell(): Promise<number> {
  const begun = Date.now()
  for (;;) {
    const answers = await Promise.all(PATHS.map((path) => get(path)))
    if (answers.every(({ status }) => status === 200)) return Date.now() - begun
    if (Date.now() - begun > 20_000)
      throw new Error(`Still ${answers.map(({ status }) => status).join(' ')}.`)
    await sleep(100)
  }
}

describe('a database that stops', () => {
  test('pages and routes say 503 and when to come back, the process lives, and all of it recovers by itself', async () => {
    expect(await untilWell()).toBeLessThan(10_000)
    await stop('fast')
    for (const path of PATHS) {
      const answer = await get(path)
      expect(answer.status).toBe(503)
      expect(answer.headers['retry-after']).toMatch(/^\d+$/)
      expect(answer.whole).not.toMatch(/ECONNREFUSED|Connection terminated|node_modules|postgres/i)
    }
    expectPage(await get('/courses'))
    expect((await get('/courses')).body).toMatch(/<h1/)
    expect((await get('/healthz')).status).toBe(200)
    const ready = await get('/readyz')
    expect(ready.status).toBe(503)
    expect(JSON.parse(ready.body)).toMatchObject({ ready: false, database: 'unreachable' })
    await start()
    expect(await untilWell()).toBeLessThan(10_000)
    expect((await get('/readyz')).status).toBe(200)
  })

  test('crashing while requests run, it costs answers but no process, and nothing is answered wrongly', async () => {
    const statuses: number[] = []
    let over = false
    const visitors = [0, 1, 2, 3].map(async (number) => {
      while (!over) {
        const answer = await get(PATHS[number % PATHS.length] ?? '/')
        statuses.push(answer.status)
        if (answer.status === 200 && number < 3) expect(answer.body).toContain('Acme')
        if (answer.status >= 500) await sleep(20)
      }
    })
    await sleep(500)
    await stop('immediate')
    await sleep(1_000)
    await start()
    const took = await untilWell()
    over = true
    await Promise.all(visitors)
    expect(took).toBeLessThan(10_000)
    expect([...new Set(statuses)].sort()).toEqual([200, 503])
    expect(web.pid).toBeGreaterThan(0)
  })

  test('the root host’s landing page is there all the same, without the demo’s schools', async () => {
    await stop('fast')
    const answer = await get('/', 'localhost')
    await start()
    expect(answer.status).toBe(200)
    expectPage(answer)
    await untilWell()
  })

  test('a connection that hangs is given up within seconds', async () => {
    // Locked rows stand for a server that answers nobody: the product's own timeout ends the wait.
    const client = new pg.Client({ connectionString: world.ownerUrl })
    await client.connect()
    await client.query('begin; lock table "Course" in access exclusive mode')
    const begun = Date.now()
    const answer = await get('/courses')
    const took = Date.now() - begun
    await client.query('rollback')
    await client.end()
    expect([409, 503]).toContain(answer.status)
    expect(took).toBeLessThan(8_000)
    await untilWell()
  })
})

describe('boot', () => {
  async function boots(env: Readonly<Record<string, string>>): Promise<{ code: number | null; log: string }> {
    const started = await startWeb({ ...environmentOf(world), ...env }, inject('served').folder)
    const code = await Promise.race([
      started.ended,
      untilAlive(started).then(
        () => null,
        () => started.ended,
      ),
    ])
    const log = readFileSync(started.logFile, 'utf8')
    await started.stop()
    return { code, log }
  }

  function as(user: string): string {
    const url = new URL(world.ownerUrl)
    return Object.assign(url, { username: user, password: 'p' }).href
  }

  test.each([
    ['a superuser', 'superuser', () => world.ownerUrl],
    ['a role that passes row-level security', 'BYPASSRLS', () => as('served_bypass')],
    ['a role that owns the tables', 'owns the tables', () => as('served_owner')],
  ])('refuses %s as the app’s role, in one sentence', async (_name, reason, url) => {
    await run(`do $$ begin
      if not exists (select from pg_roles where rolname = 'served_bypass') then
        create role served_bypass login bypassrls password 'p' in role smartlms_app;
        create role served_owner login password 'p';
        execute format('grant %I to served_owner', current_user);
      end if; end $$`)
    for (const variable of ['APP_DATABASE_URL', 'PLATFORM_DATABASE_URL']) {
      const { code, log } = await boots({ [variable]: url() })
      expect(code).not.toBe(0)
      expect(code).not.toBeNull()
      const sentences = log.split('\n').filter((line) => line.includes('SmartLMS can’t start'))
      expect(sentences).toHaveLength(1)
      expect(sentences[0]).toContain(reason)
      expect(log).not.toMatch(/^\s+at /m)
      expect(log).not.toContain(new URL(world.ownerUrl).password)
    }
  })

  test('with DATABASE_URL alone it works by switching roles, and warns', async () => {
    const weaker = { DATABASE_URL: world.ownerUrl, APP_DATABASE_URL: '', PLATFORM_DATABASE_URL: '' }
    const started = await startWeb({ ...environmentOf(world), ...weaker }, inject('served').folder)
    await untilAlive(started)
    const answer = await ask({ host: 'acme.localhost', path: '/courses', port: started.port })
    const log = readFileSync(started.logFile, 'utf8')
    await started.stop()
    expect(answer.status).toBe(200)
    expect(answer.body).toContain('Maths')
    const warnings = log.split('\n').filter((line) => line.includes('"level":"warn"'))
    expect(warnings).toHaveLength(1)
    expect(warnings[0]).toContain('weaker way')
    expect(log).not.toContain(new URL(world.ownerUrl).password)
  })

  test('a variable that makes no sense is named in one sentence, without its value', async () => {
    const { code, log } = await boots({ DATABASE_POOL_SIZE: 'many-secret' })
    expect(code).not.toBe(0)
    expect(code).not.toBeNull()
    expect(log).toContain('DATABASE_POOL_SIZE')
    expect(log).not.toContain('many-secret')
  })

  test('a database that is down stops no boot', async () => {
    const { code, log } = await boots({
      APP_DATABASE_URL: 'postgresql://nobody:p@127.0.0.1:1/none',
      PLATFORM_DATABASE_URL: 'postgresql://nobody:p@127.0.0.1:1/none',
    })
    expect(code).toBeNull()
    expect(log).toContain('not reachable yet')
    expect(dirname(world.server.dataDir)).not.toBe('')
  })
})
