import 'server-only'
import type { Reader } from '#lib/db/queries/catalog'
import {
  type FoundCourse,
  type FoundExam,
  type FoundLesson,
  searchCourses,
  searchExams,
  searchLessons,
} from '#lib/db/queries/search'
import type { TenantDb } from '#lib/db/tenant'
import type { CourseHit, ExamHit, LessonHit, SearchView } from './contract'
import { MARK_CLOSES, MARK_OPENS, partsOf } from './rules/snippet'
import { queryText, wordsOf } from './rules/words'

const MARKS = { opens: MARK_OPENS, closes: MARK_CLOSES }

/** What isn't in the catalogue is reached where it is made. */
function courseOf({ id, title, published }: FoundCourse): CourseHit {
  return { id, title, unlisted: !published, href: published ? `/courses/${id}` : `/teach/courses/${id}` }
}

function lessonOf(row: FoundLesson): LessonHit {
  const { id, title, courseId, courseTitle, published } = row
  const href = published ? `/learn/${courseId}/${id}` : `/teach/courses/${courseId}/preview/${id}`
  return { id, title, courseTitle, href, unlisted: !published, snippet: partsOf(row.snippet) }
}

function examOf({ id, title, courseId, courseTitle, published, inCharge }: FoundExam): ExamHit {
  const href = inCharge ? `/teach/courses/${courseId}/exams/${id}` : `/exams/${id}`
  return { id, title, courseTitle, href, unlisted: !published }
}

type Input = Readonly<{
  /** As typed. */
  q: string
  reader: Reader
  /** Of courses, of exams and of lessons, each. */
  limit: number
  snippets: boolean
}>

/**
 * Courses, exams and lessons that hold all words of a question, nothing among them that is closed to the reader. Three
 * statements at most.
 */
export async function searchSchool(db: TenantDb, input: Input): Promise<SearchView> {
  const { q, reader, limit, snippets } = input
  const words = queryText(q)
  if (words === null) return { q, asked: false, courses: [], exams: [], lessons: [], more: false }
  const courses = await searchCourses(db, { words: wordsOf(q), reader, limit })
  // A visitor is enrolled in nothing and in charge of nothing.
  const exams = reader === null ? [] : await searchExams(db, { words: wordsOf(q), reader, limit })
  const lessons = await searchLessons(db, {
    ...{ words, reader, limit: limit + 1 },
    marks: snippets ? MARKS : null,
  })
  return {
    ...{ q, asked: true, more: lessons.length > limit },
    courses: courses.map(courseOf),
    exams: exams.map(examOf),
    lessons: lessons.slice(0, limit).map(lessonOf),
  }
}
