'use client'

import { useEffect, useState } from 'react'
import { useRouter } from 'next/navigation'
import { type LessonRef, outboxOf, TAKEN } from './outbox'

/** Calls `then` once somebody sees the page: it may have been made ahead, or opened in a tab behind. */
function onceSeen(then: () => void): () => void {
  const listening = new AbortController()
  const look = (): void => {
    if (document.visibilityState !== 'visible') return
    listening.abort()
    then()
  }
  document.addEventListener('visibilitychange', look, { signal: listening.signal })
  look()
  return () => listening.abort()
}

/** Whether the server said that a lesson was completed by what it was told. */
function completes(event: Event): boolean {
  const detail: unknown = event instanceof CustomEvent ? event.detail : null
  if (typeof detail !== 'object' || detail === null || !('newlyCompleted' in detail)) return false
  return Array.isArray(detail.newlyCompleted) && detail.newlyCompleted.length > 0
}

/**
 * Stands on the page of a lesson that somebody is enrolled for: reports that it was opened, and what earlier pages in
 * this browser could not bring home.
 */
export function LessonVisit({ lesson, viewed }: { lesson: LessonRef; viewed: boolean }) {
  const [known] = useState(lesson)
  const [before] = useState(viewed)
  const router = useRouter()
  useEffect(() => {
    const look = (event: Event): void => {
      if (completes(event)) router.refresh()
    }
    document.addEventListener(TAKEN, look)
    return () => document.removeEventListener(TAKEN, look)
  }, [router])
  useEffect(
    () =>
      onceSeen(() => {
        const outbox = outboxOf(known)
        if (!before) outbox.opened()
        void outbox.send().then(() => outbox.sendLeft())
      }),
    [known, before],
  )
  return null
}
