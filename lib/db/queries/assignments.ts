import 'server-only'
import { affected, firstRow, rows, type TenantDb } from '../handle'
import { sql, type Statement } from '../sql'

/** Assignments as their learners see them: published ones of published courses that they are enrolled in. */

export type AssignmentRow = {
  id: string
  title: string
  description: string | null
  courseId: string
  courseTitle: string
  /** Decimal text. */
  points: string
  accepts: ('TEXT' | 'FILE' | 'LINK')[]
  settings: unknown
  dueDate: Date | null
  /** The person's own. */
  extendedTo: Date | null
  /** IANA. */
  timeZone: string
  /** The database's time. */
  now: Date
  submissionId: string | null
  /** The newest version that was handed in; 0: none. */
  number: number
  /** Of the newest version. */
  submittedAt: Date | null
  /** Released ones alone. Decimal text. */
  grade: string | null
  feedback: string | null
}

export type OneAssignmentRow = AssignmentRow & {
  rubric: unknown
  /** What was given by it; released ones alone. */
  marks: unknown
}

type Mine = Readonly<{ userId: string; timeZone: string }>

function columns(timeZone: string): Statement {
  return sql`a.id, a.title, a.description, c.id as "courseId", c.title as "courseTitle", a.points::text as points,
    a.accepts::text[] as accepts, a.settings, a."dueDate", x."dueDate" as "extendedTo", coalesce(c."timeZone", ${timeZone}) as "timeZone",
    statement_timestamp() as now, s.id as "submissionId", coalesce(s.number, 0) as number, s."submittedAt",
    case when s."releasedAt" is not null then s.grade::text end as grade,
    case when s."releasedAt" is not null then s.feedback end as feedback`
}

function theirs(db: TenantDb, userId: string): Statement {
  return sql`"Enrollment" e
    join "Course" c on c."tenantId" = e."tenantId" and c.id = e."courseId" and c."deletedAt" is null and c.status <> 'DRAFT'
    join "Assignment" a on a."tenantId" = e."tenantId" and a."courseId" = c.id and a."deletedAt" is null and a."publishedAt" is not null
    left join "AssignmentExtension" x on x."tenantId" = a."tenantId" and x."assignmentId" = a.id and x."userId" = e."userId"
    left join "Submission" s on s."tenantId" = a."tenantId" and s."assignmentId" = a.id and s."userId" = e."userId"
    where e."tenantId" = ${db.tenantId} and e."userId" = ${userId}`
}

/** An assignment of one of a person's courses; null for any other. One statement. */
export async function findLearnerAssignment(
  db: TenantDb,
  { assignmentId, userId, timeZone }: Mine & Readonly<{ assignmentId: string }>,
): Promise<OneAssignmentRow | null> {
  return firstRow<OneAssignmentRow>(
    db,
    sql`select ${columns(timeZone)}, a.rubric, case when s."releasedAt" is not null then s.marks end as marks
      from ${theirs(db, userId)} and a.id = ${assignmentId}`,
  )
}

/**
 * Holds a person's enrollment until the end, so that they hand in once at a time. What they have handed in is read
 * afterwards: a statement that waited still sees what was there when it began.
 * @returns when it was asked for, by the database's clock; null for an assignment that they can't see
 */
export async function lockOwnWork(
  db: TenantDb,
  { assignmentId, userId }: Readonly<{ assignmentId: string; userId: string }>,
): Promise<Date | null> {
  const locked = await firstRow<{ at: Date }>(
    db,
    sql`select statement_timestamp() as at from "Enrollment" e
      join "Assignment" a on a."tenantId" = e."tenantId" and a."courseId" = e."courseId" and a.id = ${assignmentId}
      where e."tenantId" = ${db.tenantId} and e."userId" = ${userId} for no key update of e`,
  )
  return locked?.at ?? null
}

/** The assignments of a course for one of its learners, the next one due first. One statement. */
export async function listLearnerAssignments(
  db: TenantDb,
  { courseId, userId, timeZone, limit }: Mine & Readonly<{ courseId: string; limit: number }>,
): Promise<AssignmentRow[]> {
  return rows<AssignmentRow>(
    db,
    sql`select ${columns(timeZone)} from ${theirs(db, userId)} and c.id = ${courseId}
      order by coalesce(x."dueDate", a."dueDate") nulls last, a.id limit ${limit}`,
  )
}

/** `bytes`: null when the file no longer stands in the school's books. */
export type FileRow = Readonly<{ key: string; bytes: number | null }>

export type WorkRow = { content: string | null; link: string | null; files: FileRow[] }

/** Storage keys as files, in their order. */
function filesOf(db: TenantDb, keys: Statement): Statement {
  return sql`(select coalesce(json_agg(json_build_object('key', k.key, 'bytes', f.bytes) order by k.place), '[]')
      from unnest(${keys}) with ordinality as k(key, place)
      left join "StoredFile" f on f."tenantId" = ${db.tenantId} and f.key = k.key) as files`
}

/** What a person is writing; null: nothing is kept. */
export async function findDraft(
  db: TenantDb,
  { assignmentId, userId }: Readonly<{ assignmentId: string; userId: string }>,
): Promise<(WorkRow & { savedAt: Date }) | null> {
  return firstRow<WorkRow & { savedAt: Date }>(
    db,
    sql`select d.content, d.link, ${filesOf(db, sql`d.files`)}, d."savedAt" from "SubmissionDraft" d
      where d."tenantId" = ${db.tenantId} and d."assignmentId" = ${assignmentId} and d."userId" = ${userId}`,
  )
}

/** What a person has handed in last; null: nothing. */
export async function findSubmitted(
  db: TenantDb,
  { assignmentId, userId }: Readonly<{ assignmentId: string; userId: string }>,
): Promise<WorkRow | null> {
  return firstRow<WorkRow>(
    db,
    sql`select s.content, s.link, ${filesOf(db, sql`s.files`)} from "Submission" s
      where s."tenantId" = ${db.tenantId} and s."assignmentId" = ${assignmentId} and s."userId" = ${userId}`,
  )
}

export type VersionRow = WorkRow & { number: number; submittedAt: Date }

/** What was handed in, the newest first. */
export async function listVersions(db: TenantDb, submissionId: string): Promise<VersionRow[]> {
  return rows<VersionRow>(
    db,
    sql`select v.content, v.link, v.number, v."submittedAt", ${filesOf(db, sql`v.files`)}
      from "SubmissionVersion" v where v."tenantId" = ${db.tenantId} and v."submissionId" = ${submissionId}
      order by v.number desc limit 100`,
  )
}

/** The number of the version that a form has made already; null: none. */
export async function findVersionOf(
  db: TenantDb,
  { submissionId, key }: Readonly<{ submissionId: string; key: string }>,
): Promise<number | null> {
  const found = await firstRow<{ number: number }>(
    db,
    sql`select v.number from "SubmissionVersion" v
      where v."tenantId" = ${db.tenantId} and v."submissionId" = ${submissionId} and v.key = ${key}`,
  )
  return found?.number ?? null
}

/** `files`: storage keys. */
type Written = Readonly<{ content: string | null; link: string | null; files: readonly string[] }>

type Draft = Written & Readonly<{ assignmentId: string; userId: string; seen: Date | null }>

/** Keeps what is being written, in place of the draft that was seen. @returns when; null: that wasn't the newest any more */
export async function putDraft(db: TenantDb, input: Draft): Promise<Date | null> {
  const { assignmentId, userId, content, link, files, seen } = input
  const written = await firstRow<{ savedAt: Date }>(
    db,
    sql`insert into "SubmissionDraft" as d ("tenantId", "assignmentId", "userId", content, link, files, "savedAt")
      values (${db.tenantId}, ${assignmentId}, ${userId}, ${content}, ${link}, ${files}::text[], clock_timestamp())
      on conflict ("tenantId", "assignmentId", "userId") do update
        set content = excluded.content, link = excluded.link, files = excluded.files, "savedAt" = greatest(excluded."savedAt", d."savedAt" + interval '1 millisecond')
        where d."savedAt" = ${seen}
      returning d."savedAt"`,
  )
  return written?.savedAt ?? null
}

/** Forgets the draft that was seen; a newer one stays. */
export async function dropDraft(
  db: TenantDb,
  { assignmentId, userId, seen }: Readonly<{ assignmentId: string; userId: string; seen: Date | null }>,
): Promise<void> {
  await affected(
    db,
    sql`delete from "SubmissionDraft" d
      where d."tenantId" = ${db.tenantId} and d."assignmentId" = ${assignmentId} and d."userId" = ${userId} and d."savedAt" = ${seen}`,
  )
}

type Handing = Written & Readonly<{ assignmentId: string; userId: string; key: string; at: Date }>

/**
 * Hands in: one more version, and the submission becomes it; behind a grade that was given within the same millisecond,
 * too, because that is of the version before. One statement. @returns its number
 */
export async function addVersion(db: TenantDb, input: Handing): Promise<number> {
  const { assignmentId, userId, key, at, content, link, files } = input
  const first = files[0] ?? null
  const made = await firstRow<{ number: number }>(
    db,
    sql`with submission as (
        insert into "Submission" as s ("tenantId", "assignmentId", "userId", content, link, "fileUrl", files, "submittedAt")
        values (${db.tenantId}, ${assignmentId}, ${userId}, ${content}, ${link}, ${first}, ${files}::text[], ${at})
        on conflict ("tenantId", "assignmentId", "userId") do update
          set number = s.number + 1, content = excluded.content, link = excluded.link, "fileUrl" = excluded."fileUrl",
            files = excluded.files,
            "submittedAt" = greatest(excluded."submittedAt", s."gradedAt" + interval '1 millisecond')
        returning s.id, s.number
      )
      insert into "SubmissionVersion" ("tenantId", "submissionId", number, key, content, link, "fileUrl", files, "submittedAt")
      select ${db.tenantId}, id, number, ${key}, ${content}, ${link}, ${first}, ${files}::text[], ${at} from submission
      returning number`,
  )
  if (made === null) throw new Error('Nothing was handed in.')
  return made.number
}
