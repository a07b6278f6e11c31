import { z } from 'zod'
import { QUESTION_VERSION, questionSchema, questionsSchema } from '#lib/exams/contract'
import { examSettingsSchema } from '#lib/exams/contract/settings'

const slug = z.string().regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/)
const words = z.string().trim().min(1)
const days = z.number().min(-400).max(400)
const httpsUrl = z.url({ protocol: /^https$/ })

function distinct(list: readonly { slug: string }[]): boolean {
  return new Set(list.map((entry) => entry.slug)).size === list.length
}

function named<T extends z.ZodType<{ slug: string }>>(entry: T) {
  return z.array(entry).refine(distinct, 'two entries have the same slug')
}

/** Course files leave out the version: they are always written in the present shape. */
const question = z
  .record(z.string(), z.unknown())
  .transform((fields) => ({ ...fields, version: QUESTION_VERSION }))
  .pipe(questionSchema)

const moduleShape = z.strictObject({ slug, title: words })

const exam = z
  .strictObject({
    slug,
    title: words,
    durationMinutes: z.int().positive(),
    opensDaysFromNow: days.nullable(),
    closesDaysFromNow: days.nullable(),
    passMark: z.int().min(0).max(100),
    instructions: words.nullable().default(null),
    accessCode: words.nullable().default(null),
    settings: examSettingsSchema.prefault({}),
    questions: z.array(question).min(1).pipe(questionsSchema),
  })
  .refine(
    ({ opensDaysFromNow: from, closesDaysFromNow: to }) => from === null || to === null || from < to,
    'the exam closes before it opens',
  )

const assignment = z.strictObject({ slug, title: words, description: words, dueDaysFromNow: days })

const liveClass = z.strictObject({
  slug,
  title: words,
  platform: z.enum(['ZOOM', 'GOOGLE_MEET', 'MICROSOFT_TEAMS', 'OTHER']),
  meetingUrl: httpsUrl,
  inDays: days,
  hourUtc: z.number().min(0).max(23.75),
  durationMinutes: z.int().positive(),
  recordingUrl: httpsUrl.nullable(),
})

/** `course.json` of a course folder. */
export const courseShape = z.strictObject({
  tenant: z.enum(['acme', 'globex', 'initech']),
  slug,
  title: words,
  description: words,
  outcomes: z.array(words).max(20),
  categories: z.array(words).min(1),
  enrollment: z.enum(['OPEN', 'INVITED', 'KEY']).default('OPEN'),
  enrollmentKey: words.nullable().default(null),
  capacity: z.int().positive().nullable().default(null),
  instructor: z.email(),
  status: z.enum(['PUBLISHED', 'DRAFT', 'ARCHIVED']),
  modules: named(moduleShape).min(1),
  exams: named(exam),
  assignments: named(assignment),
  liveClasses: named(liveClass),
})

export type CourseShape = z.infer<typeof courseShape>

/** The lines between the two `---` at the head of a lesson. All values are text there. */
export const lessonShape = z.strictObject({
  title: words,
  minutes: z.coerce.number().int().min(1).max(60),
  video: z.union([z.string().regex(/^clip:[a-z0-9/-]+\.mp4$/), httpsUrl]).optional(),
  preview: z.literal('true').optional(),
})

export type LessonShape = z.infer<typeof lessonShape>

/** `manifest.json` of an asset folder: file name → its size in pixels, with what else its maker noted. */
export const manifestShape = z.record(
  z.string().regex(/^[a-z0-9][a-z0-9.-]*$/),
  z.looseObject({ width: z.int().positive(), height: z.int().positive() }),
)
