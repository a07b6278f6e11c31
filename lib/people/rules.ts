import { effectivePermissions, holdsAll, type BuiltInRole, type Permission } from '#lib/auth/permissions'

/** Roles that a school can give. The platform's own is none of them. */
export const ROLES = ['STUDENT', 'INSTRUCTOR', 'ADMIN'] as const
export type GivenRole = (typeof ROLES)[number]

/** What decides who may do what to whom. */
export type Standing = Readonly<{ id: string; role: BuiltInRole; permissions: ReadonlySet<Permission> }>

/** All that a role and custom roles would let somebody do. `custom`: a list of permissions for each custom role. */
export function grants(role: BuiltInRole, custom: readonly unknown[]): ReadonlySet<Permission> {
  return effectivePermissions(role, custom)
}

/** Whether somebody may give a role with custom roles: nobody gives more than they have, and nobody the platform's. */
export function mayGrant(
  held: ReadonlySet<Permission>,
  role: BuiltInRole,
  custom: readonly unknown[],
): role is GivenRole {
  return role !== 'SUPER_ADMIN' && holdsAll(held, grants(role, custom))
}

/** The built-in roles that somebody may give. */
export function grantable(held: ReadonlySet<Permission>): GivenRole[] {
  return ROLES.filter((role) => mayGrant(held, role, []))
}

/**
 * Why `actor` may not change, disable, sign out, reset or delete `target`; null when they may. Nobody does it to
 * themselves, and nobody to somebody who may do what they may not.
 */
export function objection(actor: Standing, target: Standing): 'self' | 'beyond' | null {
  if (actor.id === target.id) return 'self'
  return holdsAll(actor.permissions, target.permissions) ? null : 'beyond'
}

/** Whether a school would be left without anybody who runs it. `others`: its active admins beside this person. */
export function leavesNobody(
  target: Readonly<{ role: BuiltInRole; disabled: boolean }>,
  others: number,
): boolean {
  return target.role === 'ADMIN' && !target.disabled && others === 0
}

/** Whether somebody can take over courses. */
export function canTeach(standing: Standing): boolean {
  return standing.permissions.has('course:edit')
}

export type PersonState = 'active' | 'disabled' | 'unconfirmed'

/** One word for where a person stands; being disabled outweighs the rest. */
export function stateOf(person: Readonly<{ disabled: boolean; confirmed: boolean }>): PersonState {
  if (person.disabled) return 'disabled'
  return person.confirmed ? 'active' : 'unconfirmed'
}

/** Ids that are in one list only. */
export function difference(before: readonly string[], after: readonly string[]): string[] {
  return [...before.filter((id) => !after.includes(id)), ...after.filter((id) => !before.includes(id))]
}

/**
 * A cell of a CSV file. A spreadsheet takes a cell that begins with one of these for a formula and runs it, quoted or
 * not; an apostrophe in front makes it text.
 */
export function csvCell(text: string): string {
  const defused = /^\s*[=+\-@＝＋－＠]|^[\t\r\n]/.test(text) ? `'${text}` : text
  return /[",;\r\n]/.test(defused) ? `"${defused.replaceAll('"', '""')}"` : defused
}

/** A CSV file with the line ends and the mark of UTF-8 that spreadsheets want. */
export function csvFile(rows: readonly (readonly string[])[]): string {
  return `\uFEFF${rows.map((row) => `${row.map(csvCell).join(',')}\r\n`).join('')}`
}

/** What becomes of one row of an import. */
export const IMPORT_OUTCOMES = [
  'new',
  'member',
  'invited',
  'recent',
  'repeated',
  'address',
  'name',
  'role',
  'beyond',
  'columns',
] as const
export type ImportOutcome = (typeof IMPORT_OUTCOMES)[number]

/** Outcomes that are no mistake of the file: nothing has to be done. */
export const SETTLED: readonly ImportOutcome[] = ['new', 'member', 'invited']

/** Rows of a report that are shown on the page; the download has all of them. */
export const SHOWN_ROWS = 100
