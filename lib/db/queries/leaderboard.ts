import 'server-only'
import type { BoardOrder } from '#lib/leaderboard/contract'
import { firstRow, rows, type TenantDb } from '../handle'
import { sql } from '../sql'
import { oneRow } from './changes'

/** Leaderboards of courses: of those learners who chose to stand on one, and of nobody else. */

export type OwnBoard = {
  title: string
  /** The reader takes part. */
  joined: boolean
  /** Null: their own name. */
  nickname: string | null
  /** Learners who take part. */
  participants: number
}

const MEMBERS = (db: TenantDb, courseId: string) => sql`from "LeaderboardEntry" b
  join "Enrollment" e on e."tenantId" = b."tenantId" and e."userId" = b."userId" and e."courseId" = b."courseId"
  join "User" u on u."tenantId" = b."tenantId" and u.id = b."userId" and u."deletedAt" is null and u."disabledAt" is null
  where b."tenantId" = ${db.tenantId} and b."courseId" = ${courseId}`

/**
 * The leaderboard of a course, for somebody who is enrolled in it. One statement.
 * @throws AppError 'not_found' when they aren't, the course isn't published, or it has no leaderboard
 */
export async function getOwnBoard(
  db: TenantDb,
  input: Readonly<{ courseId: string; userId: string }>,
): Promise<OwnBoard> {
  const { courseId, userId } = input
  return oneRow<OwnBoard>(
    db,
    sql`select c.title, b.id is not null as joined, b.nickname, n.participants from "Enrollment" e
      join "Course" c on c."tenantId" = e."tenantId" and c.id = e."courseId" and c."deletedAt" is null
        and c.status = 'PUBLISHED' and c.leaderboard
      left join "LeaderboardEntry" b on b."tenantId" = e."tenantId" and b."userId" = e."userId" and b."courseId" = e."courseId"
      cross join lateral (select count(*)::int as participants ${MEMBERS(db, courseId)}) n
      where e."tenantId" = ${db.tenantId} and e."courseId" = ${courseId} and e."userId" = ${userId}`,
    'leaderboard',
  )
}

export type BoardRow = {
  name: string
  score: number
  /** Equal scores share a place; null where none is said. */
  place: number | null
  mine: boolean
  /** What the reader's own row lacks to the next higher score; null above all. */
  lead: number | null
}

/** Places that everybody who takes part sees, and how far around their own they see. */
const TOP = 10
const AROUND = 2

/**
 * The first ten places, and those around the reader's own. Whoever has done nothing yet, or least of all, stands on it
 * for nobody but themselves, without a place: there is no last one. One statement, of at most 16 rows.
 * @param input.order by days of learning this week in the course, or by lessons completed this week or ever
 */
export async function listBoard(
  db: TenantDb,
  input: Readonly<{ courseId: string; userId: string; order: BoardOrder; now: Date }>,
): Promise<BoardRow[]> {
  const { courseId, userId, order, now } = input
  return rows<BoardRow>(
    db,
    sql`with clock as (
        select z.zone, case when ${order} <> 'course'
          then date_trunc('week', ${now}::timestamptz at time zone z.zone) at time zone z.zone end as since
        from "Course" c join "Tenant" t on t.id = c."tenantId"
        cross join lateral (select coalesce(c."timeZone", t."timeZone") as zone) z
        where c."tenantId" = ${db.tenantId} and c.id = ${courseId}
      ), members as (
        select b.id, b."userId", coalesce(b.nickname, u.name) as name, e.id as "enrollmentId" ${MEMBERS(db, courseId)}
      ), taking as (
        select m.id, m."userId", m.name, s.score from members m cross join clock k
        cross join lateral (
          select case when ${order} = 'days' then count(distinct (p."completedAt" at time zone k.zone)::date) else count(*) end::int as score
          from "LessonProgress" p where p."tenantId" = ${db.tenantId} and p."enrollmentId" = m."enrollmentId" and p.completed
            and (k.since is null or p."completedAt" >= k.since)
        ) s
      ), ranked as (
        select t.*, rank() over (order by score desc)::int as place,
          row_number() over (order by score desc, lower(name), id) as position,
          score > 0 and (score > min(score) over () or min(score) over () = max(score) over ()) as placed
        from taking t
      ), own as (
        select position, score from ranked where "userId" = ${userId}
      )
      select r.name, r.score, case when r.placed then r.place end as place, r."userId" = ${userId} as mine,
        case when r."userId" = ${userId} then (select min(t.score) - r.score from taking t where t.score > r.score) end::int as lead
      from ranked r cross join own o
      where r."userId" = ${userId} or (r.placed and (r.position <= ${TOP} or abs(r.position - o.position) <= ${AROUND}))
      order by r.position`,
  )
}

/**
 * Makes sure that a course has a leaderboard that this person may stand on, and keeps it from being switched off until
 * the transaction ends. @throws AppError 'not_found'
 */
export async function holdBoard(
  db: TenantDb,
  input: Readonly<{ courseId: string; userId: string }>,
): Promise<void> {
  const { courseId, userId } = input
  await oneRow(
    db,
    sql`select c.id from "Course" c
      join "Enrollment" e on e."tenantId" = c."tenantId" and e."courseId" = c.id and e."userId" = ${userId}
      where c."tenantId" = ${db.tenantId} and c.id = ${courseId} and c."deletedAt" is null and c.status = 'PUBLISHED' and c.leaderboard
      for share of c`,
    'leaderboard',
  )
}

/** Whether somebody else on a leaderboard goes by a name, whatever its capitals. */
export async function isNameTaken(
  db: TenantDb,
  input: Readonly<{ courseId: string; userId: string; name: string }>,
): Promise<boolean> {
  const { courseId, userId, name } = input
  const found = await firstRow(
    db,
    sql`select b.id ${MEMBERS(db, courseId)} and b."userId" <> ${userId}
      and lower(${name}) in (lower(b.nickname), lower(u.name)) limit 1`,
  )
  return found !== null
}

/** Puts somebody on a leaderboard, or changes the name they go by there. @returns whether they are new to it */
export async function writeEntry(
  db: TenantDb,
  input: Readonly<{ courseId: string; userId: string; nickname: string | null }>,
): Promise<{ joined: boolean }> {
  const { courseId, userId, nickname } = input
  return oneRow<{ joined: boolean }>(
    db,
    sql`insert into "LeaderboardEntry" ("tenantId", "userId", "courseId", nickname)
      values (${db.tenantId}, ${userId}, ${courseId}, ${nickname})
      on conflict ("tenantId", "userId", "courseId") do update set nickname = excluded.nickname
      returning xmax = 0 as joined`,
    'leaderboard',
  )
}

/** Takes somebody off a leaderboard. @returns whether they stood on it */
export async function deleteEntry(
  db: TenantDb,
  input: Readonly<{ courseId: string; userId: string }>,
): Promise<boolean> {
  const gone = await firstRow(
    db,
    sql`delete from "LeaderboardEntry"
      where "tenantId" = ${db.tenantId} and "courseId" = ${input.courseId} and "userId" = ${input.userId} returning id`,
  )
  return gone !== null
}

export type ParticipantRow = {
  userId: string
  name: string
  /** Null: their own name. */
  nickname: string | null
  joinedAt: Date
}

export type TaughtBoard = { on: boolean; participants: ParticipantRow[] }

/** A course's leaderboard as its instructor sees it: who takes part, by which name; at most `limit`. One statement. */
export async function getTaughtBoard(
  db: TenantDb,
  input: Readonly<{ courseId: string; limit: number }>,
): Promise<TaughtBoard & { count: number }> {
  const { courseId, limit } = input
  const found = await rows<{ on: boolean; count: number } & Partial<ParticipantRow>>(
    db,
    sql`with members as (
        select b."userId", u.name, b.nickname, b."joinedAt", count(*) over ()::int as count ${MEMBERS(db, courseId)}
        order by u.name, b."userId" limit ${limit}
      )
      select c.leaderboard as on, coalesce(m.count, 0) as count, m."userId", m.name, m.nickname, m."joinedAt"
      from "Course" c left join members m on true
      where c."tenantId" = ${db.tenantId} and c.id = ${courseId} order by m.name, m."userId"`,
  )
  return {
    on: found[0]?.on ?? false,
    count: found[0]?.count ?? 0,
    participants: found.flatMap(({ userId, name, nickname, joinedAt }) =>
      userId == null || name === undefined || joinedAt === undefined
        ? []
        : [{ userId, name, nickname: nickname ?? null, joinedAt }],
    ),
  }
}

/** Switches a course's leaderboard; switched off, nobody stands on it any more. @returns null when it was so already */
export async function switchBoard(
  db: TenantDb,
  input: Readonly<{ courseId: string; on: boolean }>,
): Promise<{ left: number } | null> {
  const { courseId, on } = input
  return firstRow<{ left: number }>(
    db,
    sql`with switched as (
        update "Course" set leaderboard = ${on}::boolean
        where "tenantId" = ${db.tenantId} and id = ${courseId} and leaderboard <> ${on}::boolean returning id
      ), gone as (
        delete from "LeaderboardEntry" b using switched s
        where b."tenantId" = ${db.tenantId} and b."courseId" = s.id and not ${on}::boolean returning b.id
      )
      select (select count(*)::int from gone) as left from switched`,
  )
}
