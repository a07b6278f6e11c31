import 'server-only'
import type { Permission } from '#lib/auth/permissions'
import type { InvitationRow } from '#lib/db/queries/invitations'
import type { PersonDetail, PersonRow } from '#lib/db/queries/people'
import type { RoleRow } from '#lib/db/queries/roles'
import { publicUrl } from '#lib/files/rules'
import {
  type InvitationCard,
  type PersonCard,
  type PersonView,
  RESEND_MINUTES,
  type RoleChoice,
} from './contract'
import { grantable, grants, leavesNobody, mayGrant, objection, type Standing, stateOf } from './rules'

/** A row of the list as it is shown. */
export function cardOf(tenantId: string, row: PersonRow): PersonCard {
  const { id, name, email, role, customRoles, lastSeenAt, createdAt } = row
  return {
    ...{ id, name, email, role, customRoles, lastSeenAt },
    avatarUrl: publicUrl(tenantId, row.avatar),
    state: stateOf(row),
    joinedAt: createdAt,
  }
}

/** The school's custom roles as boxes to tick, by name. */
export function choicesOf(held: ReadonlySet<Permission>, roles: readonly RoleRow[]): RoleChoice[] {
  return roles.map(({ id, name, description, permissions }) => ({
    ...{ id, name, description },
    offered: mayGrant(held, 'STUDENT', [permissions]),
  }))
}

type Around = Readonly<{
  roles: readonly RoleRow[]
  courses: PersonView['courses']
  teachers: PersonView['teachers']
}>

/** A person's page as `reader` sees it. */
export function personOf(tenantId: string, reader: Standing, row: PersonDetail, around: Around): PersonView {
  const { timeZone, sessions, secondFactor, customRoleIds, enrollments, submissions, attempts, courses } = row
  const target = { id: row.id, role: row.role, permissions: grants(row.role, row.permissions) }
  return {
    ...cardOf(tenantId, row),
    ...{ timeZone, sessions, secondFactor, customRoleIds },
    work: { enrollments, submissions, attempts, courses },
    ...{ courses: around.courses, teachers: around.teachers },
    roles: grantable(reader.permissions),
    roleChoices: choicesOf(reader.permissions, around.roles),
    objection: objection(reader, target),
    lastAdmin: leavesNobody(row, row.otherAdmins),
  }
}

type Listed = InvitationRow & Readonly<{ invitedByName: string | null; expired: boolean }>

/** An open invitation as whoever holds `held` sees it. */
export function invitationOf(
  held: ReadonlySet<Permission>,
  roles: readonly RoleRow[],
  row: Listed,
  now = Date.now(),
): InvitationCard {
  const { id, email, name, role, invitedByName, sentAt, expiresAt, expired } = row
  const custom = roles.filter((one) => row.roleIds.includes(one.id))
  return {
    ...{ id, email, name, role, invitedByName, sentAt, expiresAt, expired },
    customRoles: custom.map((one) => one.name),
    resendable: sentAt.getTime() <= now - RESEND_MINUTES * 60_000,
    offered: mayGrant(
      held,
      role,
      custom.map((one) => one.permissions),
    ),
  }
}
