import { owner } from '#tests/support/served'
import { CERTIFICATE, giveCertificate } from './certificate'
import { examFacts } from './exam-facts'
import { schoolFacts } from './world'

/** Who looks at a page; nobody is signed in when it is left out. */
export type Looker = 'student' | 'instructor' | 'admin' | 'root'

export type Kind = Readonly<{ name: string; host: string; path: string; status: number; as?: Looker }>

const ADMINISTRATION = [
  ...['/admin', '/admin/people', '/admin/people?q=zzzz', '/admin/people/invite', '/admin/people/import'],
  ...[
    '/admin/people/invitations',
    '/admin/roles',
    '/admin/roles/new',
    '/admin/brand',
    '/admin/settings',
    '/admin/breaks',
    '/admin/insight',
    '/admin/announcements',
    '/admin/audit',
  ],
]

/** Every page of building a course, on the instructor's own. */
async function teachingPaths(acmeId: string): Promise<string[]> {
  const { rows } = await owner().query<{ course: string; lesson: string }>(
    `select c.id as course, l.id as lesson from "Course" c join "User" u on u.id = c."instructorId"
       join "Module" m on m."courseId" = c.id join "Lesson" l on l."moduleId" = m.id
     where c."tenantId" = $1 and u.email = 'instructor@acme.test' and c.status = 'PUBLISHED' order by c.id, l.id limit 1`,
    [acmeId],
  )
  const { course = '', lesson = '' } = rows[0] ?? {}
  const work = await owner().query<{ id: string }>(
    `select id from "Assignment" where "courseId" = $1 order by id limit 1`,
    [course],
  )
  const handed = await owner().query<{ path: string }>(
    `select a.id || '/submissions/' || s.id as path from "Submission" s join "Assignment" a on a.id = s."assignmentId"
     where a."courseId" = $1 order by a.id, s.id limit 1`,
    [course],
  )
  const graded = await owner().query<{ path: string }>(
    `select e."userId" || '/' || a.id as path from "Assignment" a join "Enrollment" e on e."courseId" = a."courseId"
     where a."courseId" = $1 order by a.id, e."userId" limit 1`,
    [course],
  )
  const extended = await owner().query<{ id: string; person: string }>(
    `select a.id, e."userId" as person from "Assignment" a
       join "Enrollment" e on e."courseId" = a."courseId"
       left join "AssignmentExtension" x on x."assignmentId" = a.id and x."userId" = e."userId"
     where a."courseId" = $1 and a."dueDate" is not null order by x.id is null, a.id, e.id limit 1`,
    [course],
  )
  const live = await owner().query<{ id: string }>(
    `select v.id from "LiveClass" v where v."courseId" = $1
     order by v."cancelledAt" is null, (select count(*) from "ClassAttendance" a where a."classId" = v.id) desc, v.id limit 2`,
    [course],
  )
  const parts = [
    ...['/classes', '/classes?past=1', '/classes/new'],
    ...live.rows.flatMap(({ id }) => [
      `/classes/${id}`,
      `/classes/${id}/attendance`,
      `/classes/${id}/attendance/import`,
    ]),
    ...handed.rows.flatMap(({ path }) => [
      `/assignments/${path}`,
      `/assignments/${path.replace(/\/[^/]*$/, '')}`,
    ]),
    ...['', '/details', '/publish', '/people', `/lessons/${lesson}`, `/preview/${lesson}`],
    ...[
      '/assignments',
      `/assignments/${work.rows[0]?.id ?? ''}`,
      '/grades',
      '/grades/scheme',
      '/grades/import',
      '/tutor?days=120',
      '/leaderboard',
      '/announcements',
    ],
    '/insight',
    '/insight?signal=late',
    ...graded.rows.map(({ path }) => `/insight/${path.replace(/\/[^/]*$/, '')}`),
    ...graded.rows.flatMap(({ path }) => [`/grades/${path}`, `/grades/${path.replace(/\/[^/]*$/, '')}`]),
    ...extended.rows.flatMap(({ id, person }) => [
      `/assignments/${id}/extensions`,
      `/assignments/${id}/extensions?person=${person}`,
    ]),
  ]
  return ['/teach', '/teach?q=zzzz', ...parts.map((part) => `/teach/courses/${course}${part}`)]
}

/** Every page of writing and grading an exam, on the instructor's own. */
async function examPaths(acmeId: string): Promise<string[]> {
  const { rows } = await owner().query<{ course: string; exam: string }>(
    `select c.id as course, x.id as exam from "Exam" x join "Course" c on c.id = x."courseId" join "User" u on u.id = c."instructorId"
     where c."tenantId" = $1 and u.email = 'instructor@acme.test' and x."deletedAt" is null order by x.id limit 1`,
    [acmeId],
  )
  const { course = '', exam = '' } = rows[0] ?? {}
  const sat = await owner().query<{ attempt: string; question: string }>(
    `select a.id as attempt, m."questionId" as question from "ExamAttempt" a join "ExamMark" m on m."attemptId" = a.id
     where a."examId" = $1 and a."submittedAt" is not null order by a.id, m."questionId" limit 1`,
    [exam],
  )
  const { attempt = '', question = '' } = sat.rows[0] ?? {}
  const parts = [
    '',
    '/settings',
    '/accommodations',
    '/publish',
    '/preview',
    '/attempts',
    '/regrade',
    '/analysis',
  ]
  const graded = attempt === '' ? [] : [`/attempts/${attempt}`, `/grade/${question}?show=all`]
  const exams = `/teach/courses/${course}/exams`
  return [exams, ...[...parts, ...graded].map((part) => `${exams}/${exam}${part}`)]
}

/** A learner's assignments: one that they have handed in, one that they haven't. */
async function assignmentPaths(userId: string): Promise<string[]> {
  const { rows } = await owner().query<{ id: string }>(
    `select distinct on (s.id is null) a.id from "Enrollment" e join "Course" c on c.id = e."courseId" and c.status = 'PUBLISHED'
       join "Assignment" a on a."courseId" = c.id left join "Submission" s on s."assignmentId" = a.id and s."userId" = e."userId"
     where e."userId" = $1 order by s.id is null, a."dueDate" desc, a.id`,
    [userId],
  )
  return rows.map(({ id }) => `/assignments/${id}`)
}

/** A learner's classes: one that is over and has a recording, one to come, a cancelled one; and their calendar. */
async function livePaths(userId: string): Promise<string[]> {
  const { rows } = await owner().query<{ id: string }>(
    `select distinct on (v."recordingUrl" is null, v."cancelledAt" is null) v.id from "Enrollment" e
       join "Course" c on c.id = e."courseId" and c.status = 'PUBLISHED' join "LiveClass" v on v."courseId" = c.id
     where e."userId" = $1 order by v."recordingUrl" is null, v."cancelledAt" is null, v."scheduledAt" desc, v.id`,
    [userId],
  )
  const views = ['/calendar', '/calendar?view=month', '/calendar?view=week', '/calendar?view=agenda']
  return [...rows.map(({ id }) => `/classes/${id}`), ...views, '/calendar?view=agenda&on=2199-01-01']
}

/** A learner's own grades, of a course in which one was changed by hand where there is one. */
async function gradesPath(userId: string): Promise<string> {
  const { rows } = await owner().query<{ id: string }>(
    `select c.id from "Enrollment" e join "Course" c on c.id = e."courseId" and c.status = 'PUBLISHED'
     where e."userId" = $1 order by exists (select from "GradeChange" g where g."courseId" = c.id and g."userId" = e."userId") desc, c.id limit 1`,
    [userId],
  )
  return `/courses/${rows[0]?.id ?? ''}/grades`
}

/** What somebody asked the tutor: the list, and a conversation where there is one. */
async function tutorPaths(userId: string): Promise<string[]> {
  const { rows } = await owner().query<{ path: string }>(
    `select '/courses/' || h."courseId" || '/tutor' as path from "AIChat" h where h."userId" = $1 and h."courseId" is not null
     union select '/courses/' || h."courseId" || '/tutor?chat=' || h.id from "AIChat" h where h."userId" = $1 and h."courseId" is not null
     order by 1 limit 2`,
    [userId],
  )
  return rows.map(({ path }) => path)
}

/** The leaderboard of one of a learner's courses, by all that was done. */
async function boardPath(userId: string): Promise<string> {
  const { rows } = await owner().query<{ id: string }>(
    `select c.id from "Enrollment" e join "Course" c on c.id = e."courseId" and c.leaderboard where e."userId" = $1 order by c.id limit 1`,
    [userId],
  )
  return `/courses/${rows[0]?.id ?? ''}/leaderboard?by=course`
}

/** The question bank: with and without results, a question of it, a new one, the import. */
async function bankPaths(acmeId: string): Promise<string[]> {
  const { rows } = await owner().query<{ id: string }>(
    'select id from "BankQuestion" where "tenantId" = $1 order by id limit 1',
    [acmeId],
  )
  const parts = ['', '?q=zzzz', `/${rows[0]?.id ?? ''}`, '/new?type=matching', '/import']
  return parts.map((part) => `/teach/bank${part}`)
}

/** Addresses that only somebody who is signed in has, one of every kind. */
async function signedInKinds(acmeId: string): Promise<Kind[]> {
  const ids = await owner().query<{ user: string; role: string }>(
    `select (select id from "User" where "tenantId" = $1 and email = 'student@acme.test') as user,
       (select id from "Role" where "tenantId" = $1 order by name limit 1) as role`,
    [acmeId],
  )
  const { user = '', role = '' } = ids.rows[0] ?? {}
  const at = (as: Looker, path: string): Kind => ({
    ...{ name: `${as}${path.replace(/[/?=]+/g, '-')}`, host: 'acme.localhost', path, status: 200, as },
  })
  const root = (path: string): Kind => ({ ...at('root', path), host: 'localhost' })
  const exam = await examFacts(acmeId, user)
  return [
    ...[
      '/dashboard',
      '/account',
      '/account/security',
      '/account/notifications',
      '/notifications',
      '/announcements',
      '/courses',
      '/progress',
      '/certificates',
      '/profile',
      '/badges',
      `/people/${user}`,
      '/search?q=select',
    ].map((path) => at('student', path)),
    ...(await assignmentPaths(user)).map((path) => at('student', path)),
    at('student', await gradesPath(user)),
    ...(await tutorPaths(user)).map((path) => at('student', path)),
    at('student', await boardPath(user)),
    ...(await livePaths(user)).map((path) => at('student', path)),
    at('instructor', '/calendar'),
    at('student', (await gradesPath(user)).replace(/grades$/, 'announcements')),
    at('student', `/exams/${exam.own}`),
    at('student', `/exams/${exam.own}/attempts/${exam.attempt}`),
    ...['/dashboard', '/admin/people'].map((path) => at('instructor', path)),
    ...(await teachingPaths(acmeId)).map((path) => at('instructor', path)),
    ...(await examPaths(acmeId)).map((path) => at('instructor', path)),
    ...(await bankPaths(acmeId)).map((path) => at('instructor', path)),
    ...['/dashboard', ...ADMINISTRATION].map((path) => at('admin', path)),
    at('admin', `/admin/people/${user}`),
    at('admin', `/admin/roles/${role}`),
    ...[
      '/platform',
      `/platform/schools/${acmeId}`,
      '/platform/audit',
      '/platform/insight',
      '/account',
      '/account/security',
    ].map(root),
    { ...at('student', '/admin'), status: 403 },
  ]
}

/** One address of every kind of page that the product shows. The lesson is the one with the most in it. */
export async function kindsOfPages(): Promise<Kind[]> {
  const acme = await schoolFacts('acme')
  await giveCertificate()
  const lessons = await owner().query<{ path: string }>(
    `select '/learn/' || c.id || '/' || l.id as path from "Lesson" l join "Module" m on m.id = l."moduleId"
       join "Course" c on c.id = m."courseId"
     where l."tenantId" = $1 and l.preview and c.status = 'PUBLISHED' and l."deletedAt" is null
     order by l."videoUrl" is null, length(l.content) desc limit 3`,
    [acme.id],
  )
  const school = (name: string, path: string, status = 200): Kind => ({
    name,
    host: 'acme.localhost',
    path,
    status,
  })
  return [
    { name: 'landing', host: 'localhost', path: '/', status: 200 },
    school('front', '/'),
    school('catalogue', '/courses'),
    school('search', '/courses?q=sql'),
    school('search-none', '/courses?q=zzzz'),
    ...['/search', '/search?q=select', '/search?q=zzzz', `/certificates/${CERTIFICATE}`].map((path) =>
      school(path.replaceAll(/[^a-z]+/g, '-'), path),
    ),
    school('course', `/courses/${acme.published}`),
    ...lessons.rows.map(({ path }, index) => school(`lesson-${index + 1}`, path)),
    ...[
      '/sign-in',
      '/sign-up',
      '/forgot-password',
      '/magic-link',
      '/reset-password?token=x',
      '/invitation?token=x',
    ].map((path) => school(path.slice(1).replace(/\?.*/, ''), path)),
    ...['/verify?token=x', '/change-email?token=x', '/unsubscribe?token=x', '/outbox'].map((path) =>
      school(path.slice(1).replace(/\?.*/, ''), path),
    ),
    ...['/sign-in', '/sign-up', '/sign-up/confirm?token=x', '/forgot-password', '/outbox'].map((path) => ({
      ...{ name: `site-${path.slice(1).replace(/[/?].*/, '')}`, host: 'localhost', path, status: 200 },
    })),
    ...(await signedInKinds(acme.id)),
    school('missing', '/nothing', 404),
    { name: 'unknown-school', host: 'nobody.localhost', path: '/', status: 404 },
    { name: 'site-missing', host: 'localhost', path: '/nothing', status: 404 },
    { name: 'suspended', host: 'initech.localhost', path: '/', status: 403 },
  ]
}
