import { z } from 'zod'
import { MESSAGE_MAX, SIGNALS } from './contract/constants'

const id = z.string().regex(/^[a-z0-9]{1,40}$/)

export const coursePath = z.strictObject({ courseId: id })
export const personPath = z.strictObject({ courseId: id, userId: id })
export const noParams = z.strictObject({})

/** Which learners are listed: a signal, and which page. */
export const courseSearch = z.strictObject({
  signal: z.enum(SIGNALS).optional(),
  page: z
    .string()
    .regex(/^[1-9]\d{0,3}$/)
    .optional(),
})

export const personSearch = z.strictObject({ done: z.enum(['sent', 'sent-before']).optional() })

/** Holds a school's name. */
export const healthSearch = z.strictObject({ cursor: z.string().min(1).max(1_000).optional() })

export const courseExport = z.strictObject({ part: z.enum(['signals', 'lessons', 'waiting']) })
export const schoolExport = z.strictObject({ part: z.enum(['days', 'weeks', 'months']) })

export const messageForm = z.strictObject({
  courseId: id,
  userId: id,
  /** Of the form that was sent: a second press writes once. */
  key: z.string().regex(/^[a-f0-9-]{32,36}$/),
  body: z
    .string()
    .trim()
    .min(1)
    .max(MESSAGE_MAX)
    .transform((text) => text.replace(/\r\n?/g, '\n')),
  /** Ticked: answers come to the writer's own address. */
  replies: z.literal('on').optional(),
})
export type MessageForm = z.infer<typeof messageForm>
