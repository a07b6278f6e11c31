'use client'

import { useEffect, useRef, useState } from 'react'
import { buttonClass } from '#components/ui/button'
import { plainText } from '#lib/content/plain-text'
import type { Choice, SaveStatus } from '#lib/editor/rules/autosave'
import { type DiffLine, differingBlocks } from '#lib/editor/rules/reconcile'
import type { EditorWords } from '#lib/i18n/editor-words'
import { fill } from './fill'

type Conflict = Extract<SaveStatus, { kind: 'conflict' }>

/** Runs of equal blocks become one line: what matters is what differs. */
type Row = DiffLine | Readonly<{ kind: 'skipped'; count: number }>

function rowsOf(lines: readonly DiffLine[]): Row[] {
  const rows: Row[] = []
  for (const line of lines) {
    const last = rows.at(-1)
    if (line.kind !== 'same') rows.push(line)
    else if (last?.kind === 'skipped') rows[rows.length - 1] = { kind: 'skipped', count: last.count + 1 }
    else rows.push({ kind: 'skipped', count: 1 })
  }
  return rows
}

const LOOKS = { theirs: 'border-info bg-info-tint', mine: 'border-good bg-good-tint' } as const

function Difference({ row, words }: { row: Row; words: EditorWords['conflict'] }) {
  if (row.kind === 'skipped')
    return <li className="ps-4 text-soft">{fill(words.same, { count: row.count })}</li>
  if (row.kind === 'same') return null
  const text = plainText({ type: 'doc', content: [row.block] })
  return (
    <li className={`rounded-sm border-s-2 p-3 ${LOOKS[row.kind]}`}>
      <p className="font-semibold">{row.kind === 'mine' ? words.onlyMine : words.onlyTheirs}</p>
      <p className="whitespace-pre-line wrap-anywhere">{text === '' ? row.block.type : text}</p>
    </li>
  )
}

/** Two versions of a lesson: what differs, and the author's word on it. */
export function ConflictView({
  conflict,
  words,
  onChoice,
}: {
  conflict: Conflict
  words: EditorWords['conflict']
  /** @returns whether it could be done */
  onChoice: (choice: Choice) => boolean
}) {
  const { mine, theirs, clashes } = conflict
  const [tooMuch, setTooMuch] = useState(false)
  const rows = clashes.includes('document') ? rowsOf(differingBlocks(mine.document, theirs.document)) : []
  const choose = (choice: Choice) => () => setTooMuch(!onChoice(choice))
  const view = useRef<HTMLElement>(null)
  // It comes while somebody writes further down.
  useEffect(() => {
    view.current?.scrollIntoView({ block: 'nearest' })
  }, [])
  return (
    <section
      ref={view}
      aria-labelledby="conflict-title"
      className="flex scroll-mt-24 flex-col gap-4 rounded-md border border-warn bg-surface p-4 sm:p-6"
    >
      <div role="alert">
        <h2 id="conflict-title" className="text-18 font-semibold">
          {words.title}
        </h2>
        <p className="mt-1">{words.body}</p>
      </div>
      {clashes.includes('title') ? (
        <p className="wrap-anywhere">{fill(words.titles, { theirs: theirs.title, mine: mine.title })}</p>
      ) : null}
      {rows.length === 0 ? null : (
        <>
          <h3 className="text-14 font-semibold">{words.differences}</h3>
          <ul className="flex max-h-96 flex-col gap-2 overflow-y-auto text-14" tabIndex={0}>
            {rows.map((row, index) => (
              <Difference key={index} row={row} words={words} />
            ))}
          </ul>
        </>
      )}
      <div className="flex flex-wrap items-center gap-3">
        <button type="button" onClick={choose('both')} className={buttonClass('primary')}>
          {words.both}
        </button>
        <button type="button" onClick={choose('mine')} className={buttonClass('quiet')}>
          {words.mine}
        </button>
        <button type="button" onClick={choose('theirs')} className={buttonClass('quiet')}>
          {words.theirs}
        </button>
      </div>
      <p className="text-14 text-soft" role="status">
        {tooMuch ? words.tooMuch : words.bothHelp}
      </p>
    </section>
  )
}
