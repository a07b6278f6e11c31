'use client'

import { useEffect, useState } from 'react'
import type { PaletteEntry } from './contract'

type Found = Record<'courses' | 'exams' | 'lessons', PaletteEntry[]>
type Search = Found & { state: 'loading' | 'ready' | 'failed' }

const NOTHING: Found = { courses: [], exams: [], lessons: [] }

/** Long enough that a typed word is one question, short enough to feel immediate. */
const PAUSE_MS = 120

type Hit = { id: string; title: string; href: string; courseTitle?: unknown }

function isHit(value: unknown): value is Hit {
  if (typeof value !== 'object' || value === null) return false
  const { id, title, href } = value as Record<'id' | 'title' | 'href', unknown>
  // Only a path of this host: an answer from elsewhere can't send anyone away.
  return (
    typeof id === 'string' && typeof title === 'string' && typeof href === 'string' && /^\/(?!\/)/.test(href)
  )
}

function entriesOf(kind: 'course' | 'exam' | 'lesson', hits: unknown): PaletteEntry[] {
  if (!Array.isArray(hits)) throw new Error(`palette answered without any ${kind}`)
  return hits.filter(isHit).map(({ id, title, href, courseTitle }) => ({
    ...{ id: `${kind}:${id}`, label: title, href },
    ...(typeof courseTitle === 'string' ? { of: courseTitle } : {}),
  }))
}

async function ask(q: string, signal: AbortSignal): Promise<Found> {
  const response = await fetch(`/api/palette?q=${encodeURIComponent(q)}`, { signal })
  if (!response.ok) throw new Error(`palette answered ${response.status}`)
  const answer: unknown = await response.json()
  const { courses, exams = [], lessons = [] } = (answer ?? {}) as Partial<Record<keyof Found, unknown>>
  return {
    courses: entriesOf('course', courses),
    exams: entriesOf('exam', exams),
    lessons: entriesOf('lesson', lessons),
  }
}

/**
 * The courses and exams whose name matches `q` and the lessons that hold its words, asked after a short pause. The last
 * answer stays while the next one is on its way, so that the list doesn't flicker; an outdated question is cancelled.
 */
export function useSchoolSearch(q: string): Search {
  const [search, setSearch] = useState<Search>({ state: 'loading', ...NOTHING })
  useEffect(() => {
    const stop = new AbortController()
    const timer = setTimeout(() => {
      setSearch((last) => ({ ...last, state: 'loading' }))
      ask(q, stop.signal).then(
        (found) => setSearch({ state: 'ready', ...found }),
        () => {
          if (!stop.signal.aborted) setSearch({ state: 'failed', ...NOTHING })
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
