import { owner } from '#tests/support/served'

type Wanted = Readonly<{
  /** Starts the ids of all that belongs to it. */
  id: string
  subdomain: string
  name: string
  description?: string
  /** Titles of published courses, the newest last. */
  courses: readonly string[]
  /** Of each course; its modules and lessons say the same as its title. */
  descriptionOfCourses?: string
  instructor?: string
}>

/** A school straight in the tables, each course with one module and one preview lesson that bear its title. */
export async function makeSchool(wanted: Wanted): Promise<void> {
  const { id, subdomain, name, description = null, courses, instructor = 'Some Teacher' } = wanted
  const pool = owner()
  await pool.query('insert into "Tenant" (id, name, subdomain, description) values ($1, $2, $3, $4)', [
    id,
    name,
    subdomain,
    description,
  ])
  await pool.query(
    `insert into "User" (id, "tenantId", email, name, password, role) values ($1 || 'u', $1, 'teacher@school.test', $2, '!', 'INSTRUCTOR')`,
    [id, instructor],
  )
  const titles = [...courses]
  await pool.query(
    `insert into "Course" (id, "tenantId", "instructorId", title, description, status, "publishedAt")
     select $1 || 'c' || n, $1, $1 || 'u', title, coalesce($3, title), 'PUBLISHED', timestamptz '2026-01-01Z' + n * interval '1 hour'
     from unnest($2::text[]) with ordinality as given(title, n)`,
    [id, titles, wanted.descriptionOfCourses ?? null],
  )
  await pool.query(
    `insert into "Module" (id, "tenantId", "courseId", title, "order")
     select $1 || 'm' || n, $1, $1 || 'c' || n, title, 0 from unnest($2::text[]) with ordinality as given(title, n)`,
    [id, titles],
  )
  const document = (text: string): string =>
    JSON.stringify({
      type: 'doc',
      content: [
        { type: 'heading', attrs: { level: 2 }, content: [{ type: 'text', text }] },
        { type: 'paragraph', content: [{ type: 'text', text }] },
        { type: 'codeBlock', attrs: { language: 'js' }, content: [{ type: 'text', text }] },
      ],
    })
  await pool.query(
    `insert into "Lesson" (id, "tenantId", "moduleId", title, "order", preview, duration, content)
     select $1 || 'l' || n, $1, $1 || 'm' || n, title, 0, true, 60, content
     from unnest($2::text[], $3::text[]) with ordinality as given(title, content, n)`,
    [id, titles, titles.map(document)],
  )
}

/** Removes a school and all that belongs to it. */
export async function removeSchool(id: string): Promise<void> {
  for (const table of ['Lesson', 'Module', 'Course', 'User'])
    await owner().query(`delete from "${table}" where "tenantId" = $1`, [id])
  await owner().query('delete from "Tenant" where id = $1', [id])
}
