'use client'

import type { NoteView } from '#lib/notes/contract'
import { type Anchor, anchorOf, findAnchor, type Flat, flatten, type Piece } from '#lib/notes/rules'

/** The lesson's text in the page: its runs, and the passages that notes are about. */

/** Elements that begin a line of their own. */
const BLOCKS = 'p, li, h2, h3, h4, td, th, pre, blockquote, figcaption, aside, div'

type Reading = Readonly<{ flat: Flat; nodes: readonly Text[] }>

/** The lesson's own text, without the product's words in it. */
function readLesson(): Reading | null {
  const root = document.querySelector('.reading')
  if (root === null) return null
  const nodes: Text[] = []
  const pieces: Piece[] = []
  const blocks = new Map<Element | null, number>()
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT)
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    if (!(node instanceof Text) || node.parentElement?.closest('[data-chrome], button') !== null) continue
    const block = node.parentElement.closest(BLOCKS)
    if (!blocks.has(block)) blocks.set(block, blocks.size)
    nodes.push(node)
    pieces.push({ text: node.data, block: blocks.get(block) ?? 0 })
  }
  return { flat: flatten(pieces), nodes }
}

/** The end of a selection as a place in the runs: in a text, or before the first one that stands after it. */
function placeOf({ nodes }: Reading, container: Node, offset: number) {
  const piece = nodes.findIndex((node) => node === container)
  if (piece !== -1) return { piece, offset }
  const point = document.createRange()
  point.setStart(container, offset)
  const after = nodes.findIndex((node) => point.comparePoint(node, 0) >= 0)
  return { piece: after === -1 ? nodes.length : after, offset: 0 }
}

export type Selected = Readonly<{ anchor: Anchor; range: Range }>

/** What is selected of the lesson's text; null for nothing, or something else. */
export function selectedPassage(): Selected | null {
  const selection = getSelection()
  if (selection === null || selection.isCollapsed || selection.rangeCount === 0) return null
  const range = selection.getRangeAt(0)
  const root = document.querySelector('.reading')
  if (root === null || !root.contains(range.commonAncestorContainer)) return null
  const reading = readLesson()
  if (reading === null) return null
  const anchor = anchorOf(
    reading.flat,
    placeOf(reading, range.startContainer, range.startOffset),
    placeOf(reading, range.endContainer, range.endOffset),
  )
  return anchor === null ? null : { anchor, range }
}

function rangeOf({ flat, nodes }: Reading, anchor: Anchor): Range | null {
  const found = findAnchor(flat, anchor)
  if (found === null) return null
  const [first, last] = [flat.places[found[0]], flat.places[found[1] - 1]]
  const [from, to] = [nodes[first?.piece ?? -1], nodes[last?.piece ?? -1]]
  if (first === undefined || last === undefined || from === undefined || to === undefined) return null
  const range = document.createRange()
  range.setStart(from, first.offset)
  range.setEnd(to, last.offset + 1)
  return range
}

/** Where the passages of notes stand now, by the notes' ids; a note whose words are gone has none. */
export function passagesOf(notes: readonly NoteView[]): ReadonlyMap<string, Range> {
  const reading = readLesson()
  const passages = new Map<string, Range>()
  if (reading === null) return passages
  for (const { id, quote, before } of notes) {
    const range = quote === null ? null : rangeOf(reading, { quote, before: before ?? '' })
    if (range !== null) passages.set(id, range)
  }
  return passages
}

const NOTED = 'smartlms-noted'
const SHOWN = 'smartlms-shown'

/** Marks passages in the text, where the browser can without touching the page; elsewhere the list alone has them. */
function mark(name: string, ranges: readonly Range[]): void {
  if (typeof Highlight === 'undefined' || !('highlights' in CSS)) return
  if (ranges.length === 0) CSS.highlights.delete(name)
  else CSS.highlights.set(name, new Highlight(...ranges))
}

/** Marks the passages that have notes. */
export function markNoted(passages: ReadonlyMap<string, Range>): void {
  mark(NOTED, [...passages.values()])
}

/** Brings a passage into view and sets it off from the others. */
export function showPassage(range: Range): void {
  mark(SHOWN, [range])
  const still = matchMedia('(prefers-reduced-motion: reduce)').matches
  const { top } = range.getBoundingClientRect()
  scrollTo({ top: scrollY + top - innerHeight / 4, behavior: still ? 'instant' : 'smooth' })
}
