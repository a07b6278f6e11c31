'use client'

import { useId, useRef } from 'react'
import { buttonClass } from '#components/ui/button'
import { CONTROL } from '#components/ui/field-frame'
import { Icon } from '#components/ui/icon'
import type { DraftBlank, DraftOf } from '#lib/exams/rules/drafting'
import {
  BRACES,
  numbered,
  withBlankAt,
  withNumbered,
  withoutBlank,
  withWrittenBlanks,
} from '#lib/exams/rules/drafting-blanks'
import type { ExamWords } from '#lib/i18n/exam-author-words'
import { Lines, Tick } from '../editor/field'
import { words as fill } from './words'

type Draft = DraftOf<'blanks'>
type Props = { draft: Draft; words: ExamWords; onDraft: (draft: Draft) => void }

function Blank({ draft, blank, index, words, onDraft }: Props & { blank: DraftBlank; index: number }) {
  const number = String(index + 1)
  const set = (change: Partial<DraftBlank>): void =>
    onDraft({
      ...draft,
      blanks: draft.blanks.map((one) => (one.id === blank.id ? { ...one, ...change } : one)),
    })
  return (
    <li className="flex flex-col gap-2 rounded-sm border border-line bg-surface p-3 sm:p-4">
      <div className="flex items-start justify-between gap-2">
        <div className="min-w-0 grow">
          <Lines
            name={`blank-${number}`}
            label={fill(words.blankAccepts, { number })}
            help={words.blankAcceptsHelp}
            value={blank.accept.join('\n')}
            rows={1}
            onValue={(text) => set({ accept: text.split('\n') })}
            style={{ fieldSizing: 'content' }}
          />
        </div>
        <button
          type="button"
          aria-label={fill(words.removeBlank, { number })}
          title={fill(words.removeBlank, { number })}
          onClick={() => onDraft(withoutBlank(draft, blank.id))}
          className="inline-flex size-11 shrink-0 items-center justify-center rounded-sm text-soft hover:bg-sunken hover:text-text sm:size-9"
        >
          <Icon name="close" size={16} />
        </button>
      </div>
      <div className="flex flex-wrap gap-x-8">
        <Tick
          name={`case-${number}`}
          label={fill(words.blankCase, { number })}
          checked={blank.caseSensitive}
          onChecked={(caseSensitive) => set({ caseSensitive })}
        />
        <Tick
          name={`accents-${number}`}
          label={fill(words.blankAccents, { number })}
          checked={blank.accentSensitive ?? true}
          onChecked={(accentSensitive) => set({ accentSensitive })}
        />
      </div>
    </li>
  )
}

/** A text with words left out, and what fills each. */
export function BlanksForm({ draft, words, onDraft }: Props) {
  const id = useId()
  const box = useRef<HTMLTextAreaElement>(null)
  const make = (): void => {
    const { selectionStart, selectionEnd } = box.current ?? { selectionStart: 0, selectionEnd: 0 }
    onDraft(withBlankAt(withWrittenBlanks(draft), { start: selectionStart, end: selectionEnd }))
  }
  const settle = (): void => {
    const written = withWrittenBlanks(draft)
    if (written !== draft) onDraft(written)
  }
  return (
    <>
      <div>
        <label htmlFor={id} className="block text-14 font-medium">
          {words.blanksText}
        </label>
        <p id={`${id}-help`} className="mt-1 text-14 text-soft">
          {fill(words.blanksHelp, BRACES)}
        </p>
        <textarea
          ref={box}
          id={id}
          dir="auto"
          rows={3}
          value={numbered(draft)}
          onChange={(event) => onDraft(withNumbered(draft, event.target.value))}
          onBlur={settle}
          aria-describedby={`${id}-help`}
          className={`${CONTROL} mt-2 block field-sizing-content py-2`}
        />
        <button type="button" onClick={make} className={`${buttonClass('quiet', 'small')} mt-2`}>
          <Icon name="plus" size={16} />
          {words.makeBlank}
        </button>
      </div>
      {draft.blanks.length === 0 ? null : (
        <ul className="flex flex-col gap-3">
          {draft.blanks.map((blank, index) => (
            <Blank key={blank.id} draft={draft} blank={blank} index={index} words={words} onDraft={onDraft} />
          ))}
        </ul>
      )}
      <Tick
        name="partialCredit"
        label={words.partial}
        checked={draft.partialCredit ?? true}
        onChecked={(partialCredit) => onDraft({ ...draft, partialCredit })}
      />
    </>
  )
}
