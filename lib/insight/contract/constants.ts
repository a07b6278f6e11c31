/** What a learner may be behind with, the gravest first: who is named first is who needs somebody most. */
export const SIGNALS = [
  'failed',
  'missing',
  'dropped',
  'silent',
  'not-returned',
  'behind',
  'late',
  'not-started',
] as const
export type Signal = (typeof SIGNALS)[number]

/** From when a signal is given. The page says each of these numbers in words. */
export const THRESHOLDS = {
  /** Days without anything, of somebody who had come on two days or more, or (not returned) on one. */
  silentDays: 7,
  /** Days since somebody enrolled and did nothing. */
  notStartedDays: 7,
  /** Days in the course before somebody can be behind. */
  behindDays: 14,
  /** Percentage points behind the class's pace; and it has to be half of it or less. */
  behindPoints: 20,
  /** Learners that a pace is made of. */
  paceLearners: 5,
  /** Assignments handed in after their date. */
  lateWorks: 2,
  /** Percentage points below the mean of the exams before, of which there are two or more. */
  droppedPoints: 20,
} as const

/** Days without anything after which somebody who hasn't finished has stopped where they were. */
export const STOPPED_DAYS = 14

/** Characters of a message. */
export const MESSAGE_MAX = 4_000
/** Messages that one person may send in an hour. */
export const MESSAGES_AN_HOUR = 30

/** Learners that a list of signals looks at. */
export const LEARNERS_MOST = 50_000
/** Learners on one page of it. */
export const LIST_PAGE = 10

/** Weeks that trends show. */
export const TREND_WEEKS = 12

/** Days by which what waits for a grade is told apart. */
export const WAITING_DAYS = [3, 7] as const
