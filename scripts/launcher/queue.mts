import { runMigrations } from 'graphile-worker'

/** The role that owns the queue. */
const OWNER = 'smartlms_worker'

/**
 * Makes the queue's own tables, or brings them up to date: its own migrations, run as the worker's role, which then
 * owns them. Comes after Prisma's migrations, which make the role and its schema. Safe from two processes at once.
 *
 * @param ownerUrl of the tables' owner, who is a member of the worker's role
 */
export async function migrateQueue(ownerUrl: string): Promise<void> {
  const url = new URL(ownerUrl)
  url.searchParams.delete('schema')
  url.searchParams.set('options', `-c role=${OWNER}`)
  await runMigrations({ connectionString: url.href, noHandleSignals: true })
}
