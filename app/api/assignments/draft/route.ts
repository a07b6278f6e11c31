import { z } from 'zod'
import { draftBody } from '#lib/assignments/contract'
import { saveDraft } from '#lib/assignments/write-work'
import { can } from '#lib/auth/access'
import { person } from '#lib/auth/actor'
import { jsonBody } from '#lib/auth/json-body'
import { json, schoolRoute } from '#lib/auth/route'
import { withTenant } from '#lib/db/tenant'
import { BODY_LIMIT } from '#lib/tenancy/acceptable'

const NO_PARAMS = z.strictObject({})

/** Keeps what is being written, while it is: the page sends it by itself. */
export const PUT = schoolRoute({
  id: 'assignment.keep',
  access: can('assignment:submit'),
  query: NO_PARAMS,
  params: NO_PARAMS,
  run: async ({ request, school, actor }) => {
    const { timeZone, locale } = school
    const form = await jsonBody(request, { shape: draftBody, limit: BODY_LIMIT, locale })
    const { userId } = person(actor)
    const seen = await withTenant(school.id, (db) => saveDraft(db, { form, userId, timeZone, locale }))
    return json({ seen })
  },
})
