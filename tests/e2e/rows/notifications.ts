import type { ActionRow, PageRow, Signed, World } from './world'

/** What people are told is theirs alone; announcements are made by who teaches the course, or runs the school. */

const OWN = { anonymous: 307, student: 200, instructor: 200, admin: 200, stranger: 307 } as const
const EVERYBODY = { anonymous: 200, student: 200, instructor: 200, admin: 200, stranger: 200 } as const
const TEACH = { anonymous: 307, student: 403, instructor: 200, admin: 200, stranger: 307 } as const
const NOWHERE = { ...TEACH, instructor: 404, admin: 404 } as const
const RUN = { anonymous: 307, student: 403, instructor: 403, admin: 200, stranger: 307 } as const
/** Only for whoever is enrolled. */
const LEARN = { anonymous: 307, student: 200, instructor: 404, admin: 404, stranger: 307 } as const

const teaching = (courseId: string): string => `/teach/courses/${courseId}/announcements`
const learning = (courseId: string): string => `/courses/${courseId}/announcements`

export const PAGES: readonly PageRow[] = [
  { id: 'school.notifications', host: 'school', ...OWN, path: () => '/notifications' },
  { id: 'school.account-notifications', host: 'school', ...OWN, path: () => '/account/notifications' },
  { id: 'school.unsubscribe', host: 'school', ...EVERYBODY, path: () => '/unsubscribe?types=SYSTEM&token=x' },
  { id: 'school.announcements', host: 'school', ...OWN, path: () => '/announcements' },
  { id: 'admin.announcements', host: 'school', ...RUN, path: () => '/admin/announcements' },
  {
    id: 'teach.announcements',
    host: 'school',
    ...TEACH,
    path: ({ taughtGrade }) => teaching(taughtGrade.courseId),
  },
  {
    ...{ id: 'teach.announcements', host: 'school', ...TEACH, instructor: 403 },
    path: ({ theirGrade }) => teaching(theirGrade.courseId),
  },
  {
    id: 'teach.announcements',
    host: 'school',
    ...NOWHERE,
    path: ({ globexGrade }) => teaching(globexGrade.courseId),
  },
  {
    id: 'school.course-announcements',
    host: 'school',
    ...LEARN,
    path: ({ enrolled }) => learning(enrolled.courseId),
  },
  {
    ...{ id: 'school.course-announcements', host: 'school', ...LEARN, student: 404 },
    path: ({ unenrolled }) => learning(unenrolled.courseId),
  },
  {
    ...{ id: 'school.course-announcements', host: 'school', ...LEARN, student: 404 },
    path: ({ globexGrade }) => learning(globexGrade.courseId),
  },
]

type Fields = Readonly<Record<string, string>>

const UNKNOWN = { anonymous: 'unauthenticated', stranger: 'unauthenticated' } as const
const SEEN = '2026-01-01T00:00:00.000Z'
const words = { title: 'Mine', body: 'Mine' }

/** A row of what is one's own: sent by nobody, and with a key that it doesn't have. */
function own(id: string, form: Fields, foreign: boolean): ActionRow {
  const who: Signed = 'student'
  return {
    ...{ id, form: () => form, refused: UNKNOWN },
    broken: { who, form: () => ({ ...form, userId: 'x' }), code: 'invalid_input' },
    ...(foreign ? { foreign: [{ who, form: () => form, code: 'not_found' }] } : {}),
  }
}

const LINK = { types: 'SYSTEM', token: 'nobody.x' }

/** Whoever holds a link may use it; this one is none, for anybody. */
function byLink(id: string): ActionRow {
  const nobody = { anonymous: 'not_found', student: 'not_found', stranger: 'not_found' } as const
  return {
    ...{ id, form: () => LINK, refused: nobody },
    broken: { who: 'student', form: () => ({ ...LINK, userId: 'x' }), code: 'invalid_input' },
  }
}

type Make = (courseId: string) => Fields

const ofTheirs =
  (make: Make) =>
  ({ theirGrade }: World): Fields =>
    make(theirGrade.courseId)

function ofCourse(id: string, make: Make): ActionRow {
  return {
    ...{ id, form: ofTheirs(make) },
    refused: { anonymous: 'unauthenticated', student: 'forbidden', instructor: 'forbidden' },
    broken: {
      who: 'instructor',
      form: ({ taughtGrade }) => ({ ...make(taughtGrade.courseId), role: 'ADMIN' }),
      code: 'invalid_input',
    },
    foreign: (['instructor', 'admin'] as const).map((who) => ({
      ...{ who, form: ({ globexGrade }: World) => make(globexGrade.courseId), code: 'not_found' },
    })),
  }
}

function ofSchool(id: string, form: Fields, foreign: boolean): ActionRow {
  const who: Signed = 'admin'
  return {
    ...{ id, form: () => form },
    refused: { anonymous: 'unauthenticated', student: 'forbidden', instructor: 'forbidden' },
    broken: { who, form: () => ({ ...form, courseId: 'x' }), code: 'invalid_input' },
    ...(foreign ? { foreign: [{ who, form: () => form, code: 'not_found' }] } : {}),
  }
}

const SETTINGS = { quietFrom: '22:00', quietUntil: '07:00', digestHour: '25', seen: '' }

export const ACTIONS: readonly ActionRow[] = [
  own('notice.read', { id: 'nobodys', back: '/notifications' }, true),
  own('notice.open', { id: 'nobodys' }, true),
  own('notice.read-all', { until: '0', back: '' }, false),
  own('notice.settings', SETTINGS, false),
  byLink('notice.stop-letters'),
  byLink('notice.want-letters'),
  ofCourse('announcement.course', (courseId) => ({ courseId, key: '0'.repeat(32), ...words })),
  ofCourse('announcement.course-change', (courseId) => ({ courseId, id: 'none', seen: SEEN, ...words })),
  ofCourse('announcement.course-keep', (courseId) => ({ courseId, id: 'none', standing: 'no' })),
  ofSchool('announcement.school', { key: '0'.repeat(32), ...words }, false),
  ofSchool('announcement.school-change', { id: 'none', seen: SEEN, ...words }, true),
  ofSchool('announcement.school-keep', { id: 'none', standing: 'no' }, true),
]
