import { z } from 'zod'
import type { LessonDocument } from '#lib/content/document'
import { writtenText } from '#lib/content/inline'

/** What the lesson editor and the server say to each other. */

export const TITLE_MAX = 200

/** A document as a request carries it, with the lesson's other fields around it. */
export const SAVE_BYTES = 1_100_000

export const COMPLETION_RULES = ['VIEWED', 'WATCHED', 'MARKED'] as const

export type CompletionRule = (typeof COMPLETION_RULES)[number]

const id = z.string().regex(/^[a-z0-9]{1,40}$/)
const key = z.string().min(1).max(300)

export const lessonParams = z.strictObject({ lessonId: id })

export const saveRequest = z.strictObject({
  /** `updatedAt` of the lesson as the editor saw it. */
  seen: z.iso.datetime({ precision: 3 }).transform((text) => new Date(text)),
  /** What is left out stays as it is. */
  changes: z.strictObject({
    title: writtenText(0, TITLE_MAX).trim().min(1).optional(),
    /** Checked by the document's own contract. */
    document: z.unknown().optional(),
    preview: z.boolean().optional(),
    completion: z.enum(COMPLETION_RULES).optional(),
    completionPercent: z.int().min(1).max(100).optional(),
    /** `YYYY-MM-DDTHH:mm` in the course's time zone. */
    releaseAt: z
      .string()
      .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/)
      .refine((text) => !Number.isNaN(Date.parse(`${text}Z`)) && text >= '1970', 'No such day.')
      .nullable()
      .optional(),
    releaseAfterId: id.nullable().optional(),
    /** A YouTube or Vimeo address, or the storage key of an upload. */
    videoUrl: key.nullable().optional(),
    captions: key.nullable().optional(),
    /** Seconds. */
    duration: z.int().min(1).max(360_000).nullable().optional(),
  }),
})

export type SaveRequest = z.infer<typeof saveRequest>

/** A lesson as its editor holds it. */
export type LessonState = Readonly<{
  /** `updatedAt`, ISO. */
  seen: string
  title: string
  document: LessonDocument
  preview: boolean
  completion: CompletionRule
  completionPercent: number
  /** `YYYY-MM-DDTHH:mm` in the course's time zone. */
  releaseAt: string | null
  releaseAfterId: string | null
  videoUrl: string | null
  captions: string | null
  /** Seconds. */
  duration: number | null
}>

/** What an author writes; the rest of a lesson is settled in its panels. */
export type Draft = Readonly<Pick<LessonState, 'title' | 'document'>>

export type LessonChanges = Readonly<Partial<Omit<LessonState, 'seen'>>>

export type Settings = Readonly<
  Pick<LessonState, 'preview' | 'completion' | 'completionPercent' | 'releaseAt' | 'releaseAfterId'>
>

export type FilmSettings = Readonly<Pick<LessonState, 'videoUrl' | 'captions' | 'duration'>>

const UPLOAD_KINDS = ['video', 'captions', 'file'] as const

export type UploadKind = (typeof UPLOAD_KINDS)[number]

/** Bytes of every part of an upload but the last. */
export const CHUNK_BYTES = 4 * 1024 * 1024

export const MOST_BYTES = {
  video: 2 * 1024 ** 3,
  captions: 1024 ** 2,
  file: 200 * 1024 ** 2,
} as const satisfies Record<UploadKind, number>

export const uploadRequest = z.strictObject({
  lessonId: id,
  kind: z.enum(UPLOAD_KINDS),
  name: writtenText(1, 200),
  bytes: z.int().min(1),
})

export const uploadParams = z.strictObject({ uploadId: z.string().regex(/^[0-9a-f]{32}$/) })

export const finishRequest = z.strictObject({ name: writtenText(1, 200) })

export const chunkQuery = z.strictObject({
  offset: z
    .string()
    .regex(/^\d{1,12}$/)
    .transform(Number),
})

/** How far an upload is: parts that have arrived, by the offset of their first byte. */
export type UploadState = Readonly<{ uploadId: string; chunkBytes: number; received: readonly number[] }>

/** An upload that lies in the store, with a link to look at it. */
export type UploadedFile = Readonly<{ key: string; name: string; bytes: number; url: string }>

/** A picture as the editor puts it into a lesson. */
export type UploadedPicture = Readonly<{ src: string; width: number; height: number; url: string }>

/** Everything the editor's page needs. */
export type LessonToEdit = Readonly<{
  lessonId: string
  courseId: string
  courseTitle: string
  /** IANA zone that `releaseAt` is told in. */
  timeZone: string
  state: LessonState
  /** The course's other lessons, in their order. */
  others: readonly Readonly<{ id: string; title: string }>[]
  /** Addresses of the files that the lesson names, by storage key. */
  urls: Readonly<Record<string, string>>
  /** What the draft on this device is kept under: the school, the person and the lesson. */
  draftKey: string
}>
