import { z } from 'zod'
import { isFault } from '#lib/fields/contract'
import type { CourseHead } from '#lib/teach/contract'
import type { HandedIn } from '../contract'
import type { Choices, Rubric } from './rubric'

/** What the pages of grading assignments send and show. */

export const FEEDBACK_MAX = 20_000

const id = z.string().regex(/^[a-z0-9]{1,40}$/)

const LIST_DONE = ['released', 'taken-back', 'graded'] as const
export type SubmissionsDone = (typeof LIST_DONE)[number]
export const submissionsSearch = z.strictObject({
  cursor: z.string().min(1).max(400).optional(),
  done: z.enum(LIST_DONE).optional().catch(undefined),
})

export const submissionPath = z.strictObject({ courseId: id, assignmentId: id, submissionId: id })
export const submissionSearch = z.strictObject({
  /** The submission that was graded a moment ago. */
  saved: id.optional().catch(undefined),
})

const pointsField = z
  .string()
  .trim()
  .transform((text) => text.replace(',', '.'))
  .refine((text) => /^\d{1,5}(?:\.\d{1,4})?$/.test(text), isFault({ kind: 'points' }))

export const gradeForm = z.strictObject({
  courseId: id,
  assignmentId: id,
  submissionId: id,
  /** `gradedAt` that was on the screen; empty: it had no grade. */
  seen: z.union([z.literal(''), z.iso.datetime({ precision: 3 })]),
  /** The version that was on the screen. */
  version: z.string().regex(/^\d{1,6}$/),
  points: pointsField,
  /** `Choices` as JSON; empty: nothing by a rubric. */
  marks: z.string().max(60_000).default(''),
  feedback: z
    .string()
    .trim()
    .max(FEEDBACK_MAX)
    .transform((text) => text.replace(/\r\n?/g, '\n')),
})
export type GradeForm = z.infer<typeof gradeForm>

export const releaseForm = z.strictObject({ courseId: id, assignmentId: id, release: z.enum(['on', 'off']) })

/** An assignment as those who grade it see it. */
export type GradedAssignment = Readonly<{
  course: CourseHead
  id: string
  title: string
  /** Decimal text. */
  points: string
  /** IANA: the course's, or else the school's. */
  timeZone: string
}>

/** `stale`: handed in again since it was graded. */
export type GradeState = 'waits' | 'stale' | 'graded' | 'released'

export type SubmissionCard = Readonly<{
  id: string
  name: string
  email: string
  submittedAt: Date
  version: number
  daysLate: number
  state: GradeState
  /** With what lateness takes; decimal text. */
  grade: string | null
}>

export type SubmissionsView = Readonly<{
  assignment: GradedAssignment
  submissions: readonly SubmissionCard[]
  nextCursor: string | null
  previousCursor: string | null
  counts: Readonly<{ handedIn: number; waiting: number; graded: number; released: number; enrolled: number }>
  /** The first that waits; null: none. */
  first: string | null
}>

export type SubmissionView = Readonly<{
  assignment: GradedAssignment
  card: SubmissionCard
  description: string | null
  versions: readonly HandedIn[]
  /** As it was given, before lateness; decimal text. */
  points: string | null
  deduction: string
  feedback: string | null
  rubric: Rubric
  /** What was given by it. */
  choices: Choices
  /** `gradedAt`, for the form. */
  seen: string
  previous: string | null
  next: string | null
}>
