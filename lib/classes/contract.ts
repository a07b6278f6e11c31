import { z } from 'zod'
import { momentText, orNothing, wholeText } from '#lib/fields/contract'
import type { CourseHead } from '#lib/teach/contract'
import {
  type Attended,
  CLASS_NOTES_MAX,
  CLASS_TITLE_MAX,
  DURATION_MAX,
  EVERY_MOST,
  LINK_MAX,
  type MeetingPlatform,
  PLATFORMS,
  REPEATS,
  SCOPES,
  SERIES_MOST,
  STATUSES,
  WEEKDAYS,
} from './contract/constants'
import type { Door } from './rules/door'

/** What the pages of live classes send and show. */

const id = z.string().regex(/^[a-z0-9]{1,40}$/)
/** Of the form that was sent: a second press finds what the first one made. */
const key = z.string().regex(/^[a-f0-9-]{32,36}$/)
const seen = z.iso.datetime({ precision: 3 })
const title = z
  .string()
  .trim()
  .min(1)
  .max(CLASS_TITLE_MAX)
  .regex(/^[^\p{Cc}\p{Zl}\p{Zp}]*$/u)
const notes = z
  .string()
  .transform((text) => text.replace(/\r\n?/g, '\n').trim())
  .pipe(z.string().max(CLASS_NOTES_MAX))
const link = z.string().trim().max(LINK_MAX)

export const classesPath = z.strictObject({ courseId: id })
export const taughtClassPath = z.strictObject({ courseId: id, classId: id })
export const classPath = z.strictObject({ classId: id })

const LIST_DONE = ['created', 'cancelled', 'restored'] as const
export const classesSearch = z.strictObject({
  /** How many were made or cancelled. */
  count: z.coerce.number().int().min(1).max(1_000).optional().catch(undefined),
  done: z.enum(LIST_DONE).optional().catch(undefined),
  /** The one that was cancelled a moment ago. */
  class: id.optional().catch(undefined),
  past: z.enum(['1']).optional().catch(undefined),
  cursor: z.string().min(1).max(400).optional(),
})
export type ClassesSearch = z.infer<typeof classesSearch>

const CLASS_DONE = ['saved', 'recorded', 'restored'] as const
export type ClassDone = (typeof CLASS_DONE)[number]
export const taughtClassSearch = z.strictObject({ done: z.enum(CLASS_DONE).optional().catch(undefined) })

const facts = {
  title,
  platform: z.enum(PLATFORMS),
  meetingUrl: link.min(1),
  /** By the course's clock. */
  at: momentText,
  duration: wholeText(5, DURATION_MAX),
  notes,
}

export const createForm = z.strictObject({
  courseId: id,
  key,
  ...facts,
  repeat: z.enum(REPEATS).default('none'),
  every: orNothing(wholeText(1, EVERY_MOST)).default('1'),
  weekdays: z.preprocess(
    (given) => (given === undefined ? [] : [given].flat()),
    z.array(z.enum(WEEKDAYS)).max(WEEKDAYS.length),
  ),
  ends: z.enum(['times', 'until']).default('times'),
  times: orNothing(wholeText(1, SERIES_MOST)).default(''),
  until: z.union([z.literal(''), z.iso.date()]).default(''),
})
export type CreateForm = z.infer<typeof createForm>

export const changeForm = z.strictObject({
  courseId: id,
  classId: id,
  seen,
  ...facts,
  scope: z.enum(SCOPES).default('this'),
})
export type ChangeForm = z.infer<typeof changeForm>

export const cancelForm = z.strictObject({
  courseId: id,
  classId: id,
  seen,
  scope: z.enum(SCOPES).default('this'),
})
export const restoreForm = z.strictObject({ courseId: id, classId: id })
export const recordForm = z.strictObject({ courseId: id, classId: id, seen, recordingUrl: link })

/** A class in the list of a course. */
export type ClassCard = Readonly<{
  id: string
  title: string
  platform: MeetingPlatform
  scheduledAt: Date
  /** Minutes. */
  duration: number
  cancelled: boolean
  inSeries: boolean
  hasRecording: boolean
  /** People of whom somebody has said whether they were there. */
  marked: number
  learners: number
}>

export type ClassesPage = Readonly<{
  course: CourseHead
  /** IANA: the course's, or else the school's. */
  timeZone: string
  past: boolean
  classes: readonly ClassCard[]
  nextCursor: string | null
  previousCursor: string | null
}>

/** A class as those who teach it work on it. */
export type TaughtClass = Readonly<{
  course: CourseHead
  id: string
  title: string
  platform: MeetingPlatform
  meetingUrl: string
  /** `YYYY-MM-DDTHH:mm` by the clocks of `timeZone`. */
  at: string
  timeZone: string
  scheduledAt: Date
  duration: number
  notes: string
  recordingUrl: string
  cancelled: boolean
  /** Of its series: itself and those to come, the ones that are cancelled left out; null: it stands alone. */
  series: Readonly<{ following: number; all: number }> | null
  door: Door
  seen: string
}>

/** A class as those who take part see it: without the meeting's address. */
export type OwnClass = Readonly<{
  id: string
  title: string
  courseId: string
  courseTitle: string
  platform: MeetingPlatform
  timeZone: string
  scheduledAt: Date
  duration: number
  notes: string | null
  recordingUrl: string | null
  door: Door
  now: Date
  /** They teach it: nothing of theirs is recorded. */
  teaching: boolean
  attendance: Readonly<{ status: Attended | null; joinedAt: Date | null }> | null
}>

export const attendedStatus = z.enum(STATUSES)
