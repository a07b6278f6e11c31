import 'server-only'
import { AppError } from '#lib/errors'
import { affected, firstRow, type TenantDb } from '../handle'
import { sql } from '../sql'
import { affectOne, oneRow } from './changes'

/** The parts of a course. Whatever changes its structure locks the course first, so that editors take turns. */

/**
 * Takes the right to change the structure of a course until the transaction ends. A statement of its own: the
 * next one then sees what the editor before us has committed. Learners are not held up by it.
 * @throws AppError 'not_found'
 */
export async function lockCourse(db: TenantDb, courseId: string): Promise<void> {
  await oneRow(
    db,
    sql`select id from "Course" where "tenantId" = ${db.tenantId} and id = ${courseId} and "deletedAt" is null for no key update`,
    'course',
  )
}

/**
 * Adds a module at the end of a course. With an id of the caller's, doing it again gives the module that is there.
 * @throws AppError 'not_found'
 */
export async function createModule(
  db: TenantDb,
  input: Readonly<{ id?: string; courseId: string; title: string }>,
): Promise<{ id: string; order: number }> {
  const { id = null, courseId, title } = input
  await lockCourse(db, courseId)
  const made = await firstRow<{ id: string; order: number }>(
    db,
    sql`insert into "Module" (id, "tenantId", "courseId", title, "order")
      select ${id}, ${db.tenantId}, ${courseId}, ${title}, coalesce(max("order") + 1, 0) from "Module"
      where "tenantId" = ${db.tenantId} and "courseId" = ${courseId} and "deletedAt" is null
      on conflict (id) do nothing returning id, "order"`,
  )
  if (made !== null) return made
  return oneRow(
    db,
    sql`select id, "order" from "Module" where "tenantId" = ${db.tenantId} and "courseId" = ${courseId} and id = ${id}`,
    'module',
  )
}

/** @throws AppError 'not_found' */
export async function renameModule(
  db: TenantDb,
  input: Readonly<{ moduleId: string; title: string }>,
): Promise<void> {
  await affectOne(
    db,
    sql`update "Module" set title = ${input.title}
      where "tenantId" = ${db.tenantId} and id = ${input.moduleId} and "deletedAt" is null`,
    'module',
  )
}

/**
 * Hides a module and with it its lessons. Progress of the enrolled changes by that: follow with
 * `recomputeCourseProgress`. @throws AppError 'not_found'
 */
export async function deleteModule(db: TenantDb, moduleId: string): Promise<void> {
  await affectOne(
    db,
    sql`update "Module" set "deletedAt" = now() where "tenantId" = ${db.tenantId} and id = ${moduleId} and "deletedAt" is null`,
    'module',
  )
}

/**
 * Puts the modules of a course into the order of `moduleIds`.
 * @throws AppError 'conflict' unless the list is exactly the course's modules: somebody added or took one away
 */
export async function reorderModules(
  db: TenantDb,
  input: Readonly<{ courseId: string; moduleIds: readonly string[] }>,
): Promise<void> {
  const { courseId, moduleIds } = input
  await lockCourse(db, courseId)
  const moved = await affected(
    db,
    sql`with living as (
        select id from "Module" where "tenantId" = ${db.tenantId} and "courseId" = ${courseId} and "deletedAt" is null
      ), wanted as (
        select id, position - 1 as position from unnest(${moduleIds}::text[]) with ordinality as w(id, position)
      )
      update "Module" m set "order" = w.position from wanted w
      where m."tenantId" = ${db.tenantId} and m."courseId" = ${courseId} and m.id = w.id and m."deletedAt" is null
        and (select array_agg(id order by id) from living) = (select array_agg(id order by id) from wanted)`,
  )
  if (moved !== moduleIds.length) throw new AppError('conflict', 'The list is not the course’s modules.')
}
