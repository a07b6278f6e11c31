import 'server-only'
import { affected, rows, type TenantDb } from '../handle'
import { sql } from '../sql'

/** Shelves of the catalogue. */

export type CategoryRow = { id: string; name: string }

/** All of the school's, by name. One statement. */
export async function listCategories(db: TenantDb): Promise<CategoryRow[]> {
  return rows<CategoryRow>(
    db,
    sql`select id, name from "Category" where "tenantId" = ${db.tenantId} order by lower(name), id`,
  )
}

/** Ids of categories by name; those that are missing are made. Capitals make no difference. Two statements. */
export async function ensureCategories(db: TenantDb, names: readonly string[]): Promise<string[]> {
  if (names.length === 0) return []
  await affected(
    db,
    sql`insert into "Category" ("tenantId", name) select ${db.tenantId}, w.name from unnest(${names}::text[]) as w(name)
      order by lower(w.name) on conflict ("tenantId", lower(name)) do nothing`,
  )
  const found = await rows<{ id: string }>(
    db,
    sql`select id from "Category" where "tenantId" = ${db.tenantId}
      and lower(name) in (select lower(w.name) from unnest(${names}::text[]) as w(name)) order by id`,
  )
  return found.map(({ id }) => id)
}

/** Puts a course on these shelves and off all others. Ids that are none of the school's are passed over. */
export async function setCourseCategories(
  db: TenantDb,
  input: Readonly<{ courseId: string; categoryIds: readonly string[] }>,
): Promise<void> {
  const { courseId, categoryIds } = input
  await affected(
    db,
    sql`delete from "CourseCategory" where "tenantId" = ${db.tenantId} and "courseId" = ${courseId}
      and "categoryId" <> all(${categoryIds}::text[])`,
  )
  await affected(
    db,
    sql`insert into "CourseCategory" ("tenantId", "courseId", "categoryId")
      select c."tenantId", ${courseId}, c.id from "Category" c
      where c."tenantId" = ${db.tenantId} and c.id = any(${categoryIds}::text[])
      on conflict ("tenantId", "courseId", "categoryId") do nothing`,
  )
}
