import type { ActionRow, PageRow, World } from './world'

/** Who sees and changes grades: whoever teaches the course, and whoever is in charge of all; learners their own. */

const GRADE = { anonymous: 307, student: 403, instructor: 200, admin: 200, stranger: 307 } as const
/** The course is a colleague's of the instructor. */
const THEIRS = { ...GRADE, instructor: 403 } as const
const NOWHERE = { ...GRADE, instructor: 404, admin: 404 } as const
/** Only for whoever is enrolled. */
const OWN = { anonymous: 307, student: 200, instructor: 404, admin: 404, stranger: 307 } as const

type Place = (world: World) => Readonly<{ courseId: string; userId: string; item: string }>

const taught: Place = ({ taughtGrade }) => taughtGrade
const theirs: Place = ({ theirGrade }) => theirGrade
const foreign: Place = ({ globexGrade }) => globexGrade
/** An item of another course, and somebody of another school, under a course's address. */
const crossedItem: Place = ({ taughtGrade, theirGrade }) => ({ ...taughtGrade, item: theirGrade.item })
const crossedPerson: Place = ({ taughtGrade, globexGrade }) => ({
  ...taughtGrade,
  userId: globexGrade.userId,
})

const book = (place: Place) => (world: World) => `/teach/courses/${place(world).courseId}/grades`
const scheme = (place: Place) => (world: World) => `${book(place)(world)}/scheme`
const importing = (place: Place) => (world: World) => `${book(place)(world)}/import`
const person = (place: Place) => (world: World) => `${book(place)(world)}/${place(world).userId}`
const cell = (place: Place) => (world: World) => `${person(place)(world)}/${place(world).item}`
const own = (courseId: string): string => `/courses/${courseId}/grades`

export const PAGES: readonly PageRow[] = [
  { id: 'teach.grades', host: 'school', ...GRADE, path: book(taught) },
  { id: 'teach.grades', host: 'school', ...THEIRS, path: book(theirs) },
  { id: 'teach.grades', host: 'school', ...NOWHERE, path: book(foreign) },
  { id: 'teach.grades-scheme', host: 'school', ...GRADE, path: scheme(taught) },
  { id: 'teach.grades-scheme', host: 'school', ...THEIRS, path: scheme(theirs) },
  { id: 'teach.grades-scheme', host: 'school', ...NOWHERE, path: scheme(foreign) },
  { id: 'teach.grades-import', host: 'school', ...GRADE, path: importing(taught) },
  { id: 'teach.grades-import', host: 'school', ...THEIRS, path: importing(theirs) },
  { id: 'teach.grades-import', host: 'school', ...NOWHERE, path: importing(foreign) },
  { id: 'teach.grades-person', host: 'school', ...GRADE, path: person(taught) },
  { id: 'teach.grades-person', host: 'school', ...THEIRS, path: person(theirs) },
  { id: 'teach.grades-person', host: 'school', ...NOWHERE, path: person(crossedPerson) },
  { id: 'teach.grades-person', host: 'school', ...NOWHERE, path: person(foreign) },
  { id: 'teach.grade', host: 'school', ...GRADE, path: cell(taught) },
  { id: 'teach.grade', host: 'school', ...THEIRS, path: cell(theirs) },
  { id: 'teach.grade', host: 'school', ...NOWHERE, path: cell(crossedItem) },
  { id: 'teach.grade', host: 'school', ...NOWHERE, path: cell(crossedPerson) },
  { id: 'teach.grade', host: 'school', ...NOWHERE, path: cell(foreign) },
  { id: 'school.grades', host: 'school', ...OWN, path: ({ enrolled }) => own(enrolled.courseId) },
  {
    ...{ id: 'school.grades', host: 'school', ...OWN, student: 404 },
    path: ({ unenrolled }) => own(unenrolled.courseId),
  },
  {
    ...{ id: 'school.grades', host: 'school', ...OWN, student: 404 },
    path: ({ globexGrade }) => own(globexGrade.courseId),
  },
]

type Fields = Readonly<Record<string, string>>

const REFUSED = { anonymous: 'unauthenticated', student: 'forbidden', instructor: 'forbidden' } as const

const changeOf =
  (place: Place, points = '1') =>
  (world: World): Fields => ({ ...place(world), seen: '0', points, reason: 'Mine' })
const schemeOf =
  (place: Place, text = '{"weighted":false,"letters":[{"name":"P","from":"50"}]}') =>
  (world: World): Fields => ({ courseId: place(world).courseId, base: '{}', scheme: text })
const CSV = 'email,Task [none]\nsomebody@acme.test,3'
const fileOf =
  (place: Place, text = CSV) =>
  (world: World): Fields => ({ courseId: place(world).courseId, text })
const bringOf =
  (place: Place, reason = 'Mine') =>
  (world: World): Fields => ({ courseId: place(world).courseId, text: CSV, stamp: '0'.repeat(64), reason })
const answerOf =
  (place: Place, answer = 'Mine') =>
  (world: World): Fields => ({ ...place(world), questionId: 'none', answer })

const foreignTo = (form: (place: Place) => (world: World) => Fields, places: readonly Place[]) =>
  (['instructor', 'admin'] as const).flatMap((who) =>
    places.map((place) => ({ who, form: form(place), code: 'not_found' })),
  )

const NOBODYS = [crossedItem, crossedPerson, foreign]

export const ACTIONS: readonly ActionRow[] = [
  ...(['grade.change', 'grade.change-in-book'] as const).map((id): ActionRow => ({
    ...{ id, form: changeOf(theirs), refused: REFUSED },
    broken: { who: 'instructor', form: changeOf(taught, 'many'), code: 'invalid_input' },
    foreign: foreignTo(changeOf, NOBODYS),
  })),
  {
    ...{ id: 'grade.scheme', form: schemeOf(theirs), refused: REFUSED },
    broken: { who: 'instructor', form: schemeOf(taught, 'none'), code: 'invalid_input' },
    foreign: foreignTo(schemeOf, [foreign]),
  },
  {
    ...{ id: 'grade.import-preview', form: fileOf(theirs), refused: REFUSED },
    broken: { who: 'instructor', form: fileOf(taught, 'nothing'), code: 'invalid_input' },
    foreign: foreignTo(fileOf, [foreign]),
  },
  {
    ...{ id: 'grade.import', form: bringOf(theirs), refused: REFUSED },
    broken: { who: 'instructor', form: bringOf(taught, ''), code: 'invalid_input' },
    foreign: foreignTo(bringOf, [foreign]),
  },
  {
    ...{ id: 'grade.answer', form: answerOf(theirs), refused: REFUSED },
    broken: { who: 'instructor', form: answerOf(taught, ''), code: 'invalid_input' },
    foreign: foreignTo(answerOf, [crossedPerson, foreign]),
  },
  {
    id: 'grade.ask',
    form: ({ unenrolled }) => ({
      ...{ courseId: unenrolled.courseId, item: 'course', key: '0'.repeat(32), body: 'Mine' },
    }),
    refused: { anonymous: 'unauthenticated', student: 'not_found', instructor: 'not_found' },
    broken: {
      who: 'student',
      form: ({ enrolled }) => ({
        courseId: enrolled.courseId,
        item: 'course',
        key: '0'.repeat(32),
        body: '',
      }),
      code: 'invalid_input',
    },
    foreign: [
      {
        who: 'student',
        form: ({ enrolled, globexGrade }) => ({
          ...{ courseId: enrolled.courseId, item: globexGrade.item, key: '0'.repeat(32), body: 'Mine' },
        }),
        code: 'not_found',
      },
    ],
  },
]
