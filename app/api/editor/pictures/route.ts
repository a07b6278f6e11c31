import { can } from '#lib/auth/access'
import { json, schoolRoute } from '#lib/auth/route'
import { recordAudit } from '#lib/db/queries/audit'
import { lessonParams } from '#lib/editor/contract'
import { storePicture } from '#lib/editor/store-picture'
import { MAX_IMAGE_BYTES } from '#lib/files/contract'
import { z } from 'zod'
import { bytesOf, editorContext } from '../context'

/** A picture for a lesson: the body is the file. */
export const POST = schoolRoute({
  id: 'editor.picture',
  access: can('course:edit'),
  query: lessonParams,
  params: z.strictObject({}),
  run: async ({ request, school, actor, query: { lessonId } }) => {
    const { sender: _sender, locale: _locale, client, ...context } = await editorContext(school, actor)
    const picture = await storePicture({
      ...context,
      lessonId,
      bytes: await bytesOf(request, MAX_IMAGE_BYTES),
      record: (db, key) =>
        recordAudit(db, {
          ...{ action: 'lesson.picture', actorId: context.userId, client },
          ...{ targetType: 'Lesson', targetId: lessonId, after: { file: key } },
        }),
    })
    return json(picture)
  },
})
