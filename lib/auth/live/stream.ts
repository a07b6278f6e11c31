import 'server-only'
import type { FreshRow } from '#lib/db/queries/notifications'
import { translator } from '#lib/i18n/translate'
import { LIVE_EVENTS, type LiveState } from '#lib/notifications/contract/live'
import { badgeOf, bellLabel } from '#lib/notifications/rules/badge'

/** One page's stream of events, as the hub sees it. */
export type Stream = Readonly<{
  tenantId: string
  userId: string
  /** Of the session's cookie. */
  hash: string
  locale: string
  send: (text: string) => void
  /** Tells it of a state, unless that is what it was told last. `newest`: of what is unread. */
  tell: (newest: Date | null, text: (news: boolean) => string) => void
  /** Sends a last text and closes it. */
  end: (text: string) => void
}>

/** A line that means nothing: proxies and browsers see that the stream lives. */
export const HEARTBEAT = ':\n\n'

/** Chunks that a client may leave unread before it is let go: memory is bounded. */
const BEHIND = 32

/** Milliseconds until a page opens its stream again, so many at least and as many more by chance. */
const RETRY = 2_000

export function stateText({ locale }: Pick<Stream, 'locale'>, row: FreshRow, news: boolean): string {
  const { unread, id, title, link, createdAt } = row
  const state: LiveState = {
    badge: badgeOf(unread),
    label: bellLabel(translator(locale, 'notices.bell'), unread),
    news: news && id !== null && title !== null ? { id, title, link } : null,
  }
  const at = createdAt === null ? '' : `id: ${createdAt.getTime()}\n`
  return `${at}event: ${LIVE_EVENTS.state}\ndata: ${JSON.stringify(state)}\n\n`
}

/** It is over for good: the page doesn't try again by itself. */
export function endText(): string {
  return `event: ${LIVE_EVENTS.end}\ndata: {}\n\n`
}

type Opening = Readonly<{
  tenantId: string
  userId: string
  hash: string
  locale: string
  /** Milliseconds since 1970 of the newest that the page knows. */
  since: number
  opened: (stream: Stream) => void
  closed: (stream: Stream) => void
}>

/** Makes a stream and its body. @throws what `opened` throws */
export function openStream(opening: Opening): ReadableStream<Uint8Array> {
  const { tenantId, userId, hash, locale, opened, closed } = opening
  const encoder = new TextEncoder()
  let controller: ReadableStreamDefaultController<Uint8Array> | null = null
  let since = opening.since
  let last = ''
  const leave = (): void => {
    controller = null
    closed(stream)
  }
  const end = (text: string): void => {
    const open = controller
    leave()
    if (text !== '') open?.enqueue(encoder.encode(text))
    open?.close()
  }
  const send = (text: string): void => {
    if ((controller?.desiredSize ?? 0) < -BEHIND) end('')
    else controller?.enqueue(encoder.encode(text))
  }
  const tell: Stream['tell'] = (newest, text) => {
    const isNews = newest !== null && newest.getTime() > since
    if (isNews) since = newest.getTime()
    const silent = text(false)
    if (isNews || silent !== last) send(text(isNews))
    last = silent
  }
  const stream: Stream = { tenantId, userId, hash, locale, send, tell, end }
  const body = new ReadableStream<Uint8Array>({
    start: (made) => {
      controller = made
    },
    cancel: leave,
  })
  opened(stream)
  send(`retry: ${Math.round(RETRY + Math.random() * RETRY)}\n\n`)
  return body
}
