import { canaryOf } from '#prisma/seed/canary'
import { owner } from '#tests/support/served'

/** Ids of the demo world that requests are made of, read from its tables. */
export type SchoolFacts = Readonly<{
  id: string
  subdomain: string
  name: string
  /** Stands in the school's private data and nowhere else. */
  canary: string
  published: string
  draft: string
  /** Of `published`, open to everybody. */
  preview: string
  previewCourse: string
  /** Published, and open to the enrolled only. */
  closed: string
  closedCourse: string
}>

async function first(sql: string, id: string): Promise<Record<string, string>> {
  const { rows } = await owner().query<Record<string, string>>(sql, [id])
  if (rows[0] === undefined) throw new Error(`The demo world lacks what a test needs: ${sql}`)
  return rows[0]
}

const LESSON = `select l.id, c.id as course from "Lesson" l join "Module" m on m.id = l."moduleId"
  join "Course" c on c.id = m."courseId" where l."tenantId" = $1 and c.status = 'PUBLISHED'`

/** The facts of one school of the demo world. */
export async function schoolFacts(subdomain: 'acme' | 'globex' | 'initech'): Promise<SchoolFacts> {
  const school = await first(`select id, name from "Tenant" where subdomain = $1`, subdomain)
  const id = school['id'] ?? ''
  const course = (status: string): Promise<Record<string, string>> =>
    first(`select id from "Course" where "tenantId" = $1 and status = '${status}' order by id limit 1`, id)
  const [published, draft, preview, closed] = await Promise.all([
    course('PUBLISHED'),
    course('DRAFT'),
    first(`${LESSON} and l.preview order by l.id limit 1`, id),
    first(`${LESSON} and not l.preview order by l.id limit 1`, id),
  ])
  return {
    id,
    subdomain,
    name: school['name'] ?? '',
    canary: canaryOf(subdomain),
    published: published['id'] ?? '',
    draft: draft['id'] ?? '',
    preview: preview['id'] ?? '',
    previewCourse: preview['course'] ?? '',
    closed: closed['id'] ?? '',
    closedCourse: closed['course'] ?? '',
  }
}

/** What no visitor of another host may ever meet: ids, the marker, and what its courses are called. */
export async function secretsOf(facts: SchoolFacts): Promise<string[]> {
  const { rows } = await owner().query<{ text: string }>(
    `select title as text from "Course" c where "tenantId" = $1
       and not exists (select 1 from "Course" o where o."tenantId" <> $1 and o.title = c.title)
     union select id from "Course" where "tenantId" = $1 union select id from "Module" where "tenantId" = $1
     union select id from "Lesson" where "tenantId" = $1 union select id from "User" where "tenantId" = $1
     union select email from "User" u where "tenantId" = $1
       and not exists (select 1 from "User" o where o."tenantId" <> $1 and o.email = u.email)`,
    [facts.id],
  )
  return [facts.id, facts.canary, facts.name, ...rows.map(({ text }) => text)]
}

/** The first of `needles` that stands in `text`, or null. */
export function found(text: string, needles: readonly string[]): string | null {
  return needles.find((needle) => text.includes(needle)) ?? null
}
