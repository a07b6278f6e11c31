import { Client, escapeIdentifier } from 'pg'
import { runMigrations } from 'graphile-worker'

/** The role that works on the queue, and owns it wherever it can be given to it. */
const WORKER = 'smartlms_worker'
const SCHEMA = 'graphile_worker'

/**
 * Makes the queue's own tables, or brings them up to date: its own migrations, run as the worker's role, which then
 * owns them. Comes after Prisma's migrations, which make the role and its schema. Safe from two processes at once.
 *
 * @param ownerUrl of the tables' owner
 */
export async function migrateQueue(ownerUrl: string): Promise<void> {
  const url = new URL(ownerUrl)
  url.searchParams.delete('schema')
  const client = new Client({ connectionString: url.href })
  await client.connect()
  try {
    const found = await client.query<{ member: boolean }>(
      `SELECT pg_has_role('${WORKER}', 'MEMBER') AND pg_has_role(nspowner, 'MEMBER') AND nspowner = '${WORKER}'::regrole AS member
       FROM pg_namespace WHERE nspname = '${SCHEMA}'`,
    )
    const owns = found.rows[0]?.member === true
    const own = new URL(url)
    if (owns) own.searchParams.set('options', `-c role=${WORKER}`)
    await runMigrations({ connectionString: own.href, noHandleSignals: true })
    if (!owns) await admitWorker(client)
  } finally {
    await client.end()
  }
}

/**
 * Where the role was made by somebody else, the owner of the tables keeps the queue as well. Its tables have row-level
 * security without policies, so the worker gets one on each.
 */
async function admitWorker(client: Client): Promise<void> {
  await client.query(
    `GRANT USAGE ON SCHEMA ${SCHEMA} TO ${WORKER};
     GRANT ALL ON ALL TABLES IN SCHEMA ${SCHEMA} TO ${WORKER};
     GRANT ALL ON ALL SEQUENCES IN SCHEMA ${SCHEMA} TO ${WORKER}`,
  )
  const bare = await client.query<{ name: string }>(
    `SELECT c.relname AS name FROM pg_class c WHERE c.relnamespace = '${SCHEMA}'::regnamespace AND c.relrowsecurity
       AND NOT EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid AND p.polname = 'worker_all')`,
  )
  for (const { name } of bare.rows) {
    await client.query(
      `CREATE POLICY worker_all ON ${SCHEMA}.${escapeIdentifier(name)} TO ${WORKER} USING (true) WITH CHECK (true)`,
    )
  }
}
