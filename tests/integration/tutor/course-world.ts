import type { Pool } from 'pg'
import { plainText } from '#lib/content/plain-text'
import { loadCourses } from '#prisma/seed/content/load'
import { makeEnrollments, makePeople, makeSchool } from '#tests/support/factories'

/** The texts of the demo world's courses in one school `north`, and `ann0` enrolled in all of them. */
export async function makeCourseWorld(owner: Pool): Promise<ReadonlyMap<string, string>> {
  await makeSchool(owner, 'north')
  await makePeople(owner, 'north', 'tea', { role: 'INSTRUCTOR' })
  await makePeople(owner, 'north', 'ann', { count: 8 })
  const courses = loadCourses({ assetKey: (_tenant, name) => `north/public/${name}` })
  const lessons = new Map<string, string>()
  for (const [c, course] of courses.entries()) {
    const id = `c${String(c)}`
    await owner.query(
      `insert into "Course" (id, "tenantId", "instructorId", title, status, "publishedAt") values ($1, 'north', 'tea0', $2, 'PUBLISHED', now())`,
      [id, course.title],
    )
    for (const [m, module] of course.modules.entries()) {
      await owner.query(
        `insert into "Module" (id, "tenantId", "courseId", title, "order") values ($1, 'north', $2, $3, $4)`,
        [`${id}m${String(m)}`, id, module.title, m],
      )
      for (const [l, lesson] of module.lessons.entries()) {
        const lessonId = `${id}m${String(m)}l${String(l)}`
        await owner.query(
          `insert into "Lesson" (id, "tenantId", "moduleId", title, content, "contentText", "order") values ($1, 'north', $2, $3, $4, $5, $6)`,
          [
            lessonId,
            `${id}m${String(m)}`,
            lesson.title,
            JSON.stringify(lesson.document),
            plainText(lesson.document),
            l,
          ],
        )
        lessons.set(`${course.slug}/${lesson.slug}`, lessonId)
      }
    }
    lessons.set(course.slug, id)
    await makeEnrollments(owner, 'north', id, ['ann0'])
  }
  return lessons
}
