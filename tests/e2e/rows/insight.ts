import type { ActionRow, PageRow, World } from './world'

/** Who sees numbers: learners their own, whoever teaches a course those about it, whoever is in charge those of all. */

const TEACH = { anonymous: 307, student: 403, instructor: 200, admin: 200, stranger: 307 } as const
/** The course is a colleague's of the instructor. */
const THEIRS = { ...TEACH, instructor: 403 } as const
const NOWHERE = { ...TEACH, instructor: 404, admin: 404 } as const
const EVERYBODY = { anonymous: 307, student: 200, instructor: 200, admin: 200, stranger: 307 } as const
const ADMINS = { anonymous: 307, student: 403, instructor: 403, admin: 200, stranger: 307 } as const

type Place = (world: World) => Readonly<{ courseId: string; userId: string }>

const taught: Place = ({ taughtGrade }) => taughtGrade
const theirs: Place = ({ theirGrade }) => theirGrade
const foreign: Place = ({ globexGrade }) => globexGrade
/** Somebody of another school, and somebody who teaches, under a course's address. */
const crossed: Place = ({ taughtGrade, globexGrade }) => ({ ...taughtGrade, userId: globexGrade.userId })
const noLearner: Place = ({ taughtGrade, acme }) => ({ ...taughtGrade, userId: acme.instructorId })

const course = (place: Place) => (world: World) => `/teach/courses/${place(world).courseId}/insight`
const person = (place: Place) => (world: World) => `${course(place)(world)}/${place(world).userId}`

export const PAGES: readonly PageRow[] = [
  { id: 'school.progress', host: 'school', ...EVERYBODY, path: () => '/progress' },
  { id: 'teach.insight', host: 'school', ...TEACH, path: course(taught) },
  { id: 'teach.insight', host: 'school', ...TEACH, path: (w) => `${course(taught)(w)}?signal=silent&page=2` },
  { id: 'teach.insight', host: 'school', ...THEIRS, path: course(theirs) },
  { id: 'teach.insight', host: 'school', ...NOWHERE, path: course(foreign) },
  { id: 'teach.insight-person', host: 'school', ...TEACH, path: person(taught) },
  { id: 'teach.insight-person', host: 'school', ...THEIRS, path: person(theirs) },
  { id: 'teach.insight-person', host: 'school', ...NOWHERE, path: person(crossed) },
  { id: 'teach.insight-person', host: 'school', ...NOWHERE, path: person(noLearner) },
  { id: 'teach.insight-person', host: 'school', ...NOWHERE, path: person(foreign) },
  { id: 'admin.insight', host: 'school', ...ADMINS, path: () => '/admin/insight' },
  {
    ...{ id: 'platform.insight', host: 'root', path: () => '/platform/insight' },
    ...{ anonymous: 307, stranger: 307, root: 200 },
  },
]

const letterTo =
  (place: Place, body = 'Mine') =>
  (world: World) => ({
    ...{ courseId: place(world).courseId, userId: place(world).userId },
    ...{ key: '0'.repeat(32), body },
  })

export const ACTIONS: readonly ActionRow[] = [
  {
    ...{ id: 'insight.write', form: letterTo(theirs) },
    refused: { anonymous: 'unauthenticated', student: 'forbidden', instructor: 'forbidden' },
    broken: { who: 'instructor', form: letterTo(taught, ' '), code: 'invalid_input' },
    foreign: (['instructor', 'admin'] as const).flatMap((who) =>
      [crossed, noLearner, foreign].map((place) => ({ who, form: letterTo(place), code: 'not_found' })),
    ),
  },
]
