import 'server-only'
import { type Author, findEditable, getSettings } from '#lib/db/queries/teach'
import type { TenantDb } from '#lib/db/tenant'
import type { Details } from './rules'
import { detailsOf } from './views'

/** The details of a course as its form holds them. @throws AppError as `findEditable` */
export async function readDetails(
  db: TenantDb,
  input: Readonly<{ courseId: string; by: Author }>,
): Promise<Details> {
  await findEditable(db, input)
  return detailsOf(await getSettings(db, input.courseId))
}
