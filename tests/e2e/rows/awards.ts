import { CERTIFICATE } from '../certificate'
import type { ActionRow, PageRow } from './world'

const OWN = { anonymous: 307, student: 200, instructor: 200, admin: 200, stranger: 307 } as const
const EVERYBODY = { anonymous: 200, student: 200, instructor: 200, admin: 200, stranger: 200 } as const
const NOBODY = { anonymous: 404, student: 404, instructor: 404, admin: 404, stranger: 404 } as const

export const PAGES: readonly PageRow[] = [
  { id: 'school.certificates', host: 'school', path: () => '/certificates', ...OWN },
  // Whoever has the code may check it; nobody else finds anything.
  { id: 'school.certificate', host: 'school', path: () => `/certificates/${CERTIFICATE}`, ...EVERYBODY },
  { id: 'school.certificate', host: 'school', path: () => `/certificates/${'x'.repeat(22)}`, ...NOBODY },
  { id: 'school.certificate', host: 'school', path: () => '/certificates/short', ...NOBODY },
]

const judged = (courseId: string, userId: string) => ({ courseId, userId, reason: 'Copied from a friend.' })

/** By whoever edits the course; of a certificate of that course and school, whoever holds it. */
function judge(id: string): ActionRow {
  return {
    id,
    form: ({ unenrolled, acme }) => judged(unenrolled.courseId, acme.studentId),
    refused: { anonymous: 'unauthenticated', student: 'forbidden', instructor: 'forbidden' },
    broken: {
      who: 'instructor',
      form: ({ taught, acme }) => ({ ...judged(taught.courseId, acme.studentId), reason: ' ' }),
      code: 'invalid_input',
    },
    foreign: [
      {
        who: 'admin',
        form: ({ globex }) => judged(globex.published, globex.studentId),
        code: 'not_found',
      },
      // Another school's person, and one who holds none of this course.
      {
        who: 'admin',
        form: ({ taught, globex }) => judged(taught.courseId, globex.studentId),
        code: 'not_found',
      },
      { who: 'admin', form: ({ taught, acme }) => judged(taught.courseId, acme.adminId), code: 'not_found' },
      {
        who: 'admin',
        form: ({ taught, acme }) => ({ ...judged(taught.courseId, acme.studentId), revokedAt: '2026-01-01' }),
        code: 'invalid_input',
      },
    ],
  }
}

export const ACTIONS: readonly ActionRow[] = [
  judge('course.revoke-certificate'),
  judge('course.restore-certificate'),
]
