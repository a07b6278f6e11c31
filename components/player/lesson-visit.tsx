'use client'

import { useEffect, useState } from 'react'
import { useRouter } from 'next/navigation'
import { answerIn, type LessonRef, outboxOf, TAKEN } from './outbox'

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
      if ((answerIn(event)?.newlyCompleted.length ?? 0) > 0) router.refresh()
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
