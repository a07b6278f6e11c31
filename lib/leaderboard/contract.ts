import { z } from 'zod'

/** Leaderboards of courses: what is asked of them, and what is shown. */

const id = z.string().regex(/^[a-z0-9]{1,40}$/)

/** By days of learning this week, by lessons completed this week, by lessons completed in the course. */
export const BOARD_ORDERS = ['days', 'week', 'course'] as const

export type BoardOrder = (typeof BOARD_ORDERS)[number]

export const boardPath = z.strictObject({ courseId: id })

export const boardSearch = z.strictObject({
  by: z.enum(BOARD_ORDERS).catch('days').default('days'),
  done: z.enum(['joined', 'renamed', 'left']).optional().catch(undefined),
})

export const taughtSearch = z.strictObject({
  done: z.enum(['on', 'off', 'removed']).optional().catch(undefined),
})

/** What makes a nickname is a rule (`nicknameOf`), so that it can be said beside the field. */
export const joinForm = z.strictObject({
  courseId: id,
  goesBy: z.enum(['name', 'nickname']),
  nickname: z.string().max(200).default(''),
})

export const courseForm = z.strictObject({ courseId: id })

export const switchForm = z.strictObject({ courseId: id, on: z.enum(['yes', 'no']) })

export const removeForm = z.strictObject({ courseId: id, userId: id })

/** A learner on a leaderboard, as its instructor sees them. */
export type Participant = Readonly<{
  userId: string
  name: string
  /** Null: their own name. */
  nickname: string | null
  joinedAt: Date
}>

export type TaughtView = Readonly<{ on: boolean; count: number; participants: readonly Participant[] }>

export type BoardLine = Readonly<{
  name: string
  score: number
  /** Null where none is said. */
  place: number | null
  mine: boolean
  lead: number | null
}>

export type BoardView = Readonly<{
  courseId: string
  title: string
  /** The reader's own name. */
  ownName: string
  joined: boolean
  nickname: string | null
  participants: number
  by: BoardOrder
  /** Empty for whoever doesn't take part. */
  lines: readonly BoardLine[]
}>
