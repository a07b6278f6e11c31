import { canaryOf } from './canary'
import { after, DAY, daysFrom, HOUR, type Anchor } from './clock'
import type { BuiltCourse } from './courses'
import { seedId } from './ids'
import type { Learning } from './learning'
import type { Earned } from './motivation'
import type { Person } from './people'
import { random } from './random'
import type { Rows } from './rows'
import { SCHOOLS } from './schools'
import type { Sitting } from './sittings'
import type { HandedIn } from './submissions'

type Row = Rows['Notification'][number]
type Kind = Row['type']

export interface Happenings {
  anchor: Anchor
  people: readonly Person[]
  courses: readonly BuiltCourse[]
  learnings: readonly Learning[]
  sittings: readonly Sitting[]
  handedIn: readonly HandedIn[]
  badges: readonly Earned[]
}

const BADGES: Readonly<Record<Earned['type'], (what: string) => [title: string, message: string]>> = {
  FIRST_LESSON: () => ['Your first lesson', 'The first step is made. The rest are the same, one at a time.'],
  COURSE_COMPLETE: (what) => ['Course complete', `You finished every lesson of “${what}”.`],
  WEEK_STREAK: () => ['Seven days in a row', 'You studied every day for a week.'],
  MONTH_STREAK: () => [
    'Thirty days in a row',
    'A whole month without missing a day. Few people get this far.',
  ],
  PERFECT_SCORE: (what) => ['Full marks', `You earned every point of “${what}”.`],
  EARLY_BIRD: () => ['Early bird', 'You finished a lesson before eight in the morning.'],
  DEDICATED_LEARNER: () => ['Dedicated learner', 'Twenty-five lessons finished.'],
}

interface Notice {
  person: Person
  type: Kind
  /** Tells two notices of one type to one person apart. */
  about: string
  title: string
  message: string
  link: string | null
  at: Date
}

function row(anchor: Anchor, { person, type, about, title, message, link, at }: Notice): Row {
  const id = seedId('notification', person.id, type, about)
  // What is older than ten days has been seen; of the rest, about half.
  const read = at < daysFrom(anchor, -10) || random('read', id).chance(0.5)
  return { id, tenantId: person.tenantId, userId: person.id, type, title, message, read, link, createdAt: at }
}

function grades({ anchor, sittings, handedIn }: Happenings): Notice[] {
  const type = 'GRADE_RELEASED'
  const work = handedIn.flatMap(({ id, learning, assignment, grading }): Notice[] => {
    if (grading === null) return []
    const message = `${learning.course.instructor.name} graded your work: ${grading.grade} of 100 points.`
    const link = `/assignments/${assignment.id}`
    return [
      {
        person: learning.person,
        type,
        about: id,
        title: `Graded: ${assignment.title}`,
        message,
        link,
        at: grading.at,
      },
    ]
  })
  const exams = sittings.flatMap(({ id, learning, exam, score, maxScore, gradedAt }): Notice[] => {
    // Of results that learners may see already.
    if (score === null || gradedAt === null || exam.settings.review.when !== 'after-submission') return []
    const at = after(gradedAt, HOUR)
    if (at >= anchor) return []
    const message = `You scored ${Math.round(Number(score) * 100) / 100} of ${maxScore} points.`
    return [
      {
        person: learning.person,
        type,
        about: id,
        title: `Result: ${exam.title}`,
        message,
        link: `/exams/${exam.id}`,
        at,
      },
    ]
  })
  return [...work, ...exams]
}

/** What is coming up in the courses somebody is in the middle of, told on the evening before the anchor. */
function reminders({ anchor, learnings }: Happenings): Notice[] {
  const at = after(anchor, -7 * HOUR)
  const soon = (instant: Date | null, days: number): boolean =>
    instant !== null && instant > anchor && instant < daysFrom(anchor, days)
  const alive = learnings.filter(
    ({ course, done }) => course.status === 'PUBLISHED' && done.length < course.lessons.length,
  )
  return alive.flatMap(({ person, course }): Notice[] => [
    ...course.assignments
      .filter(({ dueAt }) => soon(dueAt, 10))
      .map(({ id, title }): Notice => {
        const message = `“${title}” in ${course.title} is due within ten days.`
        return {
          person,
          type: 'ASSIGNMENT_DUE',
          about: id,
          title: `Due soon: ${title}`,
          message,
          link: `/assignments/${id}`,
          at,
        }
      }),
    ...course.exams
      .filter(({ opensAt, closesAt }) => soon(opensAt, 15) || soon(closesAt, 15))
      .map(({ id, title, minutes }): Notice => {
        const message = `The exam of ${course.title} is near. It takes ${minutes} minutes; choose a quiet hour.`
        return {
          person,
          type: 'EXAM_REMINDER',
          about: id,
          title: `Exam: ${title}`,
          message,
          link: `/exams/${id}`,
          at,
        }
      }),
    ...course.classes
      .filter(({ at: begins }) => soon(begins, 9))
      .map(({ id, title }): Notice => {
        const message = `${course.instructor.name} meets the class of ${course.title} online.`
        return {
          person,
          type: 'LIVE_CLASS',
          about: id,
          title: `Live: ${title}`,
          message,
          link: '/calendar',
          at,
        }
      }),
  ])
}

function updates({ anchor, learnings }: Happenings): Notice[] {
  return learnings
    .filter(({ course, enrolledAt }) => course.status === 'PUBLISHED' && enrolledAt < daysFrom(anchor, -9))
    .map(({ person, course }) => ({
      person,
      type: 'COURSE_UPDATE',
      about: course.id,
      title: `News in ${course.title}`,
      message: `${course.instructor.name} improved “${course.lessons[1]?.title ?? course.title}” after questions from the class.`,
      link: `/courses/${course.id}`,
      at: after(daysFrom(anchor, -8), 10 * HOUR),
    }))
}

function welcomes({ people }: Happenings): Notice[] {
  return people
    .filter(({ role }) => role !== 'SUPER_ADMIN')
    .map((person) => ({
      person,
      type: 'SYSTEM',
      about: 'welcome',
      title: 'Welcome',
      message: 'Your account is ready. Set your time zone and how you like to be notified under Account.',
      link: '/account',
      at: person.joinedAt,
    }))
}

/** One private notice a school that carries its canary, to its admin. */
function canaries({ anchor, people }: Happenings): Notice[] {
  return SCHOOLS.flatMap(({ id, subdomain }) =>
    people
      .filter(({ tenantId, role }) => tenantId === id && role === 'ADMIN')
      .map((person): Notice => {
        const message = `The weekly copy of the school’s data is complete. Reference: ${canaryOf(subdomain)}.`
        return {
          person,
          type: 'SYSTEM',
          about: 'copy',
          title: 'Weekly copy complete',
          message,
          link: null,
          at: after(anchor, -2 * DAY),
        }
      }),
  )
}

/** What everybody was told: derived from what happened, so that no notice speaks of something that isn't there. */
export function notificationRows(happenings: Happenings): Row[] {
  const achievements = happenings.badges.map(({ id, person, type, what, at }): Notice => {
    const [title, message] = BADGES[type](what)
    return { person, type: 'ACHIEVEMENT', about: id, title, message, link: '/dashboard', at }
  })
  const all = [welcomes, updates, grades, reminders, canaries].flatMap((make) => make(happenings))
  return [...all, ...achievements].map((notice) => row(happenings.anchor, notice))
}
