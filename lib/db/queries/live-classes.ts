import 'server-only'
import type { MeetingPlatform } from '#lib/classes/contract/constants'
import { affected, firstRow, rows, type TenantDb } from '../handle'
import { type Cursor, cutPage, type Page } from '../keyset'
import { sql } from '../sql'
import { changeSeen, oneRow, TOUCH } from './changes'
import { newestFirst } from './paging'

/** Live classes of one course. Whether the course is one's own has been asked before, unless a function says otherwise. */

type Which = Readonly<{ courseId: string; classId: string }>

export type ClassFacts = Readonly<{
  title: string
  platform: MeetingPlatform
  meetingUrl: string
  /** Minutes. */
  duration: number
  notes: string | null
}>

/** Puts classes in, those with the same facts at their own times. What is there stays. @returns how many were made */
export async function insertClasses(
  db: TenantDb,
  input: ClassFacts &
    Readonly<{ courseId: string; series: string | null; at: readonly Readonly<{ id: string; at: Date }>[] }>,
): Promise<number> {
  const { courseId, series, title, platform, meetingUrl, duration, notes, at } = input
  return affected(
    db,
    sql`insert into "LiveClass" (id, "tenantId", "courseId", title, platform, "meetingUrl", "scheduledAt", duration, notes, series)
      select w.id, c."tenantId", c.id, ${title}, ${platform}::"Platform", ${meetingUrl}, w.at, ${duration}, ${notes}, ${series}
      from unnest(${at.map(({ id }) => id)}::text[], ${at.map((one) => one.at.toISOString())}::timestamptz[]) as w(id, at)
      join "Course" c on c."tenantId" = ${db.tenantId} and c.id = ${courseId} and c."deletedAt" is null
      on conflict (id) do nothing`,
  )
}

export type TaughtRow = {
  id: string
  title: string
  platform: MeetingPlatform
  meetingUrl: string
  scheduledAt: Date
  /** `YYYY-MM-DDTHH:mm` by the clocks of `timeZone`. */
  at: string
  timeZone: string
  duration: number
  notes: string | null
  recordingUrl: string | null
  series: string | null
  cancelledAt: Date | null
  sequence: number
  updatedAt: Date
  /** The database's clock. */
  now: Date
}

/** A class as its teachers work on it. One statement. @param input.timeZone of the school @throws AppError 'not_found' */
export async function getTaughtClass(
  db: TenantDb,
  input: Which & Readonly<{ timeZone: string }>,
): Promise<TaughtRow> {
  return oneRow<TaughtRow>(
    db,
    sql`select v.id, v.title, v.platform, v."meetingUrl", v."scheduledAt", to_char(v."scheduledAt" at time zone z.zone, 'YYYY-MM-DD"T"HH24:MI') as at,
        z.zone as "timeZone", v.duration, v.notes, v."recordingUrl", v.series, v."cancelledAt", v.sequence, v."updatedAt", now() as now
      from "LiveClass" v
      join "Course" c on c."tenantId" = v."tenantId" and c.id = v."courseId" and c."deletedAt" is null
      cross join lateral (select coalesce(c."timeZone", ${input.timeZone}) as zone) z
      where v."tenantId" = ${db.tenantId} and v.id = ${input.classId} and v."courseId" = ${input.courseId}`,
    'live class',
  )
}

export type SiblingRow = { id: string; scheduledAt: Date; duration: number }

/** Those of a series that are still to come and not cancelled, but one. One statement. */
export async function listSiblings(
  db: TenantDb,
  input: Which & Readonly<{ series: string; from: Date | null }>,
): Promise<SiblingRow[]> {
  return rows<SiblingRow>(
    db,
    sql`select v.id, v."scheduledAt", v.duration from "LiveClass" v
      where v."tenantId" = ${db.tenantId} and v."courseId" = ${input.courseId} and v.series = ${input.series} and v.id <> ${input.classId}
        and v."cancelledAt" is null and v."scheduledAt" > now() and (${input.from}::timestamptz is null or v."scheduledAt" >= ${input.from})
      order by v."scheduledAt", v.id limit 500`,
  )
}

type ListRow = {
  id: string
  title: string
  platform: MeetingPlatform
  scheduledAt: Date
  duration: number
  cancelledAt: Date | null
  series: string | null
  recordingUrl: string | null
  marked: number
  learners: number
}

/** One page of a course's classes: those that end later than now, the next first, or the others, the last first. One statement. */
export async function listClasses(
  db: TenantDb,
  input: Readonly<{ courseId: string; past: boolean; cursor: Cursor | null; limit: number }>,
): Promise<Page<ListRow>> {
  const { courseId, past, cursor, limit } = input
  const turned: Cursor | null =
    past || cursor === null ? cursor : { ...cursor, go: cursor.go === 'next' ? 'previous' : 'next' }
  const { where, order } = newestFirst(turned, sql`v."scheduledAt"`, sql`v.id`)
  const first = !past && cursor === null ? sql`v."scheduledAt" asc, v.id asc` : order
  const end = sql`v."scheduledAt" + make_interval(mins => v.duration)`
  const found = await rows<ListRow>(
    db,
    sql`select v.id, v.title, v.platform, v."scheduledAt", v.duration, v."cancelledAt", v.series, v."recordingUrl",
        (select count(*)::int from "ClassAttendance" a where a."tenantId" = v."tenantId" and a."classId" = v.id and a.status is not null) as marked,
        (select count(*)::int from "Enrollment" e where e."tenantId" = v."tenantId" and e."courseId" = v."courseId") as learners
      from "LiveClass" v
      where v."tenantId" = ${db.tenantId} and v."courseId" = ${courseId} and ${past ? sql`${end} <= now()` : sql`${end} > now()`} ${where}
      order by ${first} limit ${limit + 1}`,
  )
  return cutPage(found, limit, cursor, (row) => row.scheduledAt)
}

export type Retimed = Readonly<{ id: string; at: Date }>

/** Writes what an author changed in the class that they have open. @throws AppError 'conflict', 'not_found' */
export async function updateClass(
  db: TenantDb,
  input: Which & Readonly<{ seen: Date; facts: ClassFacts; at: Date; moved: boolean }>,
): Promise<void> {
  const { courseId, classId, seen, facts, at, moved } = input
  await changeSeen(
    db,
    sql`update "LiveClass" set title = ${facts.title}, platform = ${facts.platform}::"Platform", "meetingUrl" = ${facts.meetingUrl},
        duration = ${facts.duration}, notes = ${facts.notes}, "scheduledAt" = ${at}, sequence = sequence + ${moved ? 1 : 0}, ${TOUCH}
      where "tenantId" = ${db.tenantId} and id = ${classId} and "courseId" = ${courseId} and "cancelledAt" is null
        and "updatedAt" = ${seen} returning "updatedAt"`,
    sql`select id from "LiveClass" where "tenantId" = ${db.tenantId} and id = ${classId} and "courseId" = ${courseId}`,
    'live class',
  )
}

/** The same for others of its series: only what was changed, each at its own time. */
export async function updateSiblings(
  db: TenantDb,
  input: Readonly<{ courseId: string; at: readonly Retimed[]; facts: Partial<ClassFacts>; moved: boolean }>,
): Promise<number> {
  const { courseId, at, facts, moved } = input
  const { title = null, platform = null, meetingUrl = null, duration = null, notes } = facts
  return affected(
    db,
    sql`update "LiveClass" v set title = coalesce(${title}, v.title), platform = coalesce(${platform}::"Platform", v.platform),
        "meetingUrl" = coalesce(${meetingUrl}, v."meetingUrl"), duration = coalesce(${duration}::int, v.duration),
        notes = case when ${notes !== undefined}::boolean then ${notes ?? null} else v.notes end,
        "scheduledAt" = w.at, sequence = v.sequence + ${moved ? 1 : 0}, "updatedAt" = greatest(now(), v."updatedAt" + interval '1 millisecond')
      from unnest(${at.map(({ id }) => id)}::text[], ${at.map((one) => one.at.toISOString())}::timestamptz[]) as w(id, at)
      where v."tenantId" = ${db.tenantId} and v."courseId" = ${courseId} and v.id = w.id and v."cancelledAt" is null`,
  )
}

/** Cancels classes; they stay to be seen. @returns how many weren't cancelled before */
export async function cancelClasses(
  db: TenantDb,
  input: Readonly<{ courseId: string; ids: readonly string[] }>,
): Promise<number> {
  return affected(
    db,
    sql`update "LiveClass" set "cancelledAt" = now(), sequence = sequence + 1, ${TOUCH}
      where "tenantId" = ${db.tenantId} and "courseId" = ${input.courseId} and id = any(${input.ids}::text[]) and "cancelledAt" is null`,
  )
}

/** Takes back what cancelled a class, with all of its series that were cancelled in the same step. @returns which */
export async function restoreClasses(db: TenantDb, { courseId, classId }: Which): Promise<SiblingRow[]> {
  return rows<SiblingRow>(
    db,
    sql`update "LiveClass" v set "cancelledAt" = null, sequence = v.sequence + 1, "updatedAt" = greatest(now(), v."updatedAt" + interval '1 millisecond')
      from "LiveClass" o
      where o."tenantId" = ${db.tenantId} and o.id = ${classId} and o."courseId" = ${courseId} and o."cancelledAt" is not null
        and v."tenantId" = ${db.tenantId} and v."courseId" = ${courseId} and v."cancelledAt" = o."cancelledAt" and (v.id = o.id or v.series = o.series)
      returning v.id, v."scheduledAt", v.duration`,
  )
}

/** Links a recording, or takes the link away. @throws AppError 'conflict', 'not_found' */
export async function putRecording(
  db: TenantDb,
  input: Which & Readonly<{ seen: Date; recordingUrl: string | null }>,
): Promise<void> {
  const { courseId, classId, seen, recordingUrl } = input
  await changeSeen(
    db,
    sql`update "LiveClass" set "recordingUrl" = ${recordingUrl}, ${TOUCH} where "tenantId" = ${db.tenantId} and id = ${classId}
      and "courseId" = ${courseId} and "updatedAt" = ${seen} returning "updatedAt"`,
    sql`select id from "LiveClass" where "tenantId" = ${db.tenantId} and id = ${classId} and "courseId" = ${courseId}`,
    'live class',
  )
}

export type OpenClassRow = {
  id: string
  title: string
  courseId: string
  courseTitle: string
  platform: MeetingPlatform
  /** Never sent to a page. */
  meetingUrl: string
  timeZone: string
  scheduledAt: Date
  duration: number
  notes: string | null
  recordingUrl: string | null
  cancelledAt: Date | null
  teaching: boolean
  status: 'PRESENT' | 'LATE' | 'ABSENT' | 'EXCUSED' | null
  joinedAt: Date | null
  now: Date
}

/**
 * A class that is open to a person: of a published course they are enrolled in, or one they teach. Null: there is none.
 * One statement. @param input.everyCourse they are in charge of all courses @param input.timeZone of the school
 */
export async function findOpenClass(
  db: TenantDb,
  input: Readonly<{ classId: string; userId: string; everyCourse: boolean; timeZone: string }>,
): Promise<OpenClassRow | null> {
  const { classId, userId, everyCourse, timeZone } = input
  return firstRow<OpenClassRow>(
    db,
    sql`select v.id, v.title, c.id as "courseId", c.title as "courseTitle", v.platform, v."meetingUrl", coalesce(c."timeZone", ${timeZone}) as "timeZone",
        v."scheduledAt", v.duration, v.notes, v."recordingUrl", v."cancelledAt", t.teaching, a.status, a."joinedAt", now() as now
      from "LiveClass" v
      join "Course" c on c."tenantId" = v."tenantId" and c.id = v."courseId" and c."deletedAt" is null
      cross join lateral (select ${everyCourse}::boolean or c."instructorId" = ${userId} as teaching) t
      left join "Enrollment" e on e."tenantId" = v."tenantId" and e."courseId" = c.id and e."userId" = ${userId}
      left join "ClassAttendance" a on a."tenantId" = v."tenantId" and a."classId" = v.id and a."userId" = ${userId}
      where v."tenantId" = ${db.tenantId} and v.id = ${classId} and (t.teaching or (e.id is not null and c.status = 'PUBLISHED'))`,
  )
}

/** Notes when somebody who is enrolled went in, the first time. @returns whether it was */
export async function recordJoin(
  db: TenantDb,
  input: Readonly<{ classId: string; userId: string }>,
): Promise<boolean> {
  const written = await affected(
    db,
    sql`insert into "ClassAttendance" as a ("tenantId", "classId", "userId", "joinedAt")
      select v."tenantId", v.id, e."userId", now() from "LiveClass" v
      join "Enrollment" e on e."tenantId" = v."tenantId" and e."courseId" = v."courseId" and e."userId" = ${input.userId}
      where v."tenantId" = ${db.tenantId} and v.id = ${input.classId}
      on conflict ("tenantId", "classId", "userId") do update set "joinedAt" = now()
        where a."tenantId" = ${db.tenantId} and a."joinedAt" is null`,
  )
  return written === 1
}

export type NoticedClass = {
  title: string
  courseId: string
  courseTitle: string
  scheduledAt: Date
  duration: number
  cancelledAt: Date | null
  sequence: number
}

/** A class of a published course, as people are told of it; null: there is none (any more). */
export async function findNoticedClass(db: TenantDb, classId: string): Promise<NoticedClass | null> {
  return firstRow<NoticedClass>(
    db,
    sql`select v.title, v."courseId", c.title as "courseTitle", v."scheduledAt", v.duration, v."cancelledAt", v.sequence
      from "LiveClass" v
      join "Course" c on c."tenantId" = v."tenantId" and c.id = v."courseId" and c."deletedAt" is null and c.status = 'PUBLISHED'
      where v."tenantId" = ${db.tenantId} and v.id = ${classId}`,
  )
}
