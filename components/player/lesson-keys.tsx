'use client'

import { useEffect } from 'react'
import { singleKeyOf } from '../palette/shortcuts'
import { currentFilm } from './film'

/** Seconds that `j` and `l` go back and on. */
const STEP = 10

/** Whether a film can be seen: a key that plays one far up the page would only surprise. */
function filmInView(): boolean {
  const box = document.querySelector('[data-film]')?.getBoundingClientRect()
  return box !== undefined && box.bottom > 0 && box.top < innerHeight
}

function press(name: string): boolean {
  const wanted = document.querySelector<HTMLElement>(`[data-shortcut="${name}"]`)
  wanted?.click()
  return wanted !== null
}

function play(): boolean {
  const film = currentFilm()
  // Before its first play an embedded film is a link.
  if (film === null) return press('play')
  film.toggle()
  return true
}

function seekBy(seconds: number): boolean {
  const film = currentFilm()
  film?.seek(film.time() + seconds)
  return film !== null
}

function follow(rel: 'prev' | 'next'): boolean {
  const link = document.querySelector<HTMLAnchorElement>(`main a[rel="${rel}"]`)
  link?.click()
  return link !== null
}

/** What each key does. @returns whether there was anything to do */
const KEYS: Readonly<Record<string, () => boolean>> = {
  k: play,
  ' ': () => filmInView() && play(),
  j: () => seekBy(-STEP),
  l: () => seekBy(STEP),
  c: () => {
    const film = currentFilm()
    film?.toggleCaptions()
    return film !== null
  },
  n: () => press('note'),
  m: () => press('mark-done'),
  '[': () => follow('prev'),
  ']': () => follow('next'),
}

/** The keys of a lesson's page. They are silent while somebody types, and where single keys are turned off. */
export function LessonKeys() {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const key = singleKeyOf(event)
      // A space presses whatever has the focus.
      const onControl =
        event.target instanceof Element && event.target.closest('a, button, summary, video, [tabindex="0"]')
      if (key === null || (key === ' ' && onControl !== null)) return
      if (KEYS[key.toLowerCase()]?.() === true) event.preventDefault()
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [])
  return null
}
