import 'server-only'
import type { Audience, NotificationType } from '#lib/notifications/contract'
import { firstRow, rows, type TenantDb } from '../handle'
import { sql, type Statement } from '../sql'
import { oneRow } from './changes'

/** What people are told of: whom, in which words, and what each kind of notice is made of. */

export type Addressee = {
  userId: string
  /** Whether they are still here, and not disabled. */
  present: boolean
  locale: string
  timeZone: string
  /** How they want to be told, as it is stored; null: nothing was chosen. */
  choices: unknown
}

type Part = Readonly<{ after: string; limit: number }>

/**
 * Whether a row is there, as a value: what is asked of each person in turn is answered by an index, whatever the planner
 * believes of tables that have just been filled. As a join it took seconds for some thousand people.
 */
const isThere = (from: Statement): Statement => sql`(select count(*) from (select 1 ${from} limit 1) o) > 0`

const learns = (db: TenantDb, courseId: Statement, userId: Statement): Statement =>
  isThere(
    sql`from "Enrollment" e where e."tenantId" = ${db.tenantId} and e."courseId" = ${courseId} and e."userId" = ${userId}`,
  )

function learners(db: TenantDb, courseId: Statement, which: Statement): Statement {
  return sql`select e."userId" as id from "Enrollment" e
    where e."tenantId" = ${db.tenantId} and e."courseId" = ${courseId} and ${which}`
}

/** An extension that is earlier than everybody's date counts for nothing (`ownDue`). */
function owing(
  db: TenantDb,
  { owing: id, due, only }: Readonly<{ owing: string; due: Date; only?: string }>,
): Statement {
  const of = (column: Statement): Statement =>
    sql`(select ${column} from "Assignment" a where a."tenantId" = ${db.tenantId} and a.id = ${id})`
  return learners(
    db,
    of(sql`a."courseId"`),
    sql`greatest(${of(sql`a."dueDate"`)}, (select x."dueDate" from "AssignmentExtension" x
        where x."tenantId" = ${db.tenantId} and x."assignmentId" = ${id} and x."userId" = e."userId")) = ${due}::timestamptz
      and not ${isThere(sql`from "Submission" s
        where s."tenantId" = ${db.tenantId} and s."assignmentId" = ${id} and s."userId" = e."userId"`)}
      and (${only ?? null}::text is null or e."userId" = ${only ?? null})`,
  )
}

/** A start of one's own takes the place of everybody's, an end counts where it is later (`allowanceOf`). */
function notSat(
  db: TenantDb,
  audience: Extract<Audience, { notSat: string }>,
  courseId: Statement,
): Statement {
  const { notSat: id, at, side, only = null } = audience
  const of = (column: Statement): Statement =>
    sql`(select ${column} from "Exam" x where x."tenantId" = ${db.tenantId} and x.id = ${id})`
  const own = (column: Statement): Statement =>
    sql`(select ${column} from "ExamAccommodation" o
      where o."tenantId" = ${db.tenantId} and o."examId" = ${id} and o."userId" = e."userId")`
  const moment =
    side === 'opens'
      ? sql`coalesce(${own(sql`o."startDate"`)}, ${of(sql`x."startDate"`)})`
      : sql`case when ${of(sql`x."endDate"`)} is not null then greatest(${of(sql`x."endDate"`)}, ${own(sql`o."endDate"`)}) end`
  const sat = sql`from "ExamAttempt" a
    where a."tenantId" = ${db.tenantId} and a."examId" = ${id} and a."userId" = e."userId"`
  return learners(
    db,
    courseId,
    sql`${moment} = ${at}::timestamptz and not ${isThere(sat)} and (${only}::text is null or e."userId" = ${only})`,
  )
}

/** The ids of an audience, each once, in no order. */
function idsOf(db: TenantDb, audience: Audience): Statement {
  if ('users' in audience) return sql`select distinct unnest(${audience.users}::text[]) as id`
  if ('learnersOf' in audience) {
    const all = learners(db, sql`${audience.learnersOf}`, sql`true`)
    return audience.andTeacher === undefined
      ? all
      : sql`${all} union select c."instructorId" from "Course" c where c."tenantId" = ${db.tenantId} and c.id = ${audience.learnersOf}`
  }
  if ('owing' in audience) return owing(db, audience)
  if ('gradedIn' in audience) {
    const id = audience.gradedIn
    const course = sql`(select a."courseId" from "Assignment" a where a."tenantId" = ${db.tenantId} and a.id = ${id})`
    return sql`select s."userId" as id from "Submission" s
      where s."tenantId" = ${db.tenantId} and s."assignmentId" = ${id} and s."releasedAt" is not null and s.grade is not null
        and ${learns(db, course, sql`s."userId"`)}`
  }
  const courseOf = (examId: string): Statement =>
    sql`(select x."courseId" from "Exam" x where x."tenantId" = ${db.tenantId} and x.id = ${examId})`
  if ('scoredIn' in audience) {
    return sql`select a."userId" as id from "ExamAttempt" a
      where a."tenantId" = ${db.tenantId} and a."examId" = ${audience.scoredIn} and a.counts and a."submittedAt" is not null
        and a.score is not null and ${learns(db, courseOf(audience.scoredIn), sql`a."userId"`)}`
  }
  if ('notSat' in audience) return notSat(db, audience, courseOf(audience.notSat))
  return sql`select p.id from "User" p where p."tenantId" = ${db.tenantId}`
}

/**
 * The next of those who are told, by id. One statement.
 * @param input.after the last id of the part before; empty for the first
 * @returns fewer than `limit` when there are no more; who is gone or disabled is among them and not `present`
 */
export async function listAddressees(
  db: TenantDb,
  input: Part & Readonly<{ audience: Audience }>,
): Promise<Addressee[]> {
  const { audience, after, limit } = input
  return rows<Addressee>(
    db,
    sql`with who as materialized (
        select i.id from (${idsOf(db, audience)}) i where i.id > ${after} order by i.id limit ${limit}
      )
      select w.id as "userId", u.id is not null as present, coalesce(u.locale, t.locale) as locale,
        coalesce(u."timeZone", t."timeZone") as "timeZone", s.choices
      from who w join "Tenant" t on t.id = ${db.tenantId}
      left join lateral (select u.id, u.locale, u."timeZone" from "User" u
        where u."tenantId" = ${db.tenantId} and u.id = w.id and u."deletedAt" is null and u."disabledAt" is null limit 1) u on true
      left join lateral (select s.choices from "NotificationSettings" s
        where s."tenantId" = ${db.tenantId} and s."userId" = w.id limit 1) s on true
      order by w.id`,
  )
}

export type NewNotice = Readonly<{
  userId: string
  title: string
  message: string
  /** Whether it stands among their notices; else they hear of it by mail alone. */
  shown: boolean
  mail: 'never' | 'now' | Date
}>

/** Where people's live views are told of what is new to them: the tenant, and its people's ids. No word of what. */
export const NOTICES_CHANNEL = 'smartlms_notices'

/** Ids in one message of PostgreSQL's, which may have 8,000 bytes. */
const IDS = 150

/** Has the live views of some people look for what is new, once the transaction is through. `told`: their `"userId"`. */
export function announced(db: TenantDb, told: Statement): Statement {
  return sql`(select string_agg(pg_notify(${NOTICES_CHANNEL}, ${db.tenantId} || c.ids)::text, '') from (
    select string_agg(' ' || p."userId", '') as ids from (
      select t."userId", (row_number() over (order by t."userId") - 1) / ${IDS} as chunk from (${told}) t) p
    group by p.chunk) c)`
}

/**
 * Tells each of them, unless they were told the same already, and puts the letters that are due for it on the queue, in
 * one statement: the unique key decides who is told, and only for them is there a letter. Letters that gather wait
 * under an id made of the person and the instant, so that there is one of each. Open views hear of it.
 * @param input.priority of the letters; larger is later @returns how many were told
 */
export async function insertNotices(
  db: TenantDb,
  input: Readonly<{
    type: NotificationType
    key: string
    link: string
    notices: readonly NewNotice[]
    priority: number
  }>,
): Promise<number> {
  const { type, key, link, notices, priority } = input
  const gathered = notices.map(({ mail }) => (mail instanceof Date ? mail.toISOString() : null))
  const { told } = await oneRow<{ told: number }>(
    db,
    sql`with people as (
        select n.* from unnest(${notices.map(({ userId }) => userId)}::text[], ${notices.map(({ title }) => title)}::text[],
          ${notices.map(({ message }) => message)}::text[], ${notices.map(({ shown }) => shown)}::boolean[],
          ${notices.map(({ mail }) => mail === 'now')}::boolean[], ${gathered}::timestamptz[])
          as n("userId", title, message, shown, once, "digestAt")
      ), told as (
        insert into "Notification" ("tenantId", "userId", type, key, link, title, message, shown, "digestAt")
        select ${db.tenantId}, p."userId", ${type}::"NotificationType", ${key}, ${link}, left(p.title, 200), p.message,
          p.shown, p."digestAt" from people p order by p."userId"
        on conflict ("tenantId", "userId", key) do nothing
        returning id, "userId", shown, "digestAt"
      ), once as (
        insert into "Outbox" ("tenantId", kind, payload)
        select ${db.tenantId}, 'mail.notice', jsonb_build_object('noticeId', t.id)
        from told t join people p on p."userId" = t."userId" where p.once
        returning id, now() as "runAt"
      ), gathering as (
        insert into "Outbox" (id, "tenantId", kind, payload)
        select distinct 'm' || md5(${db.tenantId} || ' ' || t."userId" || ' ' || extract(epoch from t."digestAt")), ${db.tenantId},
          'mail.notices', jsonb_build_object('userId', t."userId", 'at', (extract(epoch from t."digestAt") * 1000)::bigint)
        from told t where t."digestAt" is not null
        order by 1 on conflict (id) do nothing
        returning id, to_timestamp((payload->>'at')::bigint / 1000.0) as "runAt"
      ), letters as (
        select id, "runAt" from once union all select id, "runAt" from gathering
      )
      select (select count(*)::int from told) as told,
        (select smartlms_enqueue_later(array_agg(l.id), array_agg(l."runAt"), ${priority})::text from letters l) as queued,
        ${announced(db, sql`select "userId" from told where shown`)} as announced`,
    'notice',
  )
  return told
}

/** Has many people told of something, each by themselves, as `notify` does for one. One statement. */
export async function notifyEach(
  db: TenantDb,
  input: Readonly<{ kind: string; id: string; userIds: readonly string[]; runAt?: Date }>,
): Promise<void> {
  const { kind, id, userIds, runAt = null } = input
  await oneRow(
    db,
    sql`with told as (
        insert into "Outbox" ("tenantId", kind, payload)
        select ${db.tenantId}, ${`notice.${kind}`}, jsonb_build_object('id', ${id}::text, 'userId', p.id)
        from (select distinct unnest(${userIds}::text[]) as id) p returning id)
      select (select smartlms_enqueue_later(array_agg(t.id), array_agg(coalesce(${runAt}::timestamptz, now())), 5)::text from told t) as queued`,
    'news',
  )
}

/** Goes on with the next part of a large audience, in a job of its own behind everybody else's. Asked twice it is one. */
export async function tellRest(
  db: TenantDb,
  input: Readonly<{
    kind: string
    payload: Readonly<Record<string, string | number>>
    /** Of the row of the outbox that this part belongs to. */
    of: string
    priority: number
  }>,
): Promise<void> {
  const { kind, payload, of, priority } = input
  await oneRow(
    db,
    sql`with next as (
        insert into "Outbox" (id, "tenantId", kind, payload)
        values ('n' || md5(${db.tenantId} || ' ' || ${of}), ${db.tenantId}, ${kind}, ${JSON.stringify(payload)}::jsonb)
        on conflict (id) do nothing returning id)
      select (select smartlms_enqueue_later(array_agg(n.id), array_agg(now()), ${priority})::text from next n) as queued`,
    'news',
  )
}

/** A question about a grade that was answered; null when it wasn't, or is gone. */
export async function findAnsweredQuestion(
  db: TenantDb,
  id: string,
): Promise<{ userId: string; courseId: string; courseTitle: string } | null> {
  return firstRow(
    db,
    sql`select q."userId", q."courseId", c.title as "courseTitle" from "GradeQuestion" q
      join "Course" c on c."tenantId" = q."tenantId" and c.id = q."courseId" and c."deletedAt" is null
      where q."tenantId" = ${db.tenantId} and q.id = ${id} and q."answeredAt" is not null`,
  )
}
