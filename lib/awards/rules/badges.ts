import type { BadgeType } from '../contract'

/**
 * What each badge is given for, once in a person's life at a school (COURSE_COMPLETE: once a course):
 * - FIRST_LESSON: a first lesson was completed.
 * - COURSE_COMPLETE: a course was completed.
 * - WEEK_STREAK, MONTH_STREAK: 7 and 30 days of learning without a gap.
 * - PERFECT_SCORE: an exam with all of its points.
 * - EARLY_BIRD: a lesson completed from 4:00 to 7:59 where the learner is. (From midnight to 3:59 it is a late night.)
 * - DEDICATED_LEARNER: 50 lessons completed, in whatever courses.
 */

const WEEK_DAYS = 7
const MONTH_DAYS = 30
const EARLY_FROM = 4
const EARLY_BEFORE = 8
const DEDICATED_LESSONS = 50

export type AwardEvent =
  /** `hour`: of the day where the learner is, 0 to 23. */
  | Readonly<{ kind: 'lesson-completed'; hour: number }>
  | Readonly<{ kind: 'course-completed'; courseId: string }>
  /** `days`: in a row, today included. */
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
      const early = event.hour >= EARLY_FROM && event.hour < EARLY_BEFORE
      return [
        ...[once('FIRST_LESSON', 1), once('DEDICATED_LEARNER', DEDICATED_LESSONS)],
        ...(early ? [once('EARLY_BIRD')] : []),
      ]
    }
    case 'course-completed':
      return [{ type: 'COURSE_COMPLETE', about: event.courseId, lessons: 0 }]
    case 'streak-moved':
      return [
        ...(event.days >= WEEK_DAYS ? [once('WEEK_STREAK')] : []),
        ...(event.days >= MONTH_DAYS ? [once('MONTH_STREAK')] : []),
      ]
    case 'exam-scored':
      return event.most > 0 && event.points >= event.most ? [once('PERFECT_SCORE')] : []
  }
}
