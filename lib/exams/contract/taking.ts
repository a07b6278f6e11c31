import { z } from 'zod'
import { partText } from '#lib/files/contract/parts'
import { type AnswerValue, answerValueSchema, partId, type Question } from '../contract'

/** What travels between the exam room in the browser and the server. No key is part of any of it. */

type Of<T extends Question['type']> = Extract<Question, { type: T }>
type Common = Readonly<{ id: string; prompt: string; points: number }>
type Part = Readonly<{ id: string; text: string }>

/**
 * One question as a learner gets it: what `Question` has, less its key, its explanation and its origin. Options, items
 * and right-hand sides come in the order of this attempt, which says nothing of the key.
 */
export type DeliveredQuestion = Common &
  (
    | Readonly<{ type: 'single' | 'multiple'; options: readonly Part[] }>
    | Readonly<{ type: 'true-false' }>
    | Readonly<{ type: 'short-text' }>
    /** `asksUnit`: the unit is part of the answer. */
    | Readonly<{ type: 'numeric'; asksUnit: boolean }>
    | Readonly<{ type: 'matching'; left: readonly Part[]; right: readonly Part[] }>
    | Readonly<{ type: 'ordering'; items: readonly Part[] }>
    /** `text` has `{{id}}` where the blanks are. */
    | Readonly<{ type: 'blanks'; text: string; blanks: readonly string[] }>
    | Readonly<{ type: 'essay'; minWords: number | null; maxWords: number | null }>
    | (Readonly<{ type: 'file-upload' }> & Pick<Of<'file-upload'>, 'accept' | 'maxBytes'>)
  )

/** `ExamAttempt.layout`: which questions an attempt has and in which order; `{}`: all, in the version's order. */
export const attemptLayoutSchema = z.union([
  z.strictObject({}),
  z.strictObject({
    version: z.literal(1),
    questions: z.array(
      z.strictObject({
        id: partId,
        /** Ids of options, items or right-hand sides in the order shown; left out where there are none. */
        order: z.array(partId).max(50).optional(),
      }),
    ),
  }),
])
export type AttemptLayout = z.infer<typeof attemptLayoutSchema>

/** An answer as the browser keeps it: the sequence grows by one with each change the learner makes to it. */
export const savedAnswerSchema = z.strictObject({
  questionId: partId,
  sequence: z.number().int().min(1).max(2_000_000_000),
  value: answerValueSchema,
})
export type SentAnswer = z.infer<typeof savedAnswerSchema>

export const EVENT_KINDS = [
  'OPENED',
  'FOCUS_LOST',
  'FOCUS_BACK',
  'PASTED',
  'OFFLINE',
  'RECONNECTED',
  'OTHER_TAB',
  'CLOCK_JUMPED',
] as const

/** `ExamEvent.detail` */
export const eventDetailSchema = z.strictObject({
  questionId: partId.optional(),
  /** How long it lasted (FOCUS_BACK, RECONNECTED, CLOCK_JUMPED). */
  seconds: z.number().int().min(-31_536_000).max(31_536_000).optional(),
  /** Characters that were pasted. The text itself is not kept. */
  length: z.number().int().min(0).max(10_000_000).optional(),
})

export const sentEventSchema = z.strictObject({
  /** Made by the browser; an event that is sent twice is one. */
  key: z.string().regex(/^[A-Za-z0-9_-]{1,64}$/),
  kind: z.enum(EVENT_KINDS),
  /** Milliseconds since it happened, by the browser's monotonic clock. */
  ago: z.number().int().min(0).max(86_400_000),
  detail: eventDetailSchema.default({}),
})
export type SentEvent = z.infer<typeof sentEventSchema>

const examId = z.string().regex(/^[a-z0-9]{1,40}$/)
const attemptId = examId

/** POST /api/exams/start. Asked again it gives the attempt that runs. */
export const startRequest = z.strictObject({
  examId,
  accessCode: z.string().max(100).optional(),
  /** Only the attempt that runs: a room that comes back a moment after its end must not begin another. */
  resume: z.literal(true).optional(),
})

/**
 * Why an exam can't be started (409, but 422 for the code and 429 for too many of them): `error.reason` of the answer.
 * A refusal without a reason is to be tried again.
 */
export const START_REFUSALS = [
  'not-open-yet',
  'closed',
  'no-attempts-left',
  'code-needed',
  'wrong-code',
  'too-often',
  'over',
] as const
export type StartRefusal = (typeof START_REFUSALS)[number]

/** Bytes of a body of save and submit: a page with more sends it in several. */
export const SAVE_BYTES = 2_000_000

/** POST /api/exams/save: answers in any order, as often as needed. */
export const saveRequest = z.strictObject({
  examId,
  attemptId,
  answers: z.array(savedAnswerSchema).max(100),
  events: z.array(sentEventSchema).max(100).default([]),
})
export type SaveRequest = z.infer<typeof saveRequest>

/** POST /api/exams/submit: what is not saved yet comes with it. */
export const submitRequest = z.strictObject(saveRequest.shape)
export type SubmitRequest = z.infer<typeof submitRequest>

/**
 * POST /api/exams/file?examId&attemptId&questionId&name: the body is the file. It belongs to the attempt once its key
 * stands in a saved answer.
 */
export const fileQuery = z.strictObject({
  examId,
  attemptId,
  questionId: partId,
  name: z.string().min(1).max(300),
  /** Where the body is a part of the file: the last one is answered with the file, others with 202. */
  part: partText.optional(),
})
export type FileQuery = z.infer<typeof fileQuery>

/** Why a file is refused: `error.reason` of the answer. */
export const FILE_REFUSALS = ['type', 'size', 'empty', 'too-many', 'closed', 'no-room'] as const
export type FileRefusal = (typeof FILE_REFUSALS)[number]

/** What POST file answers. `name`: how it is called from now on; `url` opens it for half a day. */
export type UploadedAnswer = Readonly<{ key: string; name: string; bytes: number; url: string }>

/** A moment of the server's clock and how long is left by it: the browser counts on its monotonic clock from there. */
export type Clock = Readonly<{
  /** ISO instants of the server. */
  now: string
  startedAt: string
  deadlineAt: string
}>

/** What POST start answers. */
export type Started = Readonly<{
  attemptId: string
  number: number
  clock: Clock
  resumed: boolean
  questions: readonly DeliveredQuestion[]
  /** What the server holds; the browser's own copy wins where its sequence is higher. */
  answers: readonly SentAnswer[]
}>

/** What became of one answer that was sent; see `saveAnswer` in lib/db/queries/answers.ts. */
export type AnswerOutcome = Readonly<{
  questionId: string
  outcome: 'saved' | 'superseded' | 'closed' | 'unknown'
  /** What the server holds now. */
  stored: Readonly<{ sequence: number; value: AnswerValue }> | null
}>

/** What POST save answers. `submittedAt`: the attempt is over, whoever ended it. */
export type Saved = Readonly<{
  answers: readonly AnswerOutcome[]
  clock: Clock
  submittedAt: string | null
}>

/** What POST submit answers. `already`: it had been handed in before; nothing changed. */
export type Submitted = Readonly<{
  answers: readonly AnswerOutcome[]
  submittedAt: string
  already: boolean
}>
