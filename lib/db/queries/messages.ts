import 'server-only'
import { firstRow, rows, type TenantDb } from '../handle'
import { sql } from '../sql'

/** What those who teach a course wrote to its learners. */

export type MessageRow = { id: string; body: string; sentAt: Date; by: string | null }

/** Messages to somebody about a course, the newest first. One statement. */
export async function listMessages(
  db: TenantDb,
  input: Readonly<{ courseId: string; userId: string; limit: number }>,
): Promise<MessageRow[]> {
  const { courseId, userId, limit } = input
  return rows<MessageRow>(
    db,
    sql`select m.id, m.body, m."sentAt", u.name as by from "Message" m
      left join "User" u on u."tenantId" = ${db.tenantId} and u.id = m."fromId"
      where m."tenantId" = ${db.tenantId} and m."courseId" = ${courseId} and m."toId" = ${userId}
      order by m."sentAt" desc, m.id desc limit ${limit}`,
  )
}

/** Whether somebody learns in a course and may be written to; their name. One statement. */
export async function findLearner(
  db: TenantDb,
  { courseId, userId }: Readonly<{ courseId: string; userId: string }>,
): Promise<{ name: string } | null> {
  return firstRow(
    db,
    sql`select u.name from "Enrollment" e
      join "User" u on u."tenantId" = e."tenantId" and u.id = e."userId" and u."deletedAt" is null and u."disabledAt" is null
      where e."tenantId" = ${db.tenantId} and e."courseId" = ${courseId} and e."userId" = ${userId}`,
  )
}

export type NewMessage = Readonly<{
  courseId: string
  fromId: string
  toId: string
  body: string
  replies: boolean
  key: string
}>

/** A message by the form it was sent with; null: there is none yet. */
export async function findByKey(
  db: TenantDb,
  { fromId, key }: Readonly<{ fromId: string; key: string }>,
): Promise<{ id: string; courseId: string; toId: string } | null> {
  return firstRow(
    db,
    sql`select m.id, m."courseId", m."toId" from "Message" m
      where m."tenantId" = ${db.tenantId} and m."fromId" = ${fromId} and m.key = ${key}`,
  )
}

/** Makes whoever writes stand in line behind themselves, so that two presses at once are one after the other. */
export async function holdWriter(db: TenantDb, fromId: string): Promise<void> {
  await firstRow(
    db,
    sql`select pg_advisory_xact_lock(hashtextextended(${`messages/${db.tenantId}/${fromId}`}, 0))`,
  )
}

/** Keeps a message, unless its writer has sent `most` within the hour. @returns its id; null: too many */
export async function addMessage(
  db: TenantDb,
  { courseId, fromId, toId, body, replies, key }: NewMessage,
  most: number,
): Promise<string | null> {
  const row = await firstRow<{ id: string }>(
    db,
    sql`insert into "Message" ("tenantId", "courseId", "fromId", "toId", body, replies, key)
      select ${db.tenantId}, ${courseId}, ${fromId}, ${toId}, ${body}, ${replies}, ${key}
      where (select count(*) from "Message" m where m."tenantId" = ${db.tenantId} and m."fromId" = ${fromId}
        and m."sentAt" > now() - interval '1 hour') < ${most}
      returning id`,
  )
  return row?.id ?? null
}
