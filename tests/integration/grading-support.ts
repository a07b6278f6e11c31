import type { Pool } from 'pg'
import { getGradedExam } from '#lib/db/queries/exam-grades'
import type { Question } from '#lib/exams/contract'
import { markForm } from '#lib/exams/contract/grading'
import { giveMark, readMark } from '#lib/exams/give-marks'
import { makeQuestions } from '#tests/support/factories'
import { makeSitting, north, start, submit, truth } from './exam-support'

/** Grading at the school `north`, course `maths`, by `tea0`. */

const by = { userId: 'tea0', everyCourse: false }
export const place = { courseId: 'maths', by, timeZone: 'UTC' }

export const essay: Question = {
  ...{ type: 'essay', version: 1, id: 'e', prompt: 'Why?', points: 5, explanation: '' },
  ...{ minWords: null, maxWords: null },
}

/** The newest version of an exam, and its working copy, from now on. */
export async function publish(
  owner: Pool,
  examId: string,
  questions: readonly unknown[],
  settings: unknown,
): Promise<void> {
  const values = [examId, JSON.stringify(questions), JSON.stringify(settings)]
  await owner.query(`update "Exam" set questions = $2, settings = $3 where id = $1`, values)
  await owner.query(
    `insert into "ExamVersion" (id, "tenantId", "examId", number, duration, questions, settings)
     select $1 || 'v' || (max(number) + 1), "tenantId", $1, max(number) + 1, 30, $2::jsonb, $3::jsonb
     from "ExamVersion" where "examId" = $1 group by "tenantId"`,
    values,
  )
}

export const SETTINGS = { attempts: null, counting: 'newest', passPercent: 50 }

/** An exam of two truths and an essay worth five. */
export async function withEssay(owner: Pool): Promise<string> {
  const examId = await makeSitting(owner, { questions: 2 })
  await publish(owner, examId, [...makeQuestions(2), essay], SETTINGS)
  return examId
}

const wrote = { questionId: 'e', sequence: 1, value: { type: 'essay', text: 'Because it is so.' } } as const

/** An attempt that is in: both truths answered `true` (the first is right), and the essay. */
export async function sat(
  examId: string,
  userId: string,
  answers = [truth('q0', 1, true), truth('q1', 1, true)],
) {
  const { attemptId } = await start(examId, userId)
  await submit({ examId, attemptId }, [...answers, wrote], userId)
  return attemptId
}

export const graded = (examId: string) =>
  north((db) => getGradedExam(db, { courseId: 'maths', examId, timeZone: 'UTC' }))

export async function seen(examId: string, attemptId: string, questionId = 'e'): Promise<string> {
  return (await north((db) => readMark(db, { ...place, examId, attemptId, questionId }))).updatedAt
}

type Mark = Readonly<{ points: string; comment?: string; questionId?: string; seen?: string; along?: string }>

/** Gives points as the form does. */
export async function mark(examId: string, attemptId: string, given: Mark, grader = by) {
  const { points, comment = '', questionId = 'e', along = 'attempt' } = given
  const form = markForm.parse({
    ...{ courseId: 'maths', examId, attemptId, questionId, points, comment, along },
    seen: given.seen ?? (await seen(examId, attemptId, questionId)),
  })
  return north((db) => giveMark(db, { by: grader, timeZone: 'UTC', locale: 'en', form }))
}
