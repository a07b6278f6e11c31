import { type Client, escapeIdentifier, Pool } from 'pg'
import { parseDatabaseUrl } from './database-url.mts'

/** The role that works on the queue, and owns it wherever it can be given to it. */
const WORKER = 'smartlms_worker'
const SCHEMA = 'graphile_worker'

/**
 * Makes the queue's own tables, or brings them up to date: its own migrations, run as the worker's role, which then
 * owns them. Comes after Prisma's migrations, which make the role and its schema. Safe from two processes at once.
 *
 * @param ownerUrl of the tables' owner
 * @throws Error when that can't be
 */
export async function migrateQueue(ownerUrl: string): Promise<void> {
  // Loaded when it is needed: most commands don't.
  const { runMigrations } = await import('graphile-worker')
  const owner = poolOf(ownerUrl)
  try {
    const found = await owner.query<{ owns: boolean }>(
      `SELECT nspowner = '${WORKER}'::regrole AND pg_has_role(nspowner, 'MEMBER') AS owns
       FROM pg_namespace WHERE nspname = '${SCHEMA}'`,
    )
    const owns = found.rows[0]?.owns === true
    const pool = poolOf(ownerUrl, owns ? `-c role=${WORKER}` : undefined)
    try {
      await runMigrations({ pgPool: pool })
    } finally {
      await pool.end()
    }
    if (!owns) await admitWorker(owner)
  } finally {
    await owner.end()
  }
}

function poolOf(url: string, options?: string): Pool {
  const { config } = parseDatabaseUrl(url, 'DATABASE_URL')
  const pool = new Pool({ ...config, ...(options === undefined ? {} : { options }), max: 1 })
  pool.on('error', () => {})
  pool.on('connect', (client) => client.on('error', () => {}))
  return pool
}

/**
 * Where the role was made by somebody else, the owner of the tables keeps the queue as well. Its tables have row-level
 * security without policies, so the worker gets one on each.
 */
async function admitWorker(owner: Pool): Promise<void> {
  await owner.query(
    `GRANT USAGE ON SCHEMA ${SCHEMA} TO ${WORKER};
     GRANT ALL ON ALL TABLES IN SCHEMA ${SCHEMA} TO ${WORKER};
     GRANT ALL ON ALL SEQUENCES IN SCHEMA ${SCHEMA} TO ${WORKER}`,
  )
  const bare = await owner.query<{ name: string }>(
    `SELECT c.relname AS name FROM pg_class c WHERE c.relnamespace = '${SCHEMA}'::regnamespace AND c.relrowsecurity
       AND NOT EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid AND p.polname = 'worker_all')`,
  )
  for (const { name } of bare.rows) {
    await owner.query(
      `CREATE POLICY worker_all ON ${SCHEMA}.${escapeIdentifier(name)} TO ${WORKER} USING (true) WITH CHECK (true)`,
    )
  }
}

/** Whether the queue has its tables. */
export async function queueIsMade(client: Client): Promise<boolean> {
  const result = await client.query<{ made: boolean }>(
    `SELECT to_regclass('graphile_worker._private_jobs') IS NOT NULL AS made`,
  )
  return result.rows[0]?.made === true
}
