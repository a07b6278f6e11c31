import type { ActionRow, PageRow } from './world'

/** Who may write a lesson: the course's own instructor, and whoever is in charge of all courses. */

const lesson = ({ courseId, lessonId }: Readonly<{ courseId: string; lessonId: string }>): string =>
  `/teach/courses/${courseId}/lessons/${lessonId}`

const CLOSED = { anonymous: 307, student: 403, stranger: 307 } as const

export const PAGES: readonly PageRow[] = [
  {
    id: 'teach.lesson',
    host: 'school',
    path: (w) => lesson(w.taught),
    ...CLOSED,
    instructor: 200,
    admin: 200,
  },
  // Somebody else's course is none of an instructor's.
  {
    id: 'teach.lesson',
    host: 'school',
    path: (w) => lesson(w.unenrolled),
    ...CLOSED,
    instructor: 404,
    admin: 200,
  },
  // A lesson of another course than the address says.
  {
    id: 'teach.lesson',
    host: 'school',
    path: (w) => lesson({ courseId: w.taught.courseId, lessonId: w.unenrolled.lessonId }),
    ...{ ...CLOSED, instructor: 404, admin: 404 },
  },
]

/** It is saved by routes: they are in matrix-rows.ts and tests/e2e/editor.test.ts. */
export const ACTIONS: readonly ActionRow[] = []
