import type { Client } from 'pg'

// What the server itself counted and timed: pg_stat_statements.

const OF_ROLE = `from pg_stat_statements s join pg_roles r on r.oid = s.userid
  where r.rolname = any($1::text[]) and s.query !~ 'set_config|pg_roles|pg_stat_statements'`

export async function forget(owner: Client): Promise<void> {
  await owner.query('select pg_stat_statements_reset()')
}

/**
 * Data statements of these roles since `forget`. BEGIN, COMMIT and set_config carry no data; the look at its own
 * role that a new connection takes belongs to no request.
 */
export async function dataStatements(owner: Client, roles: readonly string[]): Promise<number> {
  const result = await owner.query<{ calls: number }>(
    `select coalesce(sum(s.calls), 0)::int as calls ${OF_ROLE}`,
    [roles],
  )
  return result.rows[0]?.calls ?? 0
}

/** Milliseconds. */
export type DatabaseTime = Readonly<{ total: number; planning: number }>

/** What the server spent on planning and running data statements of a role since `forget`. */
export async function databaseTime(owner: Client, role: string): Promise<DatabaseTime> {
  const result = await owner.query<DatabaseTime>(
    `select coalesce(sum(s.total_plan_time + s.total_exec_time), 0) as total,
      coalesce(sum(s.total_plan_time), 0) as planning ${OF_ROLE}`,
    [[role]],
  )
  return result.rows[0] ?? { total: Number.NaN, planning: Number.NaN }
}
