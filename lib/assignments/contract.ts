import { z } from 'zod'
import { partText } from '#lib/files/contract/parts'
import { FILES_MAX } from './contract/limits'
import type { Marks, Rubric } from './contract/rubric'
import type { LatePolicy } from './rules/late'

/** What the pages of assignments send and show. */

export const TEXT_MAX = 100_000
export const LINK_MAX = 2_000

const id = z.string().regex(/^[a-z0-9]{1,40}$/)
/** Of the form that was sent: a second press finds what the first one made. */
const key = z.string().regex(/^[a-f0-9-]{32,36}$/)

export const KINDS = ['TEXT', 'FILE', 'LINK'] as const
export type Kind = (typeof KINDS)[number]

const percent = z
  .string()
  .regex(/^\d{1,3}(?:\.\d{1,2})?$/)
  .refine((text) => Number(text) <= 100)

const latePolicy = z.strictObject({
  graceMinutes: z.int().min(0).max(10_080).default(0),
  percentPerDay: percent.default('0'),
  floorPercent: percent.default('0'),
  daysOpen: z.int().min(0).max(365).nullable().default(null),
})

/** `Assignment.settings` as it is stored. Whatever is missing has the value that changes nothing. */
export const assignmentSettingsSchema = z.strictObject({
  late: latePolicy.prefault({}),
  /** How often somebody may hand in; null: as often as they like. */
  times: z.int().min(1).max(100).nullable().default(null),
})
export type AssignmentSettings = z.infer<typeof assignmentSettingsSchema>

export const assignmentPath = z.strictObject({ assignmentId: id })

const DONE = ['handed-in', 'saved'] as const
export type AssignmentDone = (typeof DONE)[number]
export const assignmentSearch = z.strictObject({ done: z.enum(DONE).optional().catch(undefined) })

/** When the draft was saved that a page knows; empty: there was none. */
const seen = z.union([z.literal(''), z.iso.datetime({ precision: 3 })])
const fileKey = z.string().min(1).max(900)

/** One form, with a button for each: keep it for later, or hand it in. */
export const workForm = z.strictObject({
  assignmentId: id,
  intent: z.enum(['save', 'hand-in']),
  key,
  seen,
  content: z
    .string()
    .max(TEXT_MAX)
    .default('')
    .transform((text) => text.replace(/\r\n?/g, '\n')),
  link: z.string().trim().max(LINK_MAX).default(''),
  /** Storage keys of files that have arrived. */
  files: z
    .union([fileKey.transform((one) => [one]), z.array(fileKey).max(FILES_MAX)])
    .transform((keys) => [...new Set(keys)])
    .default([]),
})
export type WorkForm = z.infer<typeof workForm>
/** PUT /api/assignments/draft: what the page keeps by itself. */
export const draftBody = workForm.omit({ intent: true, key: true })

/** POST /api/assignments/file?assignmentId&name&seen: the body is the file, and becomes part of the draft. With `&part`: a part of it. */
export const workFileQuery = z.strictObject({
  assignmentId: id,
  name: z.string().min(1).max(300),
  seen,
  part: partText.optional(),
})
export type WorkFileQuery = z.infer<typeof workFileQuery>
/** DELETE /api/assignments/file?assignmentId&key&seen: takes a file out of the draft. */
export const workFileRemoval = z.strictObject({ assignmentId: id, key: fileKey, seen })
export type WorkFileRemoval = z.infer<typeof workFileRemoval>

/** Why a file is refused: `error.reason` of the answer. */
export type WorkFileRefusal = 'type' | 'size' | 'empty' | 'too-many' | 'closed' | 'no-room'

/** A file of somebody's work. `bytes` and `url` (it opens the file for half a day): null when the file is gone. */
export type WorkFile = Readonly<{ key: string; name: string; bytes: number | null; url: string | null }>

/** What POST and DELETE answer. `seen`: for the form; null: another page has saved since this one was opened. */
export type DraftSeen = Readonly<{ seen: string | null }>
export type TakenFile = WorkFile & DraftSeen

/** What somebody wrote, handed in or not. */
export type Work = Readonly<{ content: string | null; link: string | null; files: readonly WorkFile[] }>

export type HandedIn = Work & Readonly<{ number: number; submittedAt: Date; daysLate: number }>

/** `early`: nobody may hand in yet. `late`: they may, and it costs. `used-up`: they have, as often as they may. */
export type AssignmentState = 'open' | 'late' | 'closed' | 'used-up'

/** An assignment for one of its learners. */
export type AssignmentView = Readonly<{
  id: string
  title: string
  description: string | null
  courseId: string
  courseTitle: string
  /** Decimal text. */
  points: string
  accepts: readonly Kind[]
  /** Their own, where they have an extension. */
  dueAt: Date | null
  extended: boolean
  /** The last moment at which anything is taken in; null: there is none. */
  closesAt: Date | null
  late: LatePolicy
  /** IANA: the course's, in which days are counted. */
  timeZone: string
  /** As often as they may hand in; null: any number. */
  times: number | null
  state: AssignmentState
  /** Days late that handing in now would be. */
  daysLateNow: number
  draft: (Work & Readonly<{ savedAt: Date }>) | null
  /** The newest first. */
  versions: readonly HandedIn[]
  /** Once it is released. */
  result: Readonly<{
    points: string
    deduction: string
    grade: string
    feedback: string | null
    marks: Marks
  }> | null
  rubric: Rubric
}>

/** An assignment in a course's list. */
export type CourseAssignment = Readonly<{
  id: string
  title: string
  dueAt: Date | null
  points: string
  state: AssignmentState | 'handed-in' | 'graded'
}>
