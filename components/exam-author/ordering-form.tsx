'use client'

import { type DraftOf, type Part, randomId } from '#lib/exams/rules/drafting'
import type { ExamWords } from '#lib/i18n/exam-author-words'
import { Tick } from '../editor/field'
import { Group } from './group'
import { LineList } from './line-list'
import { words as fill } from './words'

type Draft = DraftOf<'ordering'>

/** Things in the order in which they belong. */
export function OrderingForm({
  draft,
  words,
  onDraft,
}: {
  draft: Draft
  words: ExamWords
  onDraft: (draft: Draft) => void
}) {
  return (
    <>
      <Group label={words.items} help={words.itemsHelp}>
        <LineList<Part>
          items={draft.items}
          textOf={({ text }) => text}
          withText={(part, text) => ({ ...part, text })}
          make={() => ({ id: randomId(), text: '' })}
          onItems={(items) => onDraft({ ...draft, items })}
          nameOf={(number) => fill(words.item, { number })}
          addLabel={words.addItem}
          words={words}
          before={(_item, index) => (
            <span aria-hidden="true" className="w-6 shrink-0 pt-2.5 text-end text-soft tabular-nums">
              {index + 1}
            </span>
          )}
        />
      </Group>
      <Tick
        name="partialCredit"
        label={words.partial}
        checked={draft.partialCredit ?? false}
        onChecked={(partialCredit) => onDraft({ ...draft, partialCredit })}
      />
    </>
  )
}
