import { z } from 'zod'
import { can } from '#lib/auth/access'
import { jsonBody } from '#lib/auth/json-body'
import { json, schoolRoute } from '#lib/auth/route'
import { recordAudit } from '#lib/db/queries/audit'
import { CHUNK_BYTES, chunkQuery, finishRequest, uploadParams } from '#lib/editor/contract'
import { cancelUpload, finishUpload, receivePart, uploadState } from '#lib/editor/uploads'
import { bytesOf, editorContext } from '../../context'

const NO_QUERY = z.strictObject({})

/** Which parts have arrived: asked after a lost connection. */
export const GET = schoolRoute({
  id: 'editor.upload-state',
  access: can('course:edit'),
  query: NO_QUERY,
  params: uploadParams,
  run: async ({ school, actor, params: { uploadId } }) => {
    const { sender } = await editorContext(school, actor)
    return json(await uploadState(sender, uploadId))
  },
})

/** One part. Sent again, it replaces itself. */
export const PUT = schoolRoute({
  id: 'editor.upload-part',
  access: can('course:edit'),
  query: chunkQuery,
  params: uploadParams,
  run: async ({ request, school, actor, params: { uploadId }, query: { offset } }) => {
    const { sender } = await editorContext(school, actor)
    await receivePart(sender, uploadId, { offset, bytes: await bytesOf(request, CHUNK_BYTES) })
    return json({ offset })
  },
})

/** All parts are there: they become one file. */
export const POST = schoolRoute({
  id: 'editor.upload-finish',
  access: can('course:edit'),
  query: NO_QUERY,
  params: uploadParams,
  run: async ({ request, school, actor, params: { uploadId } }) => {
    const { sender, userId, limitBytes, locale, client } = await editorContext(school, actor)
    const { name } = await jsonBody(request, { shape: finishRequest, limit: 10_000, locale })
    const file = await finishUpload(sender, uploadId, {
      name,
      limitBytes,
      record: (db, { key }) =>
        recordAudit(db, {
          ...{ action: 'lesson.upload', actorId: userId, client },
          ...{ targetType: 'StoredFile', targetId: null, after: { name, file: key } },
        }),
    })
    return json(file)
  },
})

/** Gives an upload up. */
export const DELETE = schoolRoute({
  id: 'editor.upload-cancel',
  access: can('course:edit'),
  query: NO_QUERY,
  params: uploadParams,
  run: async ({ school, actor, params: { uploadId } }) => {
    const { sender } = await editorContext(school, actor)
    await cancelUpload(sender, uploadId)
    return json({ cancelled: true })
  },
})
