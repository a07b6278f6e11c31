import { z } from 'zod'
import type { CourseHead } from '#lib/teach/contract'
import { type Attended, STATUSES } from './constants'

/** What the pages of attendance send and show. */

const id = z.string().regex(/^[a-z0-9]{1,40}$/)
const key = z.string().regex(/^[a-f0-9-]{32,36}$/)

/** People on one page. */
export const ATTENDANCE_PAGE = 50
export const FILE_MOST = { bytes: 900_000, rows: 5_000, shown: 200 } as const

const DONE = ['saved', 'all', 'imported', 'undone'] as const
export const attendanceSearch = z.strictObject({
  page: z.coerce.number().int().min(1).max(1_000).default(1).catch(1),
  done: z.enum(DONE).optional().catch(undefined),
  count: z.coerce.number().int().min(0).max(100_000).optional().catch(undefined),
  /** What was written a moment ago, and may be undone. */
  mark: key.optional().catch(undefined),
})
export type AttendanceSearch = z.infer<typeof attendanceSearch>

/** `<id>:<before>:<now>` of one person; nothing before or now: nobody has said. */
const state = `(?:${STATUSES.join('|')})?`
const MARKED = new RegExp(`^[a-z0-9]{1,40}:${state}:${state}$`)

/** One entry a person, `row-<place>`, so that a plain form's radio buttons are groups of their own. */
export const markForm = z
  .object({ courseId: id, classId: id, key, page: z.string().regex(/^\d{1,4}$/) })
  .catchall(z.string().regex(MARKED))
export const allForm = z.strictObject({ courseId: id, classId: id, key })
export const undoForm = z.strictObject({ courseId: id, classId: id, mark: key })

export const previewForm = z.strictObject({
  courseId: id,
  classId: id,
  text: z.string().max(FILE_MOST.bytes).default(''),
  file: z.file().max(FILE_MOST.bytes).optional(),
  absent: z.enum(['', 'on']).default(''),
})
export const importForm = z.strictObject({
  courseId: id,
  classId: id,
  key,
  text: z.string().min(1).max(FILE_MOST.bytes),
  absent: z.enum(['', 'on']).default(''),
  /** Of what the preview showed: what would be written now has to be the same. */
  stamp: z.string().regex(/^[a-f0-9]{64}$/),
})

/** Why nothing of a whole file can be read. */
export const FILE_PROBLEMS = ['encoding', 'quotes', 'empty', 'tooMany', 'noHead'] as const
export type FileProblem = (typeof FILE_PROBLEMS)[number]

/** What is wrong with a line. */
export const LINE_FAULTS = ['noName', 'surplus', 'duration', 'long'] as const
export type LineFault = Readonly<{ line: number; kind: (typeof LINE_FAULTS)[number]; value: string }>

/** Somebody of the file, and who that is. */
export type Participant = Readonly<{
  /** Of the first of their lines. */
  line: number
  lines: number
  name: string
  email: string
  /** Null: the file doesn't say. */
  minutes: number | null
}>

export type MatchedPerson = Participant &
  Readonly<{ person: string; by: 'email' | 'name'; from: Attended | null; to: Attended }>

export type AttendanceReport = Readonly<{
  courseId: string
  classId: string
  text: string
  absent: '' | 'on'
  stamp: string
  key: string
  matched: readonly MatchedPerson[]
  /** In the file, and nobody of the course. */
  unknown: readonly Participant[]
  /** Whose name several people of the course have. */
  several: readonly Participant[]
  /** Names of the course who aren't in the file and would be absent. */
  missing: readonly string[]
  faults: readonly LineFault[]
  /** In words, which know their plurals. */
  said: Readonly<Record<'count' | 'unknown' | 'several' | 'missing' | 'faults' | 'apply' | 'nothing', string>>
  /** How many would be written. */
  changeCount: number
}>

export type Attendee = Readonly<{
  userId: string
  name: string
  email: string
  status: Attended | null
  minutes: number | null
  joinedAt: Date | null
}>

export type AttendancePage = Readonly<{
  course: CourseHead
  classId: string
  title: string
  scheduledAt: Date
  timeZone: string
  begun: boolean
  cancelled: boolean
  page: number
  pages: number
  people: readonly Attendee[]
  counts: Readonly<Record<'learners' | 'present' | 'late' | 'absent' | 'excused', number>>
}>
