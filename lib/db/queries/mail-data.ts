import 'server-only'
import type { NotificationType } from '#lib/notifications/contract'
import { affected, firstRow, rows, type TenantDb } from '../handle'
import { sql, type Statement } from '../sql'

/** What letters are made of. The outbox holds ids alone; this is the rest, as it is when the letter goes out. */

/** Who writes: the school, or the platform. */
export type SenderRow = {
  senderName: string
  subdomain: string
  accentColor: string
  /** Of the reader where they have chosen one, else the school's. BCP 47. */
  locale: string
  /** The same; IANA. */
  timeZone: string
}

/** @param person whose choice of language and zone comes first; null for somebody who has no account */
function sender(person: Statement | null): Statement {
  const locale = person === null ? sql`s.locale` : sql`coalesce(${person}.locale, s.locale)`
  const zone = person === null ? sql`s."timeZone"` : sql`coalesce(${person}."timeZone", s."timeZone")`
  return sql`s.name as "senderName", s.subdomain, coalesce(s."accentColor", '#22D3EE') as "accentColor",
    ${locale} as locale, ${zone} as "timeZone"`
}

export type TokenLetterRow = SenderRow & {
  id: string
  /** Where the letter goes. */
  email: string
  name: string
  expiresAt: Date
}

/** The letter of a one-time link; null when the link is worth nothing any more. */
export async function findTokenLetter(
  db: TenantDb,
  input: Readonly<{ id: string; purpose: string }>,
): Promise<TokenLetterRow | null> {
  return firstRow<TokenLetterRow>(
    db,
    sql`select t.id, coalesce(t.email, u.email) as email, u.name, t."expiresAt", ${sender(sql`u`)}
      from "VerificationToken" t
      join "User" u on u."tenantId" = t."tenantId" and u.id = t."userId"
      join "Tenant" s on s.id = t."tenantId"
      where t."tenantId" = ${db.tenantId} and t.id = ${input.id} and t.purpose::text = ${input.purpose}
        and t."usedAt" is null and t."expiresAt" > now() and u."deletedAt" is null and u."disabledAt" is null`,
  )
}

export type InvitationLetterRow = SenderRow & {
  id: string
  email: string
  name: string | null
  /** Null for somebody who asked to join by themselves. */
  invitedByName: string | null
  byThemselves: boolean
  expiresAt: Date
}

/** The letter of an invitation; null when it was accepted, revoked or is too old. */
export async function findInvitationLetter(db: TenantDb, id: string): Promise<InvitationLetterRow | null> {
  return firstRow<InvitationLetterRow>(
    db,
    sql`select i.id, i.email, i.name, u.name as "invitedByName", i."invitedById" is null as "byThemselves", i."expiresAt",
        ${sender(null)}
      from "Invitation" i
      join "Tenant" s on s.id = i."tenantId"
      left join "User" u on u."tenantId" = i."tenantId" and u.id = i."invitedById"
      where i."tenantId" = ${db.tenantId} and i.id = ${id} and i."acceptedAt" is null and i."revokedAt" is null
        and i."expiresAt" > now()`,
  )
}

export type SchoolRequestLetterRow = SenderRow & {
  id: string
  email: string
  name: string
  schoolName: string
  schoolSubdomain: string
  expiresAt: Date
}

/** The letter of a request for a school; null when the school is open already or the request is too old. */
export async function findSchoolRequestLetter(
  db: TenantDb,
  id: string,
): Promise<SchoolRequestLetterRow | null> {
  return firstRow<SchoolRequestLetterRow>(
    db,
    sql`select r.id, r.email, r."adminName" as name, r."schoolName", r.subdomain as "schoolSubdomain", r."expiresAt",
        ${sender(sql`r`)}
      from "SchoolRequest" r join "Tenant" s on s.id = r."tenantId"
      where r."tenantId" = ${db.tenantId} and r.id = ${id} and r."openedAt" is null and r."expiresAt" > now()`,
  )
}

export type PersonLetterRow = SenderRow & { email: string; name: string }

/** A letter to somebody who has an account; null when they are gone or disabled. */
export async function findPersonLetter(db: TenantDb, userId: string): Promise<PersonLetterRow | null> {
  return firstRow<PersonLetterRow>(
    db,
    sql`select u.email, u.name, ${sender(sql`u`)}
      from "User" u join "Tenant" s on s.id = u."tenantId"
      where u."tenantId" = ${db.tenantId} and u.id = ${userId} and u."deletedAt" is null and u."disabledAt" is null`,
  )
}

export type CertificateLetterRow = PersonLetterRow & { courseTitle: string; code: string }

/**
 * The letter to a certificate's holder about what became of it; null when they are gone or disabled, or it has changed
 * once more since: the last letter alone is true then.
 */
export async function findCertificateLetter(
  db: TenantDb,
  input: Readonly<{ id: string; revoked: boolean }>,
): Promise<CertificateLetterRow | null> {
  return firstRow<CertificateLetterRow>(
    db,
    sql`select u.email, u.name, x."courseTitle", x.code, ${sender(sql`u`)}
      from "Certificate" x
      join "User" u on u."tenantId" = x."tenantId" and u.id = x."userId"
      join "Tenant" s on s.id = x."tenantId"
      where x."tenantId" = ${db.tenantId} and x.id = ${input.id} and (x."revokedAt" is not null) = ${input.revoked}::boolean
        and u."deletedAt" is null and u."disabledAt" is null`,
  )
}

/**
 * A letter to the address that was a person's when they asked for another one: null when that was too long ago, or they
 * are gone. It reaches them whether or not the change was made since, and also when they were disabled for it.
 */
export async function findFormerAddressLetter(
  db: TenantDb,
  input: Readonly<{ userId: string; tokenId: string }>,
): Promise<PersonLetterRow | null> {
  return firstRow<PersonLetterRow>(
    db,
    sql`select t.data->>'before' as email, u.name, ${sender(sql`u`)}
      from "VerificationToken" t
      join "User" u on u."tenantId" = t."tenantId" and u.id = t."userId"
      join "Tenant" s on s.id = t."tenantId"
      where t."tenantId" = ${db.tenantId} and t.id = ${input.tokenId} and t."userId" = ${input.userId}
        and t.purpose = 'CHANGE_EMAIL' and t.data->>'before' is not null and u."deletedAt" is null`,
  )
}

export type MessageLetterRow = SenderRow & {
  email: string
  name: string
  by: string
  byEmail: string
  courseId: string
  courseTitle: string
  body: string
  replies: boolean
}

/** A message of somebody who teaches to somebody who learns; null when one of the two is gone or disabled. */
export async function findMessageLetter(db: TenantDb, id: string): Promise<MessageLetterRow | null> {
  return firstRow<MessageLetterRow>(
    db,
    sql`select u.email, u.name, f.name as by, f.email as "byEmail", c.id as "courseId", c.title as "courseTitle", m.body, m.replies,
        ${sender(sql`u`)}
      from "Message" m
      join "User" u on u."tenantId" = m."tenantId" and u.id = m."toId" and u."deletedAt" is null and u."disabledAt" is null
      join "User" f on f."tenantId" = m."tenantId" and f.id = m."fromId" and f."deletedAt" is null and f."disabledAt" is null
      join "Course" c on c."tenantId" = m."tenantId" and c.id = m."courseId"
      join "Tenant" s on s.id = m."tenantId"
      where m."tenantId" = ${db.tenantId} and m.id = ${id}`,
  )
}

/** A notice, as a letter tells it. */
export type MailedNotice = Readonly<{
  type: NotificationType
  title: string
  message: string
  link: string | null
}>

/** `choices`: how its reader wants to be told, as it is stored; null: nothing was chosen. */
export type NoticeLetterRow = PersonLetterRow & MailedNotice & { userId: string; choices: unknown }

/** The letter of one notice; null when it was read meanwhile, or its reader is gone or disabled. */
export async function findNoticeLetter(db: TenantDb, noticeId: string): Promise<NoticeLetterRow | null> {
  return firstRow<NoticeLetterRow>(
    db,
    sql`select u.email, u.name, n."userId", n.type::text as type, n.title, n.message, n.link, c.choices, ${sender(sql`u`)}
      from "Notification" n
      join "User" u on u."tenantId" = n."tenantId" and u.id = n."userId"
      join "Tenant" s on s.id = n."tenantId"
      left join "NotificationSettings" c on c."tenantId" = n."tenantId" and c."userId" = n."userId"
      where n."tenantId" = ${db.tenantId} and n.id = ${noticeId} and not n.read
        and u."deletedAt" is null and u."disabledAt" is null`,
  )
}

/**
 * Gives a gathering letter everything of its person's that waits for it. What comes later is the next letter's, and a
 * repeat of this one gathers nothing more.
 */
export async function gatherNotices(
  db: TenantDb,
  input: Readonly<{ userId: string; until: Date; letterId: string }>,
): Promise<void> {
  await affected(
    db,
    sql`update "Notification" set "letterId" = ${input.letterId}
      where "tenantId" = ${db.tenantId} and "userId" = ${input.userId} and "digestAt" <= ${input.until}::timestamptz
        and "letterId" is null`,
  )
}

/** What a gathering letter has gathered and nobody has read meanwhile, oldest first. */
export async function listGathered(
  db: TenantDb,
  input: Readonly<{ userId: string; letterId: string; limit: number }>,
): Promise<MailedNotice[]> {
  return rows<MailedNotice>(
    db,
    sql`select n.type::text as type, n.title, n.message, n.link from "Notification" n
      where n."tenantId" = ${db.tenantId} and n."userId" = ${input.userId} and n."letterId" = ${input.letterId} and not n.read
      order by n."createdAt", n.id limit ${input.limit}`,
  )
}

/** How somebody wants to be told, as it is stored; null: nothing was chosen. */
export async function findChoices(db: TenantDb, userId: string): Promise<unknown> {
  const row = await firstRow<{ choices: unknown }>(
    db,
    sql`select choices from "NotificationSettings" where "tenantId" = ${db.tenantId} and "userId" = ${userId}`,
  )
  return row?.choices ?? null
}
