import { z } from 'zod'
import { isFault } from '#lib/fields/contract'
import { partId } from '../contract'
import type { Ease, Separation } from '../rules/analysis'
import { COMMENT_MAX } from '../rules/comment'
import type { EventFact } from '../rules/event-facts'
import type { Grade } from '../rules/grading'
import type { RegradedMark } from '../rules/regrade'
import type { AnswerView } from './learner'
import type { ExamSettings } from './settings'
import type { EVENT_KINDS } from './taking'

/** What the pages of grading send and show. */

const id = z.string().regex(/^[a-z0-9]{1,40}$/)
const cursor = z.string().min(1).max(400).optional()

export const STATES = ['running', 'waiting', 'graded', 'none'] as const
export type AttemptState = (typeof STATES)[number]

const ATTEMPTS_DONE = ['ended', 'released', 'taken-back', 'regraded'] as const

/** `state` `none`: who hasn't started. */
export const attemptsSearch = z.strictObject({
  q: z.string().trim().max(100).default(''),
  state: z
    .enum(['', ...STATES])
    .default('')
    .catch(''),
  cursor,
  done: z.enum(ATTEMPTS_DONE).optional().catch(undefined),
})
export type AttemptsSearch = z.infer<typeof attemptsSearch>

export const attemptPath = z.strictObject({ courseId: id, examId: id, attemptId: id })
export const gradePath = z.strictObject({ courseId: id, examId: id, questionId: partId })

/** The question that was saved a moment ago, and when: a page of its own for each time. */
const saved = z
  .string()
  .regex(/^[A-Za-z0-9_-]{1,40}\.\d{1,16}$/)
  .optional()
  .catch(undefined)

export const attemptSearch = z.strictObject({ saved })

const NAMES = ['shown', 'hidden'] as const
const SHOWS = ['waiting', 'all'] as const
export const gradeSearch = z.strictObject({
  /** Whose answer; left out: the first that waits. */
  attempt: id.optional().catch(undefined),
  names: z.enum(NAMES).default('shown').catch('shown'),
  show: z.enum(SHOWS).default('waiting').catch('waiting'),
  saved,
})
export type GradeSearch = z.infer<typeof gradeSearch>

export const noSearch = z.strictObject({})

export const endAttemptForm = z.strictObject({ courseId: id, examId: id, attemptId: id })
export const releaseForm = z.strictObject({ courseId: id, examId: id, release: z.enum(['on', 'off']) })

/** Up to four places, with a point or a comma; empty takes a mark by hand back. */
const pointsField = z
  .string()
  .trim()
  .refine((text) => /^(?:\d{1,5}(?:[.,]\d{1,4})?)?$/.test(text), isFault({ kind: 'points' }))
  .transform((text) => (text === '' ? null : text.replace(',', '.')))

export const markForm = z.strictObject({
  courseId: id,
  examId: id,
  attemptId: id,
  questionId: partId,
  points: pointsField,
  comment: z
    .string()
    .trim()
    .max(COMMENT_MAX)
    .transform((text) => text.replace(/\r\n?/g, '\n')),
  /** `updatedAt` of the mark that was on the screen. */
  seen: z.iso.datetime({ precision: 3 }).transform((text) => new Date(text)),
  /** Where to go on: to what waits in this attempt and the next, or to the next answer to this question. */
  along: z.enum(['attempt', 'question']),
  names: z.enum(NAMES).default('shown'),
  show: z.enum(SHOWS).default('waiting'),
})
export type MarkForm = z.infer<typeof markForm>

export const readMarkForm = z.strictObject({ courseId: id, examId: id, attemptId: id, questionId: partId })

export const regradeForm = z.strictObject({
  courseId: id,
  examId: id,
  /** Of the preview that was looked at. */
  stamp: z.string().regex(/^[0-9a-f]{32}$/),
})

export const exportQuery = z.strictObject({ courseId: id, examId: id })

/** How many attempts there are of each kind; `none`: people enrolled without one. */
export type StateCounts = Readonly<Record<AttemptState, number>> & Readonly<{ behind: number }>

export type AttemptCard = Readonly<{
  id: string
  userId: string
  name: string
  email: string
  number: number
  counts: boolean
  /** Decimal text; null until all questions have points. */
  score: string | null
  maxScore: string | null
  passed: boolean | null
  startedAt: Date
  deadlineAt: Date
  submittedAt: Date | null
  endedBy: 'LEARNER' | 'DEADLINE' | 'INSTRUCTOR' | null
  /** Questions without points. */
  waiting: number
}>

export type IdlePerson = Readonly<{ userId: string; name: string; email: string }>

export type QuestionPile = Readonly<{ id: string; prompt: string; waiting: number }>

export type AttemptsView = Readonly<{
  search: AttemptsSearch
  attempts: readonly AttemptCard[]
  idle: readonly IdlePerson[]
  counts: StateCounts
  /** Questions that have answers without points. */
  piles: readonly QuestionPile[]
  nextCursor: string | null
  previousCursor: string | null
  releasedAt: Date | null
  review: ExamSettings['review']
  passPercent: number | null
  timeZone: string
  now: Date
  /** Whether the reader may grade here, or only look. */
  may: boolean
}>

/** A mark as it stands. */
export type MarkView = Readonly<{
  /** Decimal text without trailing zeros; null: waits for a person. */
  points: string | null
  maxPoints: string
  byHand: boolean
  graderName: string | null
  comment: string
  gradedAt: Date | null
  /** ISO. */
  updatedAt: string
}>

export type QuestionToGrade = Readonly<{
  id: string
  type: string
  number: number
  prompt: string
  answer: AnswerView
  right: AnswerView | null
  explanation: string | null
  /** What the machine gives, and why. */
  machine: Grade
  voided: 'full' | 'excluded' | null
  /** A person has to read it. */
  needsPerson: boolean
  /** The newer version that gave the points lacks this question. */
  gone: boolean
  words: number | null
  /** Null while the attempt runs. */
  mark: MarkView | null
}>

export type TimelineEntry = Readonly<{
  kind: (typeof EVENT_KINDS)[number]
  at: Date
  seconds: number | null
  length: number | null
  /** Number of the question it happened at. */
  question: number | null
}>

export type AttemptToGrade = Readonly<{
  attempt: AttemptCard
  questions: readonly QuestionToGrade[]
  facts: readonly EventFact[]
  timeline: readonly TimelineEntry[]
  /** Ids of the attempts handed in before and after it. */
  previous: string | null
  next: string | null
  timeZone: string
  now: Date
  may: boolean
  /** The points come from older keys than the newest. */
  behind: boolean
}>

export type AnswerToGrade = Readonly<{
  attemptId: string
  /** Of the person and of the attempt; null while names are hidden. */
  name: string | null
  number: number
  submittedAt: Date
  question: QuestionToGrade
}>

export type QuestionGrading = Readonly<{
  search: GradeSearch
  question: Readonly<{ id: string; prompt: string; type: string; number: number }>
  total: number
  graded: number
  /** Place of the shown one in the pile, from 1. */
  place: number
  current: AnswerToGrade | null
  previous: string | null
  next: string | null
  timeZone: string
  may: boolean
}>

/** What another grader saved meanwhile. */
export type OtherMark = Readonly<{
  points: string | null
  comment: string
  graderName: string | null
  updatedAt: string
}>

export type RegradedAttempt = Readonly<{
  attemptId: string
  name: string
  number: number
  /** It gives the person's grade now, and once the regrade is applied. */
  counted: boolean
  counts: boolean
  from: string | null
  fromMax: string
  to: string | null
  toMax: string
  passedFrom: boolean | null
  passedTo: boolean | null
  marks: readonly (RegradedMark & Readonly<{ number: number }>)[]
}>

export type RegradePreview = Readonly<{
  stamp: string
  /** Number of the version whose keys would give the points; null: none was published. */
  version: number | null
  /** Attempts that older keys graded, and those of them whose points change. */
  behind: number
  changed: readonly RegradedAttempt[]
  newlyPassed: number
  newlyFailed: number
  /** Marks by hand of questions that are taken out of the grade: they stay. */
  byHandVoided: number
  running: number
  /** The author has changes that aren't published: they are no part of this. */
  unpublished: boolean
  may: boolean
  madeAt: Date
  timeZone: string
}>

export type AnalysedOption = Readonly<{
  text: string
  correct: boolean
  count: number
  upper: number
  lower: number
}>

export type AnalysedItem = Readonly<{
  id: string
  number: number
  prompt: string
  /** Its choices are `true` and `false`. */
  truth: boolean
  count: number
  difficulty: number
  ease: Ease
  discrimination: number | null
  upperLower: number | null
  separation: Separation
  /** Of choices: how often each was taken; empty for other types. */
  options: readonly AnalysedOption[]
  /** Attempts that left it empty. */
  blank: number
}>

export type AnalysisView = Readonly<{
  attempts: number
  /** Attempts that count and wait for points. */
  waiting: number
  few: boolean
  mean: number | null
  median: number | null
  deviation: number | null
  alpha: number | null
  alphaItems: number
  distribution: readonly number[]
  items: readonly AnalysedItem[]
}>
