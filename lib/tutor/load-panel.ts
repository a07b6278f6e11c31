import 'server-only'
import { type ChatRow, getChat, listChats } from '#lib/db/queries/tutor'
import type { TenantDb } from '#lib/db/tenant'
import { chatMessages } from './contract'
import type { PanelView } from './contract/limits'
import { type Place, type SchoolTerms, standingOf } from './standing'
import { conversationView, leftText, messageView } from './views'

/** Conversations that are offered. */
const CONVERSATIONS = 20

/** How long somebody may have been away for their last conversation beside a lesson to be opened again. */
const RECENT = 12 * 3_600_000

/**
 * What the panel beside a lesson shows: whether one may ask, and a conversation of one's own. Three statements at most.
 * @param input.chat the conversation; `new` for none; undefined: the newest of this lesson, if it is of today
 * @throws AppError as `standingOf`, 'not_found' for somebody else's conversation
 */
export async function loadPanel(
  db: TenantDb,
  input: Place & Readonly<{ school: SchoolTerms; chat: string | undefined }>,
): Promise<PanelView> {
  const { courseId, lessonId, reader, school, chat } = input
  const { userId } = reader
  const { closed, left, standing } = await standingOf(db, { courseId, lessonId, reader, school })
  const chats = await listChats(db, { userId, courseId, limit: CONVERSATIONS })
  const newest = chats.find(
    (one) => one.lessonId === lessonId && standing.now.getTime() - one.updatedAt.getTime() < RECENT,
  )
  const chatId = chat === 'new' ? undefined : (chat ?? newest?.id)
  const shown: ChatRow | null = chatId === undefined ? null : await getChat(db, { userId, courseId, chatId })
  return {
    ...{ closed, left: leftText(school.locale, left), chatId: shown?.id ?? null },
    answering: shown !== null && shown.openId !== null && !shown.lost,
    messages: shown === null ? [] : chatMessages.parse(shown.messages).map(messageView),
    conversations: chats.map((one) => conversationView(one, school)),
  }
}
