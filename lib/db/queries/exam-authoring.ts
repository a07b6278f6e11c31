import 'server-only'
import { type Question, questionsSchema } from '#lib/exams/contract'
import { type ExamSettings, examSettingsSchema } from '#lib/exams/contract/settings'
import { affected, firstRow, type TenantDb } from '../handle'
import { sql } from '../sql'
import { affectOne, oneRow, TOUCH } from './changes'

/** What authors do with the exams of one course. Whether the course is theirs has been asked before. */

type Which = Readonly<{ courseId: string; examId: string }>

type Row = {
  id: string
  courseId: string
  title: string
  instructions: string | null
  /** Minutes. */
  duration: number
  accessCode: string | null
  startDate: Date | null
  endDate: Date | null
  /** `YYYY-MM-DDTHH:mm` by the clocks of `timeZone`; null: open on that side. */
  startsAt: string | null
  endsAt: string | null
  /** IANA: the course's, or else the school's. */
  timeZone: string
  publishedAt: Date | null
  updatedAt: Date
  /** The database's time. */
  now: Date
  /** Attempts that were started. */
  attempts: number
  /** Learners who took it, and those who are at it. */
  running: number
  /** Number of the newest version; null before the first. */
  version: number | null
  /** Whether the working copy is another than the newest version. */
  changed: boolean
}

export type AuthoredExam = Row & { questions: Question[]; settings: ExamSettings }

/**
 * An exam of a course with its keys, as its author works on it. One statement.
 * @param input.timeZone of courses that have none of their own @param input.lock holds it until the unit of work ends
 * @throws AppError 'not_found', also for an exam of another course
 */
export async function getAuthoredExam(
  db: TenantDb,
  input: Which & Readonly<{ timeZone: string; lock?: boolean }>,
): Promise<AuthoredExam> {
  const { courseId, examId, timeZone, lock = false } = input
  const row = await oneRow<Row & { questions: unknown; settings: unknown }>(
    db,
    sql`select x.id, x."courseId", x.title, x.instructions, x.duration, x.questions, x.settings, x."accessCode", x."startDate",
        x."endDate", to_char(x."startDate" at time zone z.zone, 'YYYY-MM-DD"T"HH24:MI') as "startsAt",
        to_char(x."endDate" at time zone z.zone, 'YYYY-MM-DD"T"HH24:MI') as "endsAt", z.zone as "timeZone", x."publishedAt",
        x."updatedAt", statement_timestamp() as now, v.number as version,
        coalesce(v.duration <> x.duration or v.questions <> x.questions or v.settings <> x.settings, false) as changed,
        (select count(*)::int from "ExamAttempt" a where a."tenantId" = x."tenantId" and a."examId" = x.id) as attempts,
        (select count(*)::int from "ExamAttempt" a where a."tenantId" = x."tenantId" and a."examId" = x.id
          and a."submittedAt" is null) as running
      from "Exam" x
      join "Course" c on c."tenantId" = x."tenantId" and c.id = x."courseId" and c."deletedAt" is null
      cross join lateral (select coalesce(c."timeZone", ${timeZone}) as zone) z
      left join lateral (select v.number, v.duration, v.questions, v.settings from "ExamVersion" v
        where v."tenantId" = x."tenantId" and v."examId" = x.id order by v.number desc limit 1) v on true
      where x."tenantId" = ${db.tenantId} and x.id = ${examId} and x."courseId" = ${courseId} and x."deletedAt" is null
      ${lock ? sql`for no key update of x` : sql``}`,
    'exam',
  )
  return {
    ...row,
    questions: questionsSchema.parse(row.questions),
    settings: examSettingsSchema.parse(row.settings),
  }
}

/**
 * An exam without questions. With the same id it is made once.
 * @throws AppError 'not_found' for a course of another school
 */
export async function insertExam(
  db: TenantDb,
  input: Readonly<{ id: string; courseId: string; title: string; duration: number }>,
): Promise<{ id: string; created: boolean }> {
  const { id, courseId, title, duration } = input
  const made = await affected(
    db,
    sql`insert into "Exam" (id, "tenantId", "courseId", title, duration, questions)
      select ${id}, c."tenantId", c.id, ${title}, ${duration}, '[]'
      from "Course" c where c."tenantId" = ${db.tenantId} and c.id = ${courseId} and c."deletedAt" is null
      on conflict (id) do nothing`,
  )
  if (made === 0) await oneExam(db, { courseId, examId: id })
  return { id, created: made === 1 }
}

async function oneExam(db: TenantDb, { courseId, examId }: Which): Promise<void> {
  await oneRow(
    db,
    sql`select id from "Exam" where "tenantId" = ${db.tenantId} and id = ${examId} and "courseId" = ${courseId}`,
    'exam',
  )
}

/**
 * A copy of an exam beside it: a draft without dates, which belong to the day of the original. With the same id it is
 * made once. @throws AppError 'not_found', also for an exam of another course
 */
export async function copyExam(
  db: TenantDb,
  input: Which & Readonly<{ copyId: string; title: string }>,
): Promise<{ id: string; created: boolean }> {
  const { courseId, examId, copyId, title } = input
  const made = await affected(
    db,
    sql`insert into "Exam" (id, "tenantId", "courseId", title, instructions, duration, questions, settings, "accessCode")
      select ${copyId}, x."tenantId", x."courseId", ${title}, x.instructions, x.duration, x.questions, x.settings - 'voided',
        x."accessCode"
      from "Exam" x where x."tenantId" = ${db.tenantId} and x.id = ${examId} and x."courseId" = ${courseId} and x."deletedAt" is null
      on conflict (id) do nothing`,
  )
  if (made === 0) await oneExam(db, { courseId, examId: copyId })
  return { id: copyId, created: made === 1 }
}

/** Hides an exam; what was taken stays until it is purged. @returns its title @throws AppError 'not_found' */
export async function hideExam(db: TenantDb, { courseId, examId }: Which): Promise<{ title: string }> {
  return oneRow(
    db,
    sql`update "Exam" set "deletedAt" = now(), ${TOUCH} where "tenantId" = ${db.tenantId} and id = ${examId}
      and "courseId" = ${courseId} and "deletedAt" is null returning title`,
    'exam',
  )
}

/** Brings a hidden exam back. @returns whether it had been hidden @throws AppError 'not_found' */
export async function unhideExam(db: TenantDb, { courseId, examId }: Which): Promise<boolean> {
  await oneExam(db, { courseId, examId })
  const changed = await affected(
    db,
    sql`update "Exam" set "deletedAt" = null, ${TOUCH} where "tenantId" = ${db.tenantId} and id = ${examId}
      and "courseId" = ${courseId} and "deletedAt" is not null`,
  )
  return changed === 1
}

/** Shows an exam to learners, from now on if it wasn't. @throws AppError 'not_found' */
export async function showExam(db: TenantDb, { courseId, examId }: Which): Promise<void> {
  await affectOne(
    db,
    sql`update "Exam" set "publishedAt" = coalesce("publishedAt", now()), ${TOUCH}
      where "tenantId" = ${db.tenantId} and id = ${examId} and "courseId" = ${courseId} and "deletedAt" is null`,
    'exam',
  )
}

/**
 * Makes an exam a draft again, unless somebody has started it. It is locked against whoever is just starting: their
 * attempt refers to the exam and waits for it. @returns whether it is a draft now @throws AppError 'not_found'
 */
export async function unshowExam(db: TenantDb, { courseId, examId }: Which): Promise<boolean> {
  await oneRow(
    db,
    sql`select id from "Exam" where "tenantId" = ${db.tenantId} and id = ${examId} and "courseId" = ${courseId}
      and "deletedAt" is null for update`,
    'exam',
  )
  // A statement of its own, so that it sees the attempt that the lock was waiting for.
  const changed = await affected(
    db,
    sql`update "Exam" x set "publishedAt" = null, ${TOUCH}
      where x."tenantId" = ${db.tenantId} and x.id = ${examId} and x."courseId" = ${courseId}
        and not exists (select from "ExamAttempt" a where a."tenantId" = x."tenantId" and a."examId" = x.id)`,
  )
  return changed === 1
}

/** How many learners a course has, and whether they see it. */
export async function courseAudience(
  db: TenantDb,
  courseId: string,
): Promise<{ learners: number; published: boolean }> {
  const row = await firstRow<{ learners: number; published: boolean }>(
    db,
    sql`select c.status = 'PUBLISHED' as published,
        (select count(*)::int from "Enrollment" e where e."tenantId" = c."tenantId" and e."courseId" = c.id) as learners
      from "Course" c where c."tenantId" = ${db.tenantId} and c.id = ${courseId}`,
  )
  return row ?? { learners: 0, published: false }
}
