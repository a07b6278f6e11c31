'use client'

import { type DraftOf, type Part, randomId } from '#lib/exams/rules/drafting'
import type { ExamWords } from '#lib/i18n/exam-author-words'
import { Tick } from '../editor/field'
import { Group } from './group'
import { LineList } from './line-list'
import { words as fill } from './words'

type Draft = DraftOf<'single'> | DraftOf<'multiple'>

function marked(draft: Draft, id: string): boolean {
  return draft.type === 'single' ? draft.correct === id : draft.correct.includes(id)
}

function withMark(draft: Draft, id: string, right: boolean): Draft {
  if (draft.type === 'single') return { ...draft, correct: id }
  const others = draft.correct.filter((one) => one !== id)
  return { ...draft, correct: right ? [...others, id] : others }
}

/** Without a mark on what is gone. */
function withOptions(draft: Draft, options: readonly Part[]): Draft {
  const left = (id: string): boolean => options.some((option) => option.id === id)
  if (draft.type === 'multiple') return { ...draft, options, correct: draft.correct.filter(left) }
  return { ...draft, options, correct: draft.correct !== null && left(draft.correct) ? draft.correct : null }
}

/** Options of which one is right, or several. */
export function ChoicesForm({
  draft,
  words,
  onDraft,
}: {
  draft: Draft
  words: ExamWords
  onDraft: (draft: Draft) => void
}) {
  const single = draft.type === 'single'
  return (
    <>
      <Group label={words.options} help={single ? words.optionsHelpOne : words.optionsHelpMany}>
        <LineList<Part>
          items={draft.options}
          textOf={({ text }) => text}
          withText={(part, text) => ({ ...part, text })}
          make={() => ({ id: randomId(), text: '' })}
          onItems={(options) => onDraft(withOptions(draft, options))}
          nameOf={(number) => fill(words.option, { number })}
          addLabel={words.addOption}
          words={words}
          before={({ id }, index) => (
            <label className="inline-flex size-11 shrink-0 cursor-pointer items-center justify-center rounded-sm hover:bg-sunken has-checked:bg-good-tint">
              <input
                type={single ? 'radio' : 'checkbox'}
                name={`right-${draft.id}`}
                aria-label={fill(words.right, { number: String(index + 1) })}
                checked={marked(draft, id)}
                onChange={(event) => onDraft(withMark(draft, id, event.target.checked))}
                className="size-5"
              />
            </label>
          )}
        />
      </Group>
      {draft.type === 'multiple' ? (
        <Tick
          name="partialCredit"
          label={words.partial}
          checked={draft.partialCredit}
          onChecked={(partialCredit) => onDraft({ ...draft, partialCredit })}
        />
      ) : null}
    </>
  )
}
