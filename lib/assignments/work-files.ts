import 'server-only'
import { isKey } from '#lib/adapters/storage/keys'
import type { FileRow } from '#lib/db/queries/assignments'
import { holdFiles } from '#lib/db/queries/submission-files'
import type { TenantDb } from '#lib/db/tenant'
import { fileName } from '#lib/files/handed-names'
import { signedUrl } from '#lib/files/links'
import type { WorkFile } from './contract'

/** Files of work on assignments: where they lie, whose they are, and how they are opened. */

/** Of one person, for one assignment. */
export type WorkPlace = Readonly<{ assignmentId: string; userId: string }>

/** Half a day: as long as somebody may sit over their work, or grade it. */
const SECONDS = 43_200

/** The prefix of all that a person has sent for an assignment. */
export function workFolder(tenantId: string, { assignmentId, userId }: WorkPlace): string {
  return `${tenantId}/private/submissions/${assignmentId}/${userId}/`
}

function isWorkOf(tenantId: string, place: WorkPlace, key: string): boolean {
  return isKey(key) && key.startsWith(workFolder(tenantId, place))
}

/** Whether all keys are this person's for this assignment, and stand in the school's books, where they then are held. One statement, none for none. */
export async function areOwnFiles(db: TenantDb, place: WorkPlace, keys: readonly string[]): Promise<boolean> {
  if (keys.length === 0) return true
  if (!keys.every((key) => isWorkOf(db.tenantId, place, key))) return false
  return (await holdFiles(db, keys)).length === keys.length
}

/**
 * Files as a page shows them. Call it only for somebody who may read the work: the link is the permission.
 */
export function shownFiles(tenantId: string, place: WorkPlace, files: readonly FileRow[]): WorkFile[] {
  const now = new Date()
  return files.map(({ key, bytes }) => {
    const name = fileName(key)
    const there = bytes !== null && isWorkOf(tenantId, place, key)
    return { key, name, bytes, url: there ? signedUrl(tenantId, key, { now, seconds: SECONDS, name }) : null }
  })
}
