import { z } from 'zod'
import { can } from '#lib/auth/access'
import { json, schoolRoute } from '#lib/auth/route'
import { recordAudit } from '#lib/db/queries/audit'
import { CHUNK_BYTES, chunkQuery, finishRequest, uploadParams } from '#lib/editor/contract'
import { cancelUpload, finishUpload, receivePart, uploadState } from '#lib/editor/uploads'
import { bytesOf, editorContext, jsonOf } from '../../context'

const NO_QUERY = z.strictObject({})

/** Which parts have arrived: asked after a lost connection. */
export const GET = schoolRoute({
  id: 'editor.upload-state',
  access: can('course:edit'),
  query: NO_QUERY,
  params: uploadParams,
  run: async ({ school, params: { uploadId } }) => {
    const { sender } = await editorContext(school)
    return json(await uploadState(sender, uploadId))
  },
})

/** One part. Sent again, it replaces itself. */
export const PUT = schoolRoute({
  id: 'editor.upload-part',
  access: can('course:edit'),
  query: chunkQuery,
  params: uploadParams,
  run: async ({ request, school, params: { uploadId }, query: { offset } }) => {
    const { sender } = await editorContext(school)
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
  run: async ({ request, school, params: { uploadId } }) => {
    const { sender, userId, limitBytes, locale, client } = await editorContext(school)
    const { name } = await jsonOf(request, finishRequest, 10_000, locale)
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
  run: async ({ school, params: { uploadId } }) => {
    const { sender } = await editorContext(school)
    await cancelUpload(sender, uploadId)
    return json({ cancelled: true })
  },
})
