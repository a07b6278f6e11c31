'use client'

import { useEffect, useState } from 'react'
import type { PaletteEntry } from './contract'

type Search = { state: 'loading' | 'ready' | 'failed'; courses: PaletteEntry[] }

/** Long enough that a typed word is one question, short enough to feel immediate. */
const PAUSE_MS = 120

function isCourse(value: unknown): value is { id: string; title: string; href: string } {
  if (typeof value !== 'object' || value === null) return false
  const { id, title, href } = value as Record<'id' | 'title' | 'href', unknown>
  // Only a path of this host: an answer from elsewhere can't send anyone away.
  return (
    typeof id === 'string' && typeof title === 'string' && typeof href === 'string' && /^\/(?!\/)/.test(href)
  )
}

async function ask(q: string, signal: AbortSignal): Promise<PaletteEntry[]> {
  const response = await fetch(`/api/palette?q=${encodeURIComponent(q)}`, { signal })
  if (!response.ok) throw new Error(`palette answered ${response.status}`)
  const answer: unknown = await response.json()
  const courses =
    typeof answer === 'object' && answer !== null && 'courses' in answer ? answer.courses : undefined
  if (!Array.isArray(courses)) throw new Error('palette answered without courses')
  return courses.filter(isCourse).map(({ id, title, href }) => ({ id: `course:${id}`, label: title, href }))
}

/**
 * The courses whose name matches `q`, asked after a short pause. The last answer stays while the next one is
 * on its way, so that the list doesn't flicker; an outdated question is cancelled.
 */
export function useCourseSearch(q: string): Search {
  const [search, setSearch] = useState<Search>({ state: 'loading', courses: [] })
  useEffect(() => {
    const stop = new AbortController()
    const timer = setTimeout(() => {
      setSearch((last) => ({ state: 'loading', courses: last.courses }))
      ask(q, stop.signal).then(
        (courses) => setSearch({ state: 'ready', courses }),
        () => {
          if (!stop.signal.aborted) setSearch({ state: 'failed', courses: [] })
        },
      )
    }, PAUSE_MS)
    return () => {
      clearTimeout(timer)
      stop.abort()
    }
  }, [q])
  return search
}
