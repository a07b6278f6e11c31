import {
  findOpenLesson,
  findPublishedCourse,
  listOutline,
  listPublishedCourses,
} from '#lib/db/queries/catalog'
import { readTenant, type TenantDb } from '#lib/db/tenant'
import type { Place } from './protocol.mts'

/** How many courses the front page shows, and a page of the catalogue: as their pages ask for them. */
export const SHOWN = { front: 6, catalogue: 12 } as const

async function queries(db: TenantDb, place: Place): Promise<unknown[]> {
  switch (place.page) {
    case 'front':
    case 'catalogue':
      return (await listPublishedCourses(db, { q: '', cursor: null, limit: SHOWN[place.page] })).rows
    case 'course':
      return [await findPublishedCourse(db, place.courseId, null), ...(await listOutline(db, place.courseId))]
    case 'lesson':
      return [
        await findOpenLesson(db, { ...place, reader: null }),
        ...(await listOutline(db, place.courseId)),
      ]
  }
}

/** The rows behind a page, through the product's own door: one unit of work, row-level security on. */
export function productRows(place: Place): Promise<unknown[]> {
  return readTenant(place.tenantId, (db) => queries(db, place))
}
