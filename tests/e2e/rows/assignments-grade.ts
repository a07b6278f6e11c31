import type { ActionRow, PageRow, World } from './world'

/** Who may grade what was handed in: whoever teaches the course, and whoever is in charge of all. */

const GRADE = { anonymous: 307, student: 403, instructor: 200, admin: 200, stranger: 307 } as const
/** The course is a colleague's of the instructor. */
const THEIRS = { ...GRADE, instructor: 403 } as const
const NOWHERE = { ...GRADE, instructor: 404, admin: 404 } as const

type Place = (world: World) => Readonly<{ courseId: string; assignmentId: string; submissionId: string }>

const taught: Place = ({ taughtSubmission }) => taughtSubmission
const theirs: Place = ({ theirSubmission }) => theirSubmission
const foreign: Place = ({ globexSubmission }) => globexSubmission
/** A submission of one course's assignment under another's address, and an assignment under another course's. */
const crossedWork: Place = ({ taughtSubmission, theirSubmission }) => ({
  ...taughtSubmission,
  submissionId: theirSubmission.submissionId,
})
const crossedAssignment: Place = ({ taughtSubmission, theirSubmission }) => ({
  ...theirSubmission,
  courseId: taughtSubmission.courseId,
})

const list = (place: Place) => (world: World) => {
  const { courseId, assignmentId } = place(world)
  return `/teach/courses/${courseId}/assignments/${assignmentId}/submissions`
}
const one = (place: Place) => (world: World) => `${list(place)(world)}/${place(world).submissionId}`

export const PAGES: readonly PageRow[] = [
  { id: 'teach.submissions', host: 'school', ...GRADE, path: list(taught) },
  { id: 'teach.submissions', host: 'school', ...THEIRS, path: list(theirs) },
  { id: 'teach.submissions', host: 'school', ...NOWHERE, path: list(crossedAssignment) },
  { id: 'teach.submissions', host: 'school', ...NOWHERE, path: list(foreign) },
  { id: 'teach.submission', host: 'school', ...GRADE, path: one(taught) },
  { id: 'teach.submission', host: 'school', ...THEIRS, path: one(theirs) },
  { id: 'teach.submission', host: 'school', ...NOWHERE, path: one(crossedWork) },
  { id: 'teach.submission', host: 'school', ...NOWHERE, path: one(crossedAssignment) },
  { id: 'teach.submission', host: 'school', ...NOWHERE, path: one(foreign) },
]

type Fields = Readonly<Record<string, string>>

const REFUSED = { anonymous: 'unauthenticated', student: 'forbidden', instructor: 'forbidden' } as const

const form =
  (place: Place, more: Fields) =>
  (world: World): Fields => {
    const { courseId, assignmentId } = place(world)
    return { courseId, assignmentId, ...more }
  }
const gradeOf =
  (place: Place, points = '1') =>
  (world: World): Fields => ({ ...place(world), seen: '', version: '1', points, feedback: 'Mine' })

export const ACTIONS: readonly ActionRow[] = [
  {
    ...{ id: 'assignment.grade', form: gradeOf(theirs), refused: REFUSED },
    broken: { who: 'instructor', form: gradeOf(taught, 'many'), code: 'invalid_input' },
    foreign: (['instructor', 'admin'] as const).flatMap((who) => [
      { who, form: gradeOf(crossedWork), code: 'not_found' },
      { who, form: gradeOf(crossedAssignment), code: 'not_found' },
      { who, form: gradeOf(foreign), code: 'not_found' },
    ]),
  },
  {
    ...{ id: 'assignment.release', form: form(theirs, { release: 'on' }), refused: REFUSED },
    broken: { who: 'instructor', form: form(taught, { release: 'perhaps' }), code: 'invalid_input' },
    foreign: (['instructor', 'admin'] as const).flatMap((who) => [
      { who, form: form(crossedAssignment, { release: 'on' }), code: 'not_found' },
      { who, form: form(foreign, { release: 'on' }), code: 'not_found' },
    ]),
  },
]
