import 'server-only'
import { forgetFiles } from '#lib/db/queries/files'
import { staleUploads } from '#lib/db/queries/uploads'
import { withTenant } from '#lib/db/tenant'

/** Gives a school the room back that uploads hold which nobody went on with. @returns how many there were */
export async function forgetStaleUploads(tenantId: string): Promise<number> {
  return withTenant(tenantId, async (db) => (await forgetFiles(db, await staleUploads(db))).length)
}
