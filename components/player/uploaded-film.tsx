'use client'

import { type ReactNode, useEffect, useRef, useState } from 'react'
import { resumeAt } from '#lib/player/rules'
import { mountFilm } from './film'
import { FilmBar, type FilmWords } from './film-bar'
import { followFilm } from './film-session'
import { nativeFilm } from './native-film'
import { type LessonRef, outboxOf } from './outbox'
import { chosenSpeed } from './speed'

/** Calls `then` once the film's length is known, which may be before anybody could listen. */
function whenKnown(video: HTMLVideoElement, then: () => void): void {
  if (video.readyState >= HTMLMediaElement.HAVE_METADATA) then()
  else video.addEventListener('loadedmetadata', then, { once: true })
}

/**
 * A film of the school's own, in the browser's player, which works before and without a script. With one it goes on
 * where it was left, in the speed that was chosen, and what is watched is kept.
 */
export function UploadedFilm({
  src,
  poster,
  label,
  lesson,
  words,
  children,
}: {
  src: string
  poster: string | undefined
  label: string
  /** Whose progress it is; null for somebody who has none in this course. */
  lesson: LessonRef | null
  words: FilmWords
  /** Its tracks. */
  children: ReactNode
}) {
  const video = useRef<HTMLVideoElement>(null)
  const [resumedAt, setResumedAt] = useState(0)
  const [known] = useState(lesson)
  useEffect(() => {
    const element = video.current
    if (element === null) return
    const session = followFilm(known)
    const { film, stop } = nativeFilm(element, session.tell)
    const unmount = mountFilm(film)
    whenKnown(element, () => {
      element.defaultPlaybackRate = chosenSpeed()
      element.playbackRate = chosenSpeed()
      const at = known === null ? 0 : resumeAt(outboxOf(known).position, element.duration)
      // Whoever pressed play before the script came stays where they are.
      if (at === 0 || element.currentTime > 0) return
      element.currentTime = at
      setResumedAt(at)
    })
    return () => {
      stop()
      session.stop()
      unmount()
    }
  }, [known])
  return (
    <div data-chrome>
      <video
        ref={video}
        controls
        preload="metadata"
        playsInline
        src={src}
        poster={poster}
        aria-label={label}
        className="aspect-video w-full rounded-md bg-sunken"
      >
        {children}
      </video>
      <FilmBar words={words} lesson={known} resumedAt={resumedAt} />
    </div>
  )
}
