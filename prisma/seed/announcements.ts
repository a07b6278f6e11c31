import { after, daysFrom, HOUR, type Anchor } from './clock'
import type { BuiltCourse } from './courses'
import { seedId } from './ids'
import type { Person } from './people'
import { random } from './random'
import type { Rows } from './rows'
import { SCHOOLS } from './schools'

const TO_COURSES = [
  {
    title: 'Office hours move to Thursday',
    body: 'From this week on you find me on Thursdays between 16:00 and 17:30.\n\nBring what you are stuck on: a half-finished exercise is the best place to begin.',
    days: -6,
  },
  {
    title: 'A good question from the class',
    body: 'Somebody asked how much of the reading one has to remember. The short answer: what you can say in your own words.\n\nA longer one stands at https://www.rfc-editor.org/rfc/rfc1925 (number 5 applies to studying, too).',
    days: -2,
  },
] as const

const TO_SCHOOLS = {
  title: 'The library closes early on Friday',
  body: 'It closes at 14:00 this Friday and opens again on Monday as usual.\n\nOnline everything stays open.',
  days: -3,
} as const

/** What was announced: in each course that is taught, and in each school. */
export function announcementRows(
  anchor: Anchor,
  people: readonly Person[],
  courses: readonly BuiltCourse[],
): Rows['Announcement'] {
  const said = (
    tenantId: string,
    courseId: string | null,
    author: Person,
    what: (typeof TO_COURSES)[number] | typeof TO_SCHOOLS,
  ) => {
    const { title, body, days } = what
    const id = seedId('announcement', courseId ?? tenantId, title)
    const createdAt = after(daysFrom(anchor, days), 9 * HOUR)
    return {
      id,
      tenantId,
      courseId,
      authorId: author.id,
      key: id,
      title,
      body,
      createdAt,
      updatedAt: createdAt,
    }
  }
  const toCourses = courses
    .filter(({ status }) => status === 'PUBLISHED')
    .flatMap(({ id, school, instructor }) => TO_COURSES.map((what) => said(school.id, id, instructor, what)))
  const toSchools = SCHOOLS.flatMap(({ id }) => {
    const admin = people.find(({ tenantId, role }) => tenantId === id && role === 'ADMIN')
    return admin === undefined ? [] : [said(id, null, admin, TO_SCHOOLS)]
  })
  return [...toSchools, ...toCourses]
}

const CHOICES = [
  { quiet: null },
  { digestHour: 18 },
  { types: { ACHIEVEMENT: { mail: 'digest' }, GRADE_RELEASED: { mail: 'digest' } } },
  {
    types: { COURSE_UPDATE: { mail: 'off' }, LIVE_CLASS: { app: false } },
    quiet: { from: 20 * 60, until: 8 * 60 },
  },
] as const

/** How people want to be told: about every sixth has chosen something. */
export function settingsRows(anchor: Anchor, people: readonly Person[]): Rows['NotificationSettings'] {
  return people
    .filter(({ id, role }) => role !== 'SUPER_ADMIN' && random('notice-settings', id).chance(1 / 6))
    .map(({ id, tenantId }) => ({
      id: seedId('notice-settings', id),
      ...{ tenantId, userId: id, choices: random('notice-choices', id).pick(CHOICES) },
      updatedAt: daysFrom(anchor, -9),
    }))
}
