import type { ActionRow, PageRow, World } from './world'

/** The tutor: whoever teaches a course sets it and reads what is asked; everybody reads their own conversations. */

const TEACH = { anonymous: 307, student: 403, instructor: 200, admin: 200, stranger: 307 } as const

type Of = (world: World) => string

const taught: Of = ({ taughtGrade }) => taughtGrade.courseId
const theirs: Of = ({ theirGrade }) => theirGrade.courseId
const foreign: Of = ({ globexGrade }) => globexGrade.courseId
const teach = (course: Of) => (world: World) => `/teach/courses/${course(world)}/tutor`
const own = (courseId: string): string => `/courses/${courseId}/tutor`

const OWN = { anonymous: 307, student: 200, admin: 200, stranger: 307 } as const

export const PAGES: readonly PageRow[] = [
  { id: 'teach.tutor', host: 'school', ...TEACH, path: teach(taught) },
  { id: 'teach.tutor', host: 'school', ...TEACH, instructor: 403, path: teach(theirs) },
  { id: 'teach.tutor', host: 'school', ...TEACH, instructor: 404, admin: 404, path: teach(foreign) },
  { id: 'school.tutor', host: 'school', ...OWN, path: ({ enrolled }) => own(enrolled.courseId) },
  {
    ...{ id: 'school.tutor', host: 'school', ...OWN, student: 404, instructor: 404 },
    path: ({ unenrolled }) => own(unenrolled.courseId),
  },
  // Nobody's conversation but their own, and none of another school's course.
  {
    ...{ id: 'school.tutor', host: 'school', ...OWN, student: 404, instructor: 404, admin: 404 },
    path: ({ enrolled }) => `${own(enrolled.courseId)}?chat=nothing`,
  },
  {
    ...{ id: 'school.tutor', host: 'school', ...OWN, student: 404, instructor: 404, admin: 404 },
    path: ({ globex }) => own(globex.published),
  },
]

type Fields = Readonly<Record<string, string>>

const formOf =
  (course: Of, manner = 'hints') =>
  (world: World): Fields => ({ courseId: course(world), base: '{}', manner, topics: '' })

export const ACTIONS: readonly ActionRow[] = [
  {
    id: 'tutor.forget',
    form: ({ enrolled }) => ({ courseId: enrolled.courseId, chatId: 'nobodys' }),
    refused: { anonymous: 'unauthenticated' },
    broken: { who: 'student', form: () => ({ courseId: '', chatId: '' }), code: 'invalid_input' },
  },
  {
    id: 'tutor.settings',
    form: formOf(theirs),
    refused: { anonymous: 'unauthenticated', student: 'forbidden', instructor: 'forbidden' },
    broken: { who: 'instructor', form: formOf(taught, 'shouting'), code: 'invalid_input' },
    foreign: (['instructor', 'admin'] as const).map((who) => ({
      ...{ who, form: formOf(foreign), code: 'not_found' },
    })),
  },
]
