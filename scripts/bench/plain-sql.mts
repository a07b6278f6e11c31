import type { PlainSql } from './protocol.mts'

// What somebody would write who has one school, one connection and no walls. $1 is the school's id.

const LIST = `
  select c.id, c.title, c.description, c.thumbnail, u.name as "instructorName", c."publishedAt",
    n.modules as "moduleCount", n.lessons as "lessonCount", n.seconds as "durationSeconds",
    null::float8 as progress
  from "Course" c
  join "User" u on u.id = c."instructorId" and u."tenantId" = c."tenantId"
  cross join lateral (
    select count(distinct m.id)::int as modules, count(l.id)::int as lessons, coalesce(sum(l.duration), 0)::int as seconds
    from "Module" m left join "Lesson" l on l."tenantId" = m."tenantId" and l."moduleId" = m.id and l."deletedAt" is null
    where m."tenantId" = c."tenantId" and m."courseId" = c.id and m."deletedAt" is null
  ) n
  where c."tenantId" = $1 and c.status = 'PUBLISHED' and c."deletedAt" is null
  order by c."publishedAt" desc, c.id desc limit $2`

const COURSE = `
  select c.id, c.title, c.description, c.thumbnail, c."updatedAt", u.name as "instructorName", u.avatar as "instructorAvatar",
    c.outcomes, c.enrollment, c.capacity, false as "inCharge", false as opened, null::text as "enrollmentId", null::float8 as progress,
    null::timestamptz as "completedAt", null::text as "certificateCode",
    array(select g.name from "CourseCategory" x join "Category" g on g."tenantId" = $1 and g.id = x."categoryId"
      where x."tenantId" = $1 and x."courseId" = $2 order by g.name) as categories,
    (select count(*)::int from (select from "Enrollment" where "tenantId" = $1 and "courseId" = $2 limit 1000) e) as "learnerCount",
    (select count(*)::int from "Exam" where "tenantId" = $1 and "courseId" = $2 and "deletedAt" is null and "publishedAt" is not null) as "examCount",
    (select count(*)::int from "Assignment" where "tenantId" = $1 and "courseId" = $2 and "deletedAt" is null) as "assignmentCount",
    v.id as "nextClassId", v.title as "nextClassTitle", v."scheduledAt" as "nextClassAt", v.duration as "nextClassDuration"
  from "Course" c
  join "User" u on u.id = c."instructorId" and u."tenantId" = c."tenantId"
  left join lateral (
    select id, title, "scheduledAt", duration from "LiveClass"
    where "tenantId" = $1 and "courseId" = $2 and "scheduledAt" > now() and "cancelledAt" is null order by "scheduledAt" limit 1
  ) v on true
  where c."tenantId" = $1 and c.id = $2 and c.status = 'PUBLISHED' and c."deletedAt" is null`

const OUTLINE = `
  select m.id as "moduleId", m.title as "moduleTitle", l.id as "lessonId", l.title as "lessonTitle", l.duration,
    l."videoUrl" is not null as "hasVideo", coalesce(l.preview, false) as preview, false as completed,
    (l."releaseAt" is null or l."releaseAt" <= now()) and (l."releaseAfterId" is null or not exists (select from "Lesson" b
      where b."tenantId" = $1 and b.id = l."releaseAfterId" and b."deletedAt" is null)) as released, l."releaseAt", l."releaseAfterId"
  from "Module" m left join "Lesson" l on l."tenantId" = $1 and l."moduleId" = m.id and l."deletedAt" is null
  where m."tenantId" = $1 and m."courseId" = $2 and m."deletedAt" is null
  order by m."order", m.id, l."order", l.id`

const LESSON = `
  select l.id, false as opened, false as "inCharge", null::text as "enrollmentId", null::float8 as progress, l.title, c.id as "courseId",
    c.title as "courseTitle", m.title as "moduleTitle", l."releaseAt" is null or l."releaseAt" <= now() as released, l.content, l."videoUrl",
    l.captions, l.duration, l.completion, l."completionPercent", false as completed, false as viewed, 0 as "lastPosition", 0 as "watchedSeconds"
  from "Lesson" l
  join "Module" m on m."tenantId" = $1 and m.id = l."moduleId" and m."deletedAt" is null
  join "Course" c on c."tenantId" = $1 and c.id = m."courseId"
  where l."tenantId" = $1 and l.id = $2 and c.id = $3 and l.preview
    and l."deletedAt" is null and c.status = 'PUBLISHED' and c."deletedAt" is null`

export const PLAIN_SQL: PlainSql = { list: LIST, course: COURSE, outline: OUTLINE, lesson: LESSON }
