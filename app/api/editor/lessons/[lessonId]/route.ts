import { z } from 'zod'
import { can } from '#lib/auth/access'
import type { Client } from '#lib/auth/client'
import { jsonBody } from '#lib/auth/json-body'
import { json, schoolRoute } from '#lib/auth/route'
import { recordAudit } from '#lib/db/queries/audit'
import { wroteLately } from '#lib/db/queries/lesson-editor'
import { type TenantDb, withTenant } from '#lib/db/tenant'
import { lessonParams, SAVE_BYTES, saveRequest } from '#lib/editor/contract'
import { type Saved, saveLesson } from '#lib/editor/save-lesson'
import { editorContext } from '../../context'

/** Minutes of writing that are one entry in the log: it is saved every few seconds. */
const SITTING = 15

async function log(
  db: TenantDb,
  saved: Extract<Saved, { kind: 'saved' }>,
  { lessonId, userId, client }: Readonly<{ lessonId: string; userId: string; client: Client }>,
): Promise<void> {
  const entry = { actorId: userId, targetType: 'Lesson', targetId: lessonId, client }
  const { before, after } = saved
  if (Object.keys(after).length > 0)
    await recordAudit(db, { ...entry, action: 'lesson.settings', before, after })
  const action = 'lesson.write'
  if (saved.text && !(await wroteLately(db, { lessonId, userId, action, minutes: SITTING })))
    await recordAudit(db, { ...entry, action })
}

/** Saves what an author changed. 409 carries what somebody else saved before. */
export const PUT = schoolRoute({
  id: 'editor.save',
  access: can('course:edit'),
  query: z.strictObject({}),
  params: lessonParams,
  run: async ({ request, school, actor, params: { lessonId } }) => {
    const { tenantId, userId, reader, timeZone, locale, client } = await editorContext(school, actor)
    const { seen, changes } = await jsonBody(request, { shape: saveRequest, limit: SAVE_BYTES, locale })
    const saved = await withTenant(tenantId, async (db) => {
      const done = await saveLesson(db, { lessonId, reader, timeZone, locale, seen, changes })
      if (done.kind === 'saved') await log(db, done, { lessonId, userId, client })
      return done
    })
    if (saved.kind === 'conflict') return json({ conflict: saved.theirs }, 409)
    return json({ seen: saved.updatedAt.toISOString() })
  },
})
