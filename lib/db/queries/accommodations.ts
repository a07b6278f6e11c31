import 'server-only'
import { affected, firstRow, rows, type TenantDb } from '../handle'
import { sql } from '../sql'

/** What single people have beyond everybody else. Whether the course is one's own has been asked before. */

type Which = Readonly<{ courseId: string; examId: string }>

export type AccommodationRow = {
  userId: string
  name: string
  email: string
  /** Null: in all exams of the course. */
  examId: string | null
  extraTimePercent: number
  extraAttempts: number
  startDate: Date | null
  endDate: Date | null
  /** The same as clocks of the course's zone show them: `YYYY-MM-DDTHH:mm`. */
  startsAt: string | null
  endsAt: string | null
  note: string | null
}

/**
 * All that holds in one exam: its own and the course's, by name. @param input.userId of one person only
 * @param input.timeZone IANA
 */
export async function listAccommodations(
  db: TenantDb,
  input: Which & Readonly<{ timeZone: string; userId?: string }>,
): Promise<AccommodationRow[]> {
  const { courseId, examId, timeZone, userId = null } = input
  return rows(
    db,
    sql`select o."userId", u.name, u.email, o."examId", o."extraTimePercent", o."extraAttempts", o."startDate", o."endDate",
        to_char(o."startDate" at time zone ${timeZone}, 'YYYY-MM-DD"T"HH24:MI') as "startsAt",
        to_char(o."endDate" at time zone ${timeZone}, 'YYYY-MM-DD"T"HH24:MI') as "endsAt", o.note
      from "ExamAccommodation" o
      join "User" u on u."tenantId" = o."tenantId" and u.id = o."userId" and u."deletedAt" is null
      where o."tenantId" = ${db.tenantId} and o."courseId" = ${courseId} and (o."examId" = ${examId} or o."examId" is null)
        and (${userId}::text is null or o."userId" = ${userId})
      order by u.name, u.id, o."examId" nulls first`,
  )
}

export type OwnWindow = Pick<AccommodationRow, 'userId' | 'startDate' | 'endDate'>

/** Who has dates of their own in an exam. One statement. */
export async function listOwnWindows(db: TenantDb, examId: string): Promise<OwnWindow[]> {
  return rows<OwnWindow>(
    db,
    sql`select o."userId", o."startDate", o."endDate" from "ExamAccommodation" o
      where o."tenantId" = ${db.tenantId} and o."examId" = ${examId} and (o."startDate" is not null or o."endDate" is not null)
      order by o."userId"`,
  )
}

export type NewAccommodation = Which &
  Readonly<{
    userId: string
    /** In this exam, or in all of the course. */
    scope: 'exam' | 'course'
    extraTimePercent: number
    extraAttempts: number
    startDate: Date | null
    endDate: Date | null
    note: string | null
  }>

/** Writes what a person has, in place of what they had in the same scope. The person is enrolled, the exam the course's. */
export async function putAccommodation(db: TenantDb, input: NewAccommodation): Promise<void> {
  const { courseId, examId, userId, scope, extraTimePercent, extraAttempts, startDate, endDate, note } = input
  const conflict =
    scope === 'exam'
      ? sql`("tenantId", "examId", "userId") where "examId" is not null`
      : sql`("tenantId", "courseId", "userId") where "examId" is null`
  await affected(
    db,
    sql`insert into "ExamAccommodation" ("tenantId", "courseId", "examId", "userId", "extraTimePercent", "extraAttempts",
        "startDate", "endDate", note)
      select x."tenantId", x."courseId", case when ${scope} = 'exam' then x.id end, ${userId}, ${extraTimePercent}, ${extraAttempts},
        ${startDate}, ${endDate}, ${note}
      from "Exam" x where x."tenantId" = ${db.tenantId} and x.id = ${examId} and x."courseId" = ${courseId}
      on conflict ${conflict} do update set "extraTimePercent" = excluded."extraTimePercent",
        "extraAttempts" = excluded."extraAttempts", "startDate" = excluded."startDate", "endDate" = excluded."endDate",
        note = excluded.note, "updatedAt" = now()`,
  )
}

/** Takes back what a person has in one scope. @returns whether there was anything */
export async function deleteAccommodation(
  db: TenantDb,
  input: Which & Readonly<{ userId: string; scope: 'exam' | 'course' }>,
): Promise<boolean> {
  const { courseId, examId, userId, scope } = input
  const gone = await affected(
    db,
    sql`delete from "ExamAccommodation" where "tenantId" = ${db.tenantId} and "courseId" = ${courseId} and "userId" = ${userId}
      and ${scope === 'exam' ? sql`"examId" = ${examId}` : sql`"examId" is null`}`,
  )
  return gone > 0
}

export type RunningAttempt = {
  id: string
  examId: string
  userId: string
  startedAt: Date
  deadlineAt: Date
  /** Minutes of the version it is taken against. */
  duration: number
  /** Of the exam: everybody's. */
  startDate: Date | null
  endDate: Date | null
}

/**
 * Attempts of exams of a course that run now, locked until the unit of work ends.
 * @param input.examId of this exam only; null: of all @param input.userId of this person only; null: of everybody
 */
export async function listRunning(
  db: TenantDb,
  input: Readonly<{ courseId: string; examId: string | null; userId: string | null; lock: boolean }>,
): Promise<RunningAttempt[]> {
  const { courseId, examId, userId, lock } = input
  return rows(
    db,
    sql`select a.id, a."examId", a."userId", a."startedAt", a."deadlineAt", v.duration, x."startDate", x."endDate"
      from "ExamAttempt" a
      join "Exam" x on x."tenantId" = a."tenantId" and x.id = a."examId" and x."courseId" = ${courseId}
      join "ExamVersion" v on v."tenantId" = a."tenantId" and v.id = a."versionId"
      where a."tenantId" = ${db.tenantId} and a."submittedAt" is null and a."deadlineAt" > statement_timestamp()
        and (${examId}::text is null or a."examId" = ${examId}) and (${userId}::text is null or a."userId" = ${userId})
      order by a."examId", a."userId", a.number ${lock ? sql`for no key update of a` : sql``}`,
  )
}

/** Lengthens an attempt that runs; an earlier deadline changes nothing. @returns the deadline now; null: it is over */
export async function lengthenAttempt(
  db: TenantDb,
  input: Readonly<{ attemptId: string; deadlineAt: Date }>,
): Promise<Date | null> {
  const row = await firstRow<{ deadlineAt: Date }>(
    db,
    sql`update "ExamAttempt" set "deadlineAt" = greatest("deadlineAt", ${input.deadlineAt}::timestamptz)
      where "tenantId" = ${db.tenantId} and id = ${input.attemptId} and "submittedAt" is null
        and "deadlineAt" > statement_timestamp() returning "deadlineAt"`,
  )
  return row?.deadlineAt ?? null
}
