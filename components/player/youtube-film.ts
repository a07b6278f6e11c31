'use client'

import type { Film, Tell } from './film'

const YOUTUBE = 'https://www.youtube-nocookie.com'

/** States of the player, as its messages number them. */
const ENDED = 0
const PLAYING = 1

/** Milliseconds between two greetings, until the player answers. */
const GREETING = 250

type Info = { currentTime?: unknown; duration?: unknown; playerState?: unknown; playbackRate?: unknown }

function messageOf(data: unknown): { event: string; info: unknown } | null {
  if (typeof data !== 'string') return null
  try {
    const { event, info } = JSON.parse(data) as Record<string, unknown>
    return typeof event === 'string' ? { event, info } : null
  } catch {
    return null
  }
}

/** The address of the embedded player. It starts by itself: somebody has just pressed play. */
export function youtubeSource(id: string, locale: string, start: number): string {
  const query = new URLSearchParams({
    ...{ enablejsapi: '1', autoplay: '1', playsinline: '1', rel: '0', hl: locale, cc_lang_pref: locale },
    ...{ origin: location.origin, start: String(Math.floor(start)) },
  })
  return `${YOUTUBE}/embed/${encodeURIComponent(id)}?${query.toString()}`
}

/**
 * YouTube's player, spoken to by the messages that its own script sends: that script would run on our page with all
 * that our page may do. Nothing is believed but what comes from the frame itself and from its address.
 */
export function youtubeFilm(frame: HTMLIFrameElement, tell: Tell, ready: () => void) {
  let state = -1
  let at = 0
  let speed = 1
  let duration: number | null = null
  let captions = false
  let answered = false
  const post = (message: Readonly<Record<string, unknown>>): void =>
    frame.contentWindow?.postMessage(JSON.stringify({ id: 1, channel: 'widget', ...message }), YOUTUBE)
  const command = (func: string, ...args: unknown[]): void => post({ event: 'command', func, args })
  const greeting = setInterval(() => post({ event: 'listening' }), GREETING)

  const takeIn = (info: Info): void => {
    if (typeof info.playbackRate === 'number') speed = info.playbackRate
    if (typeof info.duration === 'number' && info.duration > 0) duration = info.duration
    if (typeof info.currentTime === 'number') at = info.currentTime
    if (typeof info.playerState === 'number') {
      const before = state
      state = info.playerState
      if (before === PLAYING && state !== PLAYING) {
        // At the end the last time it told is a moment old.
        if (state === ENDED && duration !== null && duration - at < 1) at = duration
        tell({ kind: 'stopped', at, speed, duration })
      }
    }
    if (typeof info.currentTime !== 'number' && state !== PLAYING) return
    tell({ kind: state === PLAYING ? 'playing' : 'moved', at, speed, duration })
  }
  const hear = ({ origin, source, data }: MessageEvent): void => {
    if (origin !== YOUTUBE || source !== frame.contentWindow) return
    const message = messageOf(data)
    if (message === null) return
    if (!answered) {
      answered = true
      clearInterval(greeting)
      command('addEventListener', 'onStateChange')
      ready()
    }
    const { event, info } = message
    if (event === 'onStateChange' && typeof info === 'number') takeIn({ playerState: info })
    else if (typeof info === 'object' && info !== null) takeIn(info)
  }
  addEventListener('message', hear)

  const film: Film = {
    time: () => at,
    toggle: () => command(state === PLAYING ? 'pauseVideo' : 'playVideo'),
    seek: (to) => command('seekTo', Math.max(0, to), true),
    setSpeed: (wanted) => command('setPlaybackRate', wanted),
    toggleCaptions: () => {
      captions = !captions
      command(captions ? 'loadModule' : 'unloadModule', 'captions')
    },
  }
  const stop = (): void => {
    clearInterval(greeting)
    removeEventListener('message', hear)
  }
  return { film, stop }
}
