import { z } from 'zod'
import { isFault } from '#lib/fields/contract'
import type { CourseHead } from '#lib/teach/contract'
import { CATEGORIES_MOST, LETTERS_MOST, QUESTION_MAX, REASON_MAX } from './contract/constants'
import type { ItemState } from './rules/total'

/** What the pages of grades send and show. Points and percentages are decimal text. */

const id = z.string().regex(/^[a-z0-9]{1,40}$/)
const title = (most: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(most)
    .regex(/^[^\p{Cc}\p{Zl}\p{Zp}]*$/u)
const percent = z.string().regex(/^\d{1,3}(?:\.\d{1,2})?$/)

const category = z.strictObject({
  id,
  title: title(100),
  /** 0 to 999.99: what it means next to the others counts. */
  weight: percent,
  dropLowest: z.int().min(0).max(50),
  extraCredit: z.boolean(),
})

/** How one exam or assignment takes part. */
const placing = z.strictObject({
  /** null: in none. */
  categoryId: id.nullable(),
  extraCredit: z.boolean(),
  /** Off: it is practice, and no part of the grade. */
  counts: z.boolean(),
})
export type Placing = z.infer<typeof placing>

const letter = z.strictObject({ name: title(10), from: percent })

/** `Course.grading` as it is stored. Whatever is missing has the value that changes nothing. */
export const gradeSchemeSchema = z.strictObject({
  /** Off: all points together count. */
  weighted: z.boolean().default(false),
  categories: z.array(category).max(CATEGORIES_MOST).default([]),
  letters: z.array(letter).max(LETTERS_MOST).default([]),
  /** By the id of an exam or assignment; what isn't named counts, in no category. */
  items: z.record(id, placing).default({}),
})
export type GradeScheme = z.infer<typeof gradeSchemeSchema>

export const gradesPath = z.strictObject({ courseId: id })
export const personPath = z.strictObject({ courseId: id, userId: id })
export const cellPath = z.strictObject({ courseId: id, userId: id, item: id })

export const bookSearch = z.strictObject({
  /** How many grades a file has changed a moment ago. */
  imported: z
    .string()
    .regex(/^\d{1,6}$/)
    .optional()
    .catch(undefined),
})
const SCHEME_DONE = ['saved'] as const
export const schemeSearch = z.strictObject({ done: z.enum(SCHEME_DONE).optional().catch(undefined) })
const CELL_DONE = ['changed', 'answered'] as const
export type CellDone = (typeof CELL_DONE)[number]
export const cellSearch = z.strictObject({ done: z.enum(CELL_DONE).optional().catch(undefined) })
const OWN_DONE = ['asked'] as const
export const ownSearch = z.strictObject({ done: z.enum(OWN_DONE).optional().catch(undefined) })

/** The scheme as a JSON text, and what it was typed over. */
export const schemeForm = z.strictObject({
  courseId: id,
  base: z.string().max(200_000),
  scheme: z.string().max(200_000),
})

/** Points, or percent for the whole course, as they are typed; empty: what comes about by itself. */
const pointsOrNothing = z
  .string()
  .trim()
  .transform((text) => text.replace(',', '.'))
  .refine((text) => /^(?:\d{1,5}(?:\.\d{1,4})?)?$/.test(text), isFault({ kind: 'points' }))

export const changeForm = z.strictObject({
  courseId: id,
  userId: id,
  item: id,
  /** Number of the change that was on the screen; 0: none. */
  seen: z.string().regex(/^\d{1,6}$/),
  points: pointsOrNothing,
  excused: z.enum(['', 'on']).default(''),
  reason: z
    .string()
    .trim()
    .max(REASON_MAX)
    .transform((text) => text.replace(/\r\n?/g, '\n'))
    .default(''),
})
export type ChangeForm = z.infer<typeof changeForm>

const words = z
  .string()
  .trim()
  .min(1)
  .max(QUESTION_MAX)
  .transform((text) => text.replace(/\r\n?/g, '\n'))

export const askForm = z.strictObject({
  courseId: id,
  item: id,
  /** Of the form that was sent: a second press asks once. */
  key: z.string().regex(/^[a-f0-9-]{32,36}$/),
  body: words,
})
export const answerForm = z.strictObject({
  courseId: id,
  userId: id,
  item: id,
  questionId: id,
  answer: words,
})

/** An exam or assignment that learners see. */
export type GradeItem = Readonly<{
  id: string
  kind: 'exam' | 'assignment'
  title: string
  maxPoints: string
  dueAt: Date | null
}>

/** Where points come from by themselves. */
export type Source = Readonly<{
  /** With what lateness takes; null: none yet. */
  points: string | null
  /** Of this very work: an attempt may have been at another version. */
  maxPoints: string
  /** Before lateness. */
  given: string | null
  deduction: string
  /** `hidden`: there are some, and its learner may not see them yet. */
  state: 'none' | 'handed-in' | 'graded' | 'hidden'
  /** The attempt or submission. */
  workId: string | null
}>

/** A change by hand that holds. */
export type Change = Readonly<{
  number: number
  points: string | null
  excused: boolean
  reason: string | null
  changedBy: string | null
  changedAt: Date
}>

/** One line of how a grade comes about. */
export type GradeLine = Readonly<{
  item: GradeItem
  state: ItemState | 'no-part'
  points: string | null
  maxPoints: string
  source: Source
  change: Change | null
  /** Questions without an answer. */
  open: number
}>

export type CategoryLines = Readonly<{
  /** `rest`: what stands in no category. `apart`: what is no part of the grade. */
  kind: 'category' | 'rest' | 'apart'
  title: string
  extraCredit: boolean
  dropLowest: number
  points: string
  maxPoints: string
  percent: string | null
  /** How much of the grade it decides, in percent. */
  share: string | null
  lines: readonly GradeLine[]
}>

/** One person's grades, with everything that leads to the one of the course. */
export type PersonGrades = Readonly<{
  userId: string
  name: string
  email: string
  /** What holds: by hand, or else what comes about. */
  percent: string | null
  letter: string | null
  /** What comes about by itself. */
  computed: string | null
  change: Change | null
  weighted: boolean
  categories: readonly CategoryLines[]
  /** IANA: the course's, or else the school's. */
  timeZone: string
}>

export type GradeQuestionView = Readonly<{
  id: string
  body: string
  askedAt: Date
  answer: string | null
  answeredAt: Date | null
  answeredBy: string | null
}>

/** One grade to look at and to change. */
export type CellView = Readonly<{
  course: CourseHead
  person: Readonly<{ userId: string; name: string; email: string }>
  item: GradeItem | null
  line: GradeLine | null
  grades: PersonGrades
  /** The newest first. */
  history: readonly Change[]
  questions: readonly GradeQuestionView[]
}>
