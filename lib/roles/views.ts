import 'server-only'
import type { Permission } from '#lib/auth/permissions'
import type { HolderRow, RoleRow } from '#lib/db/queries/roles'
import type { RoleForm, RoleSummary } from './contract'
import { lossOf, notHeld, readStored } from './rules'

/** A role as the list shows it. */
export function summaryOf(row: RoleRow): RoleSummary {
  const { id, name, description, people } = row
  const { known, unknown } = readStored(row.permissions)
  return { id, name, description, people, permissions: known, unknown }
}

/** A role as its own page shows it to a reader who holds `held`. */
export function formOf(
  row: RoleRow,
  held: ReadonlySet<Permission>,
  more: Readonly<{ holders: readonly HolderRow[]; invitations: number }>,
): RoleForm {
  const summary = summaryOf(row)
  return {
    ...summary,
    seen: row.updatedAt.toISOString(),
    beyond: notHeld(held, summary.permissions),
    losses: lossOf(summary.permissions, more.holders),
    invitations: more.invitations,
  }
}
