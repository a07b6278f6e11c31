'use client'

import { useState } from 'react'
import { flushSync } from 'react-dom'
import { ActionForm, type FormMessages } from '#components/ui/action-form'
import { buttonClass } from '#components/ui/button'
import type { FormAction, FormOutcome } from '#components/ui/form-context'
import { HiddenFields } from '#components/ui/hidden-fields'
import { useHydrated } from '#components/ui/hydrated'
import { Notice } from '#components/ui/notice'
import { TextArea } from '#components/ui/text-area'
import { TextField } from '#components/ui/text-field'
import type { OtherMark } from '#lib/exams/contract/grading'
import { COMMENT_MAX } from '#lib/exams/rules/comment'

export type MarkWords = Readonly<{
  points: string
  of: string
  pointsOptional: string | undefined
  comment: string
  commentHelp: string | undefined
  commentOptional: string | undefined
  save: string
  saving: string
  hint: string
  /** `{name}` graded it; `{points}` they gave. */
  conflict: Readonly<{
    title: string
    somebody: string
    theirs: string
    theirsNone: string
    safe: string
    mine: string
    take: string
  }>
}>

export type MarkActions = Readonly<{ give: FormAction; read: FormAction }>

function isOtherMark(value: unknown): value is OtherMark {
  return typeof value === 'object' && value !== null && 'updatedAt' in value && 'comment' in value
}

/** What stands there now; null where it can't be asked. */
async function readTheirs(
  read: FormAction,
  ids: Readonly<Record<string, string>>,
): Promise<OtherMark | null> {
  const form = new FormData()
  for (const name of ['courseId', 'examId', 'attemptId', 'questionId']) form.set(name, ids[name] ?? '')
  try {
    const outcome = await read(null, form)
    return outcome.ok && isOtherMark(outcome.value) ? outcome.value : null
  } catch {
    return null
  }
}

function Theirs({
  theirs,
  words,
  onMine,
  onTake,
}: {
  theirs: OtherMark
  words: MarkWords['conflict']
  onMine: (form: HTMLFormElement | null) => void
  onTake: (form: HTMLFormElement | null) => void
}) {
  const points =
    theirs.points === null ? words.theirsNone : words.theirs.replace('{points}', () => theirs.points ?? '')
  return (
    <Notice
      tone="warn"
      title={words.title.replace('{name}', () => theirs.graderName ?? words.somebody)}
      action={
        <span className="flex flex-wrap gap-2">
          <button
            type="button"
            className={buttonClass('quiet')}
            onClick={(event) => onMine(event.currentTarget.form)}
          >
            {words.mine}
          </button>
          <button
            type="button"
            className={buttonClass('plain')}
            onClick={(event) => onTake(event.currentTarget.form)}
          >
            {words.take}
          </button>
        </span>
      }
    >
      <p className="font-medium">{points}</p>
      {theirs.comment === '' ? null : <p className="whitespace-pre-line wrap-anywhere">{theirs.comment}</p>}
      <p className="mt-1">{words.safe}</p>
    </Notice>
  )
}

function put(form: HTMLFormElement | null, name: string, text: string): void {
  const field = form?.elements.namedItem(name)
  if (field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement) field.value = text
}

/**
 * Points and a comment for one answer. When somebody else was faster it shows both, and what was typed stays: it is
 * saved over theirs, or given up for theirs, by a button each.
 */
export function MarkForm({
  ids,
  mark,
  waits,
  words,
  messages,
  actions,
}: {
  /** Which answer it is about, and where to go on. */
  ids: Readonly<Record<string, string>>
  mark: Readonly<{ points: string; comment: string; updatedAt: string }>
  waits: boolean
  words: MarkWords
  messages: FormMessages
  actions: MarkActions
}) {
  const hydrated = useHydrated()
  const [seen, setSeen] = useState(mark.updatedAt)
  const [theirs, setTheirs] = useState<OtherMark | null>(null)
  const give = async (previous: unknown, form: FormData): Promise<FormOutcome> => {
    const outcome = await actions.give(previous, form)
    if (!outcome.ok && outcome.code === 'conflict') setTheirs(await readTheirs(actions.read, ids))
    return outcome
  }
  const settle = (known: OtherMark): void => {
    flushSync(() => {
      setSeen(known.updatedAt)
      setTheirs(null)
    })
  }
  return (
    <div data-mark={ids['questionId']} data-waits={waits ? '' : undefined}>
      <ActionForm
        action={hydrated ? give : actions.give}
        submit={words.save}
        pendingLabel={words.saving}
        messages={messages}
        extra={<span className="text-12 text-soft max-sm:hidden">{words.hint}</span>}
      >
        <HiddenFields values={{ ...ids, seen }} />
        {theirs === null ? null : (
          <Theirs
            theirs={theirs}
            words={words.conflict}
            onMine={(form) => {
              settle(theirs)
              form?.requestSubmit()
            }}
            onTake={(form) => {
              put(form, 'points', theirs.points ?? '')
              put(form, 'comment', theirs.comment)
              settle(theirs)
            }}
          />
        )}
        <TextField
          name="points"
          label={words.points}
          optional={words.pointsOptional}
          after={words.of}
          inputMode="decimal"
          autoComplete="off"
          maxLength={10}
          defaultValue={mark.points}
        />
        <TextArea
          name="comment"
          label={words.comment}
          help={words.commentHelp}
          optional={words.commentOptional}
          rows={2}
          maxLength={COMMENT_MAX}
          defaultValue={mark.comment}
        />
      </ActionForm>
    </div>
  )
}
