/** What the tutor's pages and its server agree on, without a parser: it is part of the browser's code. */

/** Characters of a question. */
export const QUESTION_MOST = 1_000

/** How the tutor helps. */
export const MANNERS = ['explain', 'hints', 'socratic'] as const
export type Manner = (typeof MANNERS)[number]

/** Topics that a course's tutor leaves out, and characters of one. */
export const TOPICS_MOST = 20
export const TOPIC_MOST = 80

/** Where an answer comes from. `nothing`: the material has none. */
export const SOURCES = ['model', 'passages', 'nothing', 'refused'] as const
export type Source = (typeof SOURCES)[number]

/**
 * What has to be said beside an answer: that the model gave none in time or broke off, that the school's month is used
 * up, that its reader stopped it, that it was lost on the way, that it names no passage.
 */
export const REMARKS = ['failed', 'month', 'stopped', 'lost', 'unnamed'] as const
export type Remark = (typeof REMARKS)[number]

/** A passage that an answer names. */
export type Citation = Readonly<{
  n: number
  lessonId: string
  lessonTitle: string
  /** The innermost heading above it; empty where there is none. */
  heading: string
  /** Id on the lesson's page. */
  anchor: string
}>

/** One message of a conversation as its reader gets it. */
export type MessageView = Readonly<{
  role: 'user' | 'assistant'
  text: string
  /** ISO 8601. */
  at: string
  source: Source | null
  remark: Remark | null
  citations: readonly Citation[]
}>

/** Why the tutor doesn't answer now, in words ready to be read. */
export type Closed = Readonly<{ reason: 'exam' | 'off' | 'day'; text: string }>

export type ConversationView = Readonly<{ id: string; title: string; when: string }>

/** What the panel beside a lesson shows. */
export type PanelView = Readonly<{
  closed: Closed | null
  /** How many questions are left today, in words. */
  left: string
  /** The conversation that is open; null: a new one. */
  chatId: string | null
  /** Whether its last question is being answered. */
  answering: boolean
  messages: readonly MessageView[]
  conversations: readonly ConversationView[]
}>

/** A line of the stream that answers a question. */
export type Line =
  | Readonly<{ type: 'begun'; chatId: string }>
  | Readonly<{ type: 'text'; text: string }>
  /** What came so far isn't the answer. */
  | Readonly<{ type: 'anew' }>
  | Readonly<{ type: 'done'; message: MessageView; left: string }>
  | Readonly<{ type: 'failed'; message: string }>
