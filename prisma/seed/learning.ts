import { after, DAY, HOUR, localTime, MINUTE, type Anchor } from './clock'
import type { BuiltCourse, BuiltLesson } from './courses'
import { seedId } from './ids'
import type { Person } from './people'
import { random, type Random } from './random'
import type { Rows } from './rows'
import type { SeedSchool } from './schools'
import { finishTimes, sitDown, type Span } from './study'

/** One person in one course, and how far they came. */
export interface Learning {
  id: string
  person: Person
  course: BuiltCourse
  enrolledAt: Date
  /** Finished lessons in the order of the course, which is the order they were finished in. */
  done: { lesson: BuiltLesson; at: Date }[]
  /** The lesson they have open: seconds into its video, 0 where it has none. */
  open: { lesson: BuiltLesson; at: Date; position: number } | null
}

/** Ten weeks; the archived course has those before, so that twelve weeks of numbers have something to draw. */
const WEEKS: Span = { first: -70, last: -1 }
/** A suspended school fell silent before. */
const LAST_DAY = { acme: -1, globex: -2, initech: -24 } as const
/** Days in a row of people who study every day: a streak needs somebody who has one. */
const EVERY_DAY: Readonly<Record<string, number>> = {
  'student@acme.test': 15,
  'clara.zimmermann@acme.test': 34,
  'hanako.sato@acme.test': 9,
  'student@globex.test': 8,
}
/** And the day (from the anchor) on which one of them rests all the same: a freeze covers it. */
const RESTS: Readonly<Record<string, number>> = { 'student@acme.test': -3 }
/** How many of a school's students take its newest course, the next one, and so on. */
const POPULARITY = [0.8, 0.62, 0.5, 0.42, 0.3] as const
/** What the first student of a school shows: one course half done, one finished, one begun, one untouched. */
const SHOWCASE = [0.45, 1, 0.15, 0] as const

function isShowcase({ person, course }: Seat): boolean {
  return person.email === `student@${course.school.subdomain}.test`
}

function everyDay({ email }: Person, { subdomain }: SeedSchool): number | undefined {
  return email.endsWith(`@${subdomain}.test`) ? EVERY_DAY[email] : undefined
}

interface Seat {
  person: Person
  course: BuiltCourse
  /** Place of the course among those of its school and status. */
  place: number
}

function share(seat: Seat, chance: Random): number {
  const { person, course, place } = seat
  if (isShowcase(seat)) return SHOWCASE[place] ?? 0
  if (everyDay(person, course.school) !== undefined) return place < 3 ? 1 : 0.6
  if (chance.chance(0.12)) return 0
  if (chance.chance(0.08 + 0.38 * person.diligence)) return 1
  return chance.next() * (0.3 + 0.65 * person.diligence)
}

function takes(seat: Seat, chance: Random): boolean {
  if (isShowcase(seat) || everyDay(seat.person, seat.course.school) !== undefined) return true
  return chance.chance(POPULARITY[seat.place] ?? 0.2)
}

/** Days in which somebody may have studied a course: its last months if it is archived, else the last weeks. */
function spanOf(chance: Random, seat: Seat): Span {
  const last = LAST_DAY[seat.course.school.subdomain]
  if (seat.course.archivedAt !== null) return { first: -150, last: -67 }
  // Most began weeks ago, some only now.
  const first = WEEKS.first + Math.floor(58 * chance.next() ** 1.7)
  if (first >= last) return { first: WEEKS.first, last }
  // Some stay until today, some stopped weeks ago: somebody has to be at risk.
  return { first, last: Math.min(last, first + Math.ceil((last - first) * (0.3 + 0.9 * chance.next()))) }
}

function openLesson(seat: Seat, chance: Random, done: Learning['done']): Learning['open'] {
  const lesson = seat.course.lessons[done.length]
  const latest = done.at(-1)
  if (lesson === undefined || latest === undefined) return null
  // The demo's own clips are short; films elsewhere run for minutes.
  const position = { none: 0, clip: chance.between(3, 9), external: chance.between(40, 200) }[lesson.video]
  const at = after(latest.at, chance.between(10, 50) * 1_000)
  return { lesson, at, position }
}

function learn(anchor: Anchor, seat: Seat, span: Span, everyDay: boolean): Learning {
  const { person, course } = seat
  const chance = random('learning', course.id, person.id)
  const timeZone = course.school.timeZone
  const lessons = course.lessons.slice(0, Math.floor(course.lessons.length * share(seat, chance)))
  const times = finishTimes(chance, anchor, lessons, { span, timeZone, everyDay })
  const done = lessons.map((lesson, index) => ({ lesson, at: times[index] ?? anchor }))
  const first = done[0]
  const start =
    first === undefined
      ? sitDown(chance, anchor, span.first, timeZone)
      : after(first.at, -first.lesson.minutes * 2 * MINUTE)
  return {
    id: seedId('enrollment', course.id, person.id),
    person,
    course,
    enrolledAt: after(start, -chance.between(1, 30) * HOUR),
    done,
    open: openLesson(seat, chance, done),
  }
}

/** Somebody's days, one course after another, so that every day of their streak has a lesson. */
function daily(anchor: Anchor, seats: readonly Seat[], wanted: number): Learning[] {
  const last = LAST_DAY[seats[0]?.course.school.subdomain ?? 'acme']
  const counted = seats.map((seat) => ({
    seat,
    lessons: learn(anchor, seat, { first: last, last }, true).done.length,
  }))
  const total = counted.reduce((sum, { lessons }) => sum + lessons, 0)
  const days = Math.min(wanted, total)
  let before = 0
  return counted.map(({ seat, lessons }) => {
    const first = last - days + 1 + Math.floor((before * days) / Math.max(total, 1))
    before += lessons
    const end = last - days + Math.ceil((before * days) / Math.max(total, 1))
    return learn(
      anchor,
      seat,
      { first: Math.min(first, last), last: Math.max(first, Math.min(end, last)) },
      true,
    )
  })
}

/** What lies before somebody's day of rest moves a day back, and the day is free. */
function rested(anchor: Anchor, learning: Learning): Learning {
  const day = RESTS[learning.person.email]
  const { timeZone, subdomain } = learning.course.school
  // The same address at the other school is somebody else.
  if (day === undefined || subdomain !== 'acme') return learning
  const free = localTime(after(anchor, day * DAY + 12 * HOUR), timeZone).day
  const move = (at: Date) => (localTime(at, timeZone).day <= free ? after(at, -DAY) : at)
  const { done, open, enrolledAt } = learning
  return {
    ...learning,
    enrolledAt: after(enrolledAt, -DAY),
    done: done.map(({ lesson, at }) => ({ lesson, at: move(at) })),
    open: open === null ? null : { ...open, at: move(open.at) },
  }
}

function seatsOf(person: Person, courses: readonly BuiltCourse[]): Seat[] {
  const places = (status: BuiltCourse['status']): Seat[] =>
    courses.filter((course) => course.status === status).map((course, place) => ({ person, course, place }))
  const archived = places('ARCHIVED').filter(
    ({ course }) => after(person.joinedAt, 10 * DAY) < after(course.archivedAt ?? new Date(0), -90 * DAY),
  )
  return [...places('PUBLISHED'), ...archived].filter((seat) =>
    takes(seat, random('takes', seat.course.id, person.id)),
  )
}

/** Who learns what, and how far they are. Drafts have nobody; archived courses only those who came before. */
export function makeLearning(
  anchor: Anchor,
  people: readonly Person[],
  courses: readonly BuiltCourse[],
): Learning[] {
  return people
    .filter((person) => person.role === 'STUDENT')
    .flatMap((person) => {
      const seats = seatsOf(
        person,
        courses.filter((course) => course.school.id === person.tenantId),
      )
      const days = seats[0] === undefined ? undefined : everyDay(person, seats[0].course.school)
      const isDaily = (seat: Seat): boolean => days !== undefined && seat.course.archivedAt === null
      const others = seats
        .filter((seat) => !isDaily(seat))
        .map((seat) => learn(anchor, seat, spanOf(random('span', seat.course.id, person.id), seat), false))
      return [
        ...daily(anchor, seats.filter(isDaily), days ?? 1).map((learning) => rested(anchor, learning)),
        ...others,
      ]
    })
}

/** Percent of the lessons that are finished, to two decimals: what `Enrollment.progress` holds. */
function percent({ done, course }: Learning): number {
  return Math.round((done.length / course.lessons.length) * 10_000) / 100
}

/** What was played of a lesson's film: all of it, or up to where somebody is. The demo's own clips take ten seconds. */
function watched({ video, minutes }: BuiltLesson, completed: boolean, position: number): string {
  const length = { none: 0, clip: 10, external: minutes * 60 }[video]
  const seconds = completed ? length : Math.min(position, length)
  return seconds === 0 ? '{}' : `{[0,${seconds})}`
}

/** Enrollments, and one row for each lesson that was opened. */
export function learningRows(all: readonly Learning[]): Pick<Rows, 'Enrollment' | 'LessonProgress'> {
  return {
    Enrollment: all.map((learning) => ({
      id: learning.id,
      tenantId: learning.person.tenantId,
      userId: learning.person.id,
      courseId: learning.course.id,
      progress: percent(learning),
      completedAt: percent(learning) === 100 ? (learning.done.at(-1)?.at ?? null) : null,
      enrolledAt: learning.enrolledAt,
    })),
    LessonProgress: all.flatMap(({ id, person, done, open }) => {
      const row = (lesson: BuiltLesson, at: Date, completed: boolean, lastPosition: number) => ({
        ...{ id: seedId('progress', id, lesson.id), tenantId: person.tenantId, enrollmentId: id },
        ...{ lessonId: lesson.id, userId: person.id, completed, lastPosition },
        watched: watched(lesson, completed, lastPosition),
        ...{ viewedAt: at, completedAt: completed ? at : null, updatedAt: at },
      })
      const finished = done.map(({ lesson, at }) => row(lesson, at, true, 0))
      return open === null ? finished : [...finished, row(open.lesson, open.at, false, open.position)]
    }),
  }
}
