import { z } from 'zod'
import type { LessonView } from '#lib/catalog/contract'
import { orNothing, wholeText } from '#lib/fields/contract'
import { emailField } from '#lib/identity/contract'
import { DETAIL_FIELDS, type Details, readArrangement, readLines, TITLE_MAX } from './rules'

/** What the pages of building a course send and show. */

export const DESCRIPTION_MAX = 5_000
const OUTCOMES_MOST = 20
const OUTCOME_MAX = 300
const CATEGORY_MAX = 60
const CATEGORIES_MOST = 20
export const KEY_MIN = 4
export const KEY_MAX = 100

const id = z.string().regex(/^[a-z0-9]{1,40}$/)

/** One line. */
const LINE = /^[^\p{Cc}\p{Zl}\p{Zp}]*$/u
const title = z.string().trim().min(1).max(TITLE_MAX).regex(LINE)
/** Of the form that was sent: a second press finds what the first one made. */
const key = z.string().regex(/^[a-f0-9-]{32,36}$/)

const STATUSES = ['DRAFT', 'PUBLISHED', 'ARCHIVED'] as const
export type Status = (typeof STATUSES)[number]
const MODES = ['OPEN', 'INVITED', 'KEY'] as const

const LIST_DONE = ['deleted', 'restored'] as const

/** What may follow `?` on the list's address. */
export const coursesSearch = z.strictObject({
  q: z.string().trim().max(100).default(''),
  status: z.enum(['', ...STATUSES]).default(''),
  cursor: z.string().min(1).max(400).optional(),
  done: z.enum(LIST_DONE).optional().catch(undefined),
  /** The course that was deleted a moment ago. */
  course: id.optional().catch(undefined),
})

export type CoursesSearch = z.infer<typeof coursesSearch>

export const coursePath = z.strictObject({ courseId: id })
export const lessonPath = z.strictObject({ courseId: id, lessonId: id })

const DETAILS_DONE = ['saved', 'cover', 'cover-removed'] as const
export type DetailsDone = (typeof DETAILS_DONE)[number]
export const detailsSearch = z.strictObject({ done: z.enum(DETAILS_DONE).optional().catch(undefined) })

const PUBLISH_DONE = ['published', 'archived', 'draft', 'copied'] as const
export type PublishDone = (typeof PUBLISH_DONE)[number]
export const publishSearch = z.strictObject({ done: z.enum(PUBLISH_DONE).optional().catch(undefined) })

const PEOPLE_DONE = ['enrolled', 'there', 'removed', 'revoked', 'reinstated'] as const
export type PeopleDone = (typeof PEOPLE_DONE)[number]
export const courseListSearch = z.strictObject({
  cursor: z.string().min(1).max(400).optional(),
  /** Cursor of the certificates beside the learners. */
  held: z.string().min(1).max(400).optional(),
  done: z.enum(PEOPLE_DONE).optional().catch(undefined),
})

export const createCourseForm = z.strictObject({ title, key })
export const courseForm = z.strictObject({ courseId: id })
export const duplicateForm = z.strictObject({ courseId: id, key })

export const addModuleForm = z.strictObject({ courseId: id, title, key })
export const moduleForm = z.strictObject({ courseId: id, moduleId: id })
export const addLessonForm = z.strictObject({ courseId: id, moduleId: id, title, key })
export const lessonForm = z.strictObject({ courseId: id, lessonId: id })

/** `seen`: the title that was typed over. */
export const renameModuleForm = z.strictObject({
  ...moduleForm.shape,
  title,
  seen: z.string().max(TITLE_MAX),
})
export const renameLessonForm = z.strictObject({
  ...lessonForm.shape,
  title,
  seen: z.string().max(TITLE_MAX),
})

const arrangement = z
  .string()
  .max(500_000)
  .transform((text, context) => {
    const read = readArrangement(text)
    if (read !== null) return read
    context.addIssue({ code: 'custom', message: 'Not an arrangement.' })
    return z.NEVER
  })

/** `seen`: how everything stood when somebody moved something. */
export const arrangeForm = z.strictObject({ courseId: id, seen: arrangement, wanted: arrangement })

const detailsText = z.record(z.enum(DETAIL_FIELDS), z.string().max(50_000))

/** What the form was typed over, as JSON. */
const base = z
  .string()
  .max(100_000)
  .transform((text, context): Details => {
    const read = detailsText.safeParse(readJson(text))
    if (read.success) return read.data
    context.addIssue({ code: 'custom', message: 'Not the details of a course.' })
    return z.NEVER
  })

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** Ticked boxes: none, one or many of a name. */
const ids = z
  .union([id.transform((one) => [one]), z.array(id).max(200)])
  .default([])
  .transform((list) => [...new Set(list)])

/** Lists of short texts, one a line. */
function lines(most: number, max: number) {
  return z
    .string()
    .max(most * (max + 2))
    .transform(readLines)
    .pipe(z.array(z.string().max(max).regex(LINE)).max(most))
}

export const detailsForm = z.strictObject({
  courseId: id,
  base,
  title,
  description: z
    .string()
    .trim()
    .max(DESCRIPTION_MAX)
    .transform((text) => text.replace(/\r\n?/g, '\n')),
  outcomes: lines(OUTCOMES_MOST, OUTCOME_MAX),
  categories: ids,
  /** Names of categories to make, one a line. */
  newCategories: lines(CATEGORIES_MOST, CATEGORY_MAX),
  /** IANA; empty: the school's. */
  timeZone: z
    .string()
    .max(100)
    .refine((zone) => zone === '' || isTimeZone(zone)),
  enrollment: z.enum(MODES),
  enrollmentKey: z.string().trim().max(KEY_MAX).regex(LINE),
  capacity: orNothing(wholeText(1, 1_000_000)),
})

export type DetailsForm = z.infer<typeof detailsForm>

function isTimeZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone })
    return true
  } catch {
    return false
  }
}

export const coverForm = z.strictObject({ courseId: id, file: z.instanceof(File) })

export const enrollForm = z.strictObject({ courseId: id, email: emailField })
export const unenrollForm = z.strictObject({ courseId: id, userId: id })

/** A course in the list of those that one may edit. */
export type CourseCard = {
  id: string
  title: string
  status: Status
  coverUrl: string | null
  instructorName: string
  moduleCount: number
  lessonCount: number
  updatedAt: Date
}

export type CoursesPage = {
  search: CoursesSearch
  courses: CourseCard[]
  nextCursor: string | null
  previousCursor: string | null
}

export type OutlineLesson = {
  id: string
  title: string
  /** Seconds. */
  duration: number | null
  hasVideo: boolean
  hasText: boolean
  preview: boolean
  held: boolean
}

export type OutlineModule = { id: string; title: string; lessons: OutlineLesson[] }

/** What every page about one course shows above its own part. */
export type CourseHead = {
  id: string
  title: string
  status: Status
  /** Whether the reader may enroll and remove people. */
  people: boolean
  /** Where it can be seen as a student sees it; null while there is nothing to see. */
  previewHref: string | null
}

/** What an action of the outline leaves behind: the outline as it is now, and the thing that it was about. */
export type OutlineDone = { modules: OutlineModule[]; id: string }

export type DetailsView = {
  details: Details
  coverUrl: string | null
  categories: { id: string; name: string }[]
}

/** What the publish gate can find; `LEVELS` says what keeps a course from being published. */
export const LEVELS = {
  'no-lessons': 'error',
  'empty-lesson': 'error',
  unreadable: 'error',
  'image-alt': 'error',
  captions: 'error',
  'broken-link': 'error',
  'watched-without-video': 'error',
  'watched-without-duration': 'error',
  'release-cycle': 'error',
  'empty-module': 'warning',
  'heading-order': 'warning',
  'release-elsewhere': 'warning',
} as const satisfies Record<string, 'error' | 'warning'>

export type FindingRule = keyof typeof LEVELS

export type Finding = {
  rule: FindingRule
  /** The module's title, for what stands in no lesson. */
  module: string | null
  lesson: { id: string; title: string } | null
  /** Place of the block in the lesson's document, from 0. */
  block: number | null
  /** The address of a link, the words of a heading. */
  detail: string | null
}

export type PublishView = {
  findings: Finding[]
  learners: number
  publishedAt: Date | null
  may: { publish: boolean; create: boolean }
}

export type LearnerCard = {
  userId: string
  name: string
  email: string
  /** Percent, 0 to 100. */
  progress: number
  completedAt: Date | null
  enrolledAt: Date
}

export type LearnersPage = {
  learners: LearnerCard[]
  count: number
  capacity: number | null
  nextCursor: string | null
  previousCursor: string | null
}

/** A lesson of a course that is not published, or not yet. */
export type PreviewView = {
  courseId: string
  lessonId: string
  title: string
  /** Pictures that still lack a description; they are shown as decoration. */
  undescribed: number
  /** Ids of the lessons around it. */
  previous: string | null
  next: string | null
  /** Null where its text can’t be read. */
  lesson: LessonView | null
}
