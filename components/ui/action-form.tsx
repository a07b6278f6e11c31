'use client'

import { type ReactNode, type SubmitEvent, useActionState, useEffect, useId, useRef, useState } from 'react'
import { About } from './about'
import { buttonClass, type ButtonLook } from './button'
import { fieldState, type FormAction, type FormOutcome, FormStateProvider } from './form-context'
import { FormErrors, FormSaved } from './form-messages'
import { useHydrated } from './hydrated'

export type FormMessages = Readonly<{
  /** Above the list of what is wrong: “Please check these fields”. */
  summaryTitle: string
  /** When the server could not be asked at all. */
  unreachable: string
  /** Shown beside the button once it is done and nothing was typed since. */
  saved?: string | undefined
  /** The word before the number of an unexpected error: “Error number”. */
  reference?: string | undefined
}>

type Sends = Readonly<{ name: string; value: string }>

const LAYOUTS = {
  stack: { form: 'flex flex-col gap-6', end: 'flex flex-wrap items-center gap-x-4 gap-y-3' },
  inline: {
    form: 'flex grow flex-wrap items-end gap-3 **:data-field:w-auto **:data-field:grow **:data-field:basis-48',
    end: 'flex flex-wrap items-center gap-3',
  },
} as const

/** Where the action wants to go: a path of this host and nothing that a browser reads as another one. */
export function destinationOf(outcome: FormOutcome | null): string | null {
  if (outcome?.ok !== true || typeof outcome.value !== 'object' || outcome.value === null) return null
  if (!('redirectTo' in outcome.value) || typeof outcome.value.redirectTo !== 'string') return null
  return /^\/(?![/\\])[^\t\r\n]*$/.test(outcome.value.redirectTo) ? outcome.value.redirectTo : null
}

/** The framework’s own signals travel as errors too, and are not failures. */
function isSignal(error: unknown): boolean {
  return error instanceof Error && 'digest' in error && String(error.digest).startsWith('NEXT_')
}

/** An action whose failure to arrive is an answer like any other, so that the form and what was typed stay. */
function answering(action: FormAction, unreachable: string): FormAction {
  return async (previous, form) => {
    try {
      return await action(previous, form)
    } catch (error) {
      if (isSignal(error)) throw error
      return { ok: false, code: 'unreachable', message: unreachable, errorId: '', fields: {} }
    }
  }
}

function labelsOf(form: HTMLFormElement): Record<string, string> {
  const labels = [...form.querySelectorAll<HTMLElement>('[data-label-of]')]
  return Object.fromEntries(labels.map((one) => [one.dataset['labelOf'] ?? '', one.textContent]))
}

/** Goes where the action leads. Coming back finds the page as it is now, not as it was left. */
export function useDeparture(destination: string | null): void {
  useEffect(() => {
    if (destination === null) return
    location.assign(destination)
    const refresh = (event: PageTransitionEvent): void => {
      if (event.persisted) location.reload()
    }
    addEventListener('pageshow', refresh)
    return () => removeEventListener('pageshow', refresh)
  }, [destination])
}

/**
 * What the last answer means for this form. Secrets are emptied after every answer, chosen files once they have
 * arrived: neither may be sent a second time by mistake.
 */
function readOutcome(outcome: FormOutcome | null) {
  const destination = destinationOf(outcome)
  return {
    destination,
    refusal: outcome?.ok === false ? outcome : null,
    done: outcome?.ok === true && destination === null,
    spent: outcome?.ok === true ? '[data-secret], [type=file]' : '[data-secret]',
  }
}

/** Both words in one place, so that the button keeps its width when they change. */
function ActionButton({
  look,
  label,
  about,
  pendingLabel,
  busy,
  sends,
  shortcut,
}: {
  look: ButtonLook
  label: string
  about: string | undefined
  pendingLabel: string
  busy: boolean
  sends: Sends | undefined
  shortcut: string | undefined
}) {
  const word = (shown: boolean) => `col-start-1 row-start-1 ${shown ? '' : 'invisible'}`
  return (
    <button
      type="submit"
      {...sends}
      data-shortcut={shortcut}
      aria-disabled={busy || undefined}
      className={buttonClass(look)}
    >
      <span className="grid text-center">
        <span aria-hidden={busy || undefined} className={word(!busy)}>
          {label}
          <About>{about}</About>
        </span>
        <span aria-hidden={!busy || undefined} className={word(busy)}>
          {pendingLabel}
        </span>
      </span>
    </button>
  )
}

/**
 * A form around a server action: sends once, keeps what was typed until the server has it, says what is wrong in
 * a summary and beside the fields, and goes where the action leads. Without a script it is a plain form that
 * the server answers with the page.
 */
export function ActionForm({
  action,
  submit,
  submitAbout,
  submitLook = 'primary',
  submitSends,
  submitShortcut,
  pendingLabel,
  messages,
  layout = 'stack',
  onceDone = 'keep',
  id,
  extra,
  children,
}: {
  action: FormAction
  submit: string
  /** Which one the button is about, where many stand below each other. For screen readers. */
  submitAbout?: string | undefined
  submitLook?: ButtonLook
  /** What pressing this button adds to the form, where `extra` holds other submit buttons. */
  submitSends?: Sends | undefined
  /** What the page's keys find this button by. */
  submitShortcut?: string
  pendingLabel: string
  messages: FormMessages
  /** `inline` puts one or two fields and the button on a line, where there is room. */
  layout?: keyof typeof LAYOUTS
  /** `clear` empties the fields for the next one: an invitation, a comment. */
  onceDone?: 'keep' | 'clear'
  /** For controls that stand elsewhere and name this form. */
  id?: string
  /** Beside the button: a way out, a second button. */
  extra?: ReactNode
  children?: ReactNode
}) {
  const own = useId()
  const formId = id ?? own
  const form = useRef<HTMLFormElement>(null)
  // The bare action is what a page without a script can post to, so it is the one the server renders.
  const usable = useHydrated() ? answering(action, messages.unreachable) : action
  const [outcome, dispatch, pending] = useActionState<FormOutcome | null, FormData>(usable, null)
  const [labels, setLabels] = useState<Record<string, string>>({})
  const [edited, setEdited] = useState<FormOutcome | null>(null)
  const { destination, refusal, done, spent } = readOutcome(outcome)
  const busy = pending || destination !== null

  useDeparture(destination)
  useEffect(() => {
    if (outcome === null) return
    form.current?.querySelectorAll<HTMLInputElement>(spent).forEach((one) => (one.value = ''))
    // A question that was answered: what it changed is on the page behind it.
    if (done) form.current?.closest<HTMLElement>('[popover]')?.hidePopover()
  }, [outcome, spent, done])

  const onSubmit = (event: SubmitEvent<HTMLFormElement>): void => {
    if (busy) event.preventDefault()
    else setLabels(labelsOf(event.currentTarget))
  }

  return (
    <form
      ref={form}
      id={formId}
      action={dispatch}
      noValidate
      onSubmit={onSubmit}
      onInput={() => setEdited(outcome)}
      // React empties a form after its action, refused or not. Only a `clear` that is done may.
      onReset={(event) => {
        if (!done || onceDone === 'keep') event.preventDefault()
      }}
      className={LAYOUTS[layout].form}
    >
      {refusal === null ? null : (
        <FormErrors
          form={formId}
          refusal={refusal}
          labels={labels}
          title={messages.summaryTitle}
          reference={messages.reference}
        />
      )}
      <FormStateProvider value={fieldState(formId, refusal)}>{children}</FormStateProvider>
      <div className={LAYOUTS[layout].end}>
        <ActionButton
          look={submitLook}
          label={submit}
          about={submitAbout}
          pendingLabel={pendingLabel}
          busy={busy}
          sends={submitSends}
          shortcut={submitShortcut}
        />
        {extra}
        <FormSaved text={done && edited !== outcome ? (messages.saved ?? null) : null} />
      </div>
    </form>
  )
}
