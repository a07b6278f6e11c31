import { z } from 'zod'

/** What people are told of, as they choose it in their preferences. */
export type NotificationType =
  | 'COURSE_UPDATE'
  | 'LIVE_CLASS'
  | 'EXAM_REMINDER'
  | 'ASSIGNMENT_DUE'
  | 'GRADE_RELEASED'
  | 'ACHIEVEMENT'
  | 'SYSTEM'

/** What the outbox says of a notice: the id of what it is about, and what else tells it apart. No personal data. */
export const noticePayload = z.strictObject({
  id: z.string().regex(/^[a-z0-9]{1,40}$/),
  /** One person whom it is for, where it is not for all whom the thing concerns. */
  userId: z
    .string()
    .regex(/^[a-z0-9]{1,40}$/)
    .optional(),
  /** Milliseconds since 1970 of the instant that it was meant for; a notice of something moved since says nothing. */
  at: z.number().int().optional(),
  /** Of a part of a large audience: the last of those who were told before, and how many parts that took. */
  after: z
    .string()
    .regex(/^[a-z0-9]{1,40}$/)
    .optional(),
  part: z.number().int().min(1).max(100_000).optional(),
})

export type NoticePayload = z.infer<typeof noticePayload>

/** Who is told. People who are gone or disabled never are. */
export type Audience =
  | Readonly<{ users: readonly string[] }>
  /** Everybody who is enrolled; with whoever teaches it, where that is said. */
  | Readonly<{ learnersOf: string; andTeacher?: true }>
  /** Learners whose work on an assignment is graded, and whose grade they may see. */
  | Readonly<{ gradedIn: string }>
  /** Learners who haven't handed in an assignment that is due for them at an instant; of these one alone. */
  | Readonly<{ owing: string; due: Date; only?: string }>
  /** Learners whose attempt at an exam has its score. */
  | Readonly<{ scoredIn: string }>
  /** Learners who haven't begun an exam that opens, or closes, for them at an instant; of these one alone. */
  | Readonly<{ notSat: string; at: Date; side: 'opens' | 'closes'; only?: string }>
  /** Everybody of the school. */
  | Readonly<{ everybody: true }>

/** What the words of a notice depend on. */
export type Reader = Readonly<{
  /** BCP 47. */
  locale: string
  /** IANA. */
  timeZone: string
}>

export type Words = Readonly<{
  /** At most 200 characters. */
  title: string
  message: string
}>

/** What people are told, when the worker gets to it. */
export type Notice = Readonly<{
  type: NotificationType
  /** Tells it from all others to the same person: 'class-soon:<id>:<instant>'. Nobody is told the same key twice. */
  key: string
  /** A path on the school's own host. */
  link: string
  audience: Audience
  /** When it is of no use any more: no letter goes out after it. */
  until?: Date
  /** False: a letter of its own tells of it, so this one makes none, whatever was chosen. */
  mail?: false
  words: (reader: Reader) => Words
}>
