import type { Client } from 'pg'

// Schools whose pages have a length that the seed's schools don't have.

/** The two lengths of list that a page's number of statements is compared at. */
export const LENGTHS = [10, 1_000] as const

/** About 100 rows, and pages that look like those of the school of a million: 12 cards and more, 30 lessons. */
export const SMALL = 'bench-small'

type School = Readonly<{
  id: string
  subdomain: string
  courses: number
  /** Of the first course; the others have one module of two lessons. */
  modules: number
  lessonsPerModule: number
}>

const SCHOOLS: readonly School[] = [
  ...LENGTHS.map((length) => ({
    id: `benchrows${length}`,
    subdomain: `bench-rows-${length}`,
    courses: length,
    modules: length / 10,
    lessonsPerModule: 10,
  })),
  { id: 'benchsmall', subdomain: SMALL, courses: 13, modules: 3, lessonsPerModule: 10 },
]

const SCHOOL = `insert into "Tenant" (id, name, subdomain) values ($1, 'Benchmark school', $2) on conflict do nothing`
const TEACHER = `insert into "User" (id, "tenantId", email, name, password, role)
  values ($1 || 't', $1, 'teacher@example.org', 'Teacher', '!', 'INSTRUCTOR')`
const COURSES = `insert into "Course" (id, "tenantId", "instructorId", title, description, status, "publishedAt")
  select $1 || 'c' || n, $1, $1 || 't', 'Benchmark course ' || n, 'Made of numbers.', 'PUBLISHED', now() - n * interval '1 hour'
  from generate_series(1, $2::int) n`
const MODULES = `insert into "Module" (id, "tenantId", "courseId", title, "order")
  select $1 || 'm' || n || 'x' || m, $1, $1 || 'c' || n, 'Module ' || m, m
  from generate_series(1, $2::int) n, generate_series(1, case when n = 1 then $3::int else 1 end) m`
const LESSONS = `insert into "Lesson" (id, "tenantId", "moduleId", title, content, "contentText", duration, preview, "order")
  select $1 || 'l' || n || 'x' || m || 'x' || l, $1, $1 || 'm' || n || 'x' || m, 'Lesson ' || l,
    '{"type":"doc","content":[{"type":"paragraph","content":[{"type":"text","text":"A lesson of a benchmark."}]}]}',
    'A lesson of a benchmark.', 300 + l, l = 1 and m = 1, l
  from generate_series(1, $2::int) n, generate_series(1, case when n = 1 then $3::int else 1 end) m,
    generate_series(1, case when n = 1 then $4::int else 2 end) l`

/** A small school whose pages of numbers look like those of a large one: two pages of learners who went quiet. */
export const CLASS = 'bench-class'
const QUIET = 60
const PEOPLE = `insert into "User" (id, "tenantId", email, name, password, role, "createdAt")
  select $1 || 'p' || n, $1, 'p' || n || '@example.org', 'Learner ' || n, '!', 'STUDENT', now() - interval '50 days' from generate_series(1, $2::int) n`
const SEATS = `insert into "Enrollment" (id, "tenantId", "courseId", "userId", "enrolledAt", progress)
  select $1 || 'e' || n, $1, $1 || 'c1', $1 || 'p' || n, now() - interval '40 days', 10 from generate_series(1, $2::int) n`
const VISITS = `insert into "LessonProgress" (id, "tenantId", "enrollmentId", "lessonId", "userId", completed, "viewedAt", "completedAt", "updatedAt")
  select $1 || 'v' || n || 'x' || l, $1, $1 || 'e' || n, $1 || 'l1x1x' || l, $1 || 'p' || n, true, x.at, x.at, x.at
  from generate_series(1, $2::int) n, generate_series(1, 2) l, lateral (select date_trunc('second', now()) - make_interval(days => 20 + l) as at) x`

/** Makes it unless it is there. @param shape modules and lessons of its course */
export async function makeClass(
  client: Client,
  { modules, lessonsPerModule }: Pick<School, 'modules' | 'lessonsPerModule'>,
): Promise<void> {
  const id = 'benchclass'
  const made = await client.query(SCHOOL, [id, CLASS])
  if (made.rowCount === 0) return
  await client.query(TEACHER, [id])
  await client.query(COURSES, [id, 1])
  await client.query(MODULES, [id, 1, modules])
  await client.query(LESSONS, [id, 1, modules, lessonsPerModule])
  for (const text of [PEOPLE, SEATS, VISITS]) await client.query(text, [id, QUIET])
  await client.query('select smartlms_recount($1)', [id])
  await client.query('analyze')
}

/** Makes the schools that are missing. */
export async function makeRowsWorld(client: Client): Promise<void> {
  for (const { id, subdomain, courses, modules, lessonsPerModule } of SCHOOLS) {
    const made = await client.query(SCHOOL, [id, subdomain])
    if (made.rowCount === 0) continue
    await client.query(TEACHER, [id])
    await client.query(COURSES, [id, courses])
    await client.query(MODULES, [id, courses, modules])
    await client.query(LESSONS, [id, courses, modules, lessonsPerModule])
  }
}
