'use client'

import { type ComponentType, type MouseEvent, type ReactNode, useState } from 'react'
import { isPlainClick } from './plain-click'

type Film = Readonly<{ provider: 'youtube' | 'vimeo'; id: string; label: string; locale: string }>

/** The player comes with the first film that is played. */
const load = () => import('./text-film-frame')

/**
 * A film on a platform, in the text of a lesson. Until somebody presses play it is a drawing with a link, and the
 * platform learns nothing of the reader; then its player comes into the text. Unlike the lesson's own film it isn't
 * followed: what is watched of it isn't kept, and the page's keys and notes don't know it.
 */
export function TextFilm({
  href,
  failed,
  children,
  ...film
}: Film & {
  /** The film's page on its platform: where the link leads without a script, or with a key held. */
  href: string
  /** What is said when the player can't be had. */
  failed: string
  /** The drawing and the words on it. */
  children: ReactNode
}) {
  const [state, setState] = useState<'still' | 'coming' | 'failed'>('still')
  const [Frame, setFrame] = useState<ComponentType<Film> | null>(null)
  const start = (event: MouseEvent): void => {
    // Once it has failed, the link is a link.
    if (!isPlainClick(event) || state === 'failed') return
    event.preventDefault()
    if (state === 'coming') return
    setState('coming')
    load().then(
      ({ TextFilmFrame }) => setFrame(() => TextFilmFrame),
      () => setState('failed'),
    )
  }
  if (Frame !== null) return <Frame {...film} />
  return (
    <>
      <a
        href={href}
        target="_blank"
        rel="noopener noreferrer"
        onClick={start}
        aria-busy={state === 'coming' ? true : undefined}
        className="group relative block aspect-video overflow-hidden rounded-md font-sans"
      >
        {children}
      </a>
      <p role="status" className="mt-2 font-sans text-14 font-medium empty:hidden">
        {state === 'failed' ? failed : null}
      </p>
    </>
  )
}
