'use client'

import { useState } from 'react'
import { ActionForm, type FormMessages } from '#components/ui/action-form'
import type { FormAction } from '#components/ui/form-context'
import { HiddenFields } from '#components/ui/hidden-fields'
import { useLeaveWarning } from '#components/ui/leave-warning'
import { TextArea } from '#components/ui/text-area'
import { TextField } from '#components/ui/text-field'

export type WriteWords = Readonly<{
  title: string
  body: string
  bodyHelp: string
  submit: string
  pending: string
}>

/** What is to be said. With something typed into it the page isn't left by mistake. */
export function WriteForm({
  action,
  values,
  given,
  limits,
  words,
  messages,
}: {
  action: FormAction
  values: Readonly<Record<string, string>>
  given: Readonly<{ title: string; body: string }>
  limits: Readonly<{ title: number; body: number }>
  words: WriteWords
  messages: FormMessages
}) {
  const [typed, setTyped] = useState(false)
  const guarded = useLeaveWarning(typed, action)
  return (
    <div onInput={() => setTyped(true)}>
      <ActionForm action={guarded} submit={words.submit} pendingLabel={words.pending} messages={messages}>
        <HiddenFields values={values} />
        <TextField name="title" label={words.title} defaultValue={given.title} maxLength={limits.title} />
        <TextArea
          name="body"
          label={words.body}
          help={words.bodyHelp}
          defaultValue={given.body}
          rows={6}
          maxLength={limits.body}
        />
      </ActionForm>
    </div>
  )
}
