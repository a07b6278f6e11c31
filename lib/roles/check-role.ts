import 'server-only'
import { countRoles, getRole, roleNameTaken } from '#lib/db/queries/roles'
import type { TenantDb } from '#lib/db/tenant'
import type { Permission } from '#lib/auth/permissions'
import { AppError } from '#lib/errors'
import { translator } from '#lib/i18n/translate'
import { groupField, MOST_ROLES } from './contract'
import { type Grantable, notHeld, PERMISSION_GROUPS, readStored } from './rules'

/** Who changes roles: their permissions as this transaction read them, and the language they read. */
export type By = Readonly<{ held: ReadonlySet<Permission>; locale: string }>

/** What was there before, for the audit log. */
export type StoredRole = Readonly<{
  name: string
  description: string | null
  permissions: Grantable[]
  people: number
}>

/** @throws AppError 'forbidden' naming the groups with a permission that isn't held */
export function assertMayGive({ held, locale }: By, wanted: readonly Grantable[]): void {
  const lacking = notHeld(held, wanted)
  if (lacking.length === 0) return
  const t = translator(locale, 'roles')
  const fields = PERMISSION_GROUPS.flatMap(({ group, permissions }) => {
    const named = permissions.filter((permission) => lacking.includes(permission))
    if (named.length === 0) return []
    const list = named.map((permission) => `“${t(`permissionWords.${permission}`)}”`).join(', ')
    return [[groupField(group), t('notYours', { list })]]
  })
  throw new AppError('forbidden', `Would give what they lack: ${lacking.join(', ')}.`, {
    fields: Object.fromEntries(fields) as Record<string, string>,
  })
}

/**
 * The role, if everything that it holds is held: otherwise taking it from others, or shaping it, would be beyond them.
 * Call it behind `lockRoles`, so that it is still so when the change is written.
 * @throws AppError 'not_found', 'forbidden'
 */
export async function roleToChange(db: TenantDb, by: By, id: string): Promise<StoredRole> {
  const { name, description, permissions: stored, people } = await getRole(db, id)
  const { known } = readStored(stored)
  const lacking = notHeld(by.held, known)
  if (lacking.length > 0) {
    const form = translator(by.locale, 'roles')('beyondYou')
    throw new AppError('forbidden', `The role holds what they lack: ${lacking.join(', ')}.`, {
      fields: { form },
    })
  }
  return { name, description, permissions: known, people }
}

/** @throws AppError 'conflict' for a name that another role has, in whatever case */
export async function assertNameFree(
  db: TenantDb,
  input: Readonly<{ name: string; except: string | null; locale: string }>,
): Promise<void> {
  const { name, except, locale } = input
  if (!(await roleNameTaken(db, name, except))) return
  const fields = { name: translator(locale, 'roles')('nameTaken', { name }) }
  throw new AppError('conflict', 'Another role has this name.', { fields })
}

/** @throws AppError 'invalid_input' for a school that has as many roles as it may */
export async function assertRoom(db: TenantDb, locale: string): Promise<void> {
  if ((await countRoles(db)) < MOST_ROLES) return
  const fields = { form: translator(locale, 'roles')('tooMany', { count: MOST_ROLES }) }
  throw new AppError('invalid_input', 'The school has too many roles.', { fields })
}
