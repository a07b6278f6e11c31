import type { Signal } from './constants'

/** How recent numbers are: what learners did since isn't in them yet. */
export type Freshness = Readonly<{
  /** Null: everything is counted. */
  since: Date | null
  /** Things that learners did since; `most` or more are said as `most`. */
  waiting: number
  /** When they were counted, where that isn't done for each page; null: just now. */
  madeAt: Date | null
}>

export type LessonLine = Readonly<{
  id: string
  title: string
  module: string
  opened: number
  completed: number
  /** Learners who haven't finished, did nothing for a while, and were here last. */
  stopped: number
}>

/** What is known of one learner who hasn't finished. */
export type LearnerFacts = Readonly<{
  enrolledAt: Date
  /** Percent of the course. */
  progress: number
  /** Days on which they learned in the course. */
  days: number
  /** When they last did anything in it: a lesson, an exam, work handed in. */
  lastAt: Date | null
  /** Assignments whose date has passed, without those that they are excused from. */
  works: readonly Readonly<{ title: string; dueAt: Date; handedInAt: Date | null }>[]
  /** Graded exams, the oldest first, without those that they are excused from. */
  exams: readonly Readonly<{ title: string; percent: number; passed: boolean | null; at: Date }>[]
}>

/** A signal, since when, and the numbers that its sentence names. */
export type Given = Readonly<{
  signal: Signal
  since: Date
  /** Titles that it is about. */
  titles: readonly string[]
  /** Days, or percentage points. */
  amount: number
}>

export type WarningLine = Readonly<{
  userId: string
  name: string
  progress: number
  signals: readonly Given[]
  /** The newest message to them about this course. */
  written: Readonly<{ at: Date; by: string | null }> | null
}>

export type WaitingLine = Readonly<{
  kind: 'exam' | 'assignment'
  id: string
  title: string
  /** Submitted attempts or work, graded or not. */
  handedIn: number
  /** Of these, waiting for a grade: for less than the first of WAITING_DAYS, up to the second, and longer. */
  fresh: number
  older: number
  oldest: number
  since: Date | null
}>

export type CourseFigures = Readonly<{
  enrolled: number
  started: number
  completed: number
  /** Percent a day at which the class goes on; null: too few to say. */
  pace: number | null
}>

export type CourseInsight = Readonly<{
  freshness: Freshness
  figures: CourseFigures
  lessons: readonly LessonLine[]
  waiting: readonly WaitingLine[]
  /** One page of those who give a signal, and how many there are in all. */
  warnings: readonly WarningLine[]
  warned: number
  /** Learners who were looked at: fewer than there are, in the largest courses. */
  looked: number
  learning: number
  /** How many give each signal. */
  counts: Readonly<Partial<Record<Signal, number>>>
}>

export type MessageLine = Readonly<{ id: string; body: string; sentAt: Date; by: string | null }>

export type PersonInsight = Readonly<{
  userId: string
  name: string
  line: WarningLine | null
  messages: readonly MessageLine[]
}>

export type OwnCourse = Readonly<{
  courseId: string
  title: string
  progress: number
  completedAt: Date | null
  lessonsDone: number
  lessonCount: number
  seconds: number
  days: number
  lastAt: Date | null
}>

/** A topic, and how many of its points one has. */
export type Topic = Readonly<{ topic: string; questions: number; points: number; maxPoints: number }>

export type OwnInsight = Readonly<{
  freshness: Freshness
  courses: readonly OwnCourse[]
  seconds: number
  /** Days of study, ever. */
  days: number
  /** Days of study in each of the last weeks, the oldest first. `start`: its Monday, `YYYY-MM-DD`. */
  weeks: readonly Readonly<{ start: string; days: number }>[]
  /** The weakest first. */
  topics: readonly Topic[]
}>

/** `start`: the first day, `YYYY-MM-DD`. */
export type Period = Readonly<{ start: string; people: number }>

export type SchoolWeek = Period &
  Readonly<{ lessons: number; hours: number; enrolled: number; completions: number; chats: number }>

export type SchoolInsight = Readonly<{
  freshness: Freshness
  people: number
  enrollments: number
  completed: number
  storageBytes: number
  aiMessages: number
  days: readonly Period[]
  weeks: readonly SchoolWeek[]
  months: readonly Period[]
}>

/** How a school fares: numbers alone. */
export type SchoolHealth = Readonly<{
  id: string
  name: string
  subdomain: string
  status: 'ACTIVE' | 'SUSPENDED' | 'INACTIVE'
  learnersWeek: number
  learnersBefore: number
  enrollments: number
  completions: number
  lettersWaiting: number
  marksWaiting: number
}>
