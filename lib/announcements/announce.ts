import 'server-only'
import { insertAnnouncement, keepAnnouncement, updateAnnouncement } from '#lib/db/queries/announcements'
import { type Author, findEditable } from '#lib/db/queries/teach'
import type { TenantDb } from '#lib/db/tenant'
import { notify } from '#lib/notifications/notify'

/** `courseId` null: to the whole school, by somebody who may do that everywhere. */
type Place = Readonly<{ courseId: string | null; by: Author }>

async function mayAnnounce(db: TenantDb, { courseId, by }: Place): Promise<void> {
  if (courseId !== null) await findEditable(db, { courseId, by })
}

/**
 * Says something to everybody of a course, or of the school; they are told by the worker. With the same key it is said once.
 * @throws AppError as `findEditable`
 */
export async function announce(
  db: TenantDb,
  input: Place & Readonly<{ key: string; title: string; body: string }>,
): Promise<Readonly<{ id: string; isNew: boolean }>> {
  await mayAnnounce(db, input)
  const { courseId, by, key, title, body } = input
  const made = await insertAnnouncement(db, { courseId, authorId: by.userId, key, title, body })
  if (made.isNew) await notify(db, { kind: 'announcement', id: made.id })
  return made
}

/** Gives it other words: who reads it later reads these. Nobody is told again. @throws AppError 'conflict', 'not_found'; as `findEditable` */
export async function changeAnnouncement(
  db: TenantDb,
  input: Place & Readonly<{ id: string; seen: string; title: string; body: string }>,
): Promise<void> {
  await mayAnnounce(db, input)
  await updateAnnouncement(db, { ...input, seen: new Date(input.seen) })
}

/** Takes it back, or lets it stand again. @returns its title, and whether that changed anything @throws AppError 'not_found'; as `findEditable` */
export async function keepStanding(
  db: TenantDb,
  input: Place & Readonly<{ id: string; standing: boolean }>,
): Promise<Readonly<{ title: string; changed: boolean }>> {
  await mayAnnounce(db, input)
  return keepAnnouncement(db, input)
}
