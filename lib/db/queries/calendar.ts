import 'server-only'
import type { CalendarEntry } from '#lib/calendar/contract'
import { affected, firstRow, rows, type TenantDb } from '../handle'
import { sql, type Statement } from '../sql'

/** What stands in a person's calendar: of published courses they are enrolled in, and of those they teach. */

type Whose = Readonly<{ userId: string }>

/** Their courses. A course that they both teach and learn in is one that they teach. */
function mine(db: TenantDb, { userId }: Whose): Statement {
  return sql`select c.id, c.title, c."instructorId" = ${userId} as teaching from "Enrollment" e
      join "Course" c on c."tenantId" = e."tenantId" and c.id = e."courseId" and c."deletedAt" is null and c.status = 'PUBLISHED'
      where e."tenantId" = ${db.tenantId} and e."userId" = ${userId}
    union
    select c.id, c.title, true from "Course" c
      where c."tenantId" = ${db.tenantId} and c."instructorId" = ${userId} and c."deletedAt" is null and c.status <> 'ARCHIVED'`
}

/** One's own courses by title. One statement. */
export async function listCalendarCourses(
  db: TenantDb,
  input: Whose & Readonly<{ limit: number }>,
): Promise<{ id: string; title: string }[]> {
  return rows(
    db,
    sql`select m.id, m.title from (${mine(db, input)}) m order by lower(m.title), m.id limit ${input.limit}`,
  )
}

/**
 * What touches a time, the first first: classes (cancelled ones too), due dates and exams of what is published, with
 * one's own extension and one's own window, and lessons that open on a day. At most `limit`. One statement.
 * @param input.courseId only of this one @param input.until not included
 */
export async function listCalendar(
  db: TenantDb,
  input: Whose & Readonly<{ from: Date; until: Date; courseId: string | null; limit: number }>,
): Promise<CalendarEntry[]> {
  const { userId, from, until, courseId, limit } = input
  return rows<CalendarEntry>(
    db,
    sql`with mine as (
        select m.* from (${mine(db, input)}) m where ${courseId}::text is null or m.id = ${courseId}
      ), items as (
        select 'class' as kind, v.id, v.title, v."courseId", v."scheduledAt" as "from", v."scheduledAt" + make_interval(mins => v.duration) as "to",
          v."cancelledAt" is not null as cancelled, v.platform::text as platform, v.sequence, v."updatedAt"
        from mine join "LiveClass" v on v."tenantId" = ${db.tenantId} and v."courseId" = mine.id
          -- By the index: none is as long as a day.
          and v."scheduledAt" < ${until} and v."scheduledAt" > ${from}::timestamptz - interval '1 day'
        union all
        select 'assignment', a.id, a.title, a."courseId", greatest(a."dueDate", x."dueDate"), null, false, null, 0, greatest(a."updatedAt", x."updatedAt")
        from mine join "Assignment" a on a."tenantId" = ${db.tenantId} and a."courseId" = mine.id and a."deletedAt" is null
        left join "AssignmentExtension" x on x."tenantId" = a."tenantId" and x."assignmentId" = a.id and x."userId" = ${userId}
        where a."publishedAt" is not null and a."dueDate" is not null
        union all
        select 'exam', x.id, x.title, x."courseId", coalesce(w."startDate", x."startDate"),
          case when x."endDate" is not null then greatest(x."endDate", w."endDate") end, false, null, 0, greatest(x."updatedAt", w."updatedAt")
        from mine join "Exam" x on x."tenantId" = ${db.tenantId} and x."courseId" = mine.id and x."deletedAt" is null
        left join lateral (select min(m."startDate") as "startDate", max(m."endDate") as "endDate", max(m."updatedAt") as "updatedAt"
          from "ExamAccommodation" m where m."tenantId" = x."tenantId" and m."examId" = x.id and m."userId" = ${userId}) w on true
        where x."publishedAt" is not null and exists (select from "ExamVersion" v where v."tenantId" = x."tenantId" and v."examId" = x.id)
        union all
        select 'lesson', l.id, l.title, p."courseId", l."releaseAt", null, false, null, 0, l."updatedAt"
        from mine join "Module" p on p."tenantId" = ${db.tenantId} and p."courseId" = mine.id and p."deletedAt" is null
        join "Lesson" l on l."tenantId" = p."tenantId" and l."moduleId" = p.id and l."deletedAt" is null
        where l."releaseAt" is not null
      )
      select i.*, mine.title as "courseTitle", mine.teaching from items i join mine on mine.id = i."courseId"
      where coalesce(i."from", i."to") < ${until} and coalesce(i."to", i."from") >= ${from}
      order by coalesce(i."from", i."to"), i.kind, i.id limit ${limit}`,
  )
}

export type FeedRow = { id: string; createdAt: Date }

/** The address that a person's calendar has; null: none. One statement. */
export async function findFeed(db: TenantDb, { userId }: Whose): Promise<FeedRow | null> {
  return firstRow<FeedRow>(
    db,
    sql`select id, "createdAt" from "CalendarFeed" where "tenantId" = ${db.tenantId} and "userId" = ${userId}`,
  )
}

/** Ends an address. @returns whether it stood */
export async function deleteFeed(
  db: TenantDb,
  { userId, id }: Whose & Readonly<{ id: string }>,
): Promise<boolean> {
  return (
    (await affected(
      db,
      sql`delete from "CalendarFeed" where "tenantId" = ${db.tenantId} and "userId" = ${userId} and id = ${id}`,
    )) === 1
  )
}

/** Gives a person's calendar an address, unless it has one. @returns its id; null: it has one */
export async function insertFeed(db: TenantDb, { userId }: Whose): Promise<string | null> {
  const made = await firstRow<{ id: string }>(
    db,
    sql`insert into "CalendarFeed" ("tenantId", "userId") select u."tenantId", u.id from "User" u
      where u."tenantId" = ${db.tenantId} and u.id = ${userId} on conflict ("tenantId", "userId") do nothing returning id`,
  )
  return made?.id ?? null
}

/** Whose calendar an address shows; null: nobody's, or that of somebody who is gone or disabled. */
export async function findFeedOwner(db: TenantDb, id: string): Promise<{ userId: string } | null> {
  return firstRow(
    db,
    sql`select f."userId" from "CalendarFeed" f
      join "User" u on u."tenantId" = f."tenantId" and u.id = f."userId" and u."deletedAt" is null and u."disabledAt" is null
      where f."tenantId" = ${db.tenantId} and f.id = ${id}`,
  )
}
