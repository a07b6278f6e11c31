'use client'

import type { FormAction, FormOutcome } from '#components/ui/form-context'
import type { NoteView } from '#lib/notes/contract'
import type { Subject } from './contract'

type Fields = Readonly<Record<string, string>>

/** Calls an action with fields. An answer that never came is a refusal in the words that are given. */
export async function ask(action: FormAction, fields: Fields, unreachable: string): Promise<FormOutcome> {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.set(name, value)
  try {
    return await action(null, form)
  } catch {
    return { ok: false, code: 'unreachable', message: unreachable, errorId: '', fields: {} }
  }
}

/** What went wrong, in one sentence. */
export function refusalOf(outcome: FormOutcome): string | null {
  return outcome.ok ? null : (outcome.fields['body'] ?? outcome.message)
}

/** The note that an action gave back. */
export function noteIn(outcome: FormOutcome): NoteView | null {
  if (!outcome.ok || typeof outcome.value !== 'object' || outcome.value === null) return null
  return 'writtenAt' in outcome.value && 'body' in outcome.value ? (outcome.value as NoteView) : null
}

/** A note's fields as the form takes them. */
export function fieldsOf(body: string, subject: Subject, writtenAt = ''): Fields {
  return {
    ...{ body, writtenAt },
    atSecond: subject.kind === 'second' ? String(subject.second) : '',
    quote: subject.kind === 'passage' ? subject.anchor.quote : '',
    before: subject.kind === 'passage' ? subject.anchor.before : '',
  }
}

/** What a note that exists is about. */
export function subjectOf({ atSecond, quote, before }: NoteView): Subject {
  if (quote !== null) return { kind: 'passage', anchor: { quote, before: before ?? '' } }
  return atSecond === null ? { kind: 'lesson' } : { kind: 'second', second: atSecond }
}
