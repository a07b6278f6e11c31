import { z } from 'zod'
import { isFault, momentText, orNothing, wholeText } from '#lib/fields/contract'
import type { CourseHead } from '#lib/teach/contract'
import type { AssignmentSettings } from '../contract'
import type { Rubric } from './rubric'

/** What the pages of building assignments send and show. */

export const ASSIGNMENT_TITLE_MAX = 200
export const DESCRIPTION_MAX = 20_000
const POINTS_MAX = 10_000
/** Minutes: a week. */
const GRACE_MAX = 10_080
const DAYS_MAX = 365
const TIMES_MAX = 100

const id = z.string().regex(/^[a-z0-9]{1,40}$/)
const title = z
  .string()
  .trim()
  .min(1)
  .max(ASSIGNMENT_TITLE_MAX)
  .regex(/^[^\p{Cc}\p{Zl}\p{Zp}]*$/u)
/** Of the form that was sent: a second press finds what the first one made. */
const key = z.string().regex(/^[a-f0-9-]{32,36}$/)
const tick = z.enum(['', 'on']).default('')

/** A decimal as it is typed, with a point or a comma, from 0 to `most`. */
const decimalText = (most: number, places: number) =>
  z
    .string()
    .trim()
    .transform((text) => text.replace(',', '.'))
    .refine(
      (text) => new RegExp(`^\\d{1,5}(?:\\.\\d{1,${String(places)}})?$`).test(text) && Number(text) <= most,
      isFault({ kind: 'decimal', most, places }),
    )
const percentOrNothing = z.union([z.literal(''), decimalText(100, 2)])

const LIST_DONE = ['deleted', 'restored'] as const
export const assignmentsSearch = z.strictObject({
  cursor: z.string().min(1).max(400).optional(),
  done: z.enum(LIST_DONE).optional().catch(undefined),
  /** The assignment that was deleted a moment ago. */
  assignment: id.optional().catch(undefined),
})
export type AssignmentsSearch = z.infer<typeof assignmentsSearch>

const EDIT_DONE = ['created', 'saved', 'rubric', 'published', 'draft'] as const
export type EditDone = (typeof EDIT_DONE)[number]
export const editSearch = z.strictObject({ done: z.enum(EDIT_DONE).optional().catch(undefined) })

export const authoredPath = z.strictObject({ courseId: id, assignmentId: id })

export const createForm = z.strictObject({ courseId: id, title, key })
export const assignmentForm = z.strictObject({ courseId: id, assignmentId: id })

export const editForm = z.strictObject({
  courseId: id,
  assignmentId: id,
  /** `updatedAt` of what the form began with. */
  seen: z.iso.datetime({ precision: 3 }),
  title,
  description: z
    .string()
    .trim()
    .max(DESCRIPTION_MAX)
    .transform((text) => text.replace(/\r\n?/g, '\n')),
  points: decimalText(POINTS_MAX, 2),
  text: tick,
  file: tick,
  link: tick,
  dueDate: orNothing(momentText),
  graceMinutes: orNothing(wholeText(0, GRACE_MAX)),
  percentPerDay: percentOrNothing,
  floorPercent: percentOrNothing,
  daysOpen: orNothing(wholeText(0, DAYS_MAX)),
  times: orNothing(wholeText(1, TIMES_MAX)),
})
export type EditForm = z.infer<typeof editForm>

/** An assignment in the list of a course. */
export type AssignmentCard = Readonly<{
  id: string
  title: string
  published: boolean
  dueDate: Date | null
  points: string
  handedIn: number
  waiting: number
}>

export type AssignmentsPage = Readonly<{
  assignments: readonly AssignmentCard[]
  nextCursor: string | null
  previousCursor: string | null
}>

/** An assignment as its author works on it. */
export type AuthoredAssignment = Readonly<{
  course: CourseHead
  id: string
  title: string
  description: string | null
  points: string
  text: boolean
  file: boolean
  link: boolean
  /** `YYYY-MM-DDTHH:mm` by the clocks of `timeZone`; empty: none. */
  dueDate: string
  /** IANA: the course's, or else the school's. */
  timeZone: string
  settings: AssignmentSettings
  rubric: Rubric
  publishedAt: Date | null
  /** People who have handed in. */
  handedIn: number
  seen: string
}>
