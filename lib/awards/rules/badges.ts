import type { BadgeType } from '../contract'

/**
 * What each badge is given for, once in a person's life at a school (COURSE_COMPLETE: once a course):
 * - FIRST_LESSON: a first lesson was completed.
 * - COURSE_COMPLETE: a course was completed.
 * - WEEK_STREAK, MONTH_STREAK: so many days of learning in one streak.
 * - PERFECT_SCORE: an exam with all of its points.
 * - EARLY_BIRD: a lesson completed early where the learner is. (From midnight on it is a late night.)
 * - DEDICATED_LEARNER: so many lessons completed, in whatever courses.
 */

/** The numbers in these rules. What people read of a rule is said with them, so that the two can't differ. */
const BADGE_NUMBERS = {
  WEEK_STREAK: { days: 7 },
  MONTH_STREAK: { days: 30 },
  /** Hours of the day: from the first until just before the second. */
  EARLY_BIRD: { from: 4, before: 8 },
  DEDICATED_LEARNER: { lessons: 50 },
} as const

/** What a badge's rule is said with: every number that any of them has, its own where it has one. */
export function numbersOf(type: BadgeType) {
  const { EARLY_BIRD, DEDICATED_LEARNER, MONTH_STREAK, WEEK_STREAK } = BADGE_NUMBERS
  const { days } = type === 'MONTH_STREAK' ? MONTH_STREAK : WEEK_STREAK
  return { days, from: EARLY_BIRD.from, before: EARLY_BIRD.before, lessons: DEDICATED_LEARNER.lessons }
}

export type AwardEvent =
  /** `hour`: of the day where the learner is, 0 to 23. */
  | Readonly<{ kind: 'lesson-completed'; hour: number }>
  | Readonly<{ kind: 'course-completed'; courseId: string }>
  /** `days`: of learning in one streak. */
  | Readonly<{ kind: 'streak-moved'; days: number }>
  /** Points, and the most there were to get. */
  | Readonly<{ kind: 'exam-scored'; points: number; most: number }>

export type Deserved = Readonly<{
  type: BadgeType
  /** Id of the course it is earned in; empty where it is earned once. */
  about: string
  /** Completed lessons that it takes as well; only the rows know how many there are. */
  lessons: number
}>

const once = (type: BadgeType, lessons = 0): Deserved => ({ type, about: '', lessons })

/** The badges that an event deserves, those among them that somebody has already included. */
export function deservedBy(event: AwardEvent): readonly Deserved[] {
  switch (event.kind) {
    case 'lesson-completed': {
      const { from, before } = BADGE_NUMBERS.EARLY_BIRD
      const early = event.hour >= from && event.hour < before
      return [
        ...[once('FIRST_LESSON', 1), once('DEDICATED_LEARNER', BADGE_NUMBERS.DEDICATED_LEARNER.lessons)],
        ...(early ? [once('EARLY_BIRD')] : []),
      ]
    }
    case 'course-completed':
      return [{ type: 'COURSE_COMPLETE', about: event.courseId, lessons: 0 }]
    case 'streak-moved':
      return [
        ...(event.days >= BADGE_NUMBERS.WEEK_STREAK.days ? [once('WEEK_STREAK')] : []),
        ...(event.days >= BADGE_NUMBERS.MONTH_STREAK.days ? [once('MONTH_STREAK')] : []),
      ]
    case 'exam-scored':
      return event.most > 0 && event.points >= event.most ? [once('PERFECT_SCORE')] : []
  }
}
