import type { ActionRow, PageRow } from './world'

/** Exams as their learners have them: the enrollment decides, and of attempts only one's own are there. */
export const PAGES: readonly PageRow[] = [
  {
    ...{ id: 'school.exam', host: 'school', anonymous: 307, student: 200, instructor: 404, admin: 404 },
    path: ({ exam }) => `/exams/${exam.own}`,
  },
  {
    ...{ id: 'school.exam', host: 'school', anonymous: 307, student: 404, instructor: 404, admin: 404 },
    path: ({ exam }) => `/exams/${exam.foreign}`,
  },
  {
    ...{
      id: 'school.exam-result',
      host: 'school',
      anonymous: 307,
      student: 200,
      instructor: 404,
      admin: 404,
    },
    path: ({ exam }) => `/exams/${exam.own}/attempts/${exam.attempt}`,
  },
  // Somebody else's attempt is nowhere, whoever asks.
  {
    ...{
      id: 'school.exam-result',
      host: 'school',
      anonymous: 307,
      student: 404,
      instructor: 404,
      admin: 404,
    },
    path: ({ exam }) => `/exams/${exam.own}/attempts/${exam.others}`,
  },
  // Nor is one's own under another exam's address.
  {
    ...{ id: 'school.exam-result', host: 'school', anonymous: 307, student: 404 },
    path: ({ exam }) => `/exams/${exam.foreign}/attempts/${exam.attempt}`,
  },
]

export const ACTIONS: readonly ActionRow[] = []
