import type { BlockNode } from '#lib/content/blocks'
import { checkDocument, type LessonDocument } from '#lib/content/document'
import type { Draft, LessonChanges, LessonState } from '../contract'
import { canonical, isSameDocument } from './document'

/** What becomes of a draft when somebody else has changed the lesson meanwhile. */
export type Reconciled = Readonly<{
  draft: Draft
  /** Parts that both changed, each in a way of its own. Empty: `draft` holds what either of them wrote. */
  clashes: readonly (keyof Draft)[]
}>

/** The one of two that differs from what both began with; null when both do, in different ways. */
function merged<T>(base: T, mine: T, theirs: T, same: (one: T, other: T) => boolean): T | null {
  if (same(mine, base)) return theirs
  return same(theirs, base) || same(mine, theirs) ? mine : null
}

/** @param base the lesson as both began with it; null when that isn't known any more */
export function reconcile(base: Draft | null, mine: Draft, theirs: Draft): Reconciled {
  const title = merged(base?.title ?? null, mine.title, theirs.title, (one, other) => one === other)
  const document =
    base === null
      ? isSameDocument(mine.document, theirs.document)
        ? mine.document
        : null
      : merged(base.document, mine.document, theirs.document, isSameDocument)
  const clashes: (keyof Draft)[] = []
  if (title === null) clashes.push('title')
  if (document === null) clashes.push('document')
  return { draft: { title: title ?? mine.title, document: document ?? mine.document }, clashes }
}

/** Whether somebody else changed one of these fields meanwhile, to something else. */
export function settingsClash(base: LessonState, changes: LessonChanges, theirs: LessonState): boolean {
  const names = Object.keys(changes) as (keyof LessonChanges)[]
  return names
    .filter((name) => name !== 'document')
    .some((name) => theirs[name] !== base[name] && theirs[name] !== changes[name])
}

export type DiffLine = Readonly<{ kind: 'same' | 'mine' | 'theirs'; block: BlockNode }>

/** Blocks compared with each other, at most: beyond, all of both are shown. */
const MOST_COMPARED = 400

/**
 * Theirs and mine, block by block, in reading order: what both have, what only one has. A longest common subsequence
 * over whole blocks.
 */
export function differingBlocks(mine: LessonDocument, theirs: LessonDocument): DiffLine[] {
  const left = theirs.content
  const right = mine.content
  const all = (kind: DiffLine['kind'], blocks: readonly BlockNode[]) =>
    blocks.map((block) => ({ kind, block }))
  if (left.length > MOST_COMPARED || right.length > MOST_COMPARED)
    return [...all('theirs', left), ...all('mine', right)]
  const texts = { left: left.map(canonical), right: right.map(canonical) }
  const lengths = commonLengths(texts.left, texts.right)
  const lines: DiffLine[] = []
  let [i, j] = [0, 0]
  while (i < left.length || j < right.length) {
    const [a, b] = [left[i], right[j]]
    if (a !== undefined && b !== undefined && texts.left[i] === texts.right[j]) {
      lines.push({ kind: 'same', block: b })
      i += 1
      j += 1
    } else if (a !== undefined && (b === undefined || at(lengths, i + 1, j) >= at(lengths, i, j + 1))) {
      lines.push({ kind: 'theirs', block: a })
      i += 1
    } else if (b !== undefined) {
      lines.push({ kind: 'mine', block: b })
      j += 1
    }
  }
  return lines
}

function at(table: readonly (readonly number[])[], i: number, j: number): number {
  return table[i]?.[j] ?? 0
}

/** For each pair of places, how many blocks the rests behind them have in common. */
function commonLengths(left: readonly string[], right: readonly string[]): number[][] {
  const table = Array.from({ length: left.length + 1 }, () =>
    Array.from({ length: right.length + 1 }, () => 0),
  )
  for (let i = left.length - 1; i >= 0; i -= 1) {
    const row = table[i] ?? []
    for (let j = right.length - 1; j >= 0; j -= 1)
      row[j] =
        left[i] === right[j]
          ? at(table, i + 1, j + 1) + 1
          : Math.max(at(table, i + 1, j), at(table, i, j + 1))
  }
  return table
}

/**
 * Their document with those of my blocks behind it that it lacks, under a rule. Throws InvalidDocumentError when both
 * together are more than a lesson holds.
 */
export function keepBoth(mine: LessonDocument, theirs: LessonDocument): LessonDocument {
  const own = differingBlocks(mine, theirs).flatMap(({ kind, block }) => (kind === 'mine' ? [block] : []))
  if (own.length === 0) return theirs
  return checkDocument({
    type: 'doc',
    content: [...theirs.content, { type: 'horizontalRule' }, ...own],
  })
}
