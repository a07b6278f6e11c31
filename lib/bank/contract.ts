import { z } from 'zod'
import { partId, type Question, questionSchema } from '#lib/exams/contract'
import { QUESTION_TYPES, type QuestionType } from '#lib/exams/rules/drafting'
import type { FaultRule } from '#lib/exams/rules/drafting-finish'
import { isFault } from '#lib/fields/contract'
import { type Format, FORMATS, PICK_MAX } from './rules/limits'
import { readTags, TAG_MAX, TAGS_MAX } from './rules/tags'

/** What the pages of a school's question bank send and show. */

export const IMPORT_LIMITS = { bytes: 850_000, items: 1_000, itemLength: 40_000 } as const

const id = z.string().regex(/^[a-z0-9]{1,40}$/)
const key = z.string().regex(/^[a-f0-9-]{32,36}$/)
const seen = z.iso.datetime({ precision: 3 }).transform((text) => new Date(text))
const type = z.enum(['', ...QUESTION_TYPES]).default('')

/** Ticked boxes: none, one or many of a name. */
const ticked = <T extends z.ZodType>(one: T, most: number) =>
  z.union([one.transform((value) => [value]), z.array(one).max(most)]).default([])

/** Tags as they are typed: with commas between. */
const tags = z
  .string()
  .max(TAGS_MAX * (TAG_MAX + 2))
  .default('')
  .transform(readTags)
  .refine(
    (list) => list.length <= TAGS_MAX && list.every((tag) => tag.length <= TAG_MAX),
    isFault({ kind: 'tags', count: TAGS_MAX, length: TAG_MAX }),
  )

const DONE = ['archived', 'restored', 'imported'] as const
export const bankSearch = z.strictObject({
  q: z.string().trim().max(100).default(''),
  type,
  tag: z.string().trim().max(TAG_MAX).default(''),
  show: z.enum(['', 'archived']).default(''),
  cursor: z.string().min(1).max(400).optional(),
  done: z.enum(DONE).optional().catch(undefined),
  /** The question that was archived a moment ago. */
  question: id.optional().catch(undefined),
  /** How many the import added, and how many were there before. */
  added: z
    .string()
    .regex(/^\d{1,4}$/)
    .optional()
    .catch(undefined),
  there: z
    .string()
    .regex(/^\d{1,4}$/)
    .optional()
    .catch(undefined),
})
export type BankSearch = z.infer<typeof bankSearch>

export const bankPath = z.strictObject({ questionId: id })
const QUESTION_DONE = ['created', 'saved'] as const
export type QuestionDone = (typeof QUESTION_DONE)[number]
export const questionSearch = z.strictObject({ done: z.enum(QUESTION_DONE).optional().catch(undefined) })
export const newSearch = z.strictObject({ type: z.enum(QUESTION_TYPES).catch('single').default('single') })

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** A finished question as JSON. */
const question = z
  .string()
  .min(1)
  .max(1_000_000)
  .transform((text, context): Question => {
    const read = questionSchema.safeParse(readJson(text))
    if (read.success) return read.data
    context.addIssue({ code: 'custom', message: 'Not a finished question.' })
    return z.NEVER
  })

export const createForm = z.strictObject({ key, question, tags })
export const writeForm = z.strictObject({ questionId: id, seen, question, tags })
export const questionForm = z.strictObject({ questionId: id })

export const findForm = z.strictObject({
  q: z.string().trim().max(100).default(''),
  tag: z.string().trim().max(TAG_MAX).default(''),
})
export const copyForm = z.strictObject({
  courseId: id,
  examId: id,
  seen,
  questionIds: ticked(id, PICK_MAX).refine((list) => list.length > 0),
})
export const keepForm = z.strictObject({ courseId: id, examId: id, seen, questionId: partId })

export const previewForm = z.strictObject({
  format: z.enum(FORMATS),
  text: z.string().max(IMPORT_LIMITS.bytes).default(''),
  file: z.file().max(IMPORT_LIMITS.bytes).optional(),
})
export const importForm = z.strictObject({
  format: z.enum(FORMATS),
  text: z.string().min(1).max(IMPORT_LIMITS.bytes),
  chosen: ticked(
    z
      .string()
      .regex(/^\d{1,4}$/)
      .transform(Number),
    IMPORT_LIMITS.items,
  ),
  tags,
})

/** An exam that holds copies of a question. `courseId` only where the reader may edit it. */
export type Use = { examId: string; title: string; courseId: string | null }

/** A question in the bank's list. */
export type BankCard = {
  id: string
  type: QuestionType
  prompt: string
  points: number
  tags: string[]
  archived: boolean
  uses: Use[]
}

export type BankPage = {
  questions: BankCard[]
  tags: string[]
  search: BankSearch
  nextCursor: string | null
  previousCursor: string | null
}

export type BankQuestionView = {
  id: string
  question: Question
  tags: string[]
  archived: boolean
  /** `updatedAt`, ISO. */
  seen: string
  uses: Use[]
}

/** What the picker in an exam's editor shows. */
export type Found = {
  questions: Pick<BankCard, 'id' | 'type' | 'prompt' | 'points' | 'tags'>[]
  tags: string[]
  more: boolean
}

/** What an import changes, so that the item fits here. */
export const CHANGES = [
  'html',
  'pictures',
  'markdown',
  'title',
  'title-prompt',
  'feedback',
  'category',
  'weights-even',
  'weights-lost',
  'several-right',
  'negative-lost',
  'answers-lost',
  'wildcards',
  'blank-lines',
  'fill-in',
  'options-empty',
  'tags-lost',
] as const
export type Change = (typeof CHANGES)[number]

/** Why an item is left out. */
export const DROPS = [
  'syntax',
  'description',
  'long',
  'weights',
  'answers',
  'several',
  'type',
  'correct',
  'blanks',
  'shifted',
] as const
export type Drop = (typeof DROPS)[number]

/** `note`: the words of the file that it is about. */
export type Changed = Readonly<{ kind: Change; note?: string }>

/** Why a whole file can't be read. */
export const FILE_PROBLEMS = ['nothing', 'encoding', 'quotes', 'empty', 'tooMany', 'noHeading'] as const
export type FileProblem = (typeof FILE_PROBLEMS)[number]

/** An item of a file as the report shows it. */
export type ReportRow = {
  /** Which item of the file, from 0. */
  item: number
  /** Line of the file that it begins on, from 1. */
  line: number
  /** `there`: the bank has it already. */
  outcome: 'imported' | 'changed' | 'there' | 'dropped'
  type: QuestionType | null
  prompt: string
  tags: string[]
  changes: Changed[]
  drop: Drop | null
  faults: FaultRule[]
  /** Where in the file it couldn't be read, as the parser says it. */
  note: string | null
}

export type ImportReport = {
  format: Format
  rows: ReportRow[]
  /** What the import reads once more; empty when there is nothing to import. */
  text: string
}
