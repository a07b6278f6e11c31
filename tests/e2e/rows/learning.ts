import type { ActionRow, PageRow } from './world'

const ids = ({ courseId, lessonId }: Readonly<{ courseId: string; lessonId: string }>) => ({
  courseId,
  lessonId,
})

const OPEN = { student: 200, instructor: 200, admin: 200 } as const

/** What a school shows, and the lessons: there the resource decides. */
export const PAGES: readonly PageRow[] = [
  { id: 'school.front', host: 'school', path: () => '/', anonymous: 200, ...OPEN },
  { id: 'school.catalogue', host: 'school', path: () => '/courses', anonymous: 200, ...OPEN },
  {
    ...{ id: 'school.course', host: 'school', anonymous: 200, ...OPEN },
    path: ({ acme }) => `/courses/${acme.published}`,
  },
  {
    ...{ id: 'school.lesson', host: 'school', anonymous: 200, ...OPEN },
    path: ({ acme }) => `/learn/${acme.previewCourse}/${acme.preview}`,
  },
  // The instructor teaches another course, the student is not enrolled; whoever is in charge of all courses is let in.
  {
    ...{ id: 'school.lesson', host: 'school', anonymous: 404, student: 404, instructor: 404, admin: 200 },
    path: ({ unenrolled }) => `/learn/${unenrolled.courseId}/${unenrolled.lessonId}`,
  },
  {
    ...{ id: 'school.lesson', host: 'school', anonymous: 404, student: 200 },
    path: ({ enrolled }) => `/learn/${enrolled.courseId}/${enrolled.lessonId}`,
  },
  {
    ...{ id: 'school.lesson', host: 'school', anonymous: 404, instructor: 200 },
    path: ({ taught }) => `/learn/${taught.courseId}/${taught.lessonId}`,
  },
  // A lesson of one course under another's address is nowhere, whoever asks.
  {
    ...{ id: 'school.lesson', host: 'school', anonymous: 404, student: 404, instructor: 404, admin: 404 },
    path: ({ enrolled, unenrolled }) => `/learn/${enrolled.courseId}/${unenrolled.lessonId}`,
  },
  {
    ...{ id: 'school.lesson', host: 'school', anonymous: 404, student: 404, instructor: 404, admin: 404 },
    path: ({ globex }) => `/learn/${globex.closedCourse}/${globex.closed}`,
  },
  { id: 'site.landing', host: 'root', path: () => '/', anonymous: 200, root: 200 },
]

const NOBODY = { anonymous: 'unauthenticated' } as const

export const ACTIONS: readonly ActionRow[] = [
  {
    id: 'enrollment.enter',
    form: ({ acme }) => ({ courseId: acme.published }),
    refused: NOBODY,
    broken: { who: 'student', form: () => ({ courseId: 'nothing' }), code: 'not_found' },
    foreign: [
      { who: 'student', form: ({ globex }) => ({ courseId: globex.published }), code: 'not_found' },
      {
        who: 'student',
        form: ({ acme }) => ({ courseId: acme.published, userId: acme.otherStudentId }),
        code: 'invalid_input',
      },
    ],
  },
  {
    id: 'enrollment.leave',
    form: ({ acme }) => ({ courseId: acme.published }),
    refused: NOBODY,
    broken: {
      who: 'student',
      form: ({ unenrolled }) => ({ courseId: unenrolled.courseId }),
      code: 'not_found',
    },
    foreign: [{ who: 'student', form: ({ globex }) => ({ courseId: globex.published }), code: 'not_found' }],
  },
  {
    id: 'learning.mark',
    form: ({ enrolled }) => ({ courseId: enrolled.courseId, lessonId: enrolled.lessonId, done: 'yes' }),
    refused: NOBODY,
    broken: {
      who: 'student',
      form: ({ unenrolled }) => ({ ...ids(unenrolled), done: 'yes' }),
      code: 'not_found',
    },
    foreign: [
      {
        who: 'student',
        form: ({ enrolled, unenrolled }) => ({
          ...{ courseId: enrolled.courseId, lessonId: unenrolled.lessonId, done: 'yes' },
        }),
        code: 'not_found',
      },
      {
        who: 'student',
        form: ({ globex }) => ({ courseId: globex.closedCourse, lessonId: globex.closed, done: 'yes' }),
        code: 'not_found',
      },
    ],
  },
]
