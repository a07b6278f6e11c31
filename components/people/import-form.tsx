'use client'

import { useActionState, useEffect, useId, useRef, useSyncExternalStore } from 'react'
import { buttonClass } from '#components/ui/button'
import { FileField } from '#components/ui/file-field'
import { fieldState, type FormAction, type FormOutcome, FormStateProvider } from '#components/ui/form-context'
import { FormErrors } from '#components/ui/form-messages'
import { TextArea } from '#components/ui/text-area'
import type { ImportReport as Report } from '#lib/people/contract'
import { ImportReport } from './import-report'
import type { ImportWords } from './import-words'

type Outcome = FormOutcome | null

const never = (): (() => void) => () => undefined

function useHydrated(): boolean {
  return useSyncExternalStore(
    never,
    () => true,
    () => false,
  )
}

/**
 * The action without the report before it: React would send that along, and a long one would not leave room for the
 * next list. A server that can't be reached is an answer like any other, so that what was typed stays.
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

function reportOf(outcome: Outcome): Report | null {
  return outcome?.ok === true ? (outcome.value as Report) : null
}

/**
 * A list to check, and below it what would become of it. ActionForm keeps its outcome to itself, and here the outcome
 * is what the page is for; without a script the server renders both.
 */
export function ImportForm({
  locale,
  words,
  preview,
  apply,
}: {
  /** BCP 47. */
  locale: string
  words: ImportWords
  preview: FormAction
  apply: FormAction
}) {
  const id = useId()
  const heading = useRef<HTMLHeadingElement>(null)
  const usable = useHydrated() ? withoutPast(preview, words.form.unreachable) : preview
  const [outcome, dispatch, pending] = useActionState<Outcome, FormData>(usable, null)
  const report = reportOf(outcome)
  const refusal = outcome?.ok === false ? outcome : null
  useEffect(() => {
    if (report !== null) heading.current?.focus()
  }, [report])
  return (
    <>
      <form
        id={id}
        action={dispatch}
        noValidate
        onSubmit={(event) => {
          if (pending) event.preventDefault()
        }}
        // React empties a form after its action; the list stays until it is sent.
        onReset={(event) => event.preventDefault()}
        className="flex flex-col gap-6"
      >
        {refusal === null ? null : (
          <FormErrors
            form={id}
            refusal={refusal}
            labels={{ text: words.text, file: words.file }}
            title={words.form.summaryTitle}
            reference={words.form.reference}
          />
        )}
        <FormStateProvider value={fieldState(id, refusal)}>
          <TextArea name="text" label={words.text} optional="" rows={6} mono />
          <FileField
            name="file"
            label={words.file}
            help={words.fileHelp}
            optional=""
            accept=".csv,.txt,.tsv,text/csv,text/plain"
          />
        </FormStateProvider>
        <div>
          <button
            type="submit"
            aria-disabled={pending || undefined}
            className={buttonClass(report === null ? 'primary' : 'quiet')}
          >
            {pending ? words.pending : report === null ? words.check : words.again}
          </button>
        </div>
      </form>
      {report === null ? null : (
        <section aria-labelledby={`${id}-report`} className="border-t border-line pt-8">
          <h2
            id={`${id}-report`}
            ref={heading}
            tabIndex={-1}
            className="font-reading text-22 font-medium outline-none"
          >
            {words.reportTitle}
          </h2>
          <ImportReport locale={locale} words={words} report={report} apply={apply} />
        </section>
      )}
    </>
  )
}
