import { cpSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { baseEnvironment } from '../launcher/environment.mts'
import { dataPath, ROOT } from '../launcher/paths.mts'
import type { Session } from '../launcher/session.mts'
import { NEXT } from '../launcher/web.mts'
import { PLAIN_SQL } from './plain-sql.mts'

// The page that ours is compared with: the same Next, the same proxy.ts, the same rows, and nothing else.

export const BARE = dataPath('bench', 'bare')

/** What is ours and stays: hosts are resolved and headers set as in the product. */
const OURS = ['lib', 'proxy.ts', 'instrumentation.ts', 'types']

const CONFIG = `module.exports = {
  poweredByHeader: false,
  serverExternalPackages: ['pg', 'pino', '@prisma/client', '@prisma/adapter-pg'],
  turbopack: { root: ${JSON.stringify(ROOT)} },
  typescript: { ignoreBuildErrors: true },
}
`

const TSCONFIG = JSON.stringify({
  compilerOptions: {
    ...{
      target: 'ES2023',
      lib: ['dom', 'dom.iterable', 'ES2024'],
      module: 'esnext',
      moduleResolution: 'bundler',
    },
    ...{ jsx: 'react-jsx', strict: true, skipLibCheck: true, noEmit: true, esModuleInterop: true },
    ...{ resolveJsonModule: true, isolatedModules: true, types: ['node'] },
  },
  include: ['app'],
})

const LAYOUT = `export default function Layout({ children }) {
  return <html lang="en"><body>{children}</body></html>
}
`

const DATABASE = `import pg from 'pg'
const pool = new pg.Pool({ connectionString: process.env.BARE_DATABASE_URL, max: 10 })
export async function ask(name, text, values) {
  return (await pool.query({ name, text, values })).rows
}
const ids = new Map()
// Asked once and kept: what proxy.ts has found out already costs the bare page nothing.
export async function schoolId(subdomain) {
  const known = ids.get(subdomain)
  if (known !== undefined) return known
  const [{ id }] = await ask('school', 'select id from "Tenant" where subdomain = $1', [subdomain])
  ids.set(subdomain, id)
  return id
}
`

const CATALOGUE = (list: string): string => `import { connection } from 'next/server'
import { ask, schoolId } from '../../../database'
export default async function Page({ params }) {
  await connection()
  const { subdomain } = await params
  const rows = await ask('list', ${list}, [await schoolId(subdomain), 13])
  return (
    <main>
      <h1>Courses</h1>
      <ul>
        {rows.slice(0, 12).map((row) => (
          <li key={row.id}>
            <a href={'/courses/' + row.id}>{row.title}</a>
            <p>{row.description}</p>
            <p>{row.instructorName}, {row.moduleCount} modules, {row.lessonCount} lessons, {row.durationSeconds} seconds</p>
          </li>
        ))}
      </ul>
    </main>
  )
}
`

const COURSE_PAGE = (course: string, outline: string): string => `import { connection } from 'next/server'
import { ask, schoolId } from '../../../../database'
export default async function Page({ params }) {
  await connection()
  const { subdomain, courseId } = await params
  const id = await schoolId(subdomain)
  const [course] = await ask('course', ${course}, [id, courseId])
  const rows = await ask('outline', ${outline}, [id, courseId])
  return (
    <main>
      <h1>{course.title}</h1>
      <p>{course.description}</p>
      <p>{course.instructorName}, {course.learnerCount} learners, {course.examCount} exams, {course.assignmentCount} assignments</p>
      <ol>
        {rows.map((row) => (
          <li key={row.lessonId ?? row.moduleId}>{row.moduleTitle}: {row.lessonTitle}, {row.duration} seconds</li>
        ))}
      </ol>
    </main>
  )
}
`

/** Writes and builds the bare project. @throws Failure */
export async function buildBare(session: Session): Promise<void> {
  rmSync(BARE, { recursive: true, force: true })
  mkdirSync(BARE, { recursive: true })
  for (const name of OURS) cpSync(path.join(ROOT, name), path.join(BARE, name), { recursive: true })
  cpSync(path.join(ROOT, 'app', 'readyz'), path.join(BARE, 'app', 'readyz'), { recursive: true })
  cpSync(path.join(ROOT, 'package.json'), path.join(BARE, 'package.json'))
  symlinkSync(path.join(ROOT, 'node_modules'), path.join(BARE, 'node_modules'))
  const school = path.join('app', 'school', '[subdomain]')
  const files: Record<string, string> = {
    'next.config.js': CONFIG,
    'tsconfig.json': TSCONFIG,
    'app/layout.jsx': LAYOUT,
    'app/database.js': DATABASE,
    [path.join(school, 'courses', 'page.jsx')]: CATALOGUE(JSON.stringify(PLAIN_SQL.list)),
    [path.join(school, 'courses', '[courseId]', 'page.jsx')]: COURSE_PAGE(
      JSON.stringify(PLAIN_SQL.course),
      JSON.stringify(PLAIN_SQL.outline),
    ),
  }
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(BARE, name)), { recursive: true })
    writeFileSync(path.join(BARE, name), text)
  }
  const env = { ...baseEnvironment(), NODE_ENV: 'production' as const, DATABASE_URL: '' }
  await session.step('Building the bare page', () =>
    session.tool('bench-bare', NEXT, ['build', BARE], env, 'The bare page could not be built.'),
  )
}
