'use client'

import { type MouseEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import { resumeAt } from '#lib/player/rules'
import { type Film, mountFilm, type Tell } from './film'
import { FilmBar, type FilmWords } from './film-bar'
import { followFilm } from './film-session'
import { type LessonRef, outboxOf } from './outbox'
import { isPlainClick } from './plain-click'
import { filmSource, PlatformFrame, type Provider } from './platform-frame'
import { chosenSpeed } from './speed'
import { youtubeFilm } from './youtube-film'

type Player = Readonly<{ film: Film; stop: () => void }>

/** Vimeo's library comes with the first film that needs it. */
async function playerOf(provider: Provider, frame: HTMLIFrameElement, tell: Tell, ready: () => void) {
  if (provider === 'youtube') return youtubeFilm(frame, tell, ready)
  const { vimeoFilm } = await import('./vimeo-film')
  return vimeoFilm(frame, tell, ready)
}

function Frame({
  source,
  provider,
  label,
  lesson,
}: {
  source: string
  provider: Provider
  label: string
  lesson: LessonRef | null
}) {
  const frame = useRef<HTMLIFrameElement>(null)
  useEffect(() => {
    const element = frame.current
    if (element === null) return
    let player: Player | null = null
    let unmount: (() => void) | null = null
    let over = false
    const session = followFilm(lesson)
    const ready = (): void => {
      if (player === null || over) return
      unmount = mountFilm(player.film)
      const speed = chosenSpeed()
      if (speed !== 1) player.film.setSpeed(speed)
    }
    // Without its library (no connection) the frame still plays; only nothing is kept.
    void playerOf(provider, element, session.tell, ready).then(
      (made) => {
        player = made
        if (over) made.stop()
      },
      () => undefined,
    )
    element.focus()
    return () => {
      over = true
      player?.stop()
      unmount?.()
      session.stop()
    }
  }, [provider, lesson])
  return <PlatformFrame ref={frame} source={source} label={label} />
}

/**
 * A film on a platform. Until somebody presses play it is a drawing with a link, and the platform learns nothing of
 * the reader; then its player comes into the page. Without a script, or with a modifier key, the link leads there.
 */
export function EmbeddedFilm({
  provider,
  id,
  href,
  label,
  locale,
  lesson,
  words,
  children,
}: {
  provider: Provider
  id: string
  /** The film's page on its platform. */
  href: string
  label: string
  locale: string
  lesson: LessonRef | null
  words: FilmWords
  /** The drawing and the words on it. */
  children: ReactNode
}) {
  const [playing, setPlaying] = useState<{ source: string; at: number } | null>(null)
  const [known] = useState(lesson)
  const start = (event: MouseEvent): void => {
    if (!isPlainClick(event)) return
    event.preventDefault()
    const at = known === null ? 0 : resumeAt(outboxOf(known).position, null)
    setPlaying({ source: filmSource(provider, id, locale, at), at })
  }
  if (playing === null) {
    return (
      <a
        href={href}
        target="_blank"
        rel="noopener noreferrer"
        onClick={start}
        data-shortcut="play"
        className="group relative block aspect-video overflow-hidden rounded-md"
      >
        {children}
      </a>
    )
  }
  return (
    <>
      <Frame source={playing.source} provider={provider} label={label} lesson={known} />
      <FilmBar words={words} lesson={known} resumedAt={playing.at} />
    </>
  )
}
