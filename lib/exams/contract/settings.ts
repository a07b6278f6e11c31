import { z } from 'zod'
import { partId } from '../contract'

/**
 * `Exam.settings` and `ExamVersion.settings`. Every field has a default, so that `{}` (rows written before a field
 * existed) reads as an exam with the plainest rules.
 */

/** Questions of the exam of which each attempt gets only some, drawn anew for every attempt. */
export const poolSchema = z.strictObject({
  id: partId,
  title: z.string().trim().min(1).max(200),
  /** How many of them an attempt gets. */
  draw: z.number().int().min(1).max(500),
  questionIds: z.array(partId).min(1).max(500),
})
export type Pool = z.infer<typeof poolSchema>

/** Which of a person's attempts gives the grade. All are kept. */
export const COUNTING = ['best', 'newest', 'first'] as const

/** From when a learner may see what `shows` names. */
export const REVIEW_TIMES = ['after-submission', 'after-close', 'after-release', 'never'] as const

const reviewSchema = z.strictObject({
  when: z.enum(REVIEW_TIMES).default('after-submission'),
  /** The points of the whole and of each question, and what the grader wrote. */
  score: z.boolean().default(true),
  /** The learner's own answers, marked right, partly right or wrong. */
  answers: z.boolean().default(true),
  /** The right answers and explanations. */
  key: z.boolean().default(false),
})

export const examSettingsSchema = z.strictObject({
  /** How often a person may sit the exam; null: as often as they like. */
  attempts: z.number().int().min(1).max(100).nullable().default(1),
  counting: z.enum(COUNTING).default('best'),
  /** Questions outside of any pool are always asked. */
  pools: z.array(poolSchema).max(50).default([]),
  shuffleQuestions: z.boolean().default(false),
  shuffleOptions: z.boolean().default(false),
  /** Percent of a question's points that a wrong choice costs (single, multiple, true/false); unanswered costs nothing. */
  negativePercent: z.number().int().min(0).max(100).default(0),
  /** Percent of all points from which the exam is passed; null: it can't be failed. */
  passPercent: z.number().int().min(0).max(100).nullable().default(null),
  review: reviewSchema.prefault({}),
  /**
   * Questions taken out of the grade after the fact: `full` gives everybody their points, `excluded` takes the question
   * out of what could be had.
   */
  voided: z.record(partId, z.enum(['full', 'excluded'])).default({}),
})
export type ExamSettings = z.infer<typeof examSettingsSchema>
