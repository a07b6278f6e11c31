import 'server-only'
import type { Attended } from '#lib/classes/contract/constants'
import { affected, rows, type TenantDb } from '../handle'
import { sql } from '../sql'

/** Who was in a class. Whether the course is one's own has been asked before; only its enrolled people are written. */

type Which = Readonly<{ courseId: string; classId: string }>

export type AttendeeRow = {
  userId: string
  name: string
  email: string
  status: Attended | null
  /** Of the platform's list. */
  minutes: number | null
  joinedAt: Date | null
}

/** The enrolled people of a class's course by name, with what is known of each. One statement. */
export async function listAttendees(
  db: TenantDb,
  input: Which & Readonly<{ offset: number; limit: number }>,
): Promise<AttendeeRow[]> {
  const { courseId, classId, offset, limit } = input
  return rows<AttendeeRow>(
    db,
    sql`select u.id as "userId", u.name, u.email, a.status, a.minutes, a."joinedAt" from "Enrollment" e
      join "User" u on u."tenantId" = e."tenantId" and u.id = e."userId" and u."deletedAt" is null
      left join "ClassAttendance" a on a."tenantId" = e."tenantId" and a."classId" = ${classId} and a."userId" = u.id
      where e."tenantId" = ${db.tenantId} and e."courseId" = ${courseId}
      order by u.name, u.id offset ${offset} limit ${limit}`,
  )
}

export type AttendanceCounts = {
  learners: number
  present: number
  late: number
  absent: number
  excused: number
}

/** How many are what. One statement. */
export async function countAttendance(db: TenantDb, { courseId, classId }: Which): Promise<AttendanceCounts> {
  const found = await rows<AttendanceCounts>(
    db,
    sql`select count(*)::int as learners, count(*) filter (where a.status = 'PRESENT')::int as present,
        count(*) filter (where a.status = 'LATE')::int as late, count(*) filter (where a.status = 'ABSENT')::int as absent,
        count(*) filter (where a.status = 'EXCUSED')::int as excused
      from "Enrollment" e
      join "User" u on u."tenantId" = e."tenantId" and u.id = e."userId" and u."deletedAt" is null
      left join "ClassAttendance" a on a."tenantId" = e."tenantId" and a."classId" = ${classId} and a."userId" = u.id
      where e."tenantId" = ${db.tenantId} and e."courseId" = ${courseId}`,
  )
  return found[0] ?? { learners: 0, present: 0, late: 0, absent: 0, excused: 0 }
}

export type Marking = Readonly<{
  userId: string
  /** What it was when it was looked at; another by now leaves the row as it is. */
  before: Attended | null
  status: Attended | null
  /** Null: what is there stays. */
  minutes: number | null
}>

const textsOf = (markings: readonly Marking[], pick: (one: Marking) => string | null): (string | null)[] =>
  markings.map(pick)

/**
 * Writes who was there, of people who are enrolled, and keeps what it was under the mark, to be undone. @returns how many
 * were written; fewer than given: somebody else was faster
 */
export async function putAttendance(
  db: TenantDb,
  input: Which & Readonly<{ mark: string; markedById: string; markings: readonly Marking[] }>,
): Promise<number> {
  const { courseId, classId, mark, markedById, markings } = input
  const minutes = markings.map((one) => one.minutes ?? -1)
  return affected(
    db,
    sql`insert into "ClassAttendance" as a ("tenantId", "classId", "userId", status, minutes, mark, "statusBefore", "minutesBefore", "markedById")
      select v."tenantId", v.id, e."userId", w.status::"AttendanceStatus", nullif(w.minutes, -1), ${mark}, w.before::"AttendanceStatus", null, ${markedById}
      from unnest(${markings.map(({ userId }) => userId)}::text[], ${textsOf(markings, ({ status }) => status)}::text[],
        ${textsOf(markings, ({ before }) => before)}::text[], ${minutes}::int[]) as w("userId", status, before, minutes)
      join "LiveClass" v on v."tenantId" = ${db.tenantId} and v.id = ${classId} and v."courseId" = ${courseId}
      join "Enrollment" e on e."tenantId" = v."tenantId" and e."courseId" = v."courseId" and e."userId" = w."userId"
      left join "ClassAttendance" o on o."tenantId" = v."tenantId" and o."classId" = v.id and o."userId" = w."userId"
      where o.status is not distinct from w.before::"AttendanceStatus"
      on conflict ("tenantId", "classId", "userId") do update set status = excluded.status, minutes = coalesce(excluded.minutes, a.minutes),
          mark = excluded.mark, "statusBefore" = a.status, "minutesBefore" = a.minutes, "markedById" = excluded."markedById", "updatedAt" = now()
        where a."tenantId" = ${db.tenantId} and a.status is not distinct from excluded."statusBefore"`,
  )
}

/** Marks everybody of whom nobody has said anything as present. @returns how many */
export async function putAllPresent(
  db: TenantDb,
  input: Which & Readonly<{ mark: string; markedById: string }>,
): Promise<number> {
  const { courseId, classId, mark, markedById } = input
  return affected(
    db,
    sql`insert into "ClassAttendance" as a ("tenantId", "classId", "userId", status, mark, "markedById")
      select v."tenantId", v.id, e."userId", 'PRESENT', ${mark}, ${markedById}
      from "LiveClass" v
      join "Enrollment" e on e."tenantId" = v."tenantId" and e."courseId" = v."courseId"
      join "User" u on u."tenantId" = e."tenantId" and u.id = e."userId" and u."deletedAt" is null
      where v."tenantId" = ${db.tenantId} and v.id = ${classId} and v."courseId" = ${courseId}
      on conflict ("tenantId", "classId", "userId") do update set status = excluded.status, mark = excluded.mark,
          "statusBefore" = a.status, "minutesBefore" = a.minutes, "markedById" = excluded."markedById", "updatedAt" = now()
        where a."tenantId" = ${db.tenantId} and a.status is null`,
  )
}

/** Takes back what was written under a mark, where nobody has written since. @returns how many */
export async function undoAttendance(
  db: TenantDb,
  { courseId, classId, mark }: Which & Readonly<{ mark: string }>,
): Promise<number> {
  return affected(
    db,
    sql`update "ClassAttendance" a set status = a."statusBefore", minutes = a."minutesBefore", mark = null, "statusBefore" = null,
        "minutesBefore" = null, "updatedAt" = now()
      from "LiveClass" v
      where v."tenantId" = ${db.tenantId} and v.id = ${classId} and v."courseId" = ${courseId}
        and a."tenantId" = v."tenantId" and a."classId" = v.id and a.mark = ${mark}`,
  )
}
