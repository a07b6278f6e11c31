import 'server-only'
import { deleteFeed, insertFeed } from '#lib/db/queries/calendar'
import type { TenantDb } from '#lib/db/tenant'

type Form = Readonly<{ userId: string; seen: string }>

/**
 * Gives a calendar an address, in place of the one that was seen: that one stops at once. Pressed again it changes
 * nothing, because what stands then is another than was seen.
 * @returns id of the new one; null: nothing was made
 */
export async function makeFeed(db: TenantDb, { userId, seen }: Form): Promise<string | null> {
  if (seen !== '') await deleteFeed(db, { userId, id: seen })
  return insertFeed(db, { userId })
}

/** Turns the address off that was seen. @returns whether it stood */
export async function stopFeed(db: TenantDb, { userId, seen }: Form): Promise<boolean> {
  return seen !== '' && (await deleteFeed(db, { userId, id: seen }))
}
