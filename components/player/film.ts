'use client'

/** A film of whatever kind, as the page's keys and notes know it. Times are seconds of the film. */
export type Film = Readonly<{
  time: () => number
  toggle: () => void
  seek: (to: number) => void
  setSpeed: (speed: number) => void
  /** Shows captions, or hides them. */
  toggleCaptions: () => void
}>

/** What a player says of its film. */
export type Told = Readonly<{
  /** `moved`: it is somewhere else now without having played there. */
  kind: 'playing' | 'stopped' | 'moved'
  at: number
  speed: number
  /** Null until the player knows it. */
  duration: number | null
}>

export type Tell = (told: Told) => void

let film: Film | null = null
let second = 0
const listeners = new Set<() => void>()

/** The page's film, once it can be played. */
export function currentFilm(): Film | null {
  return film
}

/** Makes a film the page's own, until the returned function is called. */
export function mountFilm(mounted: Film): () => void {
  film = mounted
  listeners.forEach((listener) => listener())
  return () => {
    if (film === mounted) film = null
    listeners.forEach((listener) => listener())
  }
}

/** Says where the film is, to whoever shows it. */
export function passTime(time: number): void {
  const whole = Math.floor(time)
  if (whole === second) return
  second = whole
  listeners.forEach((listener) => listener())
}

/** Calls `listener` when the film comes, goes, or reaches another second. @returns what ends it */
export function watchFilm(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Second that the page's film is at; null while there is none. */
export function filmSecond(): number | null {
  return film === null ? null : second
}
