import type { ActionRow, PageRow, World } from './world'

/** Live classes, attendance and the calendar: of whoever teaches the course, of whoever is in charge; a learner's own. */

const TEACH = { anonymous: 307, student: 403, instructor: 200, admin: 200, stranger: 307 } as const
/** The course is a colleague's of the instructor. */
const THEIRS = { ...TEACH, instructor: 403 } as const
const NOWHERE = { ...TEACH, instructor: 404, admin: 404 } as const
const OWN = { anonymous: 307, student: 200, instructor: 200, admin: 200, stranger: 307 } as const

type Place = (world: World) => Readonly<{ courseId: string; classId: string }>

const taught: Place = ({ taughtClass }) => taughtClass
const theirs: Place = ({ theirClass }) => theirClass
/** A class of one course under another's address. */
const crossed: Place = ({ taughtClass, theirClass }) => ({ ...taughtClass, classId: theirClass.classId })
const foreign: Place = ({ globexClass }) => globexClass

const list = (place: Place) => (world: World) => `/teach/courses/${place(world).courseId}/classes`
const create = (place: Place) => (world: World) => `${list(place)(world)}/new`
const one = (place: Place) => (world: World) => `${list(place)(world)}/${place(world).classId}`
const attendance = (place: Place) => (world: World) => `${one(place)(world)}/attendance`
const importing = (place: Place) => (world: World) => `${attendance(place)(world)}/import`

const PARTS = [
  ['teach.class', one],
  ['teach.attendance', attendance],
  ['teach.attendance-import', importing],
] as const

const WHOLE = [
  ['teach.classes', list],
  ['teach.class-new', create],
] as const

export const PAGES: readonly PageRow[] = [
  ...[...WHOLE, ...PARTS].flatMap(([id, path]): PageRow[] => [
    { id, host: 'school', ...TEACH, path: path(taught) },
    { id, host: 'school', ...THEIRS, path: path(theirs) },
    { id, host: 'school', ...NOWHERE, path: path(foreign) },
  ]),
  ...PARTS.map(([id, path]): PageRow => ({ id, host: 'school', ...NOWHERE, path: path(crossed) })),
  // The student is enrolled in it, the instructor teaches it.
  {
    id: 'school.class',
    host: 'school',
    ...OWN,
    path: ({ sharedClass }) => `/classes/${sharedClass.classId}`,
  },
  {
    ...{ id: 'school.class', host: 'school', ...OWN, student: 404, instructor: 404 },
    path: ({ closedClass }) => `/classes/${closedClass.classId}`,
  },
  {
    ...{ id: 'school.class', host: 'school', ...OWN, student: 404, instructor: 404, admin: 404 },
    path: ({ globexClass }) => `/classes/${globexClass.classId}`,
  },
  { id: 'school.calendar', host: 'school', ...OWN, path: () => '/calendar' },
  // Another's course in the address narrows to nothing of theirs.
  {
    id: 'school.calendar',
    host: 'school',
    ...OWN,
    path: ({ globexClass }) => `/calendar?view=week&course=${globexClass.courseId}`,
  },
]

type Fields = Readonly<Record<string, string>>

const REFUSED = { anonymous: 'unauthenticated', student: 'forbidden', instructor: 'forbidden' } as const
const KEY = 'c'.repeat(32)
const SEEN = '2026-01-01T00:00:00.000Z'
const FACTS: Fields = {
  ...{ title: 'Mine', platform: 'OTHER', meetingUrl: 'https://meet.example/1', notes: '' },
  ...{ at: '2027-01-12T18:00', duration: '60' },
}

/** What is done to a class: never to a colleague's by an instructor, another course's, or another school's. */
function toClass(id: string, more: Fields = {}): ActionRow {
  const of = (place: Place) => (world: World) => ({ ...more, ...place(world) })
  return {
    ...{ id, form: of(theirs), refused: REFUSED },
    broken: {
      who: 'instructor',
      form: () => ({ ...more, courseId: 'NO ID', classId: 'x' }),
      code: 'invalid_input',
    },
    foreign: [
      { who: 'instructor', form: of(crossed), code: 'not_found' },
      { who: 'admin', form: of(crossed), code: 'not_found' },
      { who: 'admin', form: of(foreign), code: 'not_found' },
    ],
  }
}

const createOf =
  (place: Place, more: Fields = {}) =>
  (world: World): Fields => ({ ...FACTS, ...more, courseId: place(world).courseId, key: KEY })

export const ACTIONS: readonly ActionRow[] = [
  {
    ...{ id: 'class.create', form: createOf(theirs), refused: REFUSED },
    broken: { who: 'instructor', form: createOf(taught, { meetingUrl: 'http://x' }), code: 'invalid_input' },
    foreign: [{ who: 'admin', form: createOf(foreign), code: 'not_found' }],
  },
  toClass('class.change', { ...FACTS, seen: SEEN, scope: 'this' }),
  toClass('class.cancel', { seen: SEEN, scope: 'this' }),
  toClass('class.restore'),
  toClass('class.record', { seen: SEEN, recordingUrl: '' }),
  toClass('class.attend', { key: KEY, page: '1', 'row-0': 'nobody::PRESENT' }),
  toClass('class.attend-all', { key: KEY }),
  toClass('class.attend-undo', { mark: KEY }),
  toClass('class.attend-preview', { text: 'Name,Email\nSomebody,s@acme.test' }),
  toClass('class.attend-import', {
    key: KEY,
    text: 'Name,Email\nSomebody,s@acme.test',
    stamp: '0'.repeat(64),
  }),
  ...(['calendar.feed-make', 'calendar.feed-off'] as const).map((id): ActionRow => ({
    ...{ id, form: () => ({ seen: '' }), refused: { anonymous: 'unauthenticated' } },
    broken: { who: 'student', form: () => ({ seen: 'NO ID' }), code: 'invalid_input' },
  })),
]
