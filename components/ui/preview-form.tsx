'use client'

import { type ReactNode, useActionState, useEffect, useId, useRef } from 'react'
import type { FormMessages } from './action-form'
import { buttonClass } from './button'
import { fieldState, type FormAction, type FormOutcome, FormStateProvider } from './form-context'
import { FormErrors } from './form-messages'
import { useHydrated } from './hydrated'

type Outcome = FormOutcome | null

/**
 * The action without the report before it: React would send that along, and a long one would not leave room for the
 * next file. A server that can't be reached is an answer like any other, so that what was typed stays.
 */
function withoutPast(action: FormAction, unreachable: string): FormAction {
  return async (_previous, form) => {
    try {
      return await action(null, form)
    } catch (error) {
      if (error instanceof Error && 'digest' in error) throw error
      return { ok: false, code: 'unreachable', message: unreachable, errorId: '', fields: {} }
    }
  }
}

/**
 * Something to check before it is done, and below it what would become of it. ActionForm keeps its outcome to itself, and
 * here the outcome is what the page is for; without a script the server renders both.
 */
export function PreviewForm({
  words,
  labels,
  messages,
  preview,
  report,
  children,
}: {
  words: Readonly<{ check: string; again: string; pending: string; reportTitle: string }>
  /** Names of the fields, for the summary of what was refused. */
  labels: Readonly<Record<string, string>>
  messages: Pick<FormMessages, 'unreachable' | 'summaryTitle' | 'reference'>
  preview: FormAction
  /** Shows what `preview` gave. */
  report: (value: unknown) => ReactNode
  children: ReactNode
}) {
  const id = useId()
  const heading = useRef<HTMLHeadingElement>(null)
  const usable = useHydrated() ? withoutPast(preview, messages.unreachable) : preview
  const [outcome, dispatch, pending] = useActionState<Outcome, FormData>(usable, null)
  const checked = outcome?.ok === true ? outcome : null
  const refusal = outcome?.ok === false ? outcome : null
  useEffect(() => {
    if (checked !== null) heading.current?.focus()
  }, [checked])
  return (
    <>
      <form
        id={id}
        action={dispatch}
        noValidate
        onSubmit={(event) => {
          if (pending) event.preventDefault()
        }}
        // React empties a form after its action; what was typed stays until it is sent.
        onReset={(event) => event.preventDefault()}
        className="flex flex-col gap-6"
      >
        {refusal === null ? null : (
          <FormErrors
            form={id}
            refusal={refusal}
            labels={labels}
            title={messages.summaryTitle}
            reference={messages.reference}
          />
        )}
        <FormStateProvider value={fieldState(id, refusal)}>{children}</FormStateProvider>
        <div>
          <button
            type="submit"
            aria-disabled={pending || undefined}
            className={buttonClass(checked === null ? 'primary' : 'quiet')}
          >
            {pending ? words.pending : checked === null ? words.check : words.again}
          </button>
        </div>
      </form>
      {checked === null ? null : (
        <section aria-labelledby={`${id}-report`} className="border-t border-line pt-8">
          <h2
            id={`${id}-report`}
            ref={heading}
            tabIndex={-1}
            className="font-reading text-22 font-medium outline-none"
          >
            {words.reportTitle}
          </h2>
          {report(checked.value)}
        </section>
      )}
    </>
  )
}
