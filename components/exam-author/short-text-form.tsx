'use client'

import { CONTROL } from '#components/ui/field-frame'
import type { Accepted, DraftOf } from '#lib/exams/rules/drafting'
import type { ExamWords } from '#lib/i18n/exam-author-words'
import { Tick } from '../editor/field'
import { Group } from './group'
import { LineList } from './line-list'
import { TryAnswer } from './try-answer'
import { words as fill } from './words'

type Draft = DraftOf<'short-text'>

/** Texts and patterns that are right, and what is looked at in comparing. */
export function ShortTextForm({
  draft,
  words,
  onDraft,
}: {
  draft: Draft
  words: ExamWords
  onDraft: (draft: Draft) => void
}) {
  const setKind = (index: number, kind: Accepted['kind']): void =>
    onDraft({
      ...draft,
      accept: draft.accept.map((one, place) => (place === index ? { ...one, kind } : one)),
    })
  return (
    <>
      <Group label={words.accepts} help={words.acceptsHelp}>
        <LineList<Accepted>
          items={draft.accept}
          textOf={({ value }) => value}
          withText={(accepted, value) => ({ ...accepted, value })}
          make={() => ({ kind: 'exact', value: '' })}
          onItems={(accept) => onDraft({ ...draft, accept })}
          nameOf={(number) => fill(words.accept, { number })}
          addLabel={words.addAccept}
          words={words}
          after={({ kind }, index) => (
            <select
              aria-label={fill(words.acceptKind, { number: String(index + 1) })}
              value={kind}
              onChange={(event) => setKind(index, event.target.value === 'regex' ? 'regex' : 'exact')}
              className={`${CONTROL} w-auto! max-w-40`}
            >
              <option value="exact">{words.exact}</option>
              <option value="regex">{words.regex}</option>
            </select>
          )}
        />
      </Group>
      <div className="flex flex-wrap gap-x-8">
        <Tick
          name="caseSensitive"
          label={words.case}
          checked={draft.caseSensitive}
          onChecked={(caseSensitive) => onDraft({ ...draft, caseSensitive })}
        />
        <Tick
          name="accentSensitive"
          label={words.accents}
          checked={draft.accentSensitive}
          onChecked={(accentSensitive) => onDraft({ ...draft, accentSensitive })}
        />
      </div>
      <TryAnswer draft={draft} words={words} />
    </>
  )
}
