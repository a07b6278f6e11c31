import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { afterAll, inject } from 'vitest'
import { closePools } from '#lib/db/pool'

/** Whether the run was asked for its full counts (`npm run test:deep`). */
export const isDeep = process.env['SMARTLMS_DEEP'] === '1'

export type TestDatabase = Readonly<{
  /** Connections of the superuser, who sees every school: to arrange and to inspect, never to test. */
  owner: pg.Pool
  /** Address of the superuser. */
  ownerUrl: string
  /** Address of the role that the product connects as. */
  appUrl: string
  platformUrl: string
}>

/** The address of another database or role on the server of this run. */
export function addressOf(database: string, login?: string): string {
  const url = new URL(inject('databaseServer'))
  url.pathname = `/${database}`
  if (login !== undefined) {
    url.username = login
    url.password = login
  }
  return url.href
}

/** Runs statements one after another on a connection of its own, each in its own transaction. */
export async function execute(url: string, ...statements: string[]): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    for (const statement of statements) await client.query(statement)
  } finally {
    await client.end()
  }
}

/**
 * A migrated database for one test file, which the product's own pools then connect to. Call it at the top of the
 * file, before anything reads lib/config. It is dropped when the file is through.
 * @param settings further variables of the environment, such as DATABASE_POOL_SIZE
 */
export async function testDatabase(settings: Readonly<Record<string, string>> = {}): Promise<TestDatabase> {
  const name = `test_${randomBytes(6).toString('hex')}`
  const template = new URL(inject('databaseServer')).pathname.slice(1)
  const maintenance = addressOf('postgres')
  await execute(maintenance, `CREATE DATABASE ${name} TEMPLATE ${template}`)
  const urls = {
    ownerUrl: addressOf(name),
    appUrl: addressOf(name, 'test_app'),
    platformUrl: addressOf(name, 'test_platform'),
  }
  Object.assign(process.env, {
    DATABASE_URL: urls.ownerUrl,
    APP_DATABASE_URL: urls.appUrl,
    PLATFORM_DATABASE_URL: urls.platformUrl,
    ...settings,
  })
  const owner = new pg.Pool({ connectionString: urls.ownerUrl, max: 4 })
  owner.on('error', () => undefined)
  afterAll(async () => {
    await closePools()
    await owner.end()
    await execute(maintenance, `DROP DATABASE ${name} WITH (FORCE)`)
  })
  return { owner, ...urls }
}
