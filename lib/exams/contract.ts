import { z } from 'zod'

/**
 * The Json of exams: questions, answers and their snapshot. Each question carries the version of its shape, so that
 * a later shape is added beside this one and rows written today are read for as long as they exist.
 */
export const QUESTION_VERSION = 1

/** Ids of questions and of what they are made of. */
export const partId = z.string().regex(/^[A-Za-z0-9_-]{1,40}$/)
const id = partId
const text = z.string().trim().min(1).max(10_000)
const choice = z.strictObject({ id, text })
const choices = z.array(choice).min(2).max(50)

const common = {
  version: z.literal(QUESTION_VERSION),
  id,
  prompt: text,
  points: z.number().positive().max(1_000),
  explanation: z.string().max(10_000),
  /** The question of the school's bank that this is a copy of. */
  bankId: id.optional(),
}

/** Whether a part of the parts earns a part of the points; left out: as the type's own rule says. */
const partialCredit = z.boolean().optional()

const tolerance = z.strictObject({ kind: z.enum(['absolute', 'relative']), value: z.number().nonnegative() })
const pattern = z.strictObject({ kind: z.enum(['exact', 'regex']), value: z.string().min(1).max(500) })

const single = z.strictObject({ ...common, type: z.literal('single'), options: choices, correct: id })
const multiple = z.strictObject({
  ...common,
  type: z.literal('multiple'),
  options: choices,
  correct: z.array(id).min(1),
  partialCredit: z.boolean(),
})
const trueFalse = z.strictObject({ ...common, type: z.literal('true-false'), correct: z.boolean() })
const shortText = z.strictObject({
  ...common,
  type: z.literal('short-text'),
  accept: z.array(pattern).min(1).max(50),
  caseSensitive: z.boolean(),
  accentSensitive: z.boolean(),
})
const numeric = z.strictObject({
  ...common,
  type: z.literal('numeric'),
  correct: z.number(),
  tolerance,
  unit: z.string().max(40).nullable(),
  /** Other units that are taken; a value in one, times its factor, is the value in `unit`. */
  otherUnits: z
    .array(z.strictObject({ unit: z.string().trim().min(1).max(40), factor: z.number().positive() }))
    .max(10)
    .optional(),
})
const matching = z.strictObject({
  ...common,
  type: z.literal('matching'),
  left: choices,
  right: choices,
  pairs: z.array(z.tuple([id, id])).min(1),
  partialCredit,
})
const ordering = z.strictObject({
  ...common,
  type: z.literal('ordering'),
  items: choices,
  correct: z.array(id).min(2),
  partialCredit,
})
const blank = z.strictObject({
  id,
  accept: z.array(z.string().min(1).max(500)).min(1),
  caseSensitive: z.boolean(),
  accentSensitive: z.boolean().optional(),
})
const blanks = z.strictObject({
  ...common,
  type: z.literal('blanks'),
  text,
  blanks: z.array(blank).min(1).max(50),
  partialCredit,
})
const essay = z.strictObject({
  ...common,
  type: z.literal('essay'),
  minWords: z.number().int().nonnegative().nullable(),
  maxWords: z.number().int().positive().nullable(),
})
const fileUpload = z.strictObject({
  ...common,
  type: z.literal('file-upload'),
  accept: z.array(z.string().regex(/^[a-z0-9]{1,10}$/)).min(1),
  maxBytes: z.number().int().positive(),
})

type Parsed = z.infer<typeof anyQuestion>
const anyQuestion = z.discriminatedUnion('type', [
  single,
  multiple,
  trueFalse,
  shortText,
  numeric,
  matching,
  ordering,
  blanks,
  essay,
  fileUpload,
])

/** Whether two lists hold the same ids, each once. */
function same(one: readonly string[], other: readonly string[]): boolean {
  const all = new Set(one)
  return (
    new Set(other).size === other.length && one.length === other.length && other.every((id) => all.has(id))
  )
}

const ids = (list: readonly { id: string }[]): string[] => list.map((entry) => entry.id)

/** Whether a question's key refers only to things the question has. */
function keyFits(question: Parsed): boolean {
  switch (question.type) {
    case 'single':
      return ids(question.options).includes(question.correct)
    case 'multiple':
      return question.correct.every((answer) => ids(question.options).includes(answer))
    case 'matching':
      return question.pairs.every(
        ([left, right]) => ids(question.left).includes(left) && ids(question.right).includes(right),
      )
    case 'ordering':
      return same(ids(question.items), question.correct)
    case 'blanks':
      return question.blanks.every((entry) => question.text.includes(`{{${entry.id}}}`))
    case 'true-false':
    case 'short-text':
    case 'numeric':
    case 'essay':
    case 'file-upload':
      return true
  }
}

/** One question with its key. Never sent to a learner's browser before the key may be shown. */
export const questionSchema = anyQuestion.refine(
  keyFits,
  'The key names something that the question doesn’t have.',
)
export type Question = z.infer<typeof questionSchema>

/** `Exam.questions` and `ExamVersion.questions`. */
export const questionsSchema = z
  .array(questionSchema)
  .max(500)
  .refine((list) => new Set(ids(list)).size === list.length, 'Two questions have the same id.')

/** What a learner answers; the shape follows the question's type. */
export const answerValueSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('single'), choice: id.nullable() }),
  z.strictObject({ type: z.literal('multiple'), choices: z.array(id).max(50) }),
  z.strictObject({ type: z.literal('true-false'), value: z.boolean().nullable() }),
  z.strictObject({ type: z.literal('short-text'), text: z.string().max(2_000) }),
  z.strictObject({
    type: z.literal('numeric'),
    text: z.string().max(100),
    unit: z.string().max(40).nullable(),
  }),
  z.strictObject({ type: z.literal('matching'), pairs: z.array(z.tuple([id, id])).max(50) }),
  z.strictObject({ type: z.literal('ordering'), order: z.array(id).max(50) }),
  z.strictObject({
    type: z.literal('blanks'),
    texts: z.record(id, z.string().max(2_000)).refine((texts) => Object.keys(texts).length <= 50),
  }),
  z.strictObject({ type: z.literal('essay'), text: z.string().max(100_000) }),
  z.strictObject({ type: z.literal('file-upload'), keys: z.array(z.string().max(400)).max(20) }),
])
export type AnswerValue = z.infer<typeof answerValueSchema>

/** `ExamAttempt.answers`: what stood in the answer rows when the attempt was submitted; `{}` before. */
export const attemptAnswersSchema = z.union([
  z.strictObject({}),
  z.strictObject({
    version: z.literal(1),
    answers: z.record(
      id,
      z.strictObject({
        value: answerValueSchema,
        sequence: z.number().int().nonnegative(),
        savedAt: z.iso.datetime(),
      }),
    ),
  }),
])
export type AttemptAnswers = z.infer<typeof attemptAnswersSchema>
