import type { ActionRow, PageRow } from './world'

const NOBODY = { anonymous: 'unauthenticated' } as const

const words = { body: 'Mine', atSecond: '', quote: '', before: '' }

export const PAGES: readonly PageRow[] = []

/** One's own notes: everybody has them, beside lessons that are open to them. */
export const ACTIONS: readonly ActionRow[] = [
  {
    id: 'note.create',
    form: ({ enrolled }) => ({ ...enrolled, ...words }),
    refused: NOBODY,
    broken: {
      who: 'student',
      form: ({ enrolled }) => ({ ...enrolled, ...words, body: '' }),
      code: 'invalid_input',
    },
    foreign: [
      { who: 'student', form: ({ unenrolled }) => ({ ...unenrolled, ...words }), code: 'not_found' },
      { who: 'instructor', form: ({ unenrolled }) => ({ ...unenrolled, ...words }), code: 'not_found' },
      {
        who: 'student',
        form: ({ globex }) => ({ courseId: globex.closedCourse, lessonId: globex.closed, ...words }),
        code: 'not_found',
      },
      {
        who: 'student',
        form: ({ acme, enrolled }) => ({ ...enrolled, ...words, userId: acme.otherStudentId }),
        code: 'invalid_input',
      },
    ],
  },
  {
    id: 'note.change',
    form: () => ({ noteId: 'nothing', body: 'Mine' }),
    refused: NOBODY,
    broken: { who: 'student', form: () => ({ noteId: 'nothing', body: 'Mine' }), code: 'not_found' },
  },
  {
    id: 'note.delete',
    form: () => ({ noteId: 'nothing' }),
    refused: NOBODY,
    broken: { who: 'student', form: () => ({ noteId: 'nothing' }), code: 'not_found' },
  },
]
