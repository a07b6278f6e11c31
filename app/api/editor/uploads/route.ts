import { z } from 'zod'
import { can } from '#lib/auth/access'
import { jsonBody } from '#lib/auth/json-body'
import { json, schoolRoute } from '#lib/auth/route'
import { withTenant } from '#lib/db/tenant'
import { uploadRequest } from '#lib/editor/contract'
import { beginUpload } from '#lib/editor/uploads'
import { editorContext } from '../context'

/** Makes room for a large file of a lesson. The log hears of it when it has arrived. */
export const POST = schoolRoute({
  id: 'editor.upload',
  access: can('course:edit'),
  query: z.strictObject({}),
  params: z.strictObject({}),
  run: async ({ request, school, actor }) => {
    const { tenantId, sender, reader, timeZone, limitBytes, locale } = await editorContext(school, actor)
    const input = await jsonBody(request, { shape: uploadRequest, limit: 10_000, locale })
    const begun = await withTenant(tenantId, (db) =>
      beginUpload(db, sender, { ...input, reader, timeZone, limitBytes }),
    )
    return json(begun, 201)
  },
})
