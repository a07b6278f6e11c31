import type { ActionRow, PageRow, World } from './world'

/** Who may grade: whoever teaches the course, and whoever is in charge of all. */

const GRADE = { anonymous: 307, student: 403, instructor: 200, admin: 200, stranger: 307 } as const
/** The course is a colleague's of the instructor. */
const THEIRS = { ...GRADE, instructor: 403 } as const
const NOWHERE = { ...GRADE, instructor: 404, admin: 404 } as const

type Sat = Readonly<{ courseId: string; examId: string; attemptId: string; questionId: string }>
type Of = (world: World) => Sat

const taught: Of = ({ taughtAttempt }) => taughtAttempt
const theirs: Of = ({ theirAttempt }) => theirAttempt
/** An exam of one course under another's address. */
const crossed: Of = ({ taughtAttempt, theirAttempt }) => ({
  ...theirAttempt,
  courseId: taughtAttempt.courseId,
})
/** An attempt at one exam under another's address. */
const mixed: Of = ({ taughtAttempt, theirAttempt }) => ({
  ...taughtAttempt,
  attemptId: theirAttempt.attemptId,
})
const foreign: Of = ({ globexAttempt }) => globexAttempt

const PARTS = {
  'teach.exam-attempts': () => '/attempts',
  'teach.exam-attempt': ({ attemptId }: Sat) => `/attempts/${attemptId}`,
  'teach.exam-grade': ({ questionId }: Sat) => `/grade/${questionId}`,
  'teach.exam-regrade': () => '/regrade',
  'teach.exam-analysis': () => '/analysis',
} as const satisfies Record<string, (sat: Sat) => string>

const pathOf =
  (id: keyof typeof PARTS, of: Of) =>
  (world: World): string => {
    const sat = of(world)
    return `/teach/courses/${sat.courseId}/exams/${sat.examId}${PARTS[id](sat)}`
  }

function pages(id: keyof typeof PARTS): PageRow[] {
  const row = { id, host: 'school' } as const
  return [
    { ...row, ...GRADE, path: pathOf(id, taught) },
    { ...row, ...THEIRS, path: pathOf(id, theirs) },
    { ...row, ...NOWHERE, path: pathOf(id, crossed) },
    { ...row, ...NOWHERE, path: pathOf(id, foreign) },
  ]
}

const IDS = [
  ...(['teach.exam-attempts', 'teach.exam-attempt', 'teach.exam-grade'] as const),
  ...(['teach.exam-regrade', 'teach.exam-analysis'] as const),
]

export const PAGES: readonly PageRow[] = [
  ...IDS.flatMap(pages),
  { id: 'teach.exam-attempt', host: 'school', ...NOWHERE, path: pathOf('teach.exam-attempt', mixed) },
  {
    ...{ id: 'teach.exam-grade', host: 'school', ...NOWHERE },
    path: (world) => `${pathOf('teach.exam-grade', taught)(world)}?attempt=${theirs(world).attemptId}`,
  },
  {
    ...{ id: 'teach.exam-grade', host: 'school', ...NOWHERE },
    path: (world) =>
      `/teach/courses/${taught(world).courseId}/exams/${taught(world).examId}/grade/no-such-question`,
  },
]

type Fields = Readonly<Record<string, string>>
type Kind = 'exam' | 'attempt' | 'question'

const REFUSED = { anonymous: 'unauthenticated', student: 'forbidden', instructor: 'forbidden' } as const

/** What is done to an exam, an attempt or an answer: never to a colleague's, to another course's, or another school's. */
function toAttempt(id: string, kind: Kind, more: Fields = {}): ActionRow {
  const of = (sat: Of) => (world: World) => {
    const { courseId, examId, attemptId, questionId } = sat(world)
    return {
      ...{ ...more, courseId, examId },
      ...(kind === 'exam' ? {} : { attemptId }),
      ...(kind === 'question' ? { questionId } : {}),
    }
  }
  return {
    ...{ id, form: of(theirs), refused: REFUSED },
    broken: {
      who: 'instructor',
      form: (world) => ({ ...of(taught)(world), courseId: 'NO ID' }),
      code: 'invalid_input',
    },
    foreign: [
      { who: 'instructor', form: of(crossed), code: 'not_found' },
      { who: 'admin', form: of(crossed), code: 'not_found' },
      { who: 'admin', form: of(foreign), code: 'not_found' },
      ...(kind === 'exam' ? [] : ([{ who: 'instructor', form: of(mixed), code: 'not_found' }] as const)),
      {
        who: 'admin',
        form: (world) => ({ ...of(taught)(world), tenantId: world.globex.id }),
        code: 'invalid_input',
      },
    ],
  }
}

export const ACTIONS: readonly ActionRow[] = [
  toAttempt('exam.end-attempt', 'attempt'),
  toAttempt('exam.release', 'exam', { release: 'on' }),
  toAttempt('exam.mark', 'question', {
    ...{ points: '1', comment: 'Because.', seen: '2026-01-01T00:00:00.000Z', along: 'attempt' },
  }),
  toAttempt('exam.read-mark', 'question'),
  toAttempt('exam.regrade', 'exam', { stamp: 'a'.repeat(32) }),
]
