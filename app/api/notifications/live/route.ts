import { z } from 'zod'
import { anyPerson } from '#lib/auth/access'
import { person } from '#lib/auth/actor'
import { liveHub } from '#lib/auth/live/hub'
import { openStream } from '#lib/auth/live/stream'
import { schoolRoute } from '#lib/auth/route'
import { sessionHash } from '#lib/auth/session'
import { AppError } from '#lib/errors'
import { instantText } from '#lib/notifications/contract/forms'

const HEADERS = {
  'Content-Type': 'text/event-stream; charset=utf-8',
  // Whoever stands between passes each event on as it comes, and packs nothing.
  'Cache-Control': 'private, no-store, no-transform',
  'X-Accel-Buffering': 'no',
}

/** What the page knows: of the event it had last, when this is another try. */
function sinceOf(request: Request, since: string | undefined): number {
  const last = request.headers.get('last-event-id') ?? ''
  return Number(/^\d{1,15}$/.test(last) ? last : (since ?? Date.now()))
}

/** A stream of what is new to whoever asks: how much is unread, and the title of the newest. */
export const GET = schoolRoute({
  id: 'notifications.live',
  access: anyPerson('One’s own notices, and nobody else’s.'),
  query: z.strictObject({ since: instantText.optional() }),
  params: z.strictObject({}),
  run: async ({ request, school, actor, query }) => {
    const { userId } = person(actor)
    const hash = await sessionHash()
    if (hash === null) throw new AppError('unauthenticated', 'The cookie is gone.')
    const hub = liveHub()
    const body = openStream({
      ...{ tenantId: school.id, userId, hash, locale: school.locale, since: sinceOf(request, query.since) },
      opened: (stream) => {
        hub.add(stream)
        request.signal.addEventListener('abort', () => hub.remove(stream), { once: true })
      },
      closed: (stream) => hub.remove(stream),
    })
    return new Response(body, { headers: HEADERS })
  },
})
