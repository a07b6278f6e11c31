import { z } from 'zod'
import type { LessonDocument } from '#lib/content/document'

/** What may follow `?` on the catalogue's address. `cursor` is opaque: the query that made it checks it. */
export const catalogueSearch = z.strictObject({
  q: z.string().trim().max(100).default(''),
  cursor: z.string().min(1).max(400).optional(),
  /** Id of a shelf. */
  category: z
    .string()
    .regex(/^[a-z0-9]{1,40}$/)
    .optional(),
  /** Only what the reader is enrolled in. */
  mine: z.literal('1').optional(),
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
  /** Percent that the reader has completed; null when they aren't enrolled. */
  progress: number | null
}

/** One page of the catalogue; a cursor that is null means that there is nothing in that direction. */
export type CataloguePage = {
  q: string
  /** Shelves to choose from, and the one that was chosen. */
  shelves: { id: string; name: string }[]
  category: string | null
  /** Whether it shows the reader's own courses only. */
  mine: boolean
  /** Whether the reader has courses of their own to look at: whether they are signed in. */
  signedIn: boolean
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
  /** Whether the learner has completed it. */
  done: boolean
  /** Why it isn't open to learners yet; null when it is. */
  lock: LessonLock | null
}

/** What a lesson waits for: a day, another lesson, or both. */
export type LessonLock = { at: Date | null; after: string | null; afterId: string | null }

export type OutlineModule = { id: string; title: string; durationSeconds: number; lessons: OutlineLesson[] }

export type LiveClassCard = {
  /** Null for whoever may not go in: they aren't enrolled. */
  id: string | null
  title: string
  scheduledAt: Date
  durationMinutes: number
}

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
  outcomes: string[]
  categories: string[]
  enrollment: 'OPEN' | 'INVITED' | 'KEY'
  /** Whether every place is taken. */
  full: boolean
  /** Whether this reader may open all its lessons. */
  opened: boolean
  /** Whether they teach it or are in charge of all courses. */
  inCharge: boolean
  /** The reader's own enrollment; null without one. */
  enrolled: {
    progress: number
    completedAt: Date | null
    /** Of the certificate for it, if it stands. */
    certificateCode: string | null
    /** The course has a leaderboard. */
    leaderboard: boolean
  } | null
  /** Exams and assignments that give points. */
  graded: number
  nextLiveClass: LiveClassCard | null
  modules: OutlineModule[]
}

/** An uploaded file, or a film on a platform that is asked for nothing until the reader asks it. */
export type LessonVideo =
  | { url: string; captionsUrl: string | null; posterUrl: string | null }
  | { provider: 'youtube' | 'vimeo'; id: string }

export type LessonNeighbour = { id: string; title: string }

/** What completes a lesson, and how far its learner is. */
export type LessonLearner = {
  rule: 'VIEWED' | 'WATCHED' | 'MARKED'
  /** Of the film, where it has to be watched. */
  percent: number
  done: boolean
  /** Whether it was opened before. */
  viewed: boolean
  /** Seconds into the film, where it stopped last. */
  resumeAt: number
  watchedSeconds: number
  /** Percent of the course. */
  progress: number
}

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
  /** Null while it isn't open to the reader yet. */
  document: LessonDocument | null
  video: LessonVideo | null
  lock: LessonLock | null
  /** The whole course, for finding one's way in it; empty for somebody who is only looking at a preview. */
  outline: OutlineModule[]
  /** What the learner did in it; null for somebody who isn't enrolled. */
  learner: LessonLearner | null
  previous: LessonNeighbour | null
  next: LessonNeighbour | null
}
