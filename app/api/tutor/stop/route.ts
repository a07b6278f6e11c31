import { z } from 'zod'
import { anyPerson } from '#lib/auth/access'
import { person } from '#lib/auth/actor'
import { jsonBody } from '#lib/auth/json-body'
import { json, schoolRoute } from '#lib/auth/route'
import { stopQuestion } from '#lib/db/queries/tutor'
import { withTenant } from '#lib/db/tenant'
import { stopBody } from '#lib/tutor/contract'
import { stopRunning } from '#lib/tutor/running'

/** Stops the answer to one's own question. What was shown of it stays. */
export const POST = schoolRoute({
  id: 'tutor.stop',
  access: anyPerson('One’s own question.'),
  query: z.strictObject({}),
  params: z.strictObject({}),
  run: async ({ request, school, actor }) => {
    const { key, shown } = await jsonBody(request, { shape: stopBody, limit: 1_000, locale: school.locale })
    const { userId } = person(actor)
    const questionId = await withTenant(school.id, (db) => stopQuestion(db, { userId, key, shown }))
    if (questionId !== null) stopRunning(school.id, questionId)
    return json({ stopped: questionId !== null })
  },
})
