import { z } from 'zod'
import { anyPerson } from '#lib/auth/access'
import { person } from '#lib/auth/actor'
import { currentClient } from '#lib/auth/client'
import { json, schoolRoute } from '#lib/auth/route'
import { recordAudit } from '#lib/db/queries/audit'
import { fileQuery } from '#lib/exams/contract/taking'
import { takeFile } from '#lib/exams/take-file'
import { limitsOf } from '#lib/plans/rules'

/** A file for a question of one's running attempt: the body is the file. */
export const POST = schoolRoute({
  id: 'exam.file',
  access: anyPerson('One’s own attempt.'),
  query: fileQuery,
  params: z.strictObject({}),
  run: async ({ request, school, actor, query }) => {
    const { userId } = person(actor)
    const client = await currentClient()
    const file = await takeFile({
      ...{ tenantId: school.id, userId, query, body: request.body },
      limitBytes: limitsOf(school.plan).storageBytes,
      record: (db, { key }) =>
        recordAudit(db, {
          ...{ action: 'exam.file', actorId: userId, client },
          ...{ targetType: 'ExamAttempt', targetId: query.attemptId, after: { file: key } },
        }),
    })
    return file === null ? json({}, 202) : json(file, 201)
  },
})
