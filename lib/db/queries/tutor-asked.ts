import 'server-only'
import type { TutorOutcome } from '#types/db'
import { rows, type TenantDb } from '../handle'
import { sql } from '../sql'
import { oneRow } from './changes'

/** What a course's learners asked its tutor, for whoever teaches it. Who asked leaves these rows in no view. */

type Since = Readonly<{ courseId: string; days: number }>

export type AskedRow = {
  text: string
  /** Of the asker, to be taken out of their words. */
  askerName: string
  outcome: TutorOutcome | null
  aboutLessonId: string | null
  aboutTitle: string | null
  about: string | null
  userId: string
}

/** The newest questions of a course's learners. One statement. */
export async function listAsked(
  db: TenantDb,
  input: Since & Readonly<{ limit: number }>,
): Promise<AskedRow[]> {
  return rows<AskedRow>(
    db,
    sql`select coalesce(h.messages -> q.place ->> 'text', '') as text, u.name as "askerName", q.outcome, q."userId",
        l.id as "aboutLessonId", l.title as "aboutTitle", q.about
      from "TutorQuestion" q
      join "AIChat" h on h."tenantId" = q."tenantId" and h.id = q."chatId"
      join "User" u on u."tenantId" = q."tenantId" and u.id = q."userId"
      join "Enrollment" e on e."tenantId" = q."tenantId" and e."userId" = q."userId" and e."courseId" = q."courseId"
      left join "Lesson" l on l."tenantId" = q."tenantId" and l.id = q."aboutLessonId" and l."deletedAt" is null
      where q."tenantId" = ${db.tenantId} and q."courseId" = ${input.courseId}
        and q."askedAt" > now() - make_interval(days => ${input.days}::int)
      order by q."askedAt" desc, q.id limit ${input.limit}`,
  )
}

export type AskedTotals = { questions: number; people: number; nothing: number }

/** How much was asked, by how many. One statement. */
export async function countAsked(db: TenantDb, { courseId, days }: Since): Promise<AskedTotals> {
  return oneRow(
    db,
    sql`select count(*)::int as questions, count(distinct q."userId")::int as people,
        (count(*) filter (where q.outcome = 'NOTHING'))::int as nothing
      from "TutorQuestion" q
      join "Enrollment" e on e."tenantId" = q."tenantId" and e."userId" = q."userId" and e."courseId" = q."courseId"
      where q."tenantId" = ${db.tenantId} and q."courseId" = ${courseId}
        and q."askedAt" > now() - make_interval(days => ${days}::int)`,
    'course',
  )
}
