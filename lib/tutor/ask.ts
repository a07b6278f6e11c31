import 'server-only'
import {
  addMessage,
  closeQuestion,
  findAsked,
  getChat,
  insertChat,
  insertQuestion,
  lockAsker,
} from '#lib/db/queries/tutor'
import { stemsOf } from '#lib/db/queries/tutor-material'
import type { TenantDb } from '#lib/db/tenant'
import { AppError } from '#lib/errors'
import { translator } from '#lib/i18n/translate'
import { limitsOf } from '#lib/plans/rules'
import { takeAiMessage } from '#lib/plans/take-ai-message'
import { type Ask, type ChatMessage, chatMessages } from './contract'
import type { Citation, Manner, Remark } from './contract/limits'
import { type Found, gather, type Material } from './gather'
import { type Prompt, promptOf, type Turn } from './rules/prompt'
import { type Allowed, type Place, type SchoolTerms, standingOf } from './standing'

/** Messages that a conversation may have; the next question begins a new one. */
const MESSAGES_MOST = 60
/** Earlier messages that a model is sent. */
const HISTORY = 6

/** A question that is to be answered, with all that the answer needs: nothing more is read for it. */
export type Asked = Readonly<{
  tenantId: string
  questionId: string
  chatId: string
  locale: string
  /** Questions that are left after this one. */
  left: number
  manner: Manner
  /** What a model gets; null: passages are quoted. */
  prompt: Prompt | null
  /** Empty: the material doesn't answer. */
  passages: readonly Found[]
  citations: readonly Citation[]
  terms: Material['terms']
  /** What is said beside an answer that quotes. */
  remark: Remark | null
  /** Whether it is about a topic that is left out. */
  refused: boolean
}>

/** A question that was asked before, with its answer. */
export type AskedAgain = Readonly<{ chatId: string; message: ChatMessage; left: number }>

type Input = Readonly<{
  ask: Ask
  reader: Place['reader']
  school: SchoolTerms
  /** Whether a language model is set up. */
  hasModel: boolean
}>

/** A message as it is stored. */
export function messageText(
  message: Pick<ChatMessage, 'role' | 'text'> & Partial<ChatMessage>,
): Readonly<{ message: ChatMessage; json: string }> {
  const whole: ChatMessage = {
    ...{ version: 1, at: new Date().toISOString(), source: null, remark: null, citations: [], from: [] },
    ...message,
  }
  return { message: whole, json: JSON.stringify(whole) }
}

/** Writes down that an answer was lost on the way, so that the conversation goes on. */
async function settleLost(
  db: TenantDb,
  input: Readonly<{ questionId: string; chatId: string; locale: string }>,
): Promise<void> {
  const { questionId, chatId, locale } = input
  const closed = await closeQuestion(db, { questionId, outcome: 'LOST', about: null })
  if (closed === null) return
  const text = translator(locale, 'tutor.answer')('lost')
  await addMessage(db, { chatId, message: messageText({ role: 'assistant', text, remark: 'lost' }).json })
}

async function askedAgain(db: TenantDb, { ask, reader }: Input, left: number): Promise<AskedAgain | null> {
  const { userId } = reader
  const before = await findAsked(db, { userId, key: ask.key })
  if (before === null) return null
  if (before.outcome === null)
    throw new AppError('conflict', 'The question is being answered.', { reason: 'busy' })
  const { courseId } = ask
  const chat = await getChat(db, { userId, courseId, chatId: before.chatId })
  const message = chatMessages.parse(chat.messages)[before.place + 1]
  if (message === undefined) throw new AppError('not_found', 'The conversation was deleted.')
  return { chatId: before.chatId, message, left }
}

/** The conversation that a question continues. @throws AppError 'conflict' while another one is being answered in it */
async function continued(
  db: TenantDb,
  input: Input,
): Promise<{ id: string; messages: ChatMessage[] } | null> {
  const { ask, reader, school } = input
  const { chatId, courseId } = ask
  if (chatId === null) return null
  const { userId } = reader
  let chat = await getChat(db, { userId, courseId, chatId })
  if (chat.openId !== null) {
    if (!chat.lost) throw new AppError('conflict', 'Another question is being answered.', { reason: 'busy' })
    await settleLost(db, { questionId: chat.openId, chatId, locale: school.locale })
    chat = await getChat(db, { userId, courseId, chatId })
  }
  const messages = chatMessages.parse(chat.messages)
  // One that was deleted is not gone on with: what was counted of it names places among words that are no more.
  const goesOn = messages.length > 0 && messages.length < MESSAGES_MOST
  return goesOn ? { id: chat.id, messages } : null
}

/**
 * What a model is told of before: questions, and those answers whose passages are all still open to their reader.
 */
function historyOf(messages: readonly ChatMessage[], open: ReadonlySet<string>): readonly Turn[] {
  const turns: Turn[] = []
  for (const [index, message] of messages.entries()) {
    const next = messages[index + 1]
    if (message.role !== 'user' || next === undefined || next.role !== 'assistant') continue
    const known = next.source === 'model' || next.source === 'passages'
    if (!known || next.from.length === 0 || !next.from.every((id) => open.has(id))) continue
    turns.push({ role: 'user', text: message.text }, { role: 'assistant', text: next.text })
  }
  return turns.slice(-HISTORY)
}

/** Whether a question holds all words of a topic. */
function isAbout(
  question: Readonly<{ text: string; stems: readonly string[] }>,
  topic: string,
  stems: readonly string[],
): boolean {
  if (stems.length === 0) return question.text.toLowerCase().includes(topic.toLowerCase())
  return stems.every((stem) => question.stems.includes(stem))
}

const citationsOf = (passages: readonly Found[]): readonly Citation[] =>
  passages.map(({ n, lessonId, lessonTitle, heading, anchor }) => ({
    n,
    lessonId,
    lessonTitle,
    heading,
    anchor,
  }))

type Reading = Readonly<{ material: Material; refused: boolean }>

/** What the course says about a question; nothing is looked up for one that is left out. */
async function read(
  db: TenantDb,
  input: Input,
  allowed: Allowed,
  messages: readonly ChatMessage[],
): Promise<Reading> {
  const { courseId, lessonId, question } = input.ask
  const { topics } = allowed.settings
  const last = messages.findLast(({ role }) => role === 'user')?.text ?? ''
  const [stems = [], before = [], ...topicStems] = await stemsOf(db, [question, last, ...topics])
  const refused = topics.some((topic, n) => isAbout({ text: question, stems }, topic, topicStems[n] ?? []))
  if (refused) return { refused, material: { open: new Set(), terms: [], passages: [] } }
  return { refused, material: await gather(db, { courseId, lessonId, reader: input.reader, stems, before }) }
}

async function write(
  db: TenantDb,
  input: Input,
  chat: { id: string } | null,
): Promise<{ chatId: string; questionId: string }> {
  const { ask, reader } = input
  const { courseId, lessonId, key } = ask
  const { userId } = reader
  const chatId = chat?.id ?? (await insertChat(db, { userId, courseId, lessonId })).id
  const { json } = messageText({ role: 'user', text: ask.question })
  const { place } = await addMessage(db, { chatId, message: json })
  const asked = await insertQuestion(db, { userId, chatId, courseId, lessonId, key, place })
  if (asked === null) throw new AppError('conflict', 'The question is being answered.', { reason: 'busy' })
  return { chatId, questionId: asked.id }
}

function promptFor(
  input: Input,
  allowed: Allowed,
  { material }: Reading,
  messages: readonly ChatMessage[],
): Prompt {
  const { courseTitle, lessonTitle } = allowed.standing
  return promptOf({
    ...{ courseTitle, lessonTitle, manner: allowed.settings.manner, topics: allowed.settings.topics },
    passages: material.passages,
    history: historyOf(messages, material.open),
    question: input.ask.question,
  })
}

/**
 * Takes a question to the tutor: whether it may be asked now, what the course says about it, and that it was asked, in
 * one unit of work. The answer comes after, without a connection.
 * @returns the answer of a question that was asked before
 * @throws AppError 'not_found' and 'forbidden' as `standingOf`; 'conflict' with the reason 'exam', 'off' or 'busy';
 *   'rate_limited' with the reason 'day'
 */
export async function beginAsking(db: TenantDb, input: Input): Promise<Asked | AskedAgain> {
  const { ask, reader, school, hasModel } = input
  const { courseId, lessonId } = ask
  await lockAsker(db, reader.userId)
  const allowed = await standingOf(db, { courseId, lessonId, reader, school })
  const again = await askedAgain(db, input, allowed.left)
  if (again !== null) return again
  const { closed, settings } = allowed
  if (closed !== null)
    throw new AppError(closed.reason === 'day' ? 'rate_limited' : 'conflict', 'The tutor is closed.', {
      reason: closed.reason,
    })
  const chat = await continued(db, input)
  const messages = chat?.messages ?? []
  const reading = await read(db, input, allowed, messages)
  const { passages, terms } = reading.material
  const { plan, timeZone } = school
  const month = reading.refused || (await takeAiMessage(db, { limit: limitsOf(plan).aiMessages, timeZone }))
  const { chatId, questionId } = await write(db, input, chat)
  const asks = hasModel && month && passages.length > 0
  return {
    ...{ tenantId: db.tenantId, questionId, chatId, locale: school.locale, manner: settings.manner },
    left: reading.refused ? allowed.left : allowed.left - 1,
    prompt: asks ? promptFor(input, allowed, reading, messages) : null,
    ...{ passages, citations: citationsOf(passages), terms, refused: reading.refused },
    remark: hasModel && !month ? 'month' : null,
  }
}
