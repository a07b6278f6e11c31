import 'server-only'
import { getChat, getOwnCourse, listChats } from '#lib/db/queries/tutor'
import type { TenantDb } from '#lib/db/tenant'
import { AppError } from '#lib/errors'
import { chatMessages, type ConversationsView } from './contract'
import { conversationView, messageView } from './views'

/** Conversations that the page lists, the newest ones. */
const MOST = 200

type Input = Readonly<{
  courseId: string
  userId: string
  everyCourse: boolean
  chat: string | undefined
  school: Readonly<{ locale: string; timeZone: string }>
}>

/**
 * What somebody asked the tutor of a course, whether or not one may ask there now: the words are theirs.
 * @throws AppError 'not_found' for a course that they neither learn nor teach in, or somebody else's conversation
 */
export async function loadConversations(db: TenantDb, input: Input): Promise<ConversationsView> {
  const { courseId, userId, everyCourse, chat, school } = input
  const { title } = await getOwnCourse(db, { courseId, reader: { userId, everyCourse } })
  const chats = await listChats(db, { userId, courseId, limit: MOST })
  const found = chat === undefined ? null : await getChat(db, { userId, courseId, chatId: chat })
  const messages = found === null ? [] : chatMessages.parse(found.messages)
  if (found !== null && messages.length === 0)
    throw new AppError('not_found', 'The conversation was deleted.')
  return {
    ...{ courseId, courseTitle: title },
    conversations: chats.map((one) => conversationView(one, school)),
    open:
      found === null
        ? null
        : {
            ...{ id: found.id, lessonId: found.lessonId },
            messages: messages.map(messageView),
          },
  }
}
