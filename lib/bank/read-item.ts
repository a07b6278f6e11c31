import type { Change, Changed, Drop } from './contract'
import { plainText } from './rules/plain-text'
import type { Draft } from '#lib/exams/rules/drafting'

/** What became of one item of a file, before it is asked whether the bank has it. */
export type ReadItem = Readonly<{
  /** From 1. */
  line: number
  prompt: string
  tags: readonly string[]
  changes: readonly Changed[]
}> &
  (Readonly<{ draft: Draft }> | Readonly<{ draft: null; drop: Drop; note: string | null }>)

/** What a reader needs of its caller. */
export type ReadWith = Readonly<{
  /** The prompt of a text with gaps that has none: “Fill in the blanks.” */
  fillIn: string
  /** Makes the ids inside an item: the same for the same item, so that its content can be compared. */
  ids: () => () => string
}>

/** Thrown while an item is read: it can't be one of the bank's questions. */
export class Dropped extends Error {
  readonly drop: Drop
  readonly note: string | null

  constructor(drop: Drop, note: string | null = null) {
    super(drop)
    this.drop = drop
    this.note = note
  }
}

/** Collects what is changed while an item is read, each kind once. */
export class Notes {
  readonly #changes = new Map<Change, Changed>()

  get changes(): Changed[] {
    return [...this.#changes.values()]
  }

  add(kind: Change, note?: string): void {
    const short = note === undefined ? undefined : shortened(note, 200)
    if (!this.#changes.has(kind))
      this.#changes.set(kind, short === undefined ? { kind } : { kind, note: short })
  }

  /** A text of the file as plain text. @param html whether it may be HTML */
  plain(text: string, html: boolean): string {
    const { text: plain, ...found } = plainText(text, html)
    if (found.html) this.add('html')
    if (found.pictures) this.add('pictures')
    return plain
  }
}

/** The beginning of a text. Whole characters only. */
export function shortened(text: string, most: number): string {
  const line = text.replace(/\s+/gu, ' ').trim()
  const characters = [...line]
  return characters.length <= most ? line : `${characters.slice(0, most - 1).join('')}…`
}
