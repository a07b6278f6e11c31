import { z } from 'zod'
import { anyPerson } from '#lib/auth/access'
import { streamRoute } from '#lib/auth/stream-route'
import { translator } from '#lib/i18n/translate'
import { beginAsking } from '#lib/tutor/ask'
import { askBody } from '#lib/tutor/contract'
import type { Line } from '#lib/tutor/contract/limits'
import { answerAsSetUp, usesModel } from '#lib/tutor/model'
import { stoppable } from '#lib/tutor/running'
import { leftText, messageView } from '#lib/tutor/views'
import { askerOf, termsOf } from '../context'

/**
 * Answers a question beside a lesson. What is asked is the learner's own and no change of the school's: it is kept with
 * its conversation, which is the record of it.
 */
export const POST = streamRoute({
  id: 'tutor.ask',
  access: anyPerson('The lesson decides: the tutor answers whoever learns or teaches in its course.'),
  query: z.strictObject({}),
  body: askBody,
  limit: 8_000,
  begin: ({ db, school, actor, body }) =>
    beginAsking(db, {
      ...{ ask: body, reader: askerOf(actor), school: termsOf(school) },
      hasModel: usesModel(),
    }),
  stream: async ({ school, begun, emit, report }) => {
    const { locale } = school
    const left = leftText(locale, begun.left)
    emit({ type: 'begun', chatId: begun.chatId })
    if ('message' in begun) {
      emit({ type: 'done', message: messageView(begun.message), left })
      return
    }
    const message = await stoppable(begun, (stopped) =>
      answerAsSetUp(begun, { stopped, emit, failed: (error) => void report(error) }),
    )
    if (message !== null) emit({ type: 'done', message: messageView(message), left })
  },
  failed: (_errorId, { locale }): Line => ({
    type: 'failed',
    message: translator(locale, 'tutor.panel')('unreachable'),
  }),
})
