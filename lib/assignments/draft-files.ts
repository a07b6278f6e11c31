import 'server-only'
import { findDraft, findLearnerAssignment, findSubmitted, putDraft } from '#lib/db/queries/assignments'
import type { TenantDb } from '#lib/db/tenant'
import { AppError } from '#lib/errors'
import type { DraftSeen, WorkFileRemoval } from './contract'

const TRIES = 3

type Own = Readonly<{
  assignmentId: string
  userId: string
  /** When the draft was saved that the page knows; empty: there was none. */
  seen: string
}>

/**
 * Changes which files belong to the draft, whatever page has saved it. Without a draft it begins, as the page does, from
 * what was handed in last.
 * @returns when it was saved, for a page that knew the draft before; null for one that is behind
 * @throws AppError 'conflict' where somebody else keeps saving
 */
export async function changeDraftFiles(
  db: TenantDb,
  { assignmentId, userId, seen }: Own,
  change: (files: readonly string[]) => readonly string[],
): Promise<string | null> {
  const own = { assignmentId, userId }
  for (let tries = 0; tries < TRIES; tries += 1) {
    const draft = await findDraft(db, own)
    const begun = draft ?? (await findSubmitted(db, own))
    const files = change(begun?.files.map(({ key }) => key) ?? [])
    const { content, link } = begun ?? { content: null, link: null }
    const before = draft?.savedAt ?? null
    const savedAt = await putDraft(db, { ...own, content, link, files, seen: before })
    if (savedAt !== null) return (before?.toISOString() ?? '') === seen ? savedAt.toISOString() : null
  }
  throw new AppError('conflict', 'The draft is being saved by others all the time.')
}

/**
 * Takes a file out of the draft. It stays in the school's books for a week, for other pages that still have it.
 * @throws AppError 'not_found' for an assignment that they can't see; 'conflict' as `changeDraftFiles`
 */
export async function removeDraftFile(
  db: TenantDb,
  { userId, timeZone, query }: Readonly<{ userId: string; timeZone: string; query: WorkFileRemoval }>,
): Promise<DraftSeen> {
  const { assignmentId, key, seen } = query
  const row = await findLearnerAssignment(db, { assignmentId, userId, timeZone })
  if (row === null) throw new AppError('not_found', 'No assignment of one’s own courses has this id.')
  const without = (files: readonly string[]): string[] => files.filter((other) => other !== key)
  return { seen: await changeDraftFiles(db, { assignmentId, userId, seen }, without) }
}
