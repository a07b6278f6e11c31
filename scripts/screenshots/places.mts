import { Client } from 'pg'

/** What to photograph: a page of a host, under a name that its file gets. */
export type Place = Readonly<{
  name: string
  host: string
  path: string
  /** Address of the person who looks; a visitor when it is left out. */
  as?: string
}>

const LONG = 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft'

/**
 * Two schools that no demo needs and every design does: one without anything in it, and one whose names are as long
 * as the tables allow. Names are texts of this file alone, so that they may stand in a statement.
 */
const EXTREMES = `
  INSERT INTO "Tenant" (id, name, subdomain, "accentColor") VALUES
    ('tempty', 'Quiet College', 'quiet', '#7C3AED'), ('tlong', '${LONG.slice(0, 80)} für alle und jeden', 'long', '#FACC15');
  INSERT INTO "User" (id, "tenantId", email, name, password, role)
    VALUES ('tlongu', 'tlong', 'teacher@long.test', '${LONG} von und zu Beispiel', '!', 'INSTRUCTOR');
  INSERT INTO "Course" (id, "tenantId", "instructorId", title, description, status, "publishedAt")
    SELECT 'tlongc' || n, 'tlong', 'tlongu', left(n || ' ${LONG} ${LONG}', 190), repeat('${LONG} ', 4), 'PUBLISHED', now() - n * interval '1 day'
    FROM generate_series(1, 14) n;
  INSERT INTO "Module" (id, "tenantId", "courseId", title, "order")
    SELECT 'tlongm' || n, 'tlong', 'tlongc1', left(n || ' ${LONG} ${LONG}', 190), n FROM generate_series(1, 3) n;
  INSERT INTO "Lesson" (id, "tenantId", "moduleId", title, "order", preview, duration, content)
    SELECT 'tlongl' || n, 'tlong', 'tlongm1', left(n || ' ${LONG} ${LONG}', 190), n, n = 1, 36000 * n,
      '{"type":"doc","content":[{"type":"heading","attrs":{"level":2},"content":[{"type":"text","text":"${LONG}"}]},{"type":"paragraph","content":[{"type":"text","text":"${LONG} ${LONG}"}]}]}'
    FROM generate_series(1, 4) n;`

async function asOwner<T>(ownerUrl: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: ownerUrl })
  await client.connect()
  return work(client).finally(() => client.end())
}

/** Every page of an empty school and of one with long names. Adds the two to the database. */
export async function extremePlaces(ownerUrl: string): Promise<Place[]> {
  await asOwner(ownerUrl, (client) => client.query(EXTREMES))
  const long = (name: string, path: string): Place => ({ name: `long-${name}`, host: 'long.localhost', path })
  return [
    { name: 'empty-front-page', host: 'quiet.localhost', path: '/' },
    { name: 'empty-catalogue', host: 'quiet.localhost', path: '/courses' },
    long('front-page', '/'),
    long('catalogue', '/courses'),
    long('course', '/courses/tlongc1'),
    long('lesson', '/learn/tlongc1/tlongl1'),
  ]
}

const OWN = [
  '/dashboard',
  '/account',
  '/account/security',
  '/account/notifications',
  '/notifications',
  '/announcements',
]

/** Pages of signing in, of one's own account and of running a school and the platform. */
async function peoplePlaces(client: Client): Promise<Place[]> {
  const found = await client.query<{ school: string; person: string; role: string }>(
    `SELECT t.id AS school, (SELECT id FROM "User" WHERE "tenantId" = t.id AND email = 'student@acme.test') AS person,
       (SELECT id FROM "Role" WHERE "tenantId" = t.id ORDER BY name LIMIT 1) AS role
     FROM "Tenant" t WHERE t.subdomain = 'acme'`,
  )
  const { school = '', person = '', role = '' } = found.rows[0] ?? {}
  const named = (prefix: string, path: string): string =>
    `${prefix}${path.split('?')[0]?.replaceAll('/', '-') ?? ''}`
  const at = (as: string, path: string): Place => ({
    ...{ name: named(as.split('@')[0] ?? '', path.replace(person, 'one').replace(role, 'one')) },
    ...{ host: 'acme.localhost', path, as },
  })
  const root = (path: string): Place => ({
    ...{
      name: named('root', path.replace(school, 'one')),
      host: 'localhost',
      path,
      as: 'root@smartlms.test',
    },
  })
  const open = ['/sign-in', '/sign-up', '/forgot-password', '/magic-link', '/invitation?token=x', '/outbox']
  const admin = [
    '/admin',
    '/admin/people',
    `/admin/people/${person}`,
    '/admin/people/invite',
    '/admin/people/import',
  ]
  const more = [
    '/admin/people/invitations',
    '/admin/roles',
    `/admin/roles/${role}`,
    '/admin/brand',
    '/admin/settings',
    '/admin/breaks',
    '/admin/announcements',
  ]
  return [
    ...open.map((path): Place => ({ name: named('open', path), host: 'acme.localhost', path })),
    ...['/sign-in', '/sign-up'].map((path): Place => ({
      name: named('site', path),
      host: 'localhost',
      path,
    })),
    ...[...OWN, `/people/${person}`].map((path) => at('student@acme.test', path)),
    at('instructor@acme.test', '/dashboard'),
    ...['/dashboard', ...admin, ...more, '/admin/audit', '/admin/insight'].map((path) =>
      at('admin@acme.test', path),
    ),
    ...['/platform', `/platform/schools/${school}`, '/platform/audit', '/platform/insight'].map(root),
  ]
}

/** Pages of building a course and of learning it. */
async function coursePlaces(client: Client): Promise<Place[]> {
  const found = await client.query<{ course: string; lesson: string; code: string; learner: string }>(
    `SELECT c.id AS course, l.id AS lesson,
       (SELECT e."userId" FROM "Enrollment" e WHERE e."courseId" = c.id AND e."completedAt" IS NULL ORDER BY e."enrolledAt", e.id LIMIT 1) AS learner,
       (SELECT code FROM "Certificate" x WHERE x."tenantId" = c."tenantId" ORDER BY x.id LIMIT 1) AS code
     FROM "Lesson" l JOIN "Module" m ON m.id = l."moduleId" JOIN "Course" c ON c.id = m."courseId"
       JOIN "Tenant" t ON t.id = c."tenantId"
     WHERE t.subdomain = 'acme' AND c.title = 'SQL for curious people' ORDER BY m."order", l."order" LIMIT 1`,
  )
  const { course = '', lesson = '', code = '', learner = '' } = found.rows[0] ?? {}
  const place = (who: 'student' | 'instructor', name: string, path: string): Place => ({
    ...{ name: `${who}-${name}`, host: 'acme.localhost', path, as: `${who}@acme.test` },
  })
  return [
    place('student', 'courses', '/courses?mine=1'),
    place('student', 'course', `/courses/${course}`),
    place('student', 'announcements', `/courses/${course}/announcements`),
    place('student', 'lesson', `/learn/${course}/${lesson}`),
    place('student', 'certificates', '/certificates'),
    place('student', 'profile', '/profile'),
    place('student', 'badges', '/badges'),
    place('student', 'leaderboard', `/courses/${course}/leaderboard?by=course`),
    place('instructor', 'leaderboard', `/teach/courses/${course}/leaderboard`),
    place('student', 'progress', '/progress'),
    place('student', 'search', '/search?q=join'),
    { name: 'certificate', host: 'acme.localhost', path: `/certificates/${code}` },
    place('instructor', 'teach', '/teach'),
    place('instructor', 'outline', `/teach/courses/${course}`),
    place('instructor', 'details', `/teach/courses/${course}/details`),
    place('instructor', 'publish', `/teach/courses/${course}/publish`),
    place('instructor', 'announcements', `/teach/courses/${course}/announcements`),
    place('instructor', 'people', `/teach/courses/${course}/people`),
    place('instructor', 'insight', `/teach/courses/${course}/insight`),
    place('instructor', 'insight-person', `/teach/courses/${course}/insight/${learner}`),
    place('instructor', 'editor', `/teach/courses/${course}/lessons/${lesson}`),
  ]
}

/** Pages of writing exams, sitting and grading them: of the exam that most people have handed in. */
async function examPlaces(client: Client): Promise<Place[]> {
  const found = await client.query<{ exam: string; course: string; attempt: string; essay: string }>(
    `SELECT x.id AS exam, x."courseId" AS course, (array_agg(a.id ORDER BY a.score IS NOT NULL, a.id))[1] AS attempt,
       (SELECT q->>'id' FROM jsonb_array_elements(x.questions) q ORDER BY q->>'type' <> 'essay' LIMIT 1) AS essay
     FROM "Exam" x JOIN "Tenant" t ON t.id = x."tenantId" AND t.subdomain = 'acme'
       JOIN "ExamAttempt" a ON a."tenantId" = x."tenantId" AND a."examId" = x.id AND a."submittedAt" IS NOT NULL
     GROUP BY x.id, x."courseId", x.questions
     ORDER BY bool_or(a.score IS NULL) DESC, count(*) DESC, x.id LIMIT 1`,
  )
  const own = await client.query<{ exam: string; attempt: string | null }>(
    `SELECT x.id AS exam, a.id AS attempt
     FROM "User" u JOIN "Tenant" t ON t.id = u."tenantId" AND t.subdomain = 'acme'
       JOIN "Enrollment" e ON e."userId" = u.id JOIN "Exam" x ON x."courseId" = e."courseId" AND x."publishedAt" IS NOT NULL
       LEFT JOIN "ExamAttempt" a ON a."examId" = x.id AND a."userId" = u.id AND a."submittedAt" IS NOT NULL
     WHERE u.email = 'student@acme.test' ORDER BY a.id IS NULL, x.id, a.id LIMIT 1`,
  )
  const { exam = '', course = '', attempt = '', essay = '' } = found.rows[0] ?? {}
  const base = `/teach/courses/${course}/exams`
  const place = (who: 'student' | 'instructor', name: string, path: string): Place => ({
    ...{ name: `${who}-${name}`, host: 'acme.localhost', path, as: `${who}@acme.test` },
  })
  const parts = ['settings', 'accommodations', 'publish', 'preview', 'attempts', 'analysis', 'regrade']
  return [
    place('instructor', 'exams', base),
    place('instructor', 'exam-questions', `${base}/${exam}`),
    ...parts.map((part) => place('instructor', `exam-${part}`, `${base}/${exam}/${part}`)),
    place('instructor', 'exam-attempt', `${base}/${exam}/attempts/${attempt}`),
    place('instructor', 'exam-grade', `${base}/${exam}/grade/${essay}?show=all`),
    place('instructor', 'bank', '/teach/bank'),
    place('instructor', 'bank-import', '/teach/bank/import'),
    ...own.rows.flatMap((row) => [
      place('student', 'exam', `/exams/${row.exam}`),
      ...(row.attempt === null
        ? []
        : [place('student', 'exam-result', `/exams/${row.exam}/attempts/${row.attempt}`)]),
    ]),
  ]
}

/** A learner's assignments: one that has been graded, one that is still to be handed in. */
async function assignmentPlaces(client: Client): Promise<Place[]> {
  const found = await client.query<{ id: string; graded: boolean }>(
    `SELECT DISTINCT ON (s."releasedAt" IS NULL) a.id, s."releasedAt" IS NOT NULL AS graded
     FROM "User" u JOIN "Tenant" t ON t.id = u."tenantId" AND t.subdomain = 'acme'
       JOIN "Enrollment" e ON e."userId" = u.id JOIN "Assignment" a ON a."courseId" = e."courseId"
       LEFT JOIN "Submission" s ON s."assignmentId" = a.id AND s."userId" = u.id
     WHERE u.email = 'student@acme.test' ORDER BY s."releasedAt" IS NULL, s.id IS NOT NULL, a."dueDate" DESC, a.id`,
  )
  const built = await client.query<{
    course: string
    assignment: string
    submission: string
    person: string
  }>(
    `SELECT c.id AS course, a.id AS assignment, s.id AS submission, s."userId" AS person
     FROM "Submission" s JOIN "Assignment" a ON a.id = s."assignmentId" JOIN "Course" c ON c.id = a."courseId"
       JOIN "User" u ON u.id = c."instructorId" JOIN "Tenant" t ON t.id = u."tenantId" AND t.subdomain = 'acme'
     WHERE u.email = 'instructor@acme.test' ORDER BY a.id, s."gradedAt" IS NOT NULL, s.id LIMIT 1`,
  )
  const extended = await client.query<{ path: string; person: string }>(
    `SELECT '/teach/courses/' || a."courseId" || '/assignments/' || a.id || '/extensions' AS path, x."userId" AS person
     FROM "AssignmentExtension" x JOIN "Assignment" a ON a.id = x."assignmentId" JOIN "Course" c ON c.id = a."courseId"
       JOIN "User" u ON u.id = c."instructorId" JOIN "Tenant" t ON t.id = u."tenantId" AND t.subdomain = 'acme'
     WHERE u.email = 'instructor@acme.test' ORDER BY a.id LIMIT 1`,
  )
  const extensions = extended.rows.flatMap(({ path, person }) => [
    ['extensions', path] as const,
    ['extension-form', `${path}?person=${person}`] as const,
  ])
  const teaching = built.rows.flatMap(({ course, assignment, submission, person }) => [
    ['submissions', `/teach/courses/${course}/assignments/${assignment}/submissions`] as const,
    ['submission', `/teach/courses/${course}/assignments/${assignment}/submissions/${submission}`] as const,
    ['assignments', `/teach/courses/${course}/assignments`] as const,
    ['assignment-edit', `/teach/courses/${course}/assignments/${assignment}`] as const,
    ['gradebook', `/teach/courses/${course}/grades`] as const,
    ['grade-scheme', `/teach/courses/${course}/grades/scheme`] as const,
    ['tutor', `/teach/courses/${course}/tutor`] as const,
    ['grade', `/teach/courses/${course}/grades/${person}/${assignment}`] as const,
    ['grades-person', `/teach/courses/${course}/grades/${person}`] as const,
  ])
  return [
    ...found.rows.map(({ id, graded }) => ({
      ...{ name: `student-assignment${graded ? '-graded' : ''}`, host: 'acme.localhost' },
      ...{ path: `/assignments/${id}`, as: 'student@acme.test' },
    })),
    ...[...teaching, ...extensions].map(([name, path]) => ({
      ...{ name: `instructor-${name}`, host: 'acme.localhost', path, as: 'instructor@acme.test' },
    })),
  ]
}

/** What a learner asked the tutor. */
async function tutorPlaces(client: Client): Promise<Place[]> {
  const talks = await client.query<{ course: string; chat: string }>(
    `SELECT h."courseId" AS course, h.id AS chat FROM "AIChat" h JOIN "User" u ON u.id = h."userId"
       JOIN "Tenant" t ON t.id = u."tenantId" AND t.subdomain = 'acme'
     WHERE u.email = 'student@acme.test' AND h."courseId" IS NOT NULL ORDER BY h."updatedAt" DESC LIMIT 1`,
  )
  const conversations = talks.rows.flatMap(({ course, chat }) => [
    ['tutor-conversations', `/courses/${course}/tutor`] as const,
    ['tutor-conversation', `/courses/${course}/tutor?chat=${chat}`] as const,
  ])
  return conversations.map(([name, path]) => ({
    ...{ name: `student-${name}`, host: 'acme.localhost', path, as: 'student@acme.test' },
  }))
}

/** Live classes and calendars. */
async function livePlaces(client: Client): Promise<Place[]> {
  const found = await client.query<{ course: string; past: string; next: string }>(
    `SELECT c.id AS course,
       (SELECT v.id FROM "LiveClass" v WHERE v."courseId" = c.id AND v."recordingUrl" IS NOT NULL ORDER BY v."scheduledAt" DESC LIMIT 1) AS past,
       (SELECT v.id FROM "LiveClass" v WHERE v."courseId" = c.id AND v."scheduledAt" > now() ORDER BY v."scheduledAt" LIMIT 1) AS next
     FROM "Course" c JOIN "Tenant" t ON t.id = c."tenantId" AND t.subdomain = 'acme'
       JOIN "User" u ON u.id = c."instructorId" AND u.email = 'instructor@acme.test'
       JOIN "Enrollment" e ON e."courseId" = c.id JOIN "User" s ON s.id = e."userId" AND s.email = 'student@acme.test'
     WHERE c.status = 'PUBLISHED' ORDER BY c.id LIMIT 1`,
  )
  const { course = '', past = '', next = '' } = found.rows[0] ?? {}
  const place = (who: 'student' | 'instructor', name: string, path: string): Place => ({
    ...{ name: `${who}-${name}`, host: 'acme.localhost', path, as: `${who}@acme.test` },
  })
  const classes = `/teach/courses/${course}/classes`
  return [
    place('student', 'calendar', '/calendar'),
    place('student', 'calendar-month', '/calendar?view=month'),
    place('student', 'calendar-week', '/calendar?view=week'),
    place('student', 'calendar-agenda', '/calendar?view=agenda'),
    place('student', 'class', `/classes/${next}`),
    place('student', 'class-over', `/classes/${past}`),
    place('instructor', 'calendar', '/calendar'),
    place('instructor', 'classes', classes),
    place('instructor', 'class-new', `${classes}/new`),
    place('instructor', 'class-edit', `${classes}/${next}`),
    place('instructor', 'attendance', `${classes}/${past}/attendance`),
    place('instructor', 'attendance-import', `${classes}/${past}/attendance/import`),
  ]
}

/** Every page of the demo world. */
export function demoPlaces(ownerUrl: string): Promise<Place[]> {
  return asOwner(ownerUrl, async (client) => {
    // The first lesson is the README's: with a film or a picture, where there is one.
    const found = await client.query<{ course: string; lesson: string }>(
      `SELECT c.id AS course, l.id AS lesson
       FROM "Lesson" l JOIN "Module" m ON m.id = l."moduleId" JOIN "Course" c ON c.id = m."courseId"
         JOIN "Tenant" t ON t.id = c."tenantId"
       WHERE t.subdomain = 'acme' AND l.preview AND c.status = 'PUBLISHED'
       ORDER BY c.title = 'Reading the night sky' DESC, l."videoUrl" IS NULL, l.content LIKE '%"image"%' DESC, length(l.content) DESC`,
    )
    const [first, ...lessons] = found.rows.slice(0, 4)
    const acme = (name: string, path: string): Place => ({ name, host: 'acme.localhost', path })
    return [
      { name: 'landing', host: 'localhost', path: '/' },
      acme('front-page', '/'),
      acme('catalogue', '/courses'),
      acme('search', '/courses?q=sql'),
      acme('search-none', '/courses?q=zzzz'),
      acme('course', `/courses/${first?.course ?? ''}`),
      acme('lesson', `/learn/${first?.course ?? ''}/${first?.lesson ?? ''}`),
      ...lessons.map(({ course, lesson }, index) =>
        acme(`lesson-${index + 2}`, `/learn/${course}/${lesson}`),
      ),
      acme('missing', '/nothing'),
      ...(await peoplePlaces(client)),
      ...(await coursePlaces(client)),
      ...(await examPlaces(client)),
      ...(await assignmentPlaces(client)),
      ...(await tutorPlaces(client)),
      ...(await livePlaces(client)),
      { name: 'globex-front-page', host: 'globex.localhost', path: '/' },
      { name: 'globex-catalogue', host: 'globex.localhost', path: '/courses' },
      { name: 'unknown-school', host: 'nobody.localhost', path: '/' },
      { name: 'suspended', host: 'initech.localhost', path: '/' },
    ]
  })
}
