import type { ActionRow, PageRow, World } from './world'

/** Who may build courses: whoever teaches one, and whoever is in charge of all. */

const BUILD = { anonymous: 307, student: 403, instructor: 200, admin: 200, stranger: 307 } as const
/** The course is a colleague's of the instructor. */
const THEIRS = { ...BUILD, instructor: 403 } as const
const NOWHERE = { ...BUILD, instructor: 404, admin: 404 } as const

const parts = ['', '/details', '/publish', '/people'] as const
const IDS = { '': 'outline', '/details': 'details', '/publish': 'publish', '/people': 'people' } as const

function pages(part: (typeof parts)[number]): PageRow[] {
  const at = (courseId: string) => `/teach/courses/${courseId}${part}`
  const id = `teach.${IDS[part]}`
  return [
    { id, host: 'school', ...BUILD, path: ({ taught }) => at(taught.courseId) },
    { id, host: 'school', ...THEIRS, path: ({ unenrolled }) => at(unenrolled.courseId) },
    { id, host: 'school', ...NOWHERE, path: ({ globex }) => at(globex.published) },
  ]
}

const preview = (courseId: string, lessonId: string) => `/teach/courses/${courseId}/preview/${lessonId}`

export const PAGES: readonly PageRow[] = [
  { id: 'teach.courses', host: 'school', ...BUILD, path: () => '/teach' },
  { id: 'teach.courses', host: 'school', ...NOWHERE, path: () => '/teach?cursor=forged' },
  ...parts.flatMap(pages),
  {
    ...{ id: 'teach.preview', host: 'school', ...BUILD },
    path: ({ taught }) => preview(taught.courseId, taught.lessonId),
  },
  {
    ...{ id: 'teach.preview', host: 'school', ...THEIRS },
    path: ({ unenrolled }) => preview(unenrolled.courseId, unenrolled.lessonId),
  },
  // A lesson of one course under another's address is nowhere.
  {
    ...{ id: 'teach.preview', host: 'school', ...NOWHERE },
    path: ({ taught, unenrolled }) => preview(taught.courseId, unenrolled.lessonId),
  },
]

type Fields = Readonly<Record<string, string>>

const REFUSED = { anonymous: 'unauthenticated', student: 'forbidden' } as const
const KEY = 'a'.repeat(32)

/** What is done to a course: never to a colleague's by an instructor, nor to another school's by anybody. */
function toCourse(id: string, more: (world: World) => Fields = () => ({})): ActionRow {
  const of = (courseId: string) => (world: World) => ({ ...more(world), courseId })
  return {
    ...{
      id,
      form: (world) => of(world.unenrolled.courseId)(world),
      refused: { ...REFUSED, instructor: 'forbidden' },
    },
    broken: { who: 'instructor', form: (world) => of('NO ID')(world), code: 'invalid_input' },
    foreign: [
      { who: 'admin', form: (world) => of(world.globex.published)(world), code: 'not_found' },
      { who: 'admin', form: (world) => of('nothing')(world), code: 'not_found' },
      {
        who: 'admin',
        form: (world) => ({ ...of(world.taught.courseId)(world), tenantId: world.globex.id }),
        code: 'invalid_input',
      },
    ],
  }
}

/** What is done to a part of a course: also not to a part of another one, named under one's own. */
function toPart(id: string, part: (world: World) => Fields): ActionRow {
  const row = toCourse(id, part)
  return {
    ...row,
    foreign: [
      ...(row.foreign ?? []),
      {
        who: 'instructor',
        form: (world) => ({ ...part(world), courseId: world.taught.courseId }),
        code: 'not_found',
      },
    ],
  }
}

const nothing = { moduleId: 'nothing' }
const lesson = ({ unenrolled }: World): Fields => ({ lessonId: unenrolled.lessonId })

const DETAILS: Fields = {
  ...{ title: 'T', description: '', outcomes: '', newCategories: '', timeZone: '' },
  ...{ enrollment: 'OPEN', enrollmentKey: '', capacity: '' },
}
const BASE = JSON.stringify({
  ...{ title: 'T', description: '', outcomes: '', categories: '', timeZone: '' },
  ...{ enrollment: 'OPEN', enrollmentKey: '', capacity: '' },
})

export const ACTIONS: readonly ActionRow[] = [
  {
    ...{ id: 'course.create', form: () => ({ title: 'Mine', key: KEY }), refused: REFUSED },
    broken: { who: 'instructor', form: () => ({ title: '', key: KEY }), code: 'invalid_input' },
    foreign: [
      // Whose the course is, and that it is a draft, is never asked.
      {
        who: 'instructor',
        form: ({ acme }) => ({ title: 'Mine', key: KEY, instructorId: acme.adminId }),
        code: 'invalid_input',
      },
      {
        who: 'instructor',
        form: () => ({ title: 'Mine', key: KEY, status: 'PUBLISHED' }),
        code: 'invalid_input',
      },
    ],
  },
  toCourse('course.read-outline'),
  toCourse('course.add-module', () => ({ title: 'New', key: KEY })),
  toPart('course.rename-module', () => ({ ...nothing, title: 'New', seen: 'Old' })),
  toPart('course.delete-module', () => nothing),
  toPart('course.restore-module', () => nothing),
  toPart('course.add-lesson', () => ({ ...nothing, title: 'New', key: KEY })),
  toPart('course.rename-lesson', (world) => ({ ...lesson(world), title: 'New', seen: 'Old' })),
  toPart('course.delete-lesson', lesson),
  toPart('course.restore-lesson', lesson),
  toCourse('course.arrange', () => ({ seen: 'x:', wanted: 'x:' })),
  toCourse('course.read-details'),
  toCourse('course.details', () => ({ ...DETAILS, base: BASE })),
  {
    // A file can't be sent from here: what is no file is refused before anything is asked of the course.
    ...{ id: 'course.cover', form: ({ taught }) => ({ courseId: taught.courseId }), refused: REFUSED },
    broken: {
      who: 'instructor',
      form: ({ taught }) => ({ courseId: taught.courseId, file: 'no file' }),
      code: 'invalid_input',
    },
  },
  toCourse('course.cover-remove'),
  toCourse('course.publish'),
  toCourse('course.archive'),
  toCourse('course.draft'),
  toCourse('course.duplicate', () => ({ key: KEY })),
  toCourse('course.delete'),
  toCourse('course.restore'),
  toCourse('course.enroll', () => ({ email: 'student@acme.test' })),
  toCourse('course.unenroll', ({ acme }) => ({ userId: acme.studentId })),
]
