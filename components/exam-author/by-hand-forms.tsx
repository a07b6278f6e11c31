'use client'

import type { DraftOf } from '#lib/exams/rules/drafting'
import type { ExamWords } from '#lib/i18n/exam-author-words'
import { Field } from '../editor/field'

type Props<T extends 'essay' | 'file-upload'> = {
  draft: DraftOf<T>
  words: ExamWords
  onDraft: (draft: DraftOf<T>) => void
}

/** How long an essay is. */
export function EssayForm({ draft, words, onDraft }: Props<'essay'>) {
  return (
    <div className="flex flex-col gap-4">
      <p className="text-14 text-soft">{words.essayHelp}</p>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field
          name="minWords"
          label={words.minWords}
          optional={words.optional}
          inputMode="numeric"
          maxLength={6}
          value={draft.minWords}
          onValue={(minWords) => onDraft({ ...draft, minWords })}
        />
        <Field
          name="maxWords"
          label={words.maxWords}
          optional={words.optional}
          inputMode="numeric"
          maxLength={6}
          value={draft.maxWords}
          onValue={(maxWords) => onDraft({ ...draft, maxWords })}
        />
      </div>
    </div>
  )
}

/** Which files are taken. */
export function FileForm({ draft, words, onDraft }: Props<'file-upload'>) {
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <Field
        name="accept"
        label={words.fileTypes}
        help={words.fileTypesHelp}
        autoCapitalize="none"
        autoComplete="off"
        value={draft.accept}
        onValue={(accept) => onDraft({ ...draft, accept })}
      />
      <Field
        name="maxMegabytes"
        label={words.fileSize}
        inputMode="decimal"
        maxLength={8}
        value={draft.maxMegabytes}
        onValue={(maxMegabytes) => onDraft({ ...draft, maxMegabytes })}
      />
    </div>
  )
}
