import 'server-only'
import { affected, firstRow, rows, type TenantDb } from '../handle'
import { type Cursor, cutPage, type Page } from '../keyset'
import { sql, type Statement } from '../sql'
import { changeSeen, oneRow, TOUCH } from './changes'
import { newestFirst } from './paging'

/** What is said to everybody of a course (`courseId`), or of the school (null). */

export type AnnouncementRow = {
  id: string
  title: string
  body: string
  authorName: string | null
  createdAt: Date
  updatedAt: Date
}

type Place = Readonly<{ courseId: string | null }>

const COLUMNS = sql`n.id, n.title, n.body, u.name as "authorName", n."createdAt", n."updatedAt"`

function from(db: TenantDb, { courseId }: Place): Statement {
  return sql`"Announcement" n left join "User" u on u."tenantId" = n."tenantId" and u.id = n."authorId" and u."deletedAt" is null
    where n."tenantId" = ${db.tenantId} and n."courseId" is not distinct from ${courseId} and n."deletedAt" is null`
}

/** A page of those that stand, newest first. One statement. */
export async function listAnnouncements(
  db: TenantDb,
  input: Place & Readonly<{ cursor: Cursor | null; limit: number }>,
): Promise<Page<AnnouncementRow>> {
  const { cursor, limit } = input
  const { where, order } = newestFirst(cursor, sql`n."createdAt"`, sql`n.id`)
  const found = await rows<AnnouncementRow>(
    db,
    sql`select ${COLUMNS} from ${from(db, input)} ${where} order by ${order} limit ${limit + 1}`,
  )
  return cutPage(found, limit, cursor, ({ createdAt }) => createdAt)
}

/** One that stands. @throws AppError 'not_found', also for another place's */
export async function getAnnouncement(
  db: TenantDb,
  input: Place & Readonly<{ id: string }>,
): Promise<AnnouncementRow> {
  return oneRow<AnnouncementRow>(
    db,
    sql`select ${COLUMNS} from ${from(db, input)} and n.id = ${input.id}`,
    'announcement',
  )
}

/** Says something, once by its key. @returns its id, and whether it is new */
export async function insertAnnouncement(
  db: TenantDb,
  input: Place & Readonly<{ authorId: string; key: string; title: string; body: string }>,
): Promise<{ id: string; isNew: boolean }> {
  const { courseId, authorId, key, title, body } = input
  const made = await firstRow<{ id: string }>(
    db,
    sql`insert into "Announcement" ("tenantId", "courseId", "authorId", key, title, body)
      values (${db.tenantId}, ${courseId}, ${authorId}, ${key}, ${title}, ${body})
      on conflict ("tenantId", key) do nothing returning id`,
  )
  if (made !== null) return { ...made, isNew: true }
  const there = await oneRow<{ id: string }>(
    db,
    sql`select id from "Announcement" where "tenantId" = ${db.tenantId} and key = ${key} and "courseId" is not distinct from ${courseId}`,
    'announcement',
  )
  return { ...there, isNew: false }
}

/** Gives one other words. @throws AppError 'conflict' when it was changed since `seen`, 'not_found' */
export async function updateAnnouncement(
  db: TenantDb,
  input: Place & Readonly<{ id: string; seen: Date; title: string; body: string }>,
): Promise<void> {
  const { courseId, id, seen, title, body } = input
  const which = sql`"tenantId" = ${db.tenantId} and id = ${id} and "courseId" is not distinct from ${courseId} and "deletedAt" is null`
  await changeSeen(
    db,
    sql`update "Announcement" set title = ${title}, body = ${body}, ${TOUCH}
      where "tenantId" = ${db.tenantId} and ${which} and "updatedAt" = ${seen} returning "updatedAt"`,
    sql`select id from "Announcement" where "tenantId" = ${db.tenantId} and ${which}`,
    'announcement',
  )
}

/** Takes one back, or lets it stand again. @returns its title, and whether that changed anything @throws AppError 'not_found' */
export async function keepAnnouncement(
  db: TenantDb,
  input: Place & Readonly<{ id: string; standing: boolean }>,
): Promise<{ title: string; changed: boolean }> {
  const { courseId, id, standing } = input
  const changed = await affected(
    db,
    sql`update "Announcement" set "deletedAt" = case when ${standing} then null else now() end, ${TOUCH}
      where "tenantId" = ${db.tenantId} and id = ${id} and "courseId" is not distinct from ${courseId}
        and ("deletedAt" is null) <> ${standing}`,
  )
  const { title } = await oneRow<{ title: string }>(
    db,
    sql`select title from "Announcement" where "tenantId" = ${db.tenantId} and id = ${id} and "courseId" is not distinct from ${courseId}`,
    'announcement',
  )
  return { title, changed: changed === 1 }
}

/** How many people would hear of one. One statement. */
export async function countListeners(db: TenantDb, { courseId }: Place): Promise<number> {
  const { count } = await oneRow<{ count: number }>(
    db,
    sql`select count(*)::int as count from "User" u
      where u."tenantId" = ${db.tenantId} and u."deletedAt" is null and u."disabledAt" is null
        and (${courseId}::text is null or exists (select from "Enrollment" e
          where e."tenantId" = ${db.tenantId} and e."userId" = u.id and e."courseId" = ${courseId}))`,
    'school',
  )
  return count
}

/** The title of a course that somebody is enrolled in and may see. @throws AppError 'not_found' for any other */
export async function getListenedCourse(
  db: TenantDb,
  input: Readonly<{ courseId: string; userId: string }>,
): Promise<{ title: string }> {
  return oneRow<{ title: string }>(
    db,
    sql`select c.title from "Course" c
      join "Enrollment" e on e."tenantId" = c."tenantId" and e."courseId" = c.id and e."userId" = ${input.userId}
      where c."tenantId" = ${db.tenantId} and c.id = ${input.courseId} and c."deletedAt" is null and c.status <> 'DRAFT'`,
    'course',
  )
}
