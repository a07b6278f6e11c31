import { z } from 'zod'
import { anyPerson } from '#lib/auth/access'
import { json, schoolRoute } from '#lib/auth/route'
import { SAVE_BYTES, saveRequest } from '#lib/exams/contract/taking'
import { saveAnswers } from '#lib/exams/save-answers'
import { examRequest, examUnit } from '../context'

/** Saves answers of one's running attempt. */
export const POST = schoolRoute({
  id: 'exam.save',
  access: anyPerson('One’s own attempt.'),
  query: z.strictObject({}),
  params: z.strictObject({}),
  run: async ({ request, school, actor }) => {
    const { userId, body } = await examRequest(
      { request, school, actor },
      { shape: saveRequest, limit: SAVE_BYTES },
    )
    return json(await examUnit(school, (db) => saveAnswers(db, userId, body)))
  },
})
