import { existsSync } from 'node:fs'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { checkRights, checkServer } from '#scripts/launcher/check-server'
import { parseDatabaseUrl } from '#scripts/launcher/database-url'
import { startEmbedded, startServer, type Server } from '#scripts/launcher/embedded'
import { ensureLogins } from '#scripts/launcher/logins'

const DEBIAN = '/usr/lib/postgresql/15/bin'
const servers: [name: string, start: () => Promise<Server>][] = [['embedded', () => startEmbedded()]]
if (existsSync(DEBIAN)) servers.push(['PostgreSQL 15', () => startServer({ binDir: DEBIAN })])

/** What the launcher does on a server that is not ours needs no more rights than it says. */
describe.each(servers)('a plain owner on %s', (_, start) => {
  let server: Server
  const urlOf = (user: string, database: string): string =>
    server.url.replace(/postgres:[^@]*@/, `${user}:pass-word@`).replace(/postgres$/, database)

  beforeAll(async () => {
    server = await start()
    const client = new Client(server.url)
    await client.connect()
    await client.query(`CREATE ROLE maker LOGIN CREATEROLE CREATEDB PASSWORD 'pass-word'`)
    await client.query(`CREATE ROLE plain LOGIN PASSWORD 'pass-word'`)
    await client.query(`CREATE DATABASE plain OWNER plain`)
    await client.end()
  })
  afterAll(() => server.stop())

  it('gets its database made, and login roles that two processes ask for at once', async () => {
    const owner = urlOf('maker', 'made')
    await checkServer(parseDatabaseUrl(owner, 'DATABASE_URL'))
    const logins = {
      appDatabaseUrl: urlOf('app_login', 'made'),
      platformDatabaseUrl: urlOf('platform_login', 'made'),
      workerDatabaseUrl: urlOf('worker_login', 'made'),
    }
    expect(await Promise.all([ensureLogins(owner, logins), ensureLogins(owner, logins)])).toEqual([
      true,
      true,
    ])
    const rightsOf = async (url: string): Promise<unknown[]> => {
      const client = new Client(url)
      await client.connect()
      const result = await client.query<Record<string, unknown>>(
        `SELECT current_user AS "user", pg_has_role('smartlms_app', 'USAGE') AS app,
           pg_has_role('smartlms_platform', 'USAGE') AS platform, pg_has_role('smartlms_worker', 'USAGE') AS worker`,
      )
      await client.end()
      return result.rows
    }
    const none = { app: false, platform: false, worker: false }
    expect(await rightsOf(logins.appDatabaseUrl)).toEqual([{ ...none, user: 'app_login', app: true }])
    expect(await rightsOf(logins.workerDatabaseUrl)).toEqual([
      { ...none, user: 'worker_login', worker: true },
    ])
  })

  it('is told which right is missing before anything is changed', async () => {
    const target = parseDatabaseUrl(urlOf('plain', 'elsewhere'), 'DATABASE_URL')
    await expect(checkServer(target)).rejects.toThrow('user "plain" may not create it')
    const client = new Client(urlOf('plain', 'made'))
    await client.connect()
    await expect(checkRights(client, target)).rejects.toThrow('may not create tables')
    await client.end()
  })

  it('without the right to make roles goes on without login roles', async () => {
    const logins = {
      appDatabaseUrl: urlOf('a_login', 'plain'),
      platformDatabaseUrl: urlOf('b_login', 'plain'),
    }
    expect(await ensureLogins(urlOf('plain', 'plain'), logins)).toBe(false)
  })
})
