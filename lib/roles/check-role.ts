import 'server-only'
import {
  countRoles,
  getRole,
  type HolderRow,
  lockRoles,
  roleHolders,
  roleNameTaken,
} from '#lib/db/queries/roles'
import type { TenantDb } from '#lib/db/tenant'
import { effectivePermissions, holdsAll, type Permission } from '#lib/auth/permissions'
import { AppError } from '#lib/errors'
import { translator } from '#lib/i18n/translate'
import { holdStanding } from '#lib/identity/standing'
import { groupField, MOST_ROLES } from './contract'
import { type Grantable, notHeld, PERMISSION_GROUPS, readStored } from './rules'

/** Who changes roles, and the language they read. */
export type By = Readonly<{ actorId: string; locale: string }>

/** The same with what they may do, as it stays until the transaction is over. */
type Editor = Readonly<{ held: ReadonlySet<Permission>; locale: string }>

/**
 * Makes this transaction the only one that changes roles or standings in the school, and reads anew what whoever asks
 * may do: somebody who was demoted while they pressed changes nothing. Call it first.
 * @throws AppError 'forbidden' when they may not make roles by now
 */
export async function holdRoles(db: TenantDb, { actorId, locale }: By): Promise<Editor> {
  const held = await holdStanding(db, actorId)
  if (held === null || !held.has('role:manage'))
    throw new AppError('forbidden', 'The actor was demoted or left in the meantime.')
  await lockRoles(db)
  return { held, locale }
}

/** What was there before, for the audit log. */
export type StoredRole = Readonly<{
  name: string
  description: string | null
  permissions: Grantable[]
  people: number
}>

/** @throws AppError 'forbidden' naming the groups with a permission that isn't held */
export function assertMayGive({ held, locale }: Editor, wanted: readonly Grantable[]): void {
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
 * Call it behind `holdRoles`, so that it is still so when the change is written.
 * @throws AppError 'not_found', 'forbidden'
 */
export async function roleToChange(db: TenantDb, by: Editor, id: string): Promise<StoredRole> {
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

/**
 * What a role holds is what its holders can do: whoever changes that changes those people, and nobody changes somebody
 * who may do what they may not. Call it behind `holdRoles`.
 * @throws AppError 'forbidden' when one of them may
 */
export async function assertMayChangeHolders(
  db: TenantDb,
  by: Editor,
  role: Readonly<{ id: string; permissions: readonly Grantable[] }>,
): Promise<void> {
  const holders = await roleHolders(db, role.id)
  const all = (holder: HolderRow): ReadonlySet<Permission> =>
    effectivePermissions(holder.role, [holder.others, role.permissions].flat())
  const beyond = holders.filter((holder) => !holdsAll(by.held, all(holder)))
  const count = beyond.reduce((sum, { people }) => sum + people, 0)
  if (count === 0) return
  const form = translator(by.locale, 'roles')('holdersBeyondYou', { count })
  throw new AppError('forbidden', `${String(count)} holders may do what the editor may not.`, {
    fields: { form },
  })
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
