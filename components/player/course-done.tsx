'use client'

import { useEffect, useState } from 'react'
import { Notice } from '#components/ui/notice'
import { answerIn, TAKEN } from './outbox'

/** Says it when the course was completed by what this page reported: nothing was pressed that could have led on. */
export function CourseDone({
  courseId,
  words,
}: {
  courseId: string
  words: Readonly<{ title: string; link: string }>
}) {
  const [done, setDone] = useState(false)
  useEffect(() => {
    const look = (event: Event): void => {
      if (answerIn(event)?.courseCompleted === true) setDone(true)
    }
    document.addEventListener(TAKEN, look)
    return () => document.removeEventListener(TAKEN, look)
  }, [])
  return (
    <div role="status" data-chrome>
      {done ? (
        <div className="mt-12">
          <Notice
            tone="good"
            title={words.title}
            action={
              <a
                href={`/courses/${courseId}?done=completed`}
                className="inline-flex min-h-11 items-center font-medium text-accent-11 underline underline-offset-4"
              >
                {words.link}
              </a>
            }
          />
        </div>
      ) : null}
    </div>
  )
}
