import type { BenchmarkSchool } from './scale-shape'

/** Units `from` up to, but not including, `to` of a school. */
export interface Batch extends BenchmarkSchool {
  tenantId: string
  from: number
  to: number
}

/** The values that the statements refer to as $1 … $6. */
const PARAMETERS = {
  tenant: '$1::text',
  subdomain: '$2::text',
  anchor: '$3::timestamptz',
  password: '$4::text',
  content: '$5::text',
  plain: '$6::text',
} as const
/** Names every parameter once: PostgreSQL refuses values that a statement doesn't mention. */
const GIVEN = `with given as (select ${Object.values(PARAMETERS).join(', ')})`

const { tenant, subdomain, anchor, password, content, plain } = PARAMETERS
const QUESTIONS = JSON.stringify([
  {
    ...{ version: 1, id: 'q1', type: 'true-false', prompt: 'A benchmark measures what it says.', points: 1 },
    ...{ explanation: 'Only when nothing else runs beside it.', correct: true },
  },
])

/**
 * The id of the nth row of its kind in a school: 'c', four digits for the school, eight for the number, twelve of
 * an md5. Like the product's own ids they grow with time, so that an index is filled at its end and not all over.
 */
function id(kind: string, n: string): string {
  const rest = `md5(${subdomain} || '/${kind}/' || (${n}))`
  return `'c' || substr(md5(${subdomain}), 1, 4) || lpad(to_hex((${n})::bigint), 8, '0') || substr(${rest}, 1, 12)`
}

function insert(table: string, columns: string, select: string, from: string): string {
  return `${GIVEN} insert into "${table}" (${columns}) select ${select} from ${from} on conflict (id) do nothing`
}

const series = (name: string, first: number, count: number): string =>
  `generate_series(${first}, ${first + count - 1}) ${name}`

function people({ shape, from, to }: Batch): string[] {
  const columns = 'id, "tenantId", email, name, password, role, "createdAt", "updatedAt"'
  const person = (kind: 'student' | 'instructor', name: string): string =>
    `${id(kind, 'n')}, ${tenant}, '${kind}-' || n || '@' || ${subdomain} || '.test', '${name} ' || n, ${password},
      '${kind.toUpperCase()}'::"RoleType", t, t`
  const joined = `cross join lateral (select ${anchor} - (n % 300 + 60) * interval '1 day' t) times`
  const of = (perUnit: number): string => `${series('n', from * perUnit, (to - from) * perUnit)} ${joined}`
  return [
    insert('User', columns, person('instructor', 'Instructor'), of(shape.instructors)),
    insert('User', columns, person('student', 'Student'), of(shape.students)),
  ]
}

function courses({ shape, from, to }: Batch): string[] {
  const { instructors, courses: perUnit, modulesPerCourse: modules, lessonsPerModule: lessons } = shape
  const count = (to - from) * perUnit
  const first = from * perUnit
  const day = `interval '1 day'`
  const common = `"createdAt", "updatedAt"`
  const times = `${anchor} - 50 * ${day}, ${anchor} - 50 * ${day}`
  return [
    insert(
      'Course',
      `id, "tenantId", "instructorId", title, description, status, "publishedAt", ${common}`,
      `${id('course', 'n')}, ${tenant}, ${id('instructor', `(n / ${perUnit}) * ${instructors} + n % ${instructors}`)},
        'Benchmark course ' || n, 'Made of numbers.', 'PUBLISHED'::"CourseStatus",
        ${anchor} - 50 * ${day} - n * interval '1 minute', ${times}`,
      series('n', first, count),
    ),
    insert(
      'Module',
      `id, "tenantId", "courseId", title, "order"`,
      `${id('module', 'n')}, ${tenant}, ${id('course', `n / ${modules}`)}, 'Module ' || n % ${modules} + 1, n % ${modules}`,
      series('n', first * modules, count * modules),
    ),
    insert(
      'Lesson',
      `id, "tenantId", "moduleId", title, content, "contentText", duration, preview, "order"`,
      `${id('lesson', 'n')}, ${tenant}, ${id('module', `n / ${lessons}`)}, 'Lesson ' || n, ${content}, ${plain},
        300 + n % 600, n % ${modules * lessons} = 0, n % ${lessons}`,
      series('n', first * modules * lessons, count * modules * lessons),
    ),
    ...exams(first, count),
  ]
}

function exams(first: number, count: number): string[] {
  return [
    insert(
      'Exam',
      `id, "tenantId", "courseId", title, duration, questions, "publishedAt"`,
      `${id('exam', 'n')}, ${tenant}, ${id('course', 'n')}, 'Exam ' || n, 30, '${QUESTIONS}'::jsonb, ${anchor} - interval '50 days'`,
      series('n', first, count),
    ),
    insert(
      'ExamVersion',
      `id, "tenantId", "examId", number, duration, questions`,
      `${id('version', 'n')}, ${tenant}, ${id('exam', 'n')}, 1, 30, '${QUESTIONS}'::jsonb`,
      series('n', first, count),
    ),
    insert(
      'Assignment',
      `id, "tenantId", "courseId", title, description, "dueDate"`,
      `${id('assignment', 'n')}, ${tenant}, ${id('course', 'n')}, 'Assignment ' || n, 'Count.', ${anchor} + n % 30 * interval '1 day'`,
      series('n', first, count),
    ),
  ]
}

/** Every enrollment of the batch: its number, its student's, its course's, and how many lessons are done. */
function seats({ shape, from, to }: Batch): string {
  const { students, courses: perUnit, coursesPerStudent: each } = shape
  const all = shape.modulesPerCourse * shape.lessonsPerModule
  // The first course of the school is everybody's; the others are those of one's own unit but its first.
  const own = `(s / ${students}) * ${perUnit} + 1 + (s + k) % ${perUnit - 1}`
  return `(select n, s, case when k = 0 then 0 else ${own} end c, (n * 5) % ${all + 1} done,
      ${anchor} - (n % 55 + 1) * interval '1 day' t
    from ${series('n', from * students * each, (to - from) * students * each)},
      lateral (select n / ${each} s, n % ${each} k) seat) seats`
}

function learning(batch: Batch): string[] {
  const { shape, from, to } = batch
  const all = shape.modulesPerCourse * shape.lessonsPerModule
  const perUnit = shape.courses
  return [
    insert(
      'Enrollment',
      `id, "tenantId", "userId", "courseId", progress, "completedAt", "enrolledAt"`,
      `${id('enrollment', 'n')}, ${tenant}, ${id('student', 's')}, ${id('course', 'c')},
        round(done * 100.0 / ${all}, 2), case when done = ${all} then t end, t - interval '2 days'`,
      seats(batch),
    ),
    insert(
      'LessonProgress',
      `id, "tenantId", "enrollmentId", "lessonId", "userId", completed, "completedAt", "updatedAt"`,
      `${id('progress', `n * ${all} + l`)}, ${tenant}, ${id('enrollment', 'n')}, ${id('lesson', `c * ${all} + l`)},
        ${id('student', 's')}, true, finished, finished`,
      `${seats(batch)}, lateral (select l, t - (done - l) * interval '20 minutes' as finished from generate_series(0, done - 1) l) lessons`,
    ),
    insert(
      'ExamAttempt',
      `id, "tenantId", "examId", "versionId", "userId", score, "maxScore", "gradedVersionId",
        "startedAt", "deadlineAt", "submittedAt", "gradedAt", "endedBy"`,
      `${id('attempt', 'n')}, ${tenant}, ${id('exam', 'c')}, ${id('version', 'c')}, ${id('student', 's')}, n % 2, 1, ${id('version', 'c')},
        t, t + interval '30 minutes', t + interval '20 minutes', t + interval '20 minutes', 'LEARNER'::"AttemptEnd"`,
      `${series('n', from * shape.attempts, (to - from) * shape.attempts)}, lateral (select
        (n / ${shape.attempts}) * ${shape.students} + n % ${shape.attempts} s,
        (n / ${shape.attempts}) * ${perUnit} + n % ${perUnit} c,
        ${anchor} - (n % 50 + 1) * interval '1 day' t) sat`,
    ),
  ]
}

/** The statements that fill units of a school, parents first. */
export function batchStatements(batch: Batch): string[] {
  return [...people(batch), ...courses(batch), ...learning(batch)]
}

/** Finds the last row of a batch: where it stands, the batch was committed as a whole. */
export function lastRowStatement({ shape, to }: Batch): string {
  return `${GIVEN} select 1 from "ExamAttempt" where id = ${id('attempt', String(to * shape.attempts - 1))}`
}
