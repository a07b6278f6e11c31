'use client'

import { Icon } from '#components/ui/icon'
import type { Draft } from '#lib/exams/rules/drafting'
import type { Fault } from '#lib/exams/rules/drafting-finish'
import type { ExamWords } from '#lib/i18n/exam-author-words'
import { Field, Lines } from '../editor/field'
import { BlanksForm } from './blanks-form'
import { EssayForm, FileForm } from './by-hand-forms'
import { ChoicesForm } from './choices-form'
import { MatchingForm } from './matching-form'
import { NumericForm } from './numeric-form'
import { OrderingForm } from './ordering-form'
import { ShortTextForm } from './short-text-form'
import { TruthForm } from './truth-form'

type Props = { draft: Draft; words: ExamWords; onDraft: (draft: Draft) => void }

function OwnForm({ draft, words, onDraft }: Props) {
  switch (draft.type) {
    case 'single':
    case 'multiple':
      return <ChoicesForm draft={draft} words={words} onDraft={onDraft} />
    case 'true-false':
      return <TruthForm draft={draft} words={words} onDraft={onDraft} />
    case 'short-text':
      return <ShortTextForm draft={draft} words={words} onDraft={onDraft} />
    case 'numeric':
      return <NumericForm draft={draft} words={words} onDraft={onDraft} />
    case 'matching':
      return <MatchingForm draft={draft} words={words} onDraft={onDraft} />
    case 'ordering':
      return <OrderingForm draft={draft} words={words} onDraft={onDraft} />
    case 'blanks':
      return <BlanksForm draft={draft} words={words} onDraft={onDraft} />
    case 'essay':
      return <EssayForm draft={draft} words={words} onDraft={onDraft} />
    case 'file-upload':
      return <FileForm draft={draft} words={words} onDraft={onDraft} />
  }
}

function Faults({ faults, words }: { faults: readonly Fault[]; words: ExamWords }) {
  if (faults.length === 0) return null
  const rules = [...new Set(faults.map(({ rule }) => rule))]
  return (
    <div className="rounded-sm border-s-2 border-warn bg-warn-tint p-3 text-14">
      <p className="flex items-center gap-2 font-semibold text-warn">
        <Icon name="circle" size={16} />
        {words.faults.title}
      </p>
      <ul className="mt-1 ps-6">
        {rules.map((rule) => (
          <li key={rule}>{words.faults[rule]}</li>
        ))}
      </ul>
    </div>
  )
}

/** All that makes one question. */
export function QuestionForm({ draft, words, onDraft, faults }: Props & { faults: readonly Fault[] }) {
  return (
    <div className="flex flex-col gap-6">
      <div className="grid gap-x-6 gap-y-4 sm:grid-cols-[minmax(0,1fr)_7rem]">
        <div className="min-w-0 *:max-w-none!">
          <Lines
            name="prompt"
            label={words.prompt}
            value={draft.prompt}
            rows={2}
            maxLength={10_000}
            dir="auto"
            style={{ fieldSizing: 'content' }}
            onValue={(prompt) => onDraft({ ...draft, prompt })}
          />
        </div>
        <Field
          name="points"
          label={words.points}
          value={draft.points}
          inputMode="decimal"
          maxLength={9}
          autoComplete="off"
          onValue={(points) => onDraft({ ...draft, points })}
        />
      </div>
      <OwnForm draft={draft} words={words} onDraft={onDraft} />
      <div className="*:max-w-none!">
        <Lines
          name="explanation"
          label={words.explanation}
          optional={words.optional}
          help={words.explanationHelp}
          value={draft.explanation}
          rows={2}
          maxLength={10_000}
          dir="auto"
          style={{ fieldSizing: 'content' }}
          onValue={(explanation) => onDraft({ ...draft, explanation })}
        />
      </div>
      <Faults faults={faults} words={words} />
    </div>
  )
}
