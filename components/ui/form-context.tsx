'use client'

import { createContext, useContext, useId } from 'react'

/** What the server says when it is done with a form. Fits the `ActionResult` of every action. */
export type FormOutcome =
  | Readonly<{ ok: true; value: unknown }>
  | Readonly<{
      ok: false
      code: string
      message: string
      errorId: string
      fields: Readonly<Record<string, string>>
      /** What was typed, for a page that is rendered anew because it runs no script. Never a password. */
      values?: Sent | undefined
    }>

/** A server action, called with what it handed out before and the form. */
export type FormAction = (previous: unknown, form: FormData) => Promise<FormOutcome>

type Sent = Readonly<Record<string, string | readonly string[]>>

type FormState = Readonly<{
  id: string
  errors: Readonly<Record<string, string>>
  sent: Sent | undefined
  refusal: Refusal | null
}>

type Refusal = Extract<FormOutcome, { ok: false }>

const FormContext = createContext<FormState | null>(null)

export const FormStateProvider = FormContext.Provider

/** What the fields of a form are told after a refusal, or before anything was sent. */
export function fieldState(id: string, refusal: Refusal | null): FormState {
  return { id, refusal, errors: refusal?.fields ?? {}, sent: refusal?.values }
}

/** The last answer of the form around, where it was no: a new one each time. */
export function useRefusal(): Refusal | null {
  return useContext(FormContext)?.refusal ?? null
}

type Field = Readonly<{
  /** The control’s id; its label, help and error have it with a suffix. */
  id: string
  error: string | null
  /** What this field was sent with; undefined where nothing was sent or the page still holds it. */
  sent: string | readonly string[] | undefined
  /** True where `sent` says everything, so that an unticked box stays unticked. */
  wasSent: boolean
}>

/** The text that the server gave for a field, or null. */
function useFieldError(name: string): string | null {
  return useContext(FormContext)?.errors[name] ?? null
}

/** All that a field needs to know of its form. Outside an ActionForm it has an id and nothing else. */
export function useField(name: string): Field {
  const form = useContext(FormContext)
  const own = useId()
  return {
    id: form === null ? own : fieldId(form.id, name),
    error: useFieldError(name),
    sent: form?.sent?.[name],
    wasSent: form?.sent !== undefined,
  }
}

/** The id of a form’s field: the error summary links to it. */
export function fieldId(form: string, name: string): string {
  return `${form}-${name}`
}

/** The one text of a field that has one. */
export function textOf(sent: string | readonly string[] | undefined): string | undefined {
  return typeof sent === 'string' ? sent : sent?.[0]
}
