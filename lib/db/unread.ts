import 'server-only'
import { translate } from './failure'
import { appPool } from './pool'
import { sql } from './sql'

/**
 * How much is new to somebody of a school, a hundred at most: for the frame around every page. One prepared statement
 * and no unit of work of its own, as `findSession`: the database's function names the tenant with the caller's rights.
 */
export async function countUnread(tenantId: string, userId: string): Promise<number> {
  const { text, values, name } = sql`select smartlms_unread(${tenantId}, ${userId}) as count`
  try {
    const result = await appPool().query<{ count: number }>({ text, values: [...values], name })
    return result.rows[0]?.count ?? 0
  } catch (error) {
    throw translate(error)
  }
}
