'use client'

import { type ComponentType, type ReactNode, useEffect, useId, useRef, useState } from 'react'
import { buttonClass } from '#components/ui/button'
import { CONTROL, FieldError } from '#components/ui/field-frame'
import type { Started } from '#lib/exams/contract/taking'
import type { ExamWords } from '#lib/i18n/exam-words'
import { type Answered, ask, backoff } from './wire'
import type { RoomProps } from './room-context'
import type { Sitting } from './sitting'

// The room comes with the attempt: whoever only reads what the exam is doesn't load it.
const load = () => import('./room')

type Inside = Readonly<{ View: ComponentType<RoomProps & Readonly<{ sitting: Sitting }>>; sitting: Sitting }>

type Waiting = Readonly<{ busy: boolean; problem: string | null }>

const pause = (delay: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, delay))

/** The browser fetches the room while the server makes the attempt, and again if a chunk got lost on its way. */
async function loadRoom(): ReturnType<typeof load> {
  for (let tries = 0; ; tries += 1) {
    try {
      return await load()
    } catch (error) {
      if (tries >= 4) throw error
      await pause(backoff(tries))
    }
  }
}

function problemOf(words: ExamWords, failure: Exclude<Answered<Started>, { ok: true }>): string {
  const known: Readonly<Record<string, string>> = words.refusals
  if (failure.kind === 'signed-out') return words.signedOutStart
  return known[failure.reason] ?? (failure.message || words.loading)
}

/**
 * The way into the room. What stands on the page is its content until the attempt is there; then the room takes its
 * place. A running attempt opens by itself.
 */
export function Door({
  action,
  running,
  asksCode,
  note,
  after,
  children,
  ...room
}: RoomProps &
  Readonly<{
    /** What the button says. */
    action: string
    running: boolean
    asksCode: boolean
    note: string | null
    /** What stands below the button. */
    after: ReactNode
    children: ReactNode
  }>) {
  const { words, examId } = room
  const [{ busy, problem }, setWaiting] = useState<Waiting>({ busy: false, problem: null })
  const [inside, setInside] = useState<Inside | null>(null)
  const code = useRef<HTMLInputElement>(null)
  const asked = useRef(false)
  const id = useId()

  const enter = async (): Promise<void> => {
    if (asked.current) return
    asked.current = true
    setWaiting({ busy: true, problem: null })
    const loading = loadRoom()
    loading.catch(() => undefined)
    const accessCode = code.current?.value.trim() ?? ''
    const request = {
      examId,
      ...(accessCode === '' ? {} : { accessCode }),
      // Without it the press of a moment before the deadline would begin a new attempt a moment after it.
      ...(running ? { resume: true } : {}),
    }
    for (let tries = 0; ; tries += 1) {
      const answer = await ask<Started>('/api/exams/start', request)
      if (answer.ok) {
        try {
          const { Room, sitDown } = await loading
          setInside({ View: Room, sitting: sitDown(examId, answer) })
        } catch {
          asked.current = false
          setWaiting({ busy: false, problem: words.loading })
        }
        return
      }
      if (answer.kind !== 'later' || answer.reason !== '') {
        asked.current = false
        setWaiting({ busy: false, problem: problemOf(words, answer) })
        code.current?.focus()
        return
      }
      setWaiting({ busy: true, problem: running ? words.busyRunning : words.busy })
      await pause(backoff(tries, answer.after))
    }
  }
  const opens = useRef(running)
  useEffect(() => {
    if (!opens.current) return
    opens.current = false
    queueMicrotask(() => void enter())
  })
  if (inside !== null) return <inside.View {...room} sitting={inside.sitting} />
  return (
    <>
      {children}
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          void enter()
        }}
        className="mt-8 noscript:hidden"
        data-chrome
      >
        {asksCode ? (
          <div className="mb-4 max-w-note">
            <label htmlFor={id} className="block text-14 font-medium">
              {words.code}
            </label>
            <p id={`${id}-help`} className="mt-1 text-14 text-soft">
              {words.codeHelp}
            </p>
            <input
              ref={code}
              id={id}
              dir="ltr"
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
              maxLength={100}
              aria-invalid={problem === null || busy ? undefined : true}
              aria-describedby={`${id}-help`}
              className={`${CONTROL} mt-2`}
            />
          </div>
        ) : null}
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
          <button type="submit" aria-disabled={busy || undefined} className={buttonClass('primary')}>
            {busy ? words.starting : action}
          </button>
          {note === null ? null : <p className="text-14 text-soft">{note}</p>}
        </div>
        <div role="status">
          <FieldError id={id} error={problem} />
        </div>
      </form>
      {after}
    </>
  )
}
