import type { Locator, Page } from 'playwright-core'
import { expect } from 'vitest'
import { type Circumstances, urlOf, type Visitor, visitor } from '#tests/support/browser'
import { owner } from '#tests/support/served'
import { enter } from './enter'

// The outline of a course of the demo world's instructor: made for a test, seen in the browser, and as it is stored.

const HOST = 'acme.localhost'

/** Lessons by module, in order; what a module or a lesson is called is its name everywhere. */
export type Outline = Readonly<Record<string, readonly string[]>>

/** A browser of the instructor's. */
export async function author(circumstances: Circumstances = {}): Promise<Visitor> {
  const made = await visitor(circumstances)
  await enter(made.context, 'instructor')
  return made
}

/** Makes a course with an outline. @returns the address of its outline */
export async function plant(title: string, outline: Outline): Promise<string> {
  const { rows } = await owner().query<{ id: string; tenantId: string }>(
    `insert into "Course" (id, "tenantId", "instructorId", title)
     select 'outline' || substr(md5($1), 1, 16), u."tenantId", u.id, $1 from "User" u join "Tenant" t on t.id = u."tenantId"
     where t.subdomain = 'acme' and u.email = 'instructor@acme.test' returning id, "tenantId"`,
    [title],
  )
  const { id = '', tenantId = '' } = rows[0] ?? {}
  for (const [order, [module, lessons]] of Object.entries(outline).entries()) {
    const moduleId = `${id}m${String(order)}`
    await owner().query(
      `insert into "Module" (id, "tenantId", "courseId", title, "order") values ($1, $2, $3, $4, $5)`,
      [moduleId, tenantId, id, module, order],
    )
    await owner().query(
      `insert into "Lesson" (id, "tenantId", "moduleId", title, "order")
       select $1 || 'l' || n, $2, $1, lesson, n - 1 from unnest($3::text[]) with ordinality as l (lesson, n)`,
      [moduleId, tenantId, lessons],
    )
  }
  return urlOf(HOST, `/teach/courses/${id}`)
}

/** Takes away the courses that are called so, with what the log says of them. */
export async function uproot(titles: readonly string[]): Promise<void> {
  const ids = `select id from "Course" where title = any($1)`
  await owner().query(`delete from "AuditLog" where "targetId" in (${ids})`, [titles])
  await owner().query(`delete from "Course" where title = any($1)`, [titles])
}

/** The outline as it is stored: `A: a, b; B: c`. */
export async function stored(title: string): Promise<string> {
  const { rows } = await owner().query<{ title: string; lessons: string }>(
    `select m.title, coalesce(string_agg(l.title, ', ' order by l."order", l.id) filter (where l."deletedAt" is null), '') as lessons
     from "Course" c join "Module" m on m."courseId" = c.id and m."deletedAt" is null left join "Lesson" l on l."moduleId" = m.id
     where c.title = $1 and c."deletedAt" is null group by m.id, m.title, m."order" order by m."order"`,
    [title],
  )
  return rows.map((row) => `${row.title}: ${row.lessons}`).join('; ')
}

/** Waits for what is stored. */
export async function untilStored(title: string, wanted: string): Promise<void> {
  let now = ''
  for (let attempt = 0; attempt < 200; attempt += 1) {
    now = await stored(title)
    if (now === wanted) return
    await new Promise((done) => setTimeout(done, 50))
  }
  expect(now).toBe(wanted)
}

/** The row that is called so: `Module 1: Loops`, `Lesson: Bowline`. */
export function line(page: Page, name: string): Locator {
  return page.getByRole('row', { name, exact: true })
}

/** Takes an entry of a row's menu. */
export async function choose(page: Page, title: string, entry: string): Promise<void> {
  await page.getByRole('button', { name: `More about ${title}`, exact: true }).click()
  await page.getByRole('menuitem', { name: entry, exact: true }).click()
}
