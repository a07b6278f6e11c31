'use client'

import { CONTROL } from '#components/ui/field-frame'
import { Icon } from '#components/ui/icon'
import { type DraftOf, type Part, randomId } from '#lib/exams/rules/drafting'
import type { ExamWords } from '#lib/i18n/exam-author-words'
import { Tick } from '../editor/field'
import { Group } from './group'
import { LineList } from './line-list'
import { words as fill } from './words'

type Draft = DraftOf<'matching'>
type Row = Readonly<{ left: Part; right: Part }>

function rowsOf({ left, right, pairs }: Draft): Row[] {
  return left.map((part) => {
    const other = pairs.find(([one]) => one === part.id)?.[1]
    return { left: part, right: right.find(({ id }) => id === other) ?? { id: randomId(), text: '' } }
  })
}

function extrasOf({ right, pairs }: Draft): Part[] {
  const paired = new Set(pairs.map(([, other]) => other))
  return right.filter(({ id }) => !paired.has(id))
}

/** Right sides keep the place that they have in what is stored; new ones come behind. */
function assembled(draft: Draft, rows: readonly Row[], extras: readonly Part[]): Draft {
  const wanted = new Map([...rows.map(({ right }) => right), ...extras].map((part) => [part.id, part]))
  const known = draft.right.flatMap(({ id }) => wanted.get(id) ?? [])
  const fresh = [...wanted.values()].filter(({ id }) => !known.some((part) => part.id === id))
  return {
    ...draft,
    left: rows.map(({ left }) => left),
    right: [...known, ...fresh],
    pairs: rows.map(({ left, right }): [string, string] => [left.id, right.id]),
  }
}

/** Pairs, a line each, and extras that belong to nothing. */
export function MatchingForm({
  draft,
  words,
  onDraft,
}: {
  draft: Draft
  words: ExamWords
  onDraft: (draft: Draft) => void
}) {
  const rows = rowsOf(draft)
  const extras = extrasOf(draft)
  const setRows = (next: readonly Row[]): void => onDraft(assembled(draft, next, extras))
  const setRight = (index: number, text: string): void => {
    const own = rows[index]
    if (own === undefined) return
    // A side that two lines share is this line's own from now on.
    const shared = rows.some((row, place) => place !== index && row.right.id === own.right.id)
    const right = { id: shared ? randomId() : own.right.id, text }
    setRows(rows.map((row, place) => (place === index ? { ...row, right } : row)))
  }
  return (
    <>
      <Group label={words.pairs} help={words.pairsHelp}>
        <LineList<Row>
          items={rows}
          textOf={({ left }) => left.text}
          withText={(row, text) => ({ ...row, left: { ...row.left, text } })}
          make={() => ({ left: { id: randomId(), text: '' }, right: { id: randomId(), text: '' } })}
          onItems={setRows}
          nameOf={(number) => fill(words.left, { number })}
          addLabel={words.addPair}
          words={words}
          after={({ right }, index) => {
            const name = fill(words.rightSide, { number: String(index + 1) })
            return (
              <div className="flex min-w-0 grow basis-40 items-center gap-2">
                <Icon name="arrow" size={16} className="shrink-0 text-soft rtl:rotate-180" />
                <input
                  aria-label={name}
                  placeholder={name}
                  dir="auto"
                  autoComplete="off"
                  value={right.text}
                  onChange={(event) => setRight(index, event.target.value)}
                  className={`${CONTROL} min-w-0`}
                />
              </div>
            )
          }}
        />
      </Group>
      <Group label={words.distractors} help={words.distractorsHelp}>
        <LineList<Part>
          items={extras}
          textOf={({ text }) => text}
          withText={(part, text) => ({ ...part, text })}
          make={() => ({ id: randomId(), text: '' })}
          onItems={(next) => onDraft(assembled(draft, rows, next))}
          nameOf={(number) => fill(words.distractor, { number })}
          addLabel={words.addDistractor}
          words={words}
        />
      </Group>
      <Tick
        name="partialCredit"
        label={words.partial}
        checked={draft.partialCredit ?? true}
        onChecked={(partialCredit) => onDraft({ ...draft, partialCredit })}
      />
    </>
  )
}
