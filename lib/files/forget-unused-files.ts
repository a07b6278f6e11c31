import 'server-only'
import { forgetFiles } from '#lib/db/queries/files'
import { hasLessonFiles, markUnused, namedInLessons, unusedFiles } from '#lib/db/queries/lesson-files'
import { withTenant } from '#lib/db/tenant'

/** Lessons read in one unit of work: their texts may be long. */
const LESSONS = 100

/** Every file that a lesson of the school names, one that was deleted and can still be restored included. */
async function namedFiles(tenantId: string): Promise<Set<string>> {
  const named = new Set<string>()
  let after = ''
  for (;;) {
    const lessons = await withTenant(tenantId, (db) => namedInLessons(db, { after, limit: LESSONS }))
    for (const { files } of lessons) for (const file of files) named.add(file)
    const last = lessons.at(-1)
    if (last === undefined || lessons.length < LESSONS) return named
    after = last.id
  }
}

/**
 * Lets go of pictures, films and files that no lesson of the school has named for a week, and gives it their room back.
 * A week, because an editor that stands open, a draft on somebody's device or another version of the same lesson may
 * still bring a file back that was taken out. Their bytes are taken by `removeUnrecorded`.
 * @returns how many there were
 */
export async function forgetUnusedFiles(tenantId: string): Promise<number> {
  if (!(await withTenant(tenantId, hasLessonFiles))) return 0
  const named = [...(await namedFiles(tenantId))]
  return withTenant(tenantId, async (db) => {
    await markUnused(db, named)
    return (await forgetFiles(db, await unusedFiles(db))).length
  })
}
