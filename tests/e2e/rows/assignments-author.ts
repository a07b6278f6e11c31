import type { ActionRow, PageRow, World } from './world'

/** Who may build assignments: whoever teaches the course, and whoever is in charge of all. */

const BUILD = { anonymous: 307, student: 403, instructor: 200, admin: 200, stranger: 307 } as const
/** The course is a colleague's of the instructor. */
const THEIRS = { ...BUILD, instructor: 403 } as const
const NOWHERE = { ...BUILD, instructor: 404, admin: 404 } as const

type Place = (world: World) => Readonly<{ courseId: string; assignmentId: string }>

const taught: Place = ({ taughtAssignment }) => taughtAssignment
const theirs: Place = ({ theirAssignment }) => theirAssignment
/** An assignment of one course under another's address. */
const crossed: Place = ({ taughtAssignment, theirAssignment }) => ({
  ...taughtAssignment,
  assignmentId: theirAssignment.assignmentId,
})
const foreign: Place = ({ globexAssignment }) => globexAssignment

const list = (place: Place) => (world: World) => `/teach/courses/${place(world).courseId}/assignments`
const one = (place: Place) => (world: World) => `${list(place)(world)}/${place(world).assignmentId}`
const extensions = (place: Place) => (world: World) => `${one(place)(world)}/extensions`

export const PAGES: readonly PageRow[] = [
  { id: 'teach.assignments', host: 'school', ...BUILD, path: list(taught) },
  { id: 'teach.assignments', host: 'school', ...THEIRS, path: list(theirs) },
  { id: 'teach.assignments', host: 'school', ...NOWHERE, path: list(foreign) },
  { id: 'teach.assignment', host: 'school', ...BUILD, path: one(taught) },
  { id: 'teach.assignment', host: 'school', ...THEIRS, path: one(theirs) },
  { id: 'teach.assignment', host: 'school', ...NOWHERE, path: one(crossed) },
  { id: 'teach.assignment', host: 'school', ...NOWHERE, path: one(foreign) },
  { id: 'teach.extensions', host: 'school', ...BUILD, path: extensions(taught) },
  { id: 'teach.extensions', host: 'school', ...THEIRS, path: extensions(theirs) },
  { id: 'teach.extensions', host: 'school', ...NOWHERE, path: extensions(crossed) },
  { id: 'teach.extensions', host: 'school', ...NOWHERE, path: extensions(foreign) },
  // Somebody who isn't enrolled, here or anywhere in the school, has no date of their own.
  {
    ...{ id: 'teach.extensions', host: 'school', ...NOWHERE },
    path: (world) => `${extensions(taught)(world)}?person=nobody`,
  },
  {
    ...{ id: 'teach.extensions', host: 'school', ...NOWHERE },
    path: (world) => `${extensions(taught)(world)}?person=${world.globex.studentId}`,
  },
]

type Fields = Readonly<Record<string, string>>

const REFUSED = { anonymous: 'unauthenticated', student: 'forbidden', instructor: 'forbidden' } as const
const KEY = 'a'.repeat(32)

/** What is done to an assignment: never to a colleague's by an instructor, another course's, or another school's. */
function toAssignment(id: string, more: Fields = {}): ActionRow {
  const of = (place: Place) => (world: World) => ({ ...more, ...place(world) })
  return {
    ...{ id, form: of(theirs), refused: REFUSED },
    broken: {
      who: 'instructor',
      form: () => ({ ...more, courseId: 'NO ID', assignmentId: 'x' }),
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

const EDIT: Fields = {
  ...{ seen: '2026-01-01T00:00:00.000Z', title: 'Mine', description: '', points: '10', text: 'on', link: '' },
  ...{ dueDate: '', graceMinutes: '', percentPerDay: '', floorPercent: '', daysOpen: '', times: '' },
}

const LATER: Fields = { dueDate: '2099-06-01T12:00', note: 'Mine' }

/** A date of somebody's own: beside all that, never of a person who isn't in the course. */
function toExtension(id: string, more: Fields): ActionRow {
  const row = toAssignment(id, { ...more, userId: 'nobody' })
  const ofForeigner = (world: World) => ({ ...more, ...taught(world), userId: world.globex.studentId })
  return {
    ...row,
    foreign: [...(row.foreign ?? []), { who: 'instructor', form: ofForeigner, code: 'not_found' }],
  }
}

export const ACTIONS: readonly ActionRow[] = [
  {
    id: 'assignment.create',
    form: (world) => ({ courseId: theirs(world).courseId, title: 'Mine', key: KEY }),
    refused: REFUSED,
    broken: {
      who: 'instructor',
      form: (world) => ({ courseId: taught(world).courseId, title: '', key: KEY }),
      code: 'invalid_input',
    },
    foreign: [
      {
        who: 'admin',
        form: (world) => ({ courseId: foreign(world).courseId, title: 'Mine', key: KEY }),
        code: 'not_found',
      },
    ],
  },
  toAssignment('assignment.change', EDIT),
  toAssignment('assignment.rubric', { base: '[]', rubric: '[]' }),
  toAssignment('assignment.publish'),
  toAssignment('assignment.draft'),
  toAssignment('assignment.delete'),
  toAssignment('assignment.restore'),
  toExtension('assignment.extend', LATER),
  toAssignment('assignment.unextend', { userId: 'nobody' }),
]
