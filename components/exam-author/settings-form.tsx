'use client'

import { type ReactNode, useState } from 'react'
import { ActionForm, type FormMessages } from '#components/ui/action-form'
import type { FormAction } from '#components/ui/form-context'
import { HiddenFields } from '#components/ui/hidden-fields'
import { useHydrated } from '#components/ui/hydrated'
import { Notice } from '#components/ui/notice'
import { SETTING_FIELDS, type SettingTexts } from '#lib/exams/rules/drafting-settings'

type Words = Readonly<{ save: string; saving: string; conflictTitle: string; conflictBody: string }>

/** Asks how the settings stand now. */
export type SettingsReader = (
  previous: unknown,
  form: FormData,
) => Promise<
  | Readonly<{ ok: true; value: SettingTexts | Readonly<{ redirectTo: string }> }>
  | Readonly<{ ok: false; code: string; message: string }>
>

/** `base` with the fields in question as they stand now: whoever saves again has seen those. */
function caughtUp(
  base: SettingTexts,
  now: SettingTexts,
  fields: Readonly<Record<string, string>>,
): SettingTexts {
  const seen = SETTING_FIELDS.filter((field) => Object.hasOwn(fields, field))
  return { ...base, ...Object.fromEntries(seen.map((field) => [field, now[field]])) }
}

/**
 * The settings’ form. It sends what it was typed over, so that the server can tell whose change is whose; after a clash
 * it keeps what was typed, shows what the other one wrote, and may be saved again knowingly.
 */
export function SettingsForm({
  which,
  base: given,
  action,
  read,
  words,
  messages,
  children,
}: {
  which: Readonly<{ courseId: string; examId: string }>
  base: SettingTexts
  action: FormAction
  read: SettingsReader
  words: Words
  messages: FormMessages
  children: ReactNode
}) {
  const [base, setBase] = useState(given)
  const [clash, setClash] = useState(false)
  const watched: FormAction = async (previous, form) => {
    const outcome = await action(previous, form)
    const clashed = !outcome.ok && outcome.code === 'conflict'
    setClash(clashed)
    if (clashed) {
      const question = new FormData()
      for (const [name, value] of Object.entries(which)) question.set(name, value)
      const now = await read(null, question)
      if (now.ok && !('redirectTo' in now.value)) {
        const { value } = now
        setBase((before) => caughtUp(before, value, outcome.fields))
      }
    }
    return outcome
  }
  return (
    <div className="flex flex-col gap-6">
      {clash ? (
        <Notice tone="warn" title={words.conflictTitle}>
          {words.conflictBody}
        </Notice>
      ) : null}
      <ActionForm
        id="exam"
        action={useHydrated() ? watched : action}
        submit={words.save}
        pendingLabel={words.saving}
        messages={messages}
      >
        <HiddenFields values={{ ...which, base: JSON.stringify(base) }} />
        {children}
      </ActionForm>
    </div>
  )
}
