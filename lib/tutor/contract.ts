import { z } from 'zod'
import type { ConversationView, MessageView } from './contract/limits'
import type { AskedGroup } from './rules/grouping'
import { MANNERS, QUESTION_MOST, REMARKS, SOURCES, TOPIC_MOST, TOPICS_MOST } from './contract/limits'

/** What the tutor's pages send, and what is stored of its conversations. */

const id = z.string().regex(/^[a-z0-9]{1,40}$/)
/** Made by the browser for one question: asking again with the same asks nothing again. */
const key = z.string().regex(/^[a-zA-Z0-9-]{16,64}$/)
const line = /^[^\p{Cc}\p{Zl}\p{Zp}]*$/u

export const askBody = z.strictObject({
  courseId: id,
  lessonId: id,
  /** Null: a new conversation. */
  chatId: id.nullable(),
  key,
  question: z.string().trim().min(1).max(QUESTION_MOST),
})
export type Ask = z.infer<typeof askBody>

/** How much of the answer its reader had seen when they stopped it. */
export const stopBody = z.strictObject({ key, shown: z.int().min(0).max(100_000) })

export const panelPath = z.strictObject({ courseId: id, lessonId: id })
/** `new` for a conversation that isn't begun yet; nothing: the newest of the lesson. */
export const panelQuery = z.strictObject({ chat: z.union([id, z.literal('new')]).optional() })

export const coursePath = z.strictObject({ courseId: id })
export const conversationSearch = z.strictObject({
  chat: id.optional().catch(undefined),
  done: z.enum(['deleted']).optional().catch(undefined),
})

/** `chatId` empty: every conversation of one's own in the course. */
export const forgetForm = z.strictObject({ courseId: id, chatId: z.union([id, z.literal('')]) })

const DONE = ['saved'] as const
export const DAYS = ['7', '30', '120'] as const
export const askedSearch = z.strictObject({
  done: z.enum(DONE).optional().catch(undefined),
  days: z.enum(DAYS).default('30').catch('30'),
})

/** `Course.tutor` as it is stored. What is missing has the value that it has in a new course. */
export const tutorSettings = z.object({
  on: z.boolean().default(true),
  manner: z.enum(MANNERS).default('explain'),
  topics: z.array(z.string().min(1).max(TOPIC_MOST)).max(TOPICS_MOST).default([]),
  /** Closed to whoever may begin an exam that never closes, too. */
  openExams: z.boolean().default(false),
})
export type TutorSettings = z.infer<typeof tutorSettings>

/** One topic a line. */
function topicsIn(text: string): string[] {
  return [
    ...new Set(
      text
        .split('\n')
        .map((one) => one.trim().replace(/\s+/gu, ' '))
        .filter((one) => one !== ''),
    ),
  ]
}

const checkbox = z.literal('on').optional()

export const settingsForm = z.strictObject({
  courseId: id,
  /** The settings that were changed, as they were read. */
  base: z.string().max(10_000),
  on: checkbox,
  manner: z.enum(MANNERS),
  topics: z
    .string()
    .max(TOPICS_MOST * (TOPIC_MOST + 2))
    .transform(topicsIn)
    .pipe(z.array(z.string().max(TOPIC_MOST).regex(line)).max(TOPICS_MOST)),
  openExams: checkbox,
})
export type SettingsForm = z.infer<typeof settingsForm>

const citation = z.object({
  n: z.int(),
  lessonId: z.string(),
  lessonTitle: z.string(),
  heading: z.string(),
  anchor: z.string(),
})

/**
 * One message of `AIChat.messages`. What a message doesn't have yet is what it had before there were such things.
 */
export const chatMessage = z.object({
  version: z.literal(1),
  role: z.enum(['user', 'assistant']),
  text: z.string(),
  /** ISO 8601. */
  at: z.string(),
  source: z.enum(SOURCES).nullable().default(null),
  remark: z.enum(REMARKS).nullable().default(null),
  citations: z.array(citation).default([]),
  /** The lessons whose passages it was made from: once one of them is closed to its reader, no model gets it again. */
  from: z.array(z.string()).default([]),
})
export type ChatMessage = z.infer<typeof chatMessage>

export const chatMessages = z.array(chatMessage)

/** How a course's tutor is set, and what its learners asked. */
export type AskedView = Readonly<{
  base: string
  settings: TutorSettings
  questions: number
  nothing: number
  /** Null: fewer than words are shown for. */
  people: number | null
  /** Whether words of questions are shown. */
  words: boolean
  groups: readonly AskedGroup[]
}>

/** One's own conversations in a course. */
export type ConversationsView = Readonly<{
  courseId: string
  courseTitle: string
  conversations: readonly ConversationView[]
  /** The one that is open; null: none. */
  open: Readonly<{ id: string; lessonId: string | null; messages: readonly MessageView[] }> | null
}>
