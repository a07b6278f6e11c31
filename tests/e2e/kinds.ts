import { owner } from '#tests/support/served'
import { schoolFacts } from './world'

export type Kind = Readonly<{ name: string; host: string; path: string; status: number }>

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
    school('missing', '/nothing', 404),
    { name: 'unknown-school', host: 'nobody.localhost', path: '/', status: 404 },
    { name: 'site-missing', host: 'localhost', path: '/nothing', status: 404 },
    { name: 'suspended', host: 'initech.localhost', path: '/', status: 403 },
  ]
}
