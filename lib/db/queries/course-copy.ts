import 'server-only'
import { affected, rows, type TenantDb } from '../handle'
import { sql, type Statement } from '../sql'
import { oneRow } from './changes'

/**
 * The id of a part of a copy. It follows from the copy's own id and the original part's, so that whole tables are copied
 * by one statement each and what refers to a part can be rewritten without a list of pairs.
 */
function copiedId(copyId: string, id: Statement): Statement {
  return sql`('c' || left(encode(sha256(convert_to(${copyId}::text || '/' || ${id}, 'UTF8')), 'hex'), 31))`
}

type Copy = Readonly<{ courseId: string; copyId: string; title: string; instructorId: string }>

async function copyParts(db: TenantDb, { courseId, copyId }: Copy): Promise<void> {
  await affected(
    db,
    sql`insert into "Module" (id, "tenantId", "courseId", title, "order")
      select ${copiedId(copyId, sql`m.id`)}, m."tenantId", ${copyId}, m.title, m."order" from "Module" m
      where m."tenantId" = ${db.tenantId} and m."courseId" = ${courseId} and m."deletedAt" is null`,
  )
  // A lesson that waits for one that is gone waits for nothing, in the original as in the copy.
  await affected(
    db,
    sql`with living as (
        select l.* from "Lesson" l
        join "Module" m on m."tenantId" = l."tenantId" and m.id = l."moduleId" and m."courseId" = ${courseId} and m."deletedAt" is null
        where l."tenantId" = ${db.tenantId} and l."deletedAt" is null
      )
      insert into "Lesson" (id, "tenantId", "moduleId", title, content, "contentVersion", "contentText", "videoUrl", duration,
        captions, preview, completion, "completionPercent", "releaseAt", "releaseAfterId", "order")
      select ${copiedId(copyId, sql`l.id`)}, l."tenantId", ${copiedId(copyId, sql`l."moduleId"`)}, l.title, l.content,
        l."contentVersion", l."contentText", l."videoUrl", l.duration, l.captions, l.preview, l.completion, l."completionPercent",
        l."releaseAt", case when w.id is not null then ${copiedId(copyId, sql`w.id`)} end, l."order"
      from living l left join living w on w.id = l."releaseAfterId"`,
  )
}

async function copyWork(db: TenantDb, { courseId, copyId }: Copy): Promise<void> {
  await affected(
    db,
    sql`insert into "CourseCategory" ("tenantId", "courseId", "categoryId")
      select x."tenantId", ${copyId}, x."categoryId" from "CourseCategory" x
      where x."tenantId" = ${db.tenantId} and x."courseId" = ${courseId}`,
  )
  await affected(
    db,
    sql`insert into "Exam" ("tenantId", "courseId", title, instructions, duration, questions, settings, "accessCode", "startDate", "endDate",
        "createdAt")
      select x."tenantId", ${copyId}, x.title, x.instructions, x.duration, x.questions, x.settings, x."accessCode", x."startDate",
        x."endDate", x."createdAt" from "Exam" x
      where x."tenantId" = ${db.tenantId} and x."courseId" = ${courseId} and x."deletedAt" is null`,
  )
  await affected(
    db,
    sql`insert into "Assignment" ("tenantId", "courseId", title, description, points, accepts, settings, rubric, "dueDate", "publishedAt", "createdAt")
      select a."tenantId", ${copyId}, a.title, a.description, a.points, a.accepts, a.settings, a.rubric, a."dueDate", a."publishedAt",
        a."createdAt"
      from "Assignment" a
      where a."tenantId" = ${db.tenantId} and a."courseId" = ${courseId} and a."deletedAt" is null`,
  )
}

/** Links from one lesson of the course to another, or to the course itself, lead to the copy's. */
async function turnLinks(db: TenantDb, { courseId, copyId }: Copy): Promise<void> {
  const linking = await rows<{ id: string; content: string; others: string[] }>(
    db,
    sql`with copies as (
        select l.id, l.content from "Lesson" l join "Module" m on m."tenantId" = l."tenantId" and m.id = l."moduleId"
        where l."tenantId" = ${db.tenantId} and m."courseId" = ${copyId}
          and (strpos(l.content, ${`/learn/${courseId}/`}) > 0 or strpos(l.content, ${`/courses/${courseId}`}) > 0)
      )
      select c.id, c.content, array(select l.id || ' ' || ${copiedId(copyId, sql`l.id`)} from "Lesson" l
        join "Module" m on m."tenantId" = l."tenantId" and m.id = l."moduleId"
        where l."tenantId" = ${db.tenantId} and m."courseId" = ${courseId} and l."deletedAt" is null
          and strpos(c.content, ${`/learn/${courseId}/`} || l.id) > 0) as others
      from copies c`,
  )
  const links = new RegExp(`/learn/${courseId}/([a-z0-9]+)|/courses/${courseId}(?![a-z0-9])`, 'g')
  const turned = linking.map(({ id, content, others }) => {
    const copies = new Map(others.map((pair) => [pair.split(' ')[0], pair.split(' ')[1]]))
    const turn = (link: string, lesson: string | undefined): string => {
      if (lesson === undefined) return `/courses/${copyId}`
      const copied = copies.get(lesson)
      return copied === undefined ? link : `/learn/${copyId}/${copied}`
    }
    return { id, content: content.replace(links, turn) }
  })
  if (turned.length === 0) return
  await affected(
    db,
    sql`update "Lesson" l set content = w.content
      from unnest(${turned.map(({ id }) => id)}::text[], ${turned.map(({ content }) => content)}::text[]) as w(id, content)
      where l."tenantId" = ${db.tenantId} and l.id = w.id`,
  )
}

/**
 * Copies a course with its modules, lessons, categories, exams and assignments into a draft of somebody who may teach.
 * Learners and what they did stay with the original; exams of the copy are not published yet. The statements are as
 * many for three lessons as for three hundred. Doing it again with the same `copyId` gives the same copy.
 * @returns `created`: whether this call made it
 * @throws AppError 'not_found' when the course or the instructor is none of this school's
 */
export async function copyCourse(db: TenantDb, copy: Copy): Promise<{ id: string; created: boolean }> {
  const { courseId, copyId, title, instructorId } = copy
  const made = await affected(
    db,
    sql`insert into "Course" (id, "tenantId", "instructorId", title, description, thumbnail, "timeZone", outcomes, enrollment,
        "enrollmentKey", capacity, tutor)
      select ${copyId}, c."tenantId", u.id, ${title}, c.description, c.thumbnail, c."timeZone", c.outcomes, c.enrollment,
        c."enrollmentKey", c.capacity, c.tutor
      from "Course" c
      join "User" u on u."tenantId" = c."tenantId" and u.id = ${instructorId} and u."deletedAt" is null and u.role <> 'STUDENT'
      where c."tenantId" = ${db.tenantId} and c.id = ${courseId} and c."deletedAt" is null
      on conflict (id) do nothing`,
  )
  if (made === 0) {
    // A statement of its own, so that it sees the copy of whoever pressed first.
    const { id } = await oneRow<{ id: string }>(
      db,
      sql`select id from "Course" where "tenantId" = ${db.tenantId} and id = ${copyId} and "instructorId" = ${instructorId}`,
      'course',
    )
    return { id, created: false }
  }
  await copyParts(db, copy)
  await copyWork(db, copy)
  await turnLinks(db, copy)
  return { id: copyId, created: true }
}
