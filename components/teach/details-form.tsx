'use client'

import { type ReactNode, useState } from 'react'
import { ActionForm, type FormMessages } from '#components/ui/action-form'
import type { FormAction } from '#components/ui/form-context'
import { HiddenFields } from '#components/ui/hidden-fields'
import { useHydrated } from '#components/ui/hydrated'
import { useLeaveWarning } from '#components/ui/leave-warning'
import { Notice } from '#components/ui/notice'
import { DETAIL_FIELDS, type Details } from '#lib/teach/rules'
import type { DetailsReader } from './details-reader'

type Words = Readonly<{ save: string; saving: string; conflictTitle: string; conflictBody: string }>

async function readNow(read: DetailsReader, courseId: string): Promise<Details | null> {
  const form = new FormData()
  form.set('courseId', courseId)
  const answer = await read(null, form)
  return answer.ok && !('redirectTo' in answer.value) ? answer.value : null
}

/** `base` with the fields in question as they stand now: whoever saves again has seen those. */
function caughtUp(base: Details, now: Details, fields: Readonly<Record<string, string>>): Details {
  const seen = DETAIL_FIELDS.filter((field) => Object.hasOwn(fields, field))
  return { ...base, ...Object.fromEntries(seen.map((field) => [field, now[field]])) }
}

/**
 * The details’ form. It sends what it was typed over, so that the server can tell whose change is whose; after a clash
 * it keeps what was typed, shows what the other one wrote, and may be saved again knowingly.
 */
export function DetailsForm({
  courseId,
  base: given,
  action,
  read,
  words,
  messages,
  children,
}: {
  courseId: string
  base: Details
  action: FormAction
  read: DetailsReader
  words: Words
  messages: FormMessages
  children: ReactNode
}) {
  const [base, setBase] = useState(given)
  const [clash, setClash] = useState(false)
  const [changed, setChanged] = useState(false)
  const watched: FormAction = async (previous, form) => {
    const outcome = await action(previous, form)
    const clashed = !outcome.ok && outcome.code === 'conflict'
    if (clashed) {
      const now = await readNow(read, courseId)
      if (now !== null) setBase((before) => caughtUp(before, now, outcome.fields))
    }
    // Not before: the notice speaks of what the fields say, and they say it once this is done.
    setClash(clashed)
    return outcome
  }
  const guarded = useLeaveWarning(changed, useHydrated() ? watched : action)
  return (
    // A cover that is uploaded below leads to this page anew, too.
    <div className="flex flex-col gap-6" onInput={() => setChanged(true)}>
      {clash ? (
        <Notice tone="warn" title={words.conflictTitle}>
          {words.conflictBody}
        </Notice>
      ) : null}
      <ActionForm action={guarded} submit={words.save} pendingLabel={words.saving} messages={messages}>
        <HiddenFields values={{ courseId, base: JSON.stringify(base) }} />
        {children}
      </ActionForm>
    </div>
  )
}
