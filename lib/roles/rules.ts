import {
  type BuiltInRole,
  effectivePermissions,
  GRANTABLE,
  isGrantable,
  type Permission,
} from '#lib/auth/permissions'

/** What a custom role may hold. Pure: the form shows what the server checks. */

export type Grantable = (typeof GRANTABLE)[number]

export type PermissionGroup = Grantable extends `${infer Group}:${string}` ? Group : never

function groupOf(permission: Grantable): PermissionGroup {
  // The type is the very same split: every permission is written `<what>:<do>`.
  return permission.slice(0, permission.indexOf(':')) as PermissionGroup
}

/** Permissions by what they are about, in the order of the table. */
export const PERMISSION_GROUPS: readonly Readonly<{
  group: PermissionGroup
  permissions: readonly Grantable[]
}>[] = [...new Set(GRANTABLE.map(groupOf))].map((group) => ({
  group,
  permissions: GRANTABLE.filter((permission) => groupOf(permission) === group),
}))

/** Most names of unknown permissions that are shown. */
const SHOWN = 20

/**
 * What a stored role means: the permissions that exist, in the order of the table, and the names that mean nothing
 * (of an older release, say). The latter count for nothing.
 */
export function readStored(stored: unknown): Readonly<{ known: Grantable[]; unknown: string[] }> {
  const names: readonly unknown[] = Array.isArray(stored) ? stored : []
  const odd = names.filter((name) => !isGrantable(name))
  const words = odd.map((name) => (typeof name === 'string' ? name : JSON.stringify(name)).slice(0, 80))
  return {
    known: GRANTABLE.filter((permission) => names.includes(permission)),
    unknown: [...new Set(words)].slice(0, SHOWN),
  }
}

/** Those of `wanted` that aren't held: nobody gives, changes or takes what they don't have. */
export function notHeld(held: ReadonlySet<Permission>, wanted: readonly Grantable[]): Grantable[] {
  return wanted.filter((permission) => !held.has(permission))
}

export type Holders = Readonly<{ role: BuiltInRole; others: unknown; people: number }>

export type Loss = Readonly<{ permission: Grantable; people: number }>

/**
 * What taking permissions out of a role takes away, and from how many people: whoever has one from elsewhere keeps it.
 * @param gone the permissions that the role holds no longer
 */
export function lossOf(gone: readonly Grantable[], holders: readonly Holders[]): Loss[] {
  return gone
    .map((permission) => ({
      permission,
      people: holders
        .filter(({ role, others }) => !effectivePermissions(role, others).has(permission))
        .reduce((sum, { people }) => sum + people, 0),
    }))
    .filter(({ people }) => people > 0)
}
