import type { BlockNode } from './blocks'
import type { LessonDocument } from './document'
import { blockText } from './plain-text'

/** Where a reader can be sent to in a lesson's text, and what stands there. */

/** A piece of a lesson that answers one question: a paragraph or a few short ones, under one heading. */
export type Passage = Readonly<{
  /** Id of its first block on the lesson's page. */
  anchor: string
  /** The headings above it, the outer one first. */
  headings: readonly string[]
  text: string
  /** Code and nothing else. */
  code: boolean
}>

/** From this length on a passage is long enough by itself. */
const ENOUGH = 240
/** A passage that the next block would make longer ends before it. */
const MOST = 900
/** What of one huge block is looked at. */
const BLOCK_MOST = 2_000

/** FNV-1a, 32 bits: the same text gives the same letters everywhere; nothing secret hangs on it. */
function hash(text: string): string {
  let value = 0x811c9dc5
  for (const letter of text) {
    value ^= letter.codePointAt(0) ?? 0
    value = Math.imul(value, 0x01000193)
  }
  return (value >>> 0).toString(36)
}

/**
 * An id for every block of a document that says something, headings apart: those have their own. It is made of the
 * block's own words, so that a link to it survives edits elsewhere; the prefix keeps it apart from others of the page.
 */
export function passageIds(document: LessonDocument): ReadonlyMap<BlockNode, string> {
  const ids = new Map<BlockNode, string>()
  const taken = new Map<string, number>()
  for (const block of document.content) {
    const text = block.type === 'heading' ? '' : blockText(block)
    if (text === '') continue
    const base = `p-${hash(text)}`
    const times = (taken.get(base) ?? 0) + 1
    taken.set(base, times)
    ids.set(block, times === 1 ? base : `${base}--${String(times)}`)
  }
  return ids
}

/** A document as passages, in reading order. */
export function passagesOf(document: LessonDocument): readonly Passage[] {
  const ids = passageIds(document)
  const passages: Passage[] = []
  let headings: readonly (readonly [level: number, text: string])[] = []
  let open = false
  for (const block of document.content) {
    const text = blockText(block).slice(0, BLOCK_MOST)
    if (block.type === 'heading') {
      const { level } = block.attrs
      headings = [...headings.filter(([above]) => above < level), [level, text]]
      open = false
      continue
    }
    const anchor = ids.get(block)
    if (anchor === undefined) continue
    const code = block.type === 'codeBlock'
    const last = passages.at(-1)
    if (open && last !== undefined && last.text.length + text.length < MOST) {
      passages[passages.length - 1] = { ...last, text: `${last.text}\n${text}`, code: last.code && code }
    } else passages.push({ anchor, headings: headings.map(([, words]) => words), text, code })
    open = (passages.at(-1)?.text.length ?? 0) < ENOUGH
  }
  return passages
}
