'use client'

import type { Film, Tell, Told } from './film'

/** The browser's own player, listened to. @returns the film, and what ends the listening */
export function nativeFilm(video: HTMLVideoElement, tell: Tell): { film: Film; stop: () => void } {
  const listening = new AbortController()
  const say = (kind: Told['kind']) => (): void => {
    const { currentTime: at, playbackRate: speed, duration } = video
    tell({ kind: video.seeking ? 'moved' : kind, at, speed, duration: duration > 0 ? duration : null })
  }
  const { signal } = listening
  const on = (names: readonly string[], listener: () => void): void =>
    names.forEach((name) => video.addEventListener(name, listener, { signal }))
  on(['timeupdate'], () => (video.paused ? undefined : say('playing')()))
  on(['playing', 'ratechange'], () => (video.paused ? undefined : say('playing')()))
  on(['pause', 'waiting', 'ended'], say('stopped'))
  on(['seeking', 'seeked'], say('moved'))
  const film: Film = {
    time: () => video.currentTime,
    toggle: () => (video.paused ? void video.play().catch(() => undefined) : video.pause()),
    seek: (to) => (video.currentTime = Math.max(0, to)),
    setSpeed: (speed) => (video.playbackRate = speed),
    toggleCaptions: () => {
      const track = video.textTracks[0]
      if (track !== undefined) track.mode = track.mode === 'showing' ? 'hidden' : 'showing'
    },
  }
  return { film, stop: () => listening.abort() }
}
