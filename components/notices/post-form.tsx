'use client'

import { type ReactNode, useActionState } from 'react'
import { destinationOf, useDeparture } from '#components/ui/action-form'
import type { FormAction, FormOutcome } from '#components/ui/form-context'
import { HiddenFields } from '#components/ui/hidden-fields'

/** One press, no fields: goes where the action leads, and says so if it was refused. Without a script a plain form. */
export function PostForm({
  action,
  values,
  children,
}: {
  action: FormAction
  values: Readonly<Record<string, string>>
  /** Its button. */
  children: ReactNode
}) {
  const [outcome, dispatch] = useActionState<FormOutcome | null, FormData>(action, null)
  useDeparture(destinationOf(outcome))
  return (
    <form action={dispatch}>
      <HiddenFields values={values} />
      {children}
      {outcome?.ok === false ? (
        <p role="alert" className="text-14 text-bad">
          {outcome.message}
        </p>
      ) : null}
    </form>
  )
}
