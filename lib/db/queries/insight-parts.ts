import 'server-only'
import { rows, type TenantDb } from '../handle'
import { sql, type Statement } from '../sql'

/** What a course consists of, with its numbers: lessons, exams, assignments. */

/** `place`: of a lesson, its order. */
type Part = Readonly<{ id: string; title: string; place: number }>

export type CoursePartRow =
  | (Part & {
      kind: 'lesson'
      module: string
      opened: number
      completed: number
      /** Learners who haven't finished, did nothing for a while, and were here last. */
      stopped: number
    })
  | (Part & {
      kind: 'exam' | 'assignment'
      /** Submitted attempts or work, graded or not. */
      handedIn: number
      /** Of these, waiting for a grade: for less than the first of `days`, up to the second, and longer. */
      fresh: number
      older: number
      oldest: number
      since: Date | null
    })

type Asked = Readonly<{
  courseId: string
  stoppedDays: number
  days: readonly [number, number]
  limit: number
  /** From the course's report; otherwise counted now. */
  reported: boolean
}>

/** How many stopped at a lesson: columns `id` and `people`. */
function stops(db: TenantDb, { courseId, stoppedDays, reported }: Asked): Statement {
  return reported
    ? sql`select s.key as id, s.value::int as people from "CourseReport" r cross join lateral jsonb_each_text(r.stopped) s
        where r."tenantId" = ${db.tenantId} and r."courseId" = ${courseId}`
    : sql`select t."lastLessonId" as id, count(*)::int as people from "LearnerTally" t
        join "Enrollment" e on e."tenantId" = ${db.tenantId} and e.id = t."enrollmentId" and e."completedAt" is null
        where t."tenantId" = ${db.tenantId} and t."courseId" = ${courseId} and t."lastAt" < now() - make_interval(days => ${stoppedDays})
        group by 1`
}

/** What waits of an exam or assignment: columns `id`, `handedIn`, `fresh`, `older`, `oldest`, `since`. */
function piles(db: TenantDb, { courseId, days, reported }: Asked): Statement {
  const [first, second] = days
  if (reported)
    return sql`select w.key as id, (w.value->>0)::int as "handedIn", (w.value->>1)::int as fresh, (w.value->>2)::int as older,
        (w.value->>3)::int as oldest, (w.value->>4)::timestamptz as since
      from "CourseReport" r cross join lateral jsonb_each(r.waiting) w
      where r."tenantId" = ${db.tenantId} and r."courseId" = ${courseId}`
  return sql`select w.id, count(*)::int as "handedIn",
      count(*) filter (where w.waits and w.at > now() - make_interval(days => ${first}))::int as fresh,
      count(*) filter (where w.waits and w.at <= now() - make_interval(days => ${first}) and w.at > now() - make_interval(days => ${second}))::int as older,
      count(*) filter (where w.waits and w.at <= now() - make_interval(days => ${second}))::int as oldest,
      min(w.at) filter (where w.waits) as since
    from (
      select x.id, a."submittedAt" as at, a."maxScore" is not null and a.score is null as waits from "Exam" x
      join "ExamAttempt" a on a."tenantId" = ${db.tenantId} and a."examId" = x.id and a."submittedAt" is not null
      where x."tenantId" = ${db.tenantId} and x."courseId" = ${courseId} and x."deletedAt" is null
      union all
      select i.id, s."submittedAt", (s."gradedAt" is null or s."gradedAt" < s."submittedAt") from "Assignment" i
      join "Submission" s on s."tenantId" = ${db.tenantId} and s."assignmentId" = i.id
      where i."tenantId" = ${db.tenantId} and i."courseId" = ${courseId} and i."deletedAt" is null
    ) w group by w.id`
}

/**
 * Living lessons in their order, with how many opened and completed each and who stopped there; then published exams and
 * assignments with what waits for a grade, what has waited longest first. One statement.
 */
export async function listCourseParts(db: TenantDb, asked: Asked): Promise<CoursePartRow[]> {
  const { courseId, limit } = asked
  return rows<CoursePartRow>(
    db,
    sql`with stops as (${stops(db, asked)}), piles as (${piles(db, asked)}), lessons as (
        select l.id, l.title, m.title as module, row_number() over (order by m."order", m.id, l."order", l.id)::int as place
        from "Module" m
        join "Lesson" l on l."tenantId" = m."tenantId" and l."moduleId" = m.id and l."deletedAt" is null
        where m."tenantId" = ${db.tenantId} and m."courseId" = ${courseId} and m."deletedAt" is null
        order by place limit ${limit}
      ), works as (
        select 'exam' as kind, x.id, x.title from "Exam" x
        where x."tenantId" = ${db.tenantId} and x."courseId" = ${courseId} and x."deletedAt" is null and x."publishedAt" is not null
        union all
        select 'assignment', i.id, i.title from "Assignment" i
        where i."tenantId" = ${db.tenantId} and i."courseId" = ${courseId} and i."deletedAt" is null and i."publishedAt" is not null
      )
      select p.* from (
        select 'lesson' as kind, l.id, l.title, l.place, l.module, greatest(0, coalesce(y.opened, 0)) as opened,
          greatest(0, coalesce(y.completed, 0)) as completed, coalesce(s.people, 0) as stopped,
          0 as "handedIn", 0 as fresh, 0 as older, 0 as oldest, null::timestamptz as since
        from lessons l
        left join "LessonTally" y on y."tenantId" = ${db.tenantId} and y."lessonId" = l.id
        left join stops s on s.id = l.id
        union all
        select w.kind, w.id, w.title, 0, '', 0, 0, 0, coalesce(p."handedIn", 0), coalesce(p.fresh, 0), coalesce(p.older, 0),
          coalesce(p.oldest, 0), p.since
        from works w left join piles p on p.id = w.id
      ) p order by p.place, p.since nulls last, p.title, p.id`,
  )
}
