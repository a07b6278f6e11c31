import { z } from 'zod'
import { anyPerson } from '#lib/auth/access'
import { json, schoolRoute } from '#lib/auth/route'
import { startRequest } from '#lib/exams/contract/taking'
import { startAttempt, startError } from '#lib/exams/start-attempt'
import { examRequest, examUnit } from '../context'

/** Starts an attempt, or gives the one that runs. */
export const POST = schoolRoute({
  id: 'exam.start',
  access: anyPerson('One’s own attempt; the enrollment decides which exams there are.'),
  query: z.strictObject({}),
  params: z.strictObject({}),
  run: async ({ request, school, actor }) => {
    const { userId, body, client } = await examRequest(
      { request, school, actor },
      { shape: startRequest, limit: 2_000 },
    )
    const { examId, accessCode = null, resume = false } = body
    const result = await examUnit(school, (db) =>
      startAttempt(db, { userId, examId, accessCode, resume, client }),
    )
    if ('refused' in result) throw startError(result.refused)
    return json(result.started)
  },
})
