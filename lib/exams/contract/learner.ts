import type { Review } from '../rules/review'
import type { ExamSettings } from './settings'

/** What a learner's own pages show of exams. No key is part of any of it, but of `ResultQuestion` where it may be. */

/** One of their attempts. */
export type OwnAttempt = Readonly<{
  id: string
  number: number
  startedAt: Date
  deadlineAt: Date
  submittedAt: Date | null
  endedBy: 'LEARNER' | 'DEADLINE' | 'INSTRUCTOR' | null
  counts: boolean
  /** Decimal text; null where it isn't there or may not be seen. */
  score: string | null
  maxScore: string | null
  passed: boolean | null
  review: Review
}>

/** Whether an attempt can be begun, and if not, why. */
export type Entrance = 'running' | 'open' | 'early' | 'closed' | 'used-up' | 'empty'

export type ExamIntro = Readonly<{
  id: string
  title: string
  instructions: string | null
  courseId: string
  courseTitle: string
  asksCode: boolean
  questionCount: number
  /** Whether some of them are drawn anew for each attempt. */
  drawn: boolean
  /** Points that can be had, by what is drawn: decimal text. */
  pointsLeast: string
  pointsMost: string
  settings: Pick<ExamSettings, 'counting' | 'negativePercent' | 'passPercent' | 'review'>
  /** As it is for this person. */
  opensAt: Date | null
  closesAt: Date | null
  /** The last start that has all its time; null: any. */
  fullTimeUntil: Date | null
  /** Seconds. */
  seconds: number
  /** Seconds that others have. */
  usualSeconds: number
  extraPercent: number
  extraAttempts: number
  ownWindow: boolean
  attempts: number | null
  attemptsUsed: number
  entrance: Entrance
  running: Readonly<{ id: string; startedAt: Date; deadlineAt: Date }> | null
  /** Handed in or ended, the newest first. */
  past: readonly OwnAttempt[]
}>

/** How one answer is shown. `correct` is null where the key may not be seen. */
export type AnswerView =
  | Readonly<{ kind: 'none' }>
  | Readonly<{
      kind: 'options'
      options: readonly Readonly<{ text: string; chosen: boolean; correct: boolean | null }>[]
    }>
  | Readonly<{ kind: 'truth'; value: boolean }>
  | Readonly<{ kind: 'text'; text: string }>
  /** `numbered`: their order is the answer. */
  | Readonly<{ kind: 'list'; items: readonly string[]; numbered: boolean }>
  | Readonly<{ kind: 'range'; value: string; by: string; percent: boolean }>
  | Readonly<{ kind: 'files'; files: readonly Readonly<{ name: string; url: string | null }>[] }>

export type ResultQuestion = Readonly<{
  id: string
  /** Null where neither answers nor keys may be seen. */
  prompt: string | null
  points: string | null
  maxPoints: string
  outcome: 'right' | 'partly' | 'wrong' | 'unanswered' | 'waits' | null
  comment: string | null
  voided: boolean
  yours: AnswerView | null
  /** Null where it may not be seen, or stands in `yours` already. */
  right: AnswerView | null
  explanation: string | null
}>

export type ResultView = Readonly<{
  examId: string
  examTitle: string
  courseId: string
  courseTitle: string
  passPercent: number | null
  attempt: OwnAttempt
  answered: number
  questions: readonly ResultQuestion[]
  /** How many there are, whether they may be seen or not. */
  questionCount: number
}>

/** An exam among those of a course. */
export type CourseExam = Readonly<{
  id: string
  title: string
  questionCount: number
  /** Seconds. */
  seconds: number
  state: 'running' | 'open' | 'early' | 'closed' | 'done' | 'used-up'
  /** The deadline, the closing or the opening that the state speaks of. */
  at: Date | null
}>
