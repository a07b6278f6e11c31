import { owner } from '#tests/support/served'
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
    '/admin/audit',
  ],
]

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
  return [
    ...['/dashboard', '/account', '/account/security', '/courses'].map((path) => at('student', path)),
    ...['/dashboard', '/admin/people'].map((path) => at('instructor', path)),
    ...['/dashboard', ...ADMINISTRATION].map((path) => at('admin', path)),
    at('admin', `/admin/people/${user}`),
    at('admin', `/admin/roles/${role}`),
    ...['/platform', `/platform/schools/${acmeId}`, '/platform/audit', '/account', '/account/security'].map(
      root,
    ),
    { ...at('student', '/admin'), status: 403 },
  ]
}

/** One address of every kind of page that the product shows. The lesson is the one with the most in it. */
export async function kindsOfPages(): Promise<Kind[]> {
  const acme = await schoolFacts('acme')
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
    ...['/verify?token=x', '/change-email?token=x', '/outbox'].map((path) =>
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
