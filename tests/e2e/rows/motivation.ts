import type { ActionRow, PageRow, World } from './world'

/** Profiles, leaderboards and breaks: one's own, what others opened, what belongs to a course, what to the school. */

const OWN = { anonymous: 307, student: 200, instructor: 200, admin: 200, stranger: 307 } as const
const NOBODY = { ...OWN, student: 404, instructor: 404, admin: 404 } as const
/** Only for whoever is enrolled. */
const ENROLLED = { ...OWN, instructor: 404, admin: 404 } as const
const TEACH = { anonymous: 307, student: 403, instructor: 200, admin: 200, stranger: 307 } as const
const ADMINS = { ...TEACH, instructor: 403 } as const

const person = (userId: (world: World) => string) => (world: World) => `/people/${userId(world)}`
const board = (courseId: string): string => `/courses/${courseId}/leaderboard`
const taught = (courseId: string): string => `/teach/courses/${courseId}/leaderboard`

export const PAGES: readonly PageRow[] = [
  { id: 'school.profile', host: 'school', ...OWN, path: () => '/profile' },
  { id: 'school.badges', host: 'school', ...OWN, path: () => '/badges' },
  // Opened by its person; one that isn't, one of another school, one of nobody: all alike.
  { id: 'school.person', host: 'school', ...OWN, path: person(({ acme }) => acme.studentId) },
  { id: 'school.person', host: 'school', ...NOBODY, path: person(({ acme }) => acme.adminId) },
  { id: 'school.person', host: 'school', ...NOBODY, path: person(({ globex }) => globex.studentId) },
  { id: 'school.person', host: 'school', ...NOBODY, path: person(() => 'nobody') },
  { id: 'school.person', host: 'school', ...NOBODY, path: person(() => 'No%20body') },
  { id: 'school.leaderboard', host: 'school', ...ENROLLED, path: (w) => board(w.compared.own) },
  { id: 'school.leaderboard', host: 'school', ...NOBODY, path: (w) => board(w.compared.without) },
  { id: 'school.leaderboard', host: 'school', ...NOBODY, path: (w) => board(w.unenrolled.courseId) },
  { id: 'school.leaderboard', host: 'school', ...NOBODY, path: (w) => board(w.globex.published) },
  { id: 'teach.leaderboard', host: 'school', ...TEACH, path: (w) => taught(w.taught.courseId) },
  {
    ...{ id: 'teach.leaderboard', host: 'school', ...TEACH, instructor: 403 },
    path: (w) => taught(w.unenrolled.courseId),
  },
  {
    ...{ id: 'teach.leaderboard', host: 'school', ...TEACH, instructor: 404, admin: 404 },
    path: (w) => taught(w.globex.published),
  },
  { id: 'admin.breaks', host: 'school', ...ADMINS, path: () => '/admin/breaks' },
]

const REFUSED = { anonymous: 'unauthenticated', student: 'forbidden', instructor: 'forbidden' } as const
const UNKNOWN = { anonymous: 'unauthenticated' } as const

const joining = (courseId: string, nickname = 'Owl') => ({ courseId, goesBy: 'nickname', nickname })
const days = { name: 'Snow', first: '2026-07-01', last: '2026-07-02' }

export const ACTIONS: readonly ActionRow[] = [
  {
    ...{ id: 'profile.share', form: () => ({ open: 'on' }), refused: UNKNOWN },
    broken: { who: 'student', form: () => ({ open: 'yes' }), code: 'invalid_input' },
    // Nobody opens somebody else's.
    foreign: [
      {
        who: 'admin',
        form: ({ acme }) => ({ open: 'on', userId: acme.studentId }),
        code: 'invalid_input',
      },
    ],
  },
  {
    ...{ id: 'profile.hide', form: () => ({ hidden: 'on' }), refused: UNKNOWN },
    broken: { who: 'student', form: () => ({ hidden: 'yes' }), code: 'invalid_input' },
  },
  {
    ...{ id: 'leaderboard.join', form: (w) => joining(w.compared.own) },
    refused: { ...UNKNOWN, instructor: 'not_found', admin: 'not_found' },
    broken: { who: 'student', form: (w) => joining(w.compared.own, 'evil.example'), code: 'invalid_input' },
    foreign: [
      { who: 'student', form: (w) => joining(w.compared.without), code: 'not_found' },
      { who: 'student', form: (w) => joining(w.unenrolled.courseId), code: 'not_found' },
      { who: 'student', form: (w) => joining(w.globex.published), code: 'not_found' },
      {
        who: 'student',
        form: (w) => ({ ...joining(w.compared.own), userId: w.acme.otherStudentId }),
        code: 'invalid_input',
      },
    ],
  },
  {
    ...{ id: 'leaderboard.leave', form: (w) => ({ courseId: w.compared.own }), refused: UNKNOWN },
    broken: { who: 'student', form: () => ({ courseId: '' }), code: 'invalid_input' },
    foreign: [
      {
        who: 'student',
        form: (w) => ({ courseId: w.compared.own, userId: w.acme.otherStudentId }),
        code: 'invalid_input',
      },
    ],
  },
  {
    ...{ id: 'leaderboard.switch', form: (w) => ({ courseId: w.unenrolled.courseId, on: 'yes' }) },
    refused: REFUSED,
    broken: {
      who: 'instructor',
      form: (w) => ({ courseId: w.taught.courseId, on: 'maybe' }),
      code: 'invalid_input',
    },
    foreign: [
      { who: 'admin', form: (w) => ({ courseId: w.globex.published, on: 'yes' }), code: 'not_found' },
    ],
  },
  {
    id: 'leaderboard.remove',
    form: (w) => ({ courseId: w.unenrolled.courseId, userId: w.acme.studentId }),
    refused: REFUSED,
    broken: {
      who: 'instructor',
      form: (w) => ({ courseId: w.taught.courseId, userId: '' }),
      code: 'invalid_input',
    },
    foreign: [
      {
        who: 'instructor',
        form: (w) => ({ courseId: w.taught.courseId, userId: w.globex.studentId }),
        code: 'not_found',
      },
      {
        who: 'admin',
        form: (w) => ({ courseId: w.globex.published, userId: w.globex.studentId }),
        code: 'not_found',
      },
    ],
  },
  {
    ...{ id: 'school.break-add', form: () => days, refused: REFUSED },
    broken: { who: 'admin', form: () => ({ ...days, last: '2026-06-30' }), code: 'invalid_input' },
    foreign: [{ who: 'admin', form: (w) => ({ ...days, tenantId: w.globex.id }), code: 'invalid_input' }],
  },
  {
    ...{ id: 'school.break-end', form: () => ({ breakId: 'nothing' }), refused: REFUSED },
    broken: { who: 'admin', form: () => ({ breakId: '' }), code: 'invalid_input' },
    foreign: [{ who: 'admin', form: (w) => ({ breakId: w.globexBreak }), code: 'not_found' }],
  },
]
