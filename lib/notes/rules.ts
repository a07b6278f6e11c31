/** Where a note belongs in a text that may change under it, and how notes read outside of the product: pure. */

/** Letters of one note. */
export const BODY_MOST = 4_000

/** Letters of the passage that a note keeps. */
export const QUOTE_MOST = 500

/** Letters before the passage that a note keeps, to tell it from the same words elsewhere. */
export const BEFORE_MOST = 80

/** Notes that somebody may have beside one lesson. */
export const NOTES_MOST = 200

/** A run of a page's text, in reading order. Runs of another `block` stand on another line. */
export type Piece = Readonly<{ text: string; block: number }>

/** A place in the runs: which one, and how many letters into it. */
export type Place = Readonly<{ piece: number; offset: number }>

/** A page's text on one line, white space as one space each, and where each letter comes from. */
export type Flat = Readonly<{ text: string; places: readonly Place[] }>

/** A passage, and what stands before it. */
export type Anchor = Readonly<{ quote: string; before: string }>

/** The runs of a page as one line. */
export function flatten(pieces: readonly Piece[]): Flat {
  let text = ''
  const places: Place[] = []
  const add = (letter: string, place: Place): void => {
    const space = /\s/.test(letter)
    if (space && (text === '' || text.endsWith(' '))) return
    text += space ? ' ' : letter
    places.push(place)
  }
  pieces.forEach((run, piece) => {
    const before = pieces[piece - 1]
    if (before !== undefined && before.block !== run.block) add(' ', { piece, offset: 0 })
    // By UTF-16 units, as a browser counts in a text node.
    for (let offset = 0; offset < run.text.length; offset += 1)
      add(run.text.charAt(offset), { piece, offset })
  })
  return { text, places }
}

/** Index in the line of the first letter at a place or after it. */
function indexOf({ places }: Flat, { piece, offset }: Place): number {
  const found = places.findIndex(
    (place) => place.piece > piece || (place.piece === piece && place.offset >= offset),
  )
  return found === -1 ? places.length : found
}

/** A text of at most `most` letters that doesn't end inside of one. */
function cut(text: string, most: number): string {
  if (text.length <= most) return text
  const short = text.slice(0, most)
  return /[\uD800-\uDBFF]$/.test(short) ? short.slice(0, -1) : short
}

/** What a note keeps of a passage between two places; null for one without a word. */
export function anchorOf(flat: Flat, from: Place, to: Place): Anchor | null {
  const start = indexOf(flat, from)
  const chosen = flat.text.slice(start, indexOf(flat, to))
  const quote = cut(chosen.trim(), QUOTE_MOST)
  if (quote === '') return null
  const first = start + (chosen.length - chosen.trimStart().length)
  return {
    quote,
    before: flat.text.slice(Math.max(0, first - BEFORE_MOST), first).replace(/^[\uDC00-\uDFFF]/, ''),
  }
}

function sharedEnd(a: string, b: string): number {
  let length = 0
  while (length < Math.min(a.length, b.length) && a.at(-1 - length) === b.at(-1 - length)) length += 1
  return length
}

/**
 * Finds a passage again: of all places with its words, the one whose words before it are the most alike.
 * @returns its first letter and the one after its last; null when the words are gone
 */
export function findAnchor({ text }: Flat, { quote, before }: Anchor): readonly [number, number] | null {
  if (quote === '') return null
  let best: { at: number; shared: number } | null = null
  for (let at = text.indexOf(quote); at !== -1; at = text.indexOf(quote, at + 1)) {
    const shared = sharedEnd(text.slice(Math.max(0, at - BEFORE_MOST), at), before)
    if (best === null || shared > best.shared) best = { at, shared }
  }
  return best === null ? null : [best.at, best.at + quote.length]
}

/** A note as it leaves the product. */
export type WrittenNote = Readonly<{
  lessonTitle: string
  body: string
  /** Of the film, as a clock shows it. */
  at: string | null
  quote: string | null
}>

/** A heading's words on one line. */
const line = (text: string): string => text.replace(/\s+/g, ' ').trim()

const quoted = (text: string): string =>
  text
    .split('\n')
    .map((one) => `> ${one}`)
    .join('\n')

/** The notes of a course as a Markdown file, a section a lesson; what somebody wrote stands as they wrote it. */
export function markdownOf(title: string, notes: readonly WrittenNote[]): string {
  const parts = [`# ${line(title)}`]
  notes.forEach((note, index) => {
    if (note.lessonTitle !== notes[index - 1]?.lessonTitle) parts.push(`## ${line(note.lessonTitle)}`)
    else parts.push('---')
    if (note.at !== null) parts.push(`**${note.at}**`)
    if (note.quote !== null) parts.push(quoted(note.quote))
    parts.push(note.body)
  })
  return `${parts.join('\n\n')}\n`
}
