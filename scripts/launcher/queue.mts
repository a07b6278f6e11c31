import { type Client, Pool } from 'pg'
import { parseDatabaseUrl } from './database-url.mts'

/** The role that owns the queue. */
const OWNER = 'smartlms_worker'

/**
 * Makes the queue's own tables, or brings them up to date: its own migrations, run as the worker's role, which then
 * owns them. Comes after Prisma's migrations, which make the role and its schema. Safe from two processes at once.
 *
 * @param ownerUrl of the tables' owner, who is a member of the worker's role
 * @throws Error when that can't be
 */
export async function migrateQueue(ownerUrl: string): Promise<void> {
  // Loaded when it is needed: most commands don't.
  const { runMigrations } = await import('graphile-worker')
  const { config } = parseDatabaseUrl(ownerUrl, 'DATABASE_URL')
  const pool = new Pool({ ...config, options: `-c role=${OWNER}`, max: 1 })
  pool.on('error', () => {})
  pool.on('connect', (client) => client.on('error', () => {}))
  try {
    await runMigrations({ pgPool: pool })
  } finally {
    await pool.end()
  }
}

/** Whether the queue has its tables. */
export async function queueIsMade(client: Client): Promise<boolean> {
  const result = await client.query<{ made: boolean }>(
    `SELECT to_regclass('graphile_worker._private_jobs') IS NOT NULL AS made`,
  )
  return result.rows[0]?.made === true
}
