'use client'

import { buttonClass } from '#components/ui/button'
import { CONTROL } from '#components/ui/field-frame'
import { Icon } from '#components/ui/icon'
import type { DraftOf } from '#lib/exams/rules/drafting'
import type { ExamWords } from '#lib/i18n/exam-author-words'
import { Choose, Field } from '../editor/field'
import { Group } from './group'
import { TryAnswer } from './try-answer'
import { words as fill } from './words'

type Draft = DraftOf<'numeric'>
type Props = { draft: Draft; words: ExamWords; onDraft: (draft: Draft) => void }

/** Units beside the question's own, each with what one of it is. */
function OtherUnits({ draft, words, onDraft }: Props) {
  const { otherUnits } = draft
  const set = (index: number, change: Partial<(typeof otherUnits)[number]>): void =>
    onDraft({
      ...draft,
      otherUnits: otherUnits.map((one, place) => (place === index ? { ...one, ...change } : one)),
    })
  return (
    <Group label={words.otherUnits}>
      {otherUnits.map((other, index) => {
        const name = fill(words.otherUnit, { number: String(index + 1) })
        const factor = fill(words.factor, { unit: other.unit || '…', own: draft.unit })
        return (
          <div key={index} className="flex flex-wrap items-center gap-2">
            <input
              aria-label={name}
              placeholder={name}
              value={other.unit}
              maxLength={40}
              onChange={(event) => set(index, { unit: event.target.value })}
              className={`${CONTROL} w-36!`}
            />
            <label className="flex flex-wrap items-center gap-2 text-14 text-soft">
              {factor}
              <input
                inputMode="decimal"
                value={other.factor}
                onChange={(event) => set(index, { factor: event.target.value })}
                className={`${CONTROL} w-28!`}
              />
            </label>
            <button
              type="button"
              aria-label={fill(words.lineRemove, { name })}
              onClick={() => onDraft({ ...draft, otherUnits: otherUnits.toSpliced(index, 1) })}
              className="inline-flex size-11 items-center justify-center rounded-sm text-soft hover:bg-sunken sm:size-9"
            >
              <Icon name="close" size={16} />
            </button>
          </div>
        )
      })}
      {otherUnits.length < 10 ? (
        <button
          type="button"
          onClick={() => onDraft({ ...draft, otherUnits: [...otherUnits, { unit: '', factor: '' }] })}
          className={`${buttonClass('plain', 'small')} self-start`}
        >
          <Icon name="plus" size={16} />
          {words.addUnit}
        </button>
      ) : null}
    </Group>
  )
}

/** A number, how far off is still right, and its unit. */
export function NumericForm({ draft, words, onDraft }: Props) {
  return (
    <>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field
          name="correct"
          label={words.number}
          value={draft.correct}
          inputMode="decimal"
          autoComplete="off"
          onValue={(correct) => onDraft({ ...draft, correct })}
        />
        <Field
          name="unit"
          label={words.unit}
          optional={words.optional}
          value={draft.unit}
          maxLength={40}
          autoComplete="off"
          onValue={(unit) => onDraft({ ...draft, unit })}
        />
        <Field
          name="tolerance"
          label={words.tolerance}
          value={draft.tolerance}
          inputMode="decimal"
          autoComplete="off"
          onValue={(tolerance) => onDraft({ ...draft, tolerance })}
        />
        <Choose
          name="toleranceKind"
          label={words.toleranceKind}
          value={draft.toleranceKind}
          options={[
            { value: 'absolute', label: words.absolute },
            { value: 'relative', label: words.relative },
          ]}
          onValue={(kind) =>
            onDraft({ ...draft, toleranceKind: kind === 'relative' ? 'relative' : 'absolute' })
          }
        />
      </div>
      {draft.unit.trim() === '' && draft.otherUnits.length === 0 ? null : (
        <OtherUnits draft={draft} words={words} onDraft={onDraft} />
      )}
      <TryAnswer draft={draft} words={words} />
    </>
  )
}
