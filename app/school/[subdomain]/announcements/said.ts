import 'server-only'
import type { z } from 'zod'
import type { announceSearch } from '#lib/announcements/contract'
import { type Actor, person } from '#lib/auth/actor'
import { countListeners, getAnnouncement, listAnnouncements } from '#lib/db/queries/announcements'
import { cursorFrom } from '#lib/db/queries/cursor'
import type { TenantDb } from '#lib/db/tenant'
import type { School } from '#lib/tenancy/school'

const PAGE = 20

type Asked = Readonly<{
  /** Null: to the whole school. */
  courseId: string | null
  search: z.infer<typeof announceSearch>
  actor: Actor
  school: School
}>

/** What the pages that announce show: what stands, the one that is being changed, and how many would hear of another. */
export async function loadSaid(db: TenantDb, { courseId, search, actor, school }: Asked) {
  const listed = await listAnnouncements(db, { courseId, cursor: cursorFrom(search.cursor), limit: PAGE })
  const edited = search.edit === undefined ? null : await getAnnouncement(db, { courseId, id: search.edit })
  const listeners = await countListeners(db, { courseId })
  return { ...listed, edited, listeners, timeZone: person(actor).timeZone ?? school.timeZone }
}
