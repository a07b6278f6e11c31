import { z } from 'zod'
import { PERMISSION_GROUPS, type Grantable, type PermissionGroup } from './rules'

/** What the forms about roles send. */

export const ROLE_NAME_MAX = 60
export const ROLE_DESCRIPTION_MAX = 300
/** Roles that one school may make. */
export const MOST_ROLES = 100

/** A form sends nothing for no tick, a text for one and a list for several. */
function ticks(permissions: readonly Grantable[]) {
  const one = z.enum(permissions)
  return z
    .union([one, z.array(one).max(permissions.length)])
    .optional()
    .transform((given) => (given === undefined ? [] : [given].flat()))
}

/** The name of a group's checkboxes. */
export function groupField<G extends PermissionGroup>(group: G): `may-${G}` {
  return `may-${group}`
}

const groups = Object.fromEntries(
  PERMISSION_GROUPS.map(({ group, permissions }) => [groupField(group), ticks(permissions)]),
) as Record<`may-${PermissionGroup}`, ReturnType<typeof ticks>>

const fields = {
  name: z
    .string()
    .trim()
    .min(1)
    .max(ROLE_NAME_MAX)
    .regex(/^[^\p{C}\p{Zl}\p{Zp}]+$/u)
    .transform((text) => text.normalize('NFC').replace(/\s+/g, ' ')),
  description: z
    .string()
    .trim()
    .max(ROLE_DESCRIPTION_MAX)
    .transform((text) => (text === '' ? null : text)),
  ...groups,
}

/** An id of ours, as addresses and forms carry it. */
export const idField = z.string().regex(/^[a-z0-9]{1,40}$/)

/** `updatedAt` of what the form was made from. */
const seenField = z.iso.datetime({ precision: 3 }).transform((text) => new Date(text))

export const createRoleForm = z.strictObject(fields)
export const updateRoleForm = z.strictObject({ ...fields, roleId: idField, seen: seenField })
export const deleteRoleForm = z.strictObject({ roleId: idField })

/** The permissions that a form ticks, in the order of the table. */
export function ticked(form: Readonly<Record<`may-${PermissionGroup}`, readonly Grantable[]>>): Grantable[] {
  return PERMISSION_GROUPS.flatMap(({ group, permissions }) => {
    const chosen = form[groupField(group)]
    return permissions.filter((permission) => chosen.includes(permission))
  })
}

/** What is said once on the list, after a change. */
export const rolesSearch = z.strictObject({
  done: z.enum(['created', 'saved', 'deleted']).optional().catch(undefined),
})

export type RoleSummary = {
  id: string
  name: string
  description: string | null
  people: number
  permissions: Grantable[]
  unknown: string[]
}

export type RoleForm = {
  id: string
  name: string
  description: string | null
  permissions: Grantable[]
  unknown: string[]
  /** ISO. */
  seen: string
  people: number
  /** Permissions of the role that its reader lacks: they can't change it. */
  beyond: Grantable[]
  /** Permissions that people would lose if it were deleted. */
  losses: { permission: Grantable; people: number }[]
  /** Open invitations that name it. */
  invitations: number
}
