import { z } from 'zod'
import type { LessonDocument } from '#lib/content/document'

/** What may follow `?` on the catalogue's address. `cursor` is opaque: the query that made it checks it. */
export const catalogueSearch = z.strictObject({
  q: z.string().trim().max(100).default(''),
  cursor: z.string().min(1).max(400).optional(),
})

/** How a school presents itself. `timeZone` is an IANA name, `locale` a BCP 47 tag. */
export type SchoolBrand = {
  name: string
  subdomain: string
  logoUrl: string | null
  accentColor: string
  locale: string
  timeZone: string
}

export type CourseCard = {
  id: string
  title: string
  description: string | null
  coverUrl: string | null
  instructorName: string
  moduleCount: number
  lessonCount: number
  durationSeconds: number
}

/** One page of the catalogue; a cursor that is null means that there is nothing in that direction. */
export type CataloguePage = {
  q: string
  courses: CourseCard[]
  nextCursor: string | null
  previousCursor: string | null
}

export type OutlineLesson = {
  id: string
  title: string
  durationSeconds: number | null
  hasVideo: boolean
  preview: boolean
  /** Whether this reader may open it. */
  open: boolean
}

export type OutlineModule = { id: string; title: string; durationSeconds: number; lessons: OutlineLesson[] }

export type LiveClassCard = { title: string; scheduledAt: Date; durationMinutes: number }

export type CourseOutline = {
  id: string
  title: string
  description: string | null
  coverUrl: string | null
  instructorName: string
  instructorAvatarUrl: string | null
  learnerCount: number
  lessonCount: number
  durationSeconds: number
  updatedAt: Date
  examCount: number
  assignmentCount: number
  /** Whether this reader may open all its lessons. */
  opened: boolean
  nextLiveClass: LiveClassCard | null
  modules: OutlineModule[]
}

/** An uploaded file, or a film on a platform that is asked for nothing until the reader asks it. */
export type LessonVideo =
  | { url: string; captionsUrl: string | null; posterUrl: string | null }
  | { provider: 'youtube' | 'vimeo'; id: string }

export type LessonNeighbour = { id: string; title: string }

export type LessonView = {
  id: string
  title: string
  courseId: string
  courseTitle: string
  moduleTitle: string
  /** 1-based place in the course. */
  position: number
  total: number
  durationSeconds: number | null
  document: LessonDocument
  video: LessonVideo | null
  previous: LessonNeighbour | null
  next: LessonNeighbour | null
}
