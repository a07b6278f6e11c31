import 'server-only'
import { affected, firstRow, rows, type TenantDb } from '../handle'
import { sql, type Statement } from '../sql'

/** Which of a school's files its lessons still name. A file of a lesson is of kind 'picture' or 'lesson'. */

/** Days without a lesson that names it, after which a file is let go. */
const DAYS = 7

/** A picture is one file in whatever sizes it is stored: its key without the size. */
const fileOf = (key: Statement): Statement => sql`regexp_replace(${key}, '-[0-9]+[.]webp$', '')`

const OF_LESSONS = sql`kind in ('lesson', 'picture')`

/** Whether the school has any file that a lesson could name. */
export async function hasLessonFiles(db: TenantDb): Promise<boolean> {
  const row = await firstRow<{ any: boolean }>(
    db,
    sql`select exists (select from "StoredFile" where "tenantId" = ${db.tenantId} and ${OF_LESSONS}) as any`,
  )
  return row?.any === true
}

/**
 * What the school's lessons name in their texts, as their films and as captions, in the order of the lessons' ids:
 * storage keys, pictures' without the size. Also of lessons that were deleted and not purged yet.
 * @param input.after id of the lesson before the first one; '' to begin
 */
export async function namedInLessons(
  db: TenantDb,
  input: Readonly<{ after: string; limit: number }>,
): Promise<{ id: string; files: string[] }[]> {
  const pattern = `${db.tenantId}/(?:public|private)/[a-z0-9][a-z0-9._/-]*`
  return rows(
    db,
    sql`select l.id, array(
        select distinct ${fileOf(sql`m.found[1]`)}
        from regexp_matches(concat_ws(' ', l.content, l."videoUrl", l.captions), ${pattern}, 'g') as m(found)) as files
      from "Lesson" l where l."tenantId" = ${db.tenantId} and l.id > ${input.after} order by l.id limit ${input.limit}`,
  )
}

/**
 * Notes since when files have been named by no lesson, and takes the note back from those that are named again.
 * @param named as `namedInLessons` gives them, of all lessons
 */
export async function markUnused(db: TenantDb, named: readonly string[]): Promise<void> {
  await affected(
    db,
    sql`update "StoredFile" f set "unusedSince" = case when f."unusedSince" is null then now() end
      where f."tenantId" = ${db.tenantId} and f.${OF_LESSONS}
        and (f."unusedSince" is null) = (${fileOf(sql`f.key`)} <> all(${named}::text[]))`,
  )
}

/** Keys of files that no lesson has named for a week. They are locked: nobody can begin to name one meanwhile. */
export async function unusedFiles(db: TenantDb): Promise<string[]> {
  const found = await rows<{ key: string }>(
    db,
    sql`select key from "StoredFile" where "tenantId" = ${db.tenantId} and ${OF_LESSONS}
      and "unusedSince" <= now() - ${DAYS} * interval '1 day' order by key for update`,
  )
  return found.map(({ key }) => key)
}

/**
 * Keeps files that a lesson begins to name, in the unit of work that saves it.
 * @returns those of the keys that stand in the school's books
 */
export async function keepFiles(db: TenantDb, keys: readonly string[]): Promise<string[]> {
  const kept = await rows<{ key: string }>(
    db,
    sql`with held as (
        select id, key from "StoredFile" where "tenantId" = ${db.tenantId} and key = any(${keys}::text[]) order by key for update
      ), kept as (
        update "StoredFile" f set "unusedSince" = null from held
        where f."tenantId" = ${db.tenantId} and f.id = held.id and f."unusedSince" is not null
      )
      select key from held`,
  )
  return kept.map(({ key }) => key)
}
