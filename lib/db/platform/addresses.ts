import 'server-only'
import { firstRow, type TenantDb } from '../handle'
import { sql, type Statement } from '../sql'

/** Whose an address is, across all schools: in a unit among the platform's own rows, from which the directory is seen. */

/** `skeletonOf` of lib/schools/rules.ts. */
function skeleton(name: Statement): Statement {
  return sql`translate(replace(replace(replace(${name}, '-', ''), 'rn', 'm'), 'vv', 'w'), '01i5', 'olls')`
}

/**
 * Whether a school, open or not, has this subdomain ('taken') or one that could be mistaken for it ('alike'). Every
 * school's address is public: asking tells nothing that a browser wouldn't.
 */
export async function addressInUse(db: TenantDb, subdomain: string): Promise<'taken' | 'alike' | null> {
  const found = await firstRow<{ same: boolean | null }>(
    db,
    sql`select bool_or(t.subdomain = ${subdomain}) as same from "Tenant" t
      where t.id <> ${db.tenantId} and ${skeleton(sql`t.subdomain`)} = ${skeleton(sql`${subdomain}::text`)}`,
  )
  if (found?.same == null) return null
  return found.same ? 'taken' : 'alike'
}

/**
 * Makes this transaction the only one that opens a school with such an address, until it ends: the unique index
 * knows equal names alone, not those that look alike.
 */
export async function holdAddress(db: TenantDb, subdomain: string): Promise<void> {
  await firstRow(
    db,
    sql`select pg_advisory_xact_lock(hashtextextended(${db.tenantId} || '/address/' || ${skeleton(sql`${subdomain}::text`)}, 0))`,
  )
}
