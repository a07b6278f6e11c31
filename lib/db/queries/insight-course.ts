import 'server-only'
import { firstRow, rows, type TenantDb } from '../handle'
import { sql, type Statement } from '../sql'

/** Numbers about one course. Whether it is one's own has been asked before. */

type Of = Readonly<{ courseId: string }>

/** Marks that are counted at most: beyond, nobody wants to know how many. */
const WAITING_MOST = 1_000

export type FreshnessRow = { since: Date | null; waiting: number }

/** What of the school isn't in its tallies yet. */
const FRESHNESS = (
  db: TenantDb,
): Statement => sql`(select min(m."createdAt") from (select "createdAt" from "ProgressMark"
    where "tenantId" = ${db.tenantId} order by id limit ${WAITING_MOST}) m) as since,
  (select count(*)::int from (select 1 from "ProgressMark" where "tenantId" = ${db.tenantId} limit ${WAITING_MOST}) m) as waiting`

/** How recent the school's tallies are. One statement. */
export async function getFreshness(db: TenantDb): Promise<FreshnessRow> {
  const row = await firstRow<FreshnessRow>(db, sql`select ${FRESHNESS(db)}`)
  return row ?? { since: null, waiting: 0 }
}

export type CourseFiguresRow = FreshnessRow & {
  enrolled: number
  started: number
  completed: number
  /** Percent a day, the median of those who have started and are in the course for a week. */
  pace: number | null
  paced: number
  /** Of the report that these are taken from; null: they were counted now. */
  madeAt: Date | null
  looked: number | null
  learning: number | null
  /** People by signal. */
  counts: unknown
}

/**
 * How many enrolled, started and completed, how fast they go, and how recent that is: as the course's report says, or
 * counted now where there is none. One statement. @param input.anew counted now in any case
 */
export async function getCourseFigures(
  db: TenantDb,
  { courseId, anew }: Of & Readonly<{ anew: boolean }>,
): Promise<CourseFiguresRow> {
  const row = await firstRow<CourseFiguresRow>(
    db,
    sql`select coalesce(r.enrolled, s.enrolled) as enrolled, coalesce(r.started, s.started) as started,
        coalesce(r.completed, s.completed) as completed, case when r.id is null then s.pace else r.pace end as pace,
        coalesce(r.paced, s.paced) as paced, r."madeAt", r.looked, r.learning, r.counts, ${FRESHNESS(db)}
      from "Course" c
      left join "CourseReport" r on r."tenantId" = c."tenantId" and r."courseId" = c.id and not ${anew}::boolean
      cross join lateral (
        select count(*)::int as enrolled, count(*) filter (where started)::int as started, count("completedAt")::int as completed,
          (percentile_cont(0.5) within group (order by progress / greatest(days, 1)::float8)
            filter (where started and (days >= 7 or "completedAt" is not null)))::float8 as pace,
          count(*) filter (where started and (days >= 7 or "completedAt" is not null))::int as paced
        from (
          select e."completedAt", t."lastAt" is not null as started, e.progress,
            extract(epoch from coalesce(e."completedAt", now()) - e."enrolledAt") / 86400 as days
          from "Enrollment" e
          left join "LearnerTally" t on t."tenantId" = ${db.tenantId} and t."enrollmentId" = e.id and t."userId" = e."userId"
          where r.id is null and e."tenantId" = ${db.tenantId} and e."courseId" = ${courseId}
        ) seats
      ) s
      where c."tenantId" = ${db.tenantId} and c.id = ${courseId}`,
  )
  if (row !== null) return row
  const none = { since: null, waiting: 0, madeAt: null, looked: null, learning: null, counts: null }
  return { enrolled: 0, started: 0, completed: 0, pace: null, paced: 0, ...none }
}

/** The newest message to `x."userId"` about a course: columns `at` and `by`. */
export const newestTo = (db: TenantDb, { courseId }: Of): Statement =>
  sql`select m."sentAt" as at, f.name as by from "Message" m
    left join "User" f on f."tenantId" = ${db.tenantId} and f.id = m."fromId"
    where m."tenantId" = ${db.tenantId} and m."courseId" = ${courseId} and m."toId" = x."userId"
    order by m."sentAt" desc limit 1`

export type CourseLearnerRow = {
  userId: string
  name: string
  enrolledAt: Date
  progress: number
  days: number
  lastAt: Date | null
  /** The newest message to them about the course. */
  writtenAt: Date | null
  writtenBy: string | null
  /** Learners who haven’t finished, all of them. */
  learning: number
}

const ofPerson = (column: Statement, userId: string | null): Statement =>
  userId === null ? sql`` : sql`and ${column} = ${userId}`

/**
 * Learners who haven't finished and may sign in, those who were there last first; at most `limit`. One statement.
 * @param input.userId null: everybody
 */
export async function listCourseLearners(
  db: TenantDb,
  { courseId, userId, limit }: Of & Readonly<{ userId: string | null; limit: number }>,
): Promise<CourseLearnerRow[]> {
  return rows<CourseLearnerRow>(
    db,
    sql`with others as (
        select o."userId", max(o.at) as at from (
          select a."userId", greatest(a."startedAt", case when a."endedBy" = 'LEARNER' then a."submittedAt" end) as at from "Exam" x
          join "ExamAttempt" a on a."tenantId" = ${db.tenantId} and a."examId" = x.id
          where x."tenantId" = ${db.tenantId} and x."courseId" = ${courseId} and x."deletedAt" is null ${ofPerson(sql`a."userId"`, userId)}
          union all
          select s."userId", s."submittedAt" from "Assignment" i
          join "Submission" s on s."tenantId" = ${db.tenantId} and s."assignmentId" = i.id
          where i."tenantId" = ${db.tenantId} and i."courseId" = ${courseId} and i."deletedAt" is null ${ofPerson(sql`s."userId"`, userId)}
        ) o group by o."userId"
      )
      select x."userId", x.name, x."enrolledAt", x.progress, x."lastAt", x.learning, w.at as "writtenAt", w.by as "writtenBy",
        (select coalesce(sum(upper(r) - lower(r)), 0)::int from unnest(coalesce(x.days, '{}')
          + case when x.at is null then '{}' else datemultirange(daterange(z.day, z.day + 1)) end) r) as days
      from (
        select u.id as "userId", u.name, e.id, e."enrolledAt", e.progress, t.days, o.at, greatest(t."lastAt", o.at) as "lastAt",
          count(*) over ()::int as learning
        from "Enrollment" e
        join "User" u on u."tenantId" = e."tenantId" and u.id = e."userId" and u."deletedAt" is null and u."disabledAt" is null
        left join "LearnerTally" t on t."tenantId" = ${db.tenantId} and t."enrollmentId" = e.id and t."userId" = e."userId"
        left join others o on o."userId" = e."userId"
        where e."tenantId" = ${db.tenantId} and e."courseId" = ${courseId} and e."completedAt" is null ${ofPerson(sql`e."userId"`, userId)}
        order by greatest(t."lastAt", o.at) desc nulls last, e."enrolledAt" desc, e.id limit ${limit}
      ) x
      join "Tenant" n on n.id = ${db.tenantId}
      left join lateral (${newestTo(db, { courseId })}) w on true
      cross join lateral (select (x.at at time zone n."timeZone")::date as day) z
      order by x."lastAt" desc nulls last, x."enrolledAt" desc, x.id`,
  )
}

/** Whether person `who` is excused from `item`, or what points they were given by hand: the newest change holds. */
const changed = (db: TenantDb, who: Statement, item: Statement): Statement =>
  sql`left join lateral (select g.excused, g.points from "GradeChange" g where g."tenantId" = ${db.tenantId}
      and g."courseId" = i."courseId" and g."userId" = ${who} and g.item = ${item} order by g.number desc limit 1) g on true`

/** Work that is due (`handedInAt` null: it wasn’t handed in), or a graded exam. */
export type OwedRow = { userId: string; title: string; at: Date } & (
  | { kind: 'work'; handedInAt: Date | null }
  | {
      kind: 'exam'
      score: string
      maxScore: string
      /** The newest version’s. */
      settings: unknown
    }
)

/**
 * What is known of the work of those who haven’t finished, the oldest first: what they handed in late or not at all
 * though its date has passed (their own where they have one, and not what was due before they came), and their graded
 * attempts that count, points by hand in place of what came about by itself. Nothing that they are excused from. One
 * statement. @param input.userIds whose
 */
export async function listOwed(
  db: TenantDb,
  { courseId, userIds, limit }: Of & Readonly<{ userIds: readonly string[]; limit: number }>,
): Promise<OwedRow[]> {
  return rows<OwedRow>(
    db,
    sql`select o.* from (
        select 'work' as kind, e."userId", i.title, d.at, s."submittedAt" as "handedInAt",
          null::text as score, null::text as "maxScore", null::jsonb as settings, i.id
        from "Assignment" i
        join "Enrollment" e on e."tenantId" = i."tenantId" and e."courseId" = i."courseId" and e."completedAt" is null
        left join "AssignmentExtension" x on x."tenantId" = ${db.tenantId} and x."assignmentId" = i.id and x."userId" = e."userId"
        cross join lateral (select greatest(i."dueDate", x."dueDate") as at) d
        left join "Submission" s on s."tenantId" = ${db.tenantId} and s."assignmentId" = i.id and s."userId" = e."userId"
        ${changed(db, sql`e."userId"`, sql`i.id`)}
        where i."tenantId" = ${db.tenantId} and i."courseId" = ${courseId} and i."deletedAt" is null and i."publishedAt" is not null
          and i."dueDate" < now() and d.at < now() and e."enrolledAt" < d.at and (s.id is null or s."submittedAt" > d.at)
          and g.excused is not true and e."userId" = any(${userIds}::text[])
        union all
        select 'exam', a."userId", i.title, a."submittedAt", null, coalesce(g.points, a.score)::text, a."maxScore"::text, v.settings, a.id
        from "Exam" i
        join lateral (select n.settings from "ExamVersion" n
          where n."tenantId" = ${db.tenantId} and n."examId" = i.id order by n.number desc limit 1) v on true
        join "ExamAttempt" a on a."tenantId" = i."tenantId" and a."examId" = i.id and a.counts and a."submittedAt" is not null
          and a.score is not null and a."maxScore" > 0
        join "Enrollment" e on e."tenantId" = ${db.tenantId} and e."courseId" = i."courseId" and e."userId" = a."userId" and e."completedAt" is null
        ${changed(db, sql`a."userId"`, sql`i.id`)}
        where i."tenantId" = ${db.tenantId} and i."courseId" = ${courseId} and i."deletedAt" is null and i."publishedAt" is not null
          and g.excused is not true and a."userId" = any(${userIds}::text[])
      ) o order by o.at, o.id limit ${limit}`,
  )
}
