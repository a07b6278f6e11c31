import 'server-only'
import { formatter, translator } from '#lib/i18n/translate'
import type { ChatTitle } from '#lib/db/queries/tutor'
import type { ChatMessage } from './contract'
import type { ConversationView, MessageView } from './contract/limits'

/** A message as its reader gets it. */
export function messageView({ role, text, at, source, remark, citations }: ChatMessage): MessageView {
  return { role, text, at, source, remark, citations }
}

/** How many questions are left today, in words. */
export function leftText(locale: string, left: number): string {
  return translator(locale, 'tutor.panel')('left', { count: Math.max(0, left) })
}

export function conversationView(
  { id, title, updatedAt }: ChatTitle,
  { locale, timeZone }: Readonly<{ locale: string; timeZone: string }>,
): ConversationView {
  const when = formatter(locale, timeZone).dateTime(updatedAt, { dateStyle: 'medium', timeStyle: 'short' })
  return { id, title, when }
}
