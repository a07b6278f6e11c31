import { z } from 'zod'
import { anyPerson } from '#lib/auth/access'
import { json, schoolRoute } from '#lib/auth/route'
import { recordAudit } from '#lib/db/queries/audit'
import { SAVE_BYTES, submitRequest } from '#lib/exams/contract/taking'
import { submitAttempt } from '#lib/exams/submit-attempt'
import { examRequest, examUnit } from '../context'

/** Hands one's attempt in. */
export const POST = schoolRoute({
  id: 'exam.submit',
  access: anyPerson('One’s own attempt.'),
  query: z.strictObject({}),
  params: z.strictObject({}),
  run: async ({ request, school, actor }) => {
    const { userId, body, client } = await examRequest(
      { request, school, actor },
      {
        shape: submitRequest,
        limit: SAVE_BYTES,
      },
    )
    const submitted = await examUnit(school, (db) =>
      submitAttempt(db, {
        userId,
        request: body,
        record: (unit, after) =>
          recordAudit(unit, {
            ...{ action: 'exam.submit', actorId: userId, client },
            ...{ targetType: 'ExamAttempt', targetId: body.attemptId, after },
          }),
      }),
    )
    return json(submitted)
  },
})
