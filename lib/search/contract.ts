import { z } from 'zod'

/** What may follow `?` on the search's address. */
export const searchQuery = z.strictObject({ q: z.string().trim().max(100).default('') })

/** A piece of a text; `marked` where it is what was asked for. */
export type Part = Readonly<{ text: string; marked: boolean }>

export type CourseHit = Readonly<{
  id: string
  title: string
  href: string
  /** Not in the catalogue: only those in charge of it see it here. */
  unlisted: boolean
}>

export type LessonHit = Readonly<{
  id: string
  title: string
  courseTitle: string
  href: string
  unlisted: boolean
  snippet: readonly Part[]
}>

/** An exam leads learners to its door, and those in charge to its questions. */
export type ExamHit = Omit<LessonHit, 'snippet'>

/** What a search found, the best first; nothing of it is closed to its reader. */
export type SearchView = Readonly<{
  q: string
  /** Whether what was typed has a word that can be looked for. */
  asked: boolean
  courses: readonly CourseHit[]
  exams: readonly ExamHit[]
  lessons: readonly LessonHit[]
  /** Whether there are more lessons than are shown. */
  more: boolean
}>
