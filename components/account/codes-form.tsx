'use client'

import { type ReactNode, useActionState, useId } from 'react'
import type { FormMessages } from '#components/ui/action-form'
import { buttonClass } from '#components/ui/button'
import { fieldState, type FormAction, type FormOutcome, FormStateProvider } from '#components/ui/form-context'
import { FormErrors } from '#components/ui/form-messages'
import { type CodesWords, RecoveryCodes } from './recovery-codes'

export type CodesStep = Readonly<{
  /** What the form does: confirms a set-up, or replaces the codes; null: there is nothing to do now. */
  does: 'confirm' | 'renew' | null
  submit: string
  pendingLabel: string
  /** Its fields. */
  fields: ReactNode
}>

function codesOf(outcome: FormOutcome | null): readonly string[] | null {
  if (outcome?.ok !== true || typeof outcome.value !== 'object' || outcome.value === null) return null
  if (!('codes' in outcome.value) || !Array.isArray(outcome.value.codes)) return null
  return outcome.value.codes.filter((code) => typeof code === 'string')
}

/** Labels of the fields, by what they are sent as, for the summary of what is wrong. */
type Labels = Readonly<Record<string, string>>

/**
 * The second step's part of the page. The answer to its form holds codes that nothing else ever shows, and then takes
 * the part's whole place.
 *
 * It isn't an ActionForm, because a page without a script is rendered anew around that answer, with the second step on
 * by then: both actions must be asked for in the same place before and after, or the codes would be lost.
 */
export function CodesForm({
  confirm,
  renew,
  step,
  labels,
  messages,
  words,
  children,
}: {
  confirm: FormAction
  renew: FormAction
  step: CodesStep
  labels: Labels
  messages: FormMessages
  words: CodesWords
  /** What stands above the form. */
  children: ReactNode
}) {
  const id = useId()
  const [confirmed, sendConfirm, confirming] = useActionState<FormOutcome | null, FormData>(confirm, null)
  const [renewed, sendRenew, renewing] = useActionState<FormOutcome | null, FormData>(renew, null)
  const codes = codesOf(renewed) ?? codesOf(confirmed)
  if (codes !== null) {
    return <RecoveryCodes codes={codes} first={codesOf(renewed) === null} words={words} />
  }
  const outcome = step.does === 'confirm' ? confirmed : renewed
  const refusal = outcome?.ok === false ? outcome : null
  const busy = confirming || renewing
  return (
    <>
      {children}
      {step.does === null ? null : (
        <form
          id={id}
          action={step.does === 'confirm' ? sendConfirm : sendRenew}
          noValidate
          onSubmit={(event) => {
            if (busy) event.preventDefault()
          }}
          className="mt-6 flex flex-col items-start gap-6"
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
          <FormStateProvider value={fieldState(id, refusal)}>{step.fields}</FormStateProvider>
          <button
            type="submit"
            aria-disabled={busy || undefined}
            className={buttonClass(step.does === 'confirm' ? 'primary' : 'quiet')}
          >
            {busy ? step.pendingLabel : step.submit}
          </button>
        </form>
      )}
    </>
  )
}
