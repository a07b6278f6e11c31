'use client'

import { Watch } from '#lib/player/rules'
import { passTime, type Tell } from './film'
import { type LessonRef, type Outbox, outboxOf } from './outbox'

/** Between two reports of a film that runs. */
const EVERY_MS = 15_000

/** Between two reports at least: somebody who scrubs through a film pauses it again and again. */
const APART_MS = 2_000

/**
 * Follows one film: collects what is played of it and brings it to the server, every few seconds while it runs, when it
 * stops, and when its page is put away. Without a learner whose progress it is, it only passes the time on.
 * @returns what the player tells, and what ends it
 */
export function followFilm(lesson: LessonRef | null): { tell: Tell; stop: () => void } {
  const outbox = lesson === null ? null : outboxOf(lesson)
  const watch = new Watch()
  let position: number | null = null

  const tell: Tell = ({ kind, at, speed }) => {
    const moment = { film: at, now: performance.now() }
    if (kind === 'playing') watch.playing(moment, speed)
    else if (kind === 'stopped') watch.stopped(moment, speed)
    else watch.jumped()
    position = at
    passTime(at)
    if (kind === 'stopped') sending?.soon()
  }
  const sending = outbox === null ? null : sendFor(outbox, () => outbox.add(watch.take(), position))
  const stop = (): void => {
    watch.jumped()
    sending?.stop()
  }
  return { tell, stop }
}

function sendFor(outbox: Outbox, collect: () => void): { soon: () => void; stop: () => void } {
  let last = -APART_MS
  let waiting: ReturnType<typeof setTimeout> | undefined
  const send = (): void => {
    last = performance.now()
    waiting = undefined
    collect()
    void outbox.send()
  }
  const sendLast = (): void => {
    collect()
    outbox.sendLast()
  }
  const leave = (): void => {
    if (document.visibilityState !== 'visible') sendLast()
  }
  const listening = new AbortController()
  const { signal } = listening
  const timer = setInterval(send, EVERY_MS)
  document.addEventListener('visibilitychange', leave, { signal })
  // A page can go without having been hidden first; what it says then is the last there is.
  addEventListener('pagehide', sendLast, { signal })
  addEventListener('online', send, { signal })
  return {
    soon: () => (waiting ??= setTimeout(send, Math.max(0, last + APART_MS - performance.now()))),
    stop: () => {
      clearInterval(timer)
      clearTimeout(waiting)
      listening.abort()
      sendLast()
    },
  }
}
