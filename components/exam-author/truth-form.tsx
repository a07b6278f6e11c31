'use client'

import type { DraftOf } from '#lib/exams/rules/drafting'
import type { ExamWords } from '#lib/i18n/exam-author-words'
import { Group } from './group'

type Draft = DraftOf<'true-false'>

/** Whether a statement is true. */
export function TruthForm({
  draft,
  words,
  onDraft,
}: {
  draft: Draft
  words: ExamWords
  onDraft: (draft: Draft) => void
}) {
  return (
    <Group label={words.truth}>
      <div className="flex flex-wrap gap-2">
        {([true, false] as const).map((value) => (
          <label
            key={String(value)}
            className="inline-flex min-h-11 cursor-pointer items-center gap-3 rounded-sm border border-edge bg-surface px-4 hover:border-accent-8 has-checked:border-good has-checked:bg-good-tint has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent-8"
          >
            <input
              type="radio"
              name={`truth-${draft.id}`}
              checked={draft.correct === value}
              onChange={() => onDraft({ ...draft, correct: value })}
              className="size-5 outline-none"
            />
            {value ? words.true : words.false}
          </label>
        ))}
      </div>
    </Group>
  )
}
