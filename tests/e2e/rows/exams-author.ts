import type { ActionRow, PageRow, World } from './world'

/** Who may write exams: whoever teaches the course, and whoever is in charge of all. */

const BUILD = { anonymous: 307, student: 403, instructor: 200, admin: 200, stranger: 307 } as const
/** The course is a colleague's of the instructor. */
const THEIRS = { ...BUILD, instructor: 403 } as const
const NOWHERE = { ...BUILD, instructor: 404, admin: 404 } as const

type Course = (world: World) => Readonly<{ courseId: string; examId: string }>

const taught: Course = ({ taughtExam }) => taughtExam
const theirs: Course = ({ theirExam }) => theirExam
/** An exam of one course under another's address. */
const crossed: Course = ({ taughtExam, theirExam }) => ({ ...taughtExam, examId: theirExam.examId })
const foreign: Course = ({ globexExam }) => globexExam

const IDS = {
  '': 'teach.exam',
  '/settings': 'teach.exam-settings',
  '/accommodations': 'teach.exam-accommodations',
  '/publish': 'teach.exam-publish',
  '/preview': 'teach.exam-preview',
} as const
const PARTS = ['', '/settings', '/accommodations', '/publish', '/preview'] as const

function pages(part: (typeof PARTS)[number]): PageRow[] {
  const at = (course: Course) => (world: World) => {
    const { courseId, examId } = course(world)
    return `/teach/courses/${courseId}/exams/${examId}${part}`
  }
  const row = { id: IDS[part], host: 'school' } as const
  return [
    { ...row, ...BUILD, path: at(taught) },
    { ...row, ...THEIRS, path: at(theirs) },
    { ...row, ...NOWHERE, path: at(crossed) },
    { ...row, ...NOWHERE, path: at(foreign) },
  ]
}

const list = (course: Course) => (world: World) => `/teach/courses/${course(world).courseId}/exams`

export const PAGES: readonly PageRow[] = [
  { id: 'teach.exams', host: 'school', ...BUILD, path: list(taught) },
  { id: 'teach.exams', host: 'school', ...THEIRS, path: list(theirs) },
  { id: 'teach.exams', host: 'school', ...NOWHERE, path: list(foreign) },
  ...PARTS.flatMap(pages),
  // Somebody who isn't enrolled has no extras.
  {
    ...{ id: 'teach.exam-accommodations', host: 'school', ...NOWHERE },
    path: (world) =>
      `/teach/courses/${taught(world).courseId}/exams/${taught(world).examId}/accommodations?person=nobody`,
  },
]

type Fields = Readonly<Record<string, string>>

const REFUSED = { anonymous: 'unauthenticated', student: 'forbidden', instructor: 'forbidden' } as const
const KEY = 'a'.repeat(32)

/** What is done to an exam: never to a colleague's by an instructor, to another course's, nor to another school's. */
function toExam(id: string, more: Fields = {}): ActionRow {
  const of = (course: Course) => (world: World) => ({ ...more, ...course(world) })
  return {
    ...{ id, form: of(theirs), refused: REFUSED },
    broken: {
      who: 'instructor',
      form: () => ({ ...more, courseId: 'NO ID', examId: 'x' }),
      code: 'invalid_input',
    },
    foreign: [
      { who: 'instructor', form: of(crossed), code: 'not_found' },
      { who: 'admin', form: of(crossed), code: 'not_found' },
      { who: 'admin', form: of(foreign), code: 'not_found' },
      {
        who: 'admin',
        form: (world) => ({ ...of(taught)(world), tenantId: world.globex.id }),
        code: 'invalid_input',
      },
    ],
  }
}

const SETTINGS: Fields = {
  ...{ instructions: '', duration: '60', startDate: '', endDate: '', accessCode: '', attempts: '1' },
  ...{ counting: 'best', negativePercent: '', passPercent: '', reviewWhen: 'never' },
}
const EXTRAS: Fields = { scope: 'exam', extraTimePercent: '25', extraAttempts: '', note: '' }

export const ACTIONS: readonly ActionRow[] = [
  {
    id: 'exam.create',
    form: ({ theirExam }) => ({ courseId: theirExam.courseId, title: 'Mine', key: KEY }),
    refused: REFUSED,
    broken: {
      who: 'instructor',
      form: ({ taughtExam }) => ({ courseId: taughtExam.courseId, title: '', key: KEY }),
      code: 'invalid_input',
    },
    foreign: [
      {
        who: 'admin',
        form: ({ globexExam }) => ({ courseId: globexExam.courseId, title: 'Mine', key: KEY }),
        code: 'not_found',
      },
    ],
  },
  toExam('exam.duplicate', { key: KEY }),
  toExam('exam.delete'),
  toExam('exam.restore'),
  toExam('exam.read'),
  toExam('exam.write', {
    seen: '2026-01-01T00:00:00.000Z',
    content: JSON.stringify({ title: 'T', questions: [], pools: [] }),
  }),
  toExam('exam.read-settings'),
  toExam('exam.settings', { ...SETTINGS, base: JSON.stringify(fullBase()) }),
  toExam('exam.publish'),
  toExam('exam.draft'),
  toExam('exam.accommodate', { ...EXTRAS, userId: 'nobody' }),
  toExam('exam.accommodation-remove', { scope: 'exam', userId: 'nobody' }),
]

function fullBase(): Fields {
  const ticks = ['shuffleQuestions', 'shuffleOptions', 'reviewScore', 'reviewAnswers', 'reviewKey']
  return { ...SETTINGS, ...Object.fromEntries(ticks.map((name) => [name, ''])) }
}
