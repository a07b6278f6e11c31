import 'server-only'
import { type Author, listStructure, lockEditable } from '#lib/db/queries/teach'
import type { TenantDb } from '#lib/db/tenant'
import type { OutlineModule } from './contract'
import { outlineOf } from './views'

/** A course that somebody is about to change the structure of, and who that is. */
export type Editing = Readonly<{ courseId: string; by: Author }>

/** The outline as it is now. */
export async function readOutline(db: TenantDb, courseId: string): Promise<OutlineModule[]> {
  return outlineOf(await listStructure(db, courseId))
}

/**
 * Runs a change of a course's structure while no other editor can, and gives the outline that it leaves.
 * @param change says the id of what it was about, and what the log is to know
 * @throws AppError 'not_found'; 'forbidden' when the course is a colleague's; and what `change` throws
 */
export async function changeOutline<T extends { id: string }>(
  db: TenantDb,
  { courseId, by }: Editing,
  change: () => Promise<T>,
): Promise<T & { modules: OutlineModule[] }> {
  await lockEditable(db, { courseId, by })
  const done = await change()
  return { ...done, modules: await readOutline(db, courseId) }
}
