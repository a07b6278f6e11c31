import 'server-only'
import type { RoleType } from '#types/db'
import { affected, firstRow, rows, type TenantDb } from '../handle'
import { type Cursor, cutPage, type Page } from '../keyset'
import { sql, type Statement } from '../sql'
import { affectOne, oneRow } from './changes'
import { newestFirst } from './paging'

/** People who were asked to join, or asked by themselves, and have not followed their link yet. */

export type InvitationRow = {
  id: string
  email: string
  name: string | null
  role: Exclude<RoleType, 'SUPER_ADMIN'>
  roleIds: string[]
  /** Null for somebody who asked by themselves. */
  invitedById: string | null
  createdAt: Date
  sentAt: Date
  expiresAt: Date
}

type NewInvitation = Readonly<{
  email: string
  name: string | null
  role: Exclude<RoleType, 'SUPER_ADMIN'>
  roleIds: readonly string[]
  /** Null: the person asked by themselves. */
  invitedById: string | null
  hours: number
}>

/**
 * Keeps an invitation; an open one to the same address is renewed. One that the school sent keeps its role unless
 * somebody of the school invites now.
 * @returns `created`: whether it is a new one
 */
export async function invite(db: TenantDb, input: NewInvitation): Promise<{ id: string; created: boolean }> {
  const { email, name, role, roleIds, invitedById, hours } = input
  // Whoever asks by themselves changes nothing of what the school promised while it stands, and gets nothing of it
  // once it has run out: a year-old invitation to teach would otherwise be renewed by asking to join.
  const promised = sql`excluded."invitedById" is null and i."invitedById" is not null and i."expiresAt" > now()`
  return oneRow<{ id: string; created: boolean }>(
    db,
    sql`insert into "Invitation" as i ("tenantId", email, name, role, "roleIds", "invitedById", "expiresAt")
      values (${db.tenantId}, ${email}, ${name}, ${role}::"RoleType", ${roleIds}::text[], ${invitedById}, now() + make_interval(hours => ${hours}))
      on conflict ("tenantId", email) where "acceptedAt" is null and "revokedAt" is null do update set "sentAt" = now(),
        name = case when ${promised} then coalesce(i.name, excluded.name) else coalesce(excluded.name, i.name) end,
        "expiresAt" = case when ${promised} then i."expiresAt" else greatest(i."expiresAt", excluded."expiresAt") end,
        role = case when ${promised} then i.role else excluded.role end,
        "roleIds" = case when ${promised} then i."roleIds" else excluded."roleIds" end,
        "invitedById" = case when ${promised} then i."invitedById" else excluded."invitedById" end
      returning i.id, (xmax = 0) as created`,
    'invitation',
  )
}

function openInvitation(db: TenantDb, where: Statement): Promise<InvitationRow | null> {
  return firstRow<InvitationRow>(
    db,
    sql`select id, email, name, role, "roleIds", "invitedById", "createdAt", "sentAt", "expiresAt" from "Invitation"
      where "tenantId" = ${db.tenantId} and ${where} and "acceptedAt" is null and "revokedAt" is null and "expiresAt" > now()`,
  )
}

/** An invitation that can still be accepted; null when it was accepted, revoked or is too old. */
export async function findOpenInvitation(db: TenantDb, id: string): Promise<InvitationRow | null> {
  return openInvitation(db, sql`id = ${id}`)
}

/** The same by address. */
export async function findOpenInvitationTo(db: TenantDb, email: string): Promise<InvitationRow | null> {
  return openInvitation(db, sql`email = ${email}`)
}

/** Marks an invitation as accepted. Of two at the same moment one does. @returns whether this one did */
export async function acceptInvitation(db: TenantDb, id: string): Promise<boolean> {
  return (
    (await affected(
      db,
      sql`update "Invitation" set "acceptedAt" = now() where "tenantId" = ${db.tenantId} and id = ${id}
        and "acceptedAt" is null and "revokedAt" is null and "expiresAt" > now()`,
    )) === 1
  )
}

/** Takes an invitation back: its link is worth nothing from now on. @throws AppError 'not_found' */
export async function revokeInvitation(db: TenantDb, id: string): Promise<void> {
  await affectOne(
    db,
    sql`update "Invitation" set "revokedAt" = now() where "tenantId" = ${db.tenantId} and id = ${id}
      and "acceptedAt" is null and "revokedAt" is null`,
    'invitation',
  )
}

/** One page of the school's open invitations, newest first; people's own requests to join are not among them. */
export async function listInvitations(
  db: TenantDb,
  input: Readonly<{ cursor: Cursor | null; limit: number }>,
): Promise<Page<InvitationRow & { invitedByName: string | null; expired: boolean }>> {
  const { where, order } = newestFirst(input.cursor, sql`i."createdAt"`, sql`i.id`)
  const found = await rows<InvitationRow & { invitedByName: string | null; expired: boolean }>(
    db,
    sql`select i.id, i.email, i.name, i.role, i."roleIds", i."invitedById", i."createdAt", i."sentAt", i."expiresAt",
        u.name as "invitedByName", i."expiresAt" <= now() as expired
      from "Invitation" i left join "User" u on u."tenantId" = i."tenantId" and u.id = i."invitedById"
      where i."tenantId" = ${db.tenantId} and i."acceptedAt" is null and i."revokedAt" is null and i."invitedById" is not null ${where}
      order by ${order} limit ${input.limit + 1}`,
  )
  return cutPage(found, input.limit, input.cursor, (row) => row.createdAt)
}

/**
 * Addresses, of these, that the school has written to lately about joining, whatever became of the invitation since:
 * taken back and made anew, it is the same letter to the same person.
 * @param minutes that count as lately @returns with the seconds until each can be written to again
 */
export async function recentLetters(
  db: TenantDb,
  input: Readonly<{ emails: readonly string[]; minutes: number }>,
): Promise<{ email: string; wait: number }[]> {
  const { emails, minutes } = input
  return rows<{ email: string; wait: number }>(
    db,
    sql`select email, greatest(1, ceil(extract(epoch from max("sentAt") + make_interval(mins => ${minutes}) - now())))::int as wait
      from "Invitation" where "tenantId" = ${db.tenantId} and email = any (${emails}::text[])
        and "sentAt" > now() - make_interval(mins => ${minutes})
      group by email`,
  )
}

/** Letters of the last 24 hours to people whom the school invited, repeats included; what people asked for by themselves doesn’t count. */
export async function countLetters(db: TenantDb): Promise<number> {
  const row = await firstRow<{ count: number }>(
    db,
    sql`select count(*)::int as count from "Outbox" o join "Invitation" i
        on i."tenantId" = o."tenantId" and i.id = o.payload ->> 'invitationId'
      where o."tenantId" = ${db.tenantId} and o.kind = 'mail.invitation' and o."createdAt" > now() - interval '24 hours'
        and i."invitedById" is not null`,
  )
  return row?.count ?? 0
}

type ManyInvitations = Readonly<{
  /** In step: one address, name and role an invitation. */
  emails: readonly string[]
  names: readonly (string | null)[]
  roles: readonly Exclude<RoleType, 'SUPER_ADMIN'>[]
  invitedById: string
  hours: number
}>

export type Invited = Readonly<{ id: string; email: string; role: Exclude<RoleType, 'SUPER_ADMIN'> }>

/**
 * Keeps many invitations in one statement. Addresses that were invited already and still can come are passed over.
 * @returns those that were made or renewed
 */
export async function inviteMany(db: TenantDb, input: ManyInvitations): Promise<Invited[]> {
  const { emails, names, roles, invitedById, hours } = input
  return rows<Invited>(
    db,
    sql`insert into "Invitation" as i ("tenantId", email, name, role, "invitedById", "expiresAt")
      select ${db.tenantId}, g.email, g.name, g.role::"RoleType", ${invitedById}, now() + make_interval(hours => ${hours})
      from unnest(${emails}::text[], ${names}::text[], ${roles}::text[]) as g(email, name, role) order by g.email
      on conflict ("tenantId", email) where "acceptedAt" is null and "revokedAt" is null do update set
        name = coalesce(excluded.name, i.name), role = excluded.role, "roleIds" = '{}', "invitedById" = excluded."invitedById",
        "sentAt" = now(), "expiresAt" = greatest(i."expiresAt", excluded."expiresAt")
      where i."invitedById" is null or i."expiresAt" <= now()
      returning i.id, i.email, i.role`,
  )
}

/** An invitation that was neither accepted nor revoked, however old. @throws AppError 'not_found' */
export async function getInvitation(db: TenantDb, id: string): Promise<InvitationRow & { expired: boolean }> {
  return oneRow<InvitationRow & { expired: boolean }>(
    db,
    sql`select id, email, name, role, "roleIds", "invitedById", "createdAt", "sentAt", "expiresAt", "expiresAt" <= now() as expired
      from "Invitation" where "tenantId" = ${db.tenantId} and id = ${id} and "acceptedAt" is null and "revokedAt" is null
      and "invitedById" is not null`,
    'invitation',
  )
}

/**
 * Notes that an invitation is sent again, and lets it live on. Whoever sends it answers for it from now on, so that it
 * outlives the one who invited first. @throws AppError 'not_found'
 */
export async function renewInvitation(
  db: TenantDb,
  input: Readonly<{ id: string; hours: number; invitedById: string }>,
): Promise<void> {
  const { id, hours, invitedById } = input
  await affectOne(
    db,
    sql`update "Invitation" set "sentAt" = now(), "expiresAt" = now() + make_interval(hours => ${hours}),
        "invitedById" = ${invitedById}
      where "tenantId" = ${db.tenantId} and id = ${id} and "acceptedAt" is null and "revokedAt" is null
        and "invitedById" is not null`,
    'invitation',
  )
}
