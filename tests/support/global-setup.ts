import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { type Server, startEmbedded } from '#scripts/launcher/embedded'
import { migrateQueue } from '#scripts/launcher/queue'
import { prismaCli } from './prisma-cli'

declare module 'vitest' {
  interface ProvidedContext {
    /** Superuser's address of the throw-away server; the path names the migrated template. */
    databaseServer: string
  }
}

/** The database that every test file's own is copied from. */
const TEMPLATE = 'smartlms_template'

/**
 * One LOGIN role for each of the three groups, as an installation has them. They can do nothing of their own.
 * Their password is no secret: the server ends with the run and listens on this machine alone.
 */
const LOGINS = `
  CREATE ROLE test_app LOGIN PASSWORD 'test_app' IN ROLE smartlms_app;
  CREATE ROLE test_platform LOGIN PASSWORD 'test_platform' IN ROLE smartlms_platform;
  CREATE ROLE test_worker LOGIN PASSWORD 'test_worker' IN ROLE smartlms_worker;`

let server: Server | undefined

/** Starts PostgreSQL, migrates a template and makes the roles, once for all files of the run. */
export async function setup(project: TestProject): Promise<void> {
  server = await startEmbedded({ settings: { max_connections: 200 } })
  const client = new pg.Client({ connectionString: server.url })
  await client.connect()
  await client.query(`CREATE DATABASE ${TEMPLATE}`)
  const url = new URL(server.url)
  url.pathname = `/${TEMPLATE}`
  await prismaCli(url.href, 'migrate', 'deploy')
  await migrateQueue(url.href)
  await client.query(LOGINS)
  await client.end()
  project.provide('databaseServer', url.href)
}

export async function teardown(): Promise<void> {
  await server?.stop()
}
