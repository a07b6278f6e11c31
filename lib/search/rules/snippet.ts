import type { Part } from '../contract'

/** Two letters of the private-use area, which no text of a lesson keeps: the query takes them out before it marks. */
export const MARK_OPENS = '\u{e000}'
export const MARK_CLOSES = '\u{e001}'

/** A text with marks as its parts, so that a page shows them as elements and never as markup of somebody's. */
export function partsOf(marked: string): readonly Part[] {
  const parts: Part[] = []
  for (const [n, piece] of marked.split(MARK_OPENS).entries()) {
    const close = piece.indexOf(MARK_CLOSES)
    const [inside, after] =
      n === 0 || close < 0 ? ['', piece] : [piece.slice(0, close), piece.slice(close + 1)]
    if (inside !== '') parts.push({ text: inside, marked: true })
    if (after !== '') parts.push({ text: after.replaceAll(MARK_CLOSES, ''), marked: false })
  }
  return parts.filter(({ text }) => text !== '')
}
