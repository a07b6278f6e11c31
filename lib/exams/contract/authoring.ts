import { z } from 'zod'
import { momentText, orNothing, wholeText } from '#lib/fields/contract'
import type { CourseHead } from '#lib/teach/contract'
import { questionsSchema } from '../contract'
import type { Held } from '../rules/drafting-saver'
import { SETTING_FIELDS, type SettingTexts } from '../rules/drafting-settings'
import type { ExamState, Finding } from '../rules/publish'
import { COUNTING, poolSchema, REVIEW_TIMES } from './settings'

/** What the pages of writing exams send and show. */

export const EXAM_TITLE_MAX = 200
export const INSTRUCTIONS_MAX = 20_000
const DURATION_MAX = 10_080
export const NOTE_MAX = 2_000
export const CODE_MIN = 4
export const CODE_MAX = 100

const id = z.string().regex(/^[a-z0-9]{1,40}$/)
/** One line. */
const LINE = /^[^\p{Cc}\p{Zl}\p{Zp}]*$/u
const title = z.string().trim().min(1).max(EXAM_TITLE_MAX).regex(LINE)
/** Of the form that was sent: a second press finds what the first one made. */
const key = z.string().regex(/^[a-f0-9-]{32,36}$/)
const seen = z.iso.datetime({ precision: 3 }).transform((text) => new Date(text))

const EXAMS_DONE = ['deleted', 'restored'] as const
export const examsSearch = z.strictObject({
  cursor: z.string().min(1).max(400).optional(),
  done: z.enum(EXAMS_DONE).optional().catch(undefined),
  /** The exam that was deleted a moment ago. */
  exam: id.optional().catch(undefined),
})
export type ExamsSearch = z.infer<typeof examsSearch>

export const examPath = z.strictObject({ courseId: id, examId: id })

const EDITOR_DONE = ['created', 'copied'] as const
export type EditorDone = (typeof EDITOR_DONE)[number]
export const editorSearch = z.strictObject({ done: z.enum(EDITOR_DONE).optional().catch(undefined) })

export const settingsSearch = z.strictObject({ done: z.enum(['saved']).optional().catch(undefined) })

const PUBLISH_DONE = ['published', 'again', 'draft'] as const
export type ExamPublishDone = (typeof PUBLISH_DONE)[number]
export const examPublishSearch = z.strictObject({ done: z.enum(PUBLISH_DONE).optional().catch(undefined) })

/** Where extras hold: in one exam, or in all exams of its course. */
export const SCOPES = ['exam', 'course'] as const
export type Scope = (typeof SCOPES)[number]

const ACCOMMODATION_DONE = ['given', 'longer', 'removed'] as const
export type AccommodationDone = (typeof ACCOMMODATION_DONE)[number]
export const accommodationsSearch = z.strictObject({
  q: z.string().trim().max(100).default(''),
  /** Whose extras are being written. */
  person: id.optional().catch(undefined),
  /** Which of their extras: those of this exam alone, or those of the whole course. */
  scope: z.enum(SCOPES).catch('exam').default('exam'),
  done: z.enum(ACCOMMODATION_DONE).optional().catch(undefined),
})

export const createExamForm = z.strictObject({ courseId: id, title, key })
export const examForm = z.strictObject({ courseId: id, examId: id })
export const duplicateExamForm = z.strictObject({ courseId: id, examId: id, key })

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

const storedContent = z
  .strictObject({ title, questions: questionsSchema, pools: z.array(poolSchema).max(50) })
  .refine(({ questions, pools }) => {
    const known = new Set(questions.map((question) => question.id))
    const named = pools.flatMap(({ questionIds }) => questionIds)
    return named.every((one) => known.has(one)) && new Set(named).size === named.length
  }, 'A pool names a question that isn’t there, or one of another pool.')
  .refine(
    ({ pools }) => new Set(pools.map((pool) => pool.id)).size === pools.length,
    'Two pools have the same id.',
  )

/** Title, questions and pools as JSON. */
const content = z
  .string()
  .max(8_000_000)
  .transform((text, context) => {
    const read = storedContent.safeParse(readJson(text))
    if (read.success) return read.data
    context.addIssue({ code: 'custom', message: 'Not the questions of an exam.' })
    return z.NEVER
  })

export const saveExamForm = z.strictObject({ courseId: id, examId: id, seen, content })

const settingTexts = z.record(z.enum(SETTING_FIELDS), z.string().max(30_000))
const base = z
  .string()
  .max(100_000)
  .transform((text, context): SettingTexts => {
    const read = settingTexts.safeParse(readJson(text))
    if (read.success) return read.data
    context.addIssue({ code: 'custom', message: 'Not the settings of an exam.' })
    return z.NEVER
  })

const tick = z.enum(['', 'on']).default('')
const wall = orNothing(momentText)

export const settingsForm = z.strictObject({
  courseId: id,
  examId: id,
  base,
  instructions: z
    .string()
    .trim()
    .max(INSTRUCTIONS_MAX)
    .transform((text) => text.replace(/\r\n?/g, '\n')),
  /** Minutes. */
  duration: wholeText(1, DURATION_MAX),
  startDate: wall,
  endDate: wall,
  accessCode: orNothing(z.string().trim().min(CODE_MIN).max(CODE_MAX).regex(LINE)),
  attempts: orNothing(wholeText(1, 100)),
  counting: z.enum(COUNTING),
  shuffleQuestions: tick,
  shuffleOptions: tick,
  negativePercent: orNothing(wholeText(0, 100)),
  passPercent: orNothing(wholeText(0, 100)),
  reviewWhen: z.enum(REVIEW_TIMES),
  reviewScore: tick,
  reviewAnswers: tick,
  reviewKey: tick,
})
export type SettingsForm = z.infer<typeof settingsForm>

export const accommodationForm = z.strictObject({
  courseId: id,
  examId: id,
  userId: id,
  scope: z.enum(SCOPES),
  extraTimePercent: orNothing(wholeText(0, 500)),
  extraAttempts: orNothing(wholeText(0, 100)),
  startDate: wall.default(''),
  endDate: wall.default(''),
  note: z.string().trim().max(NOTE_MAX),
})
export const removeAccommodationForm = z.strictObject({
  courseId: id,
  examId: id,
  userId: id,
  scope: z.enum(SCOPES),
})

/** What the work on an exam is kept under on a device: the school, the person and the exam. */
export function draftKeyOf(tenantId: string, userId: string, examId: string): string {
  return `smartlms:exam:${tenantId}:${userId}:${examId}`
}

/** An exam in the list of a course. */
export type ExamCard = {
  id: string
  title: string
  state: ExamState
  /** Questions that an attempt gets, and their points. */
  questions: number
  points: string
  /** Minutes. */
  duration: number
  startDate: Date | null
  endDate: Date | null
  attempts: number
  waiting: number
}

export type ExamsPage = {
  exams: ExamCard[]
  nextCursor: string | null
  previousCursor: string | null
}

/** What stands above every page about one exam. */
export type ExamHead = {
  /** Which of its pages the reader may open. */
  may: Readonly<{ edit: boolean; grade: boolean }>
  course: CourseHead
  id: string
  title: string
  state: ExamState
  /** The working copy is another than what learners get. */
  changed: boolean
}

export type ExamToEdit = Readonly<{
  courseId: string
  examId: string
  held: Held
  /** Learners get a version of it already. */
  published: boolean
  /** See `draftKeyOf`. */
  draftKey: string
}>

export type SettingsView = {
  texts: SettingTexts
  /** IANA: the course's, or else the school's. */
  timeZone: string
  questions: number
  points: string
}

export type ExamPublishView = {
  findings: Finding[]
  state: ExamState
  publishedAt: Date | null
  version: number | null
  changed: boolean
  attempts: number
  running: number
  /** Attempts that other keys than the published version's graded. */
  behind: number
  draftKey: string
}

/** What one row gives a person. Dates as clocks on the wall show them. */
export type Extra = {
  scope: Scope
  extraTimePercent: number
  extraAttempts: number
  startsAt: string | null
  endsAt: string | null
  note: string | null
}

/** Somebody with extras, and what they come to in this exam. */
export type AccommodatedPerson = {
  userId: string
  name: string
  email: string
  extras: Extra[]
  effect: {
    seconds: number
    extraPercent: number
    attempts: number | null
    opensAt: Date | null
    closesAt: Date | null
    endsBy: Date | null
    /** When the attempt that runs now is over. */
    runsUntil: Date | null
  }
}

export type AccommodationsView = {
  people: AccommodatedPerson[]
  /** IANA. */
  timeZone: string
  exam: { duration: number; attempts: number | null; startDate: Date | null; endDate: Date | null }
  q: string
  found: { userId: string; name: string; email: string }[]
  /** The person whose extras are being written. */
  chosen: AccommodatedPerson | null
}
