import 'server-only'
import { translate } from './failure'
import { PLATFORM_TENANT_ID } from './platform-id'
import { appPool, platformPool } from './pool'
import { type SessionRow, sessionStatement } from './queries/sessions'

/**
 * The person behind a cookie in one tenant; null when nobody is. One prepared statement and no unit of work of its
 * own: the database's function names the tenant for itself, with the caller's rights, so row-level security holds.
 * Never cached between requests: whoever was signed out, disabled or demoted is so at their next one.
 */
export async function findSession(tenantId: string, tokenHash: string): Promise<SessionRow | null> {
  const { text, values, name } = sessionStatement(tenantId, tokenHash)
  const pool = tenantId === PLATFORM_TENANT_ID ? platformPool() : appPool()
  try {
    const result = await pool.query<SessionRow>({ text, values: [...values], name })
    return result.rows[0] ?? null
  } catch (error) {
    throw translate(error)
  }
}
