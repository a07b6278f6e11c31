'use client'

import { type ReactNode, useRef, useState } from 'react'
import { buttonClass } from '#components/ui/button'
import { Notice } from '#components/ui/notice'
import type { LessonChanges, LessonState } from '#lib/editor/contract'
import type { PanelOutcome } from '#lib/editor/rules/autosave'
import type { EditorWords } from '#lib/i18n/editor-words'
import { fill } from './fill'
import type { EditorSession } from './session'
import { useFirstFault } from './use-first-fault'

/** Saves a panel's fields in turn with the text, and holds what came of it. */
export function usePanel(session: EditorSession) {
  const [outcome, setOutcome] = useState<PanelOutcome | null>(null)
  const [busy, setBusy] = useState(false)
  const save = async (changes: LessonChanges): Promise<PanelOutcome> => {
    setBusy(true)
    const done = await session.saver.savePanel(changes)
    setBusy(false)
    setOutcome(done)
    return done
  }
  const fields = outcome?.kind === 'refused' ? outcome.fields : {}
  return { save, busy, outcome, fields, forget: () => setOutcome(null) }
}

/** What came of a panel's save. What is wrong with a field stands beside it. */
export function PanelOutcomeView({
  outcome,
  words,
  describe,
  onTheirs,
}: {
  outcome: PanelOutcome | null
  words: EditorWords['panel']
  /** Somebody else's settings, in words. */
  describe: (theirs: LessonState) => string
  onTheirs: (theirs: LessonState) => void
}) {
  switch (outcome?.kind) {
    case 'saved':
      return (
        <p role="status" className="text-14 font-medium text-good">
          {words.saved}
        </p>
      )
    case 'unreachable':
      return <Said text={words.unreachable} />
    case 'blocked':
      return <Said text={words.blocked} />
    case 'refused':
      return Object.keys(outcome.fields).length === 0 ? <Said text={outcome.message} /> : null
    case 'conflict': {
      const { theirs } = outcome
      return (
        <div role="alert">
          <Notice
            tone="warn"
            title={fill(words.conflict, { theirs: describe(theirs) })}
            action={
              <button
                type="button"
                onClick={() => onTheirs(theirs)}
                className={buttonClass('quiet', 'small')}
              >
                {words.takeTheirs}
              </button>
            }
          />
        </div>
      )
    }
    default:
      return null
  }
}

function Said({ text }: { text: string }) {
  return (
    <p role="alert" className="text-14 font-medium text-bad">
      {text}
    </p>
  )
}

/** A part of the lesson beside its text, with one button for all of it. */
export function Panel({
  title,
  submit,
  busy,
  onSubmit,
  children,
}: {
  title: string
  submit: string
  busy: boolean
  onSubmit: () => void
  children: ReactNode
}) {
  const form = useRef<HTMLFormElement>(null)
  const sent = useFirstFault(form, busy)
  return (
    <form
      ref={form}
      aria-label={title}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        if (busy) return
        onSubmit()
        sent()
      }}
      className="flex flex-col gap-4 rounded-md border border-line bg-surface p-4"
    >
      <h2 className="text-18 font-semibold">{title}</h2>
      {children}
      <div>
        <button type="submit" aria-disabled={busy || undefined} className={buttonClass('quiet')}>
          {submit}
        </button>
      </div>
    </form>
  )
}
