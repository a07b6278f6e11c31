import { type DraftBlank, type DraftOf, randomId } from './drafting'

/** Blanks are stored as `{{id}}` and shown to their author by number: `{{1}}`. */

type Draft = DraftOf<'blanks'>

const MARK = /\{\{([^{}]*)\}\}/g

export const BRACES = { open: '{{', close: '}}' } as const

/** The text as its author sees it. */
export function numbered({ text, blanks }: Draft): string {
  return text.replace(MARK, (whole, name: string) => {
    const index = blanks.findIndex(({ id }) => id === name)
    return index < 0 ? whole : `{{${String(index + 1)}}}`
  })
}

/** Takes up what the author typed: numbers of blanks become their ids, anything else in braces stays as it is typed. */
export function withNumbered(draft: Draft, shown: string): Draft {
  const text = shown.replace(MARK, (whole, name: string) => {
    const blank = /^\d{1,2}$/.test(name.trim()) ? draft.blanks[Number(name) - 1] : undefined
    return blank === undefined ? whole : `{{${blank.id}}}`
  })
  return { ...draft, text }
}

function blankOf(answer: string, makeId: () => string): DraftBlank {
  return { id: makeId(), accept: [answer], caseSensitive: false, accentSensitive: false }
}

/** Makes blanks of words in braces that are none yet: `{{Paris}}`. Blanks are numbered as they stand in the text. */
export function withWrittenBlanks(draft: Draft, makeId: () => string = randomId): Draft {
  const known = new Map(draft.blanks.map((blank) => [blank.id, blank]))
  const made: DraftBlank[] = []
  const text = draft.text.replace(MARK, (whole, name: string) => {
    const answer = name.trim()
    if (answer === '' || known.has(name)) return whole
    const blank = blankOf(answer, makeId)
    made.push(blank)
    return `{{${blank.id}}}`
  })
  const all = [...draft.blanks, ...made]
  const place = ({ id }: DraftBlank): number => {
    const at = text.indexOf(`{{${id}}}`)
    return at < 0 ? text.length : at
  }
  const blanks = all.toSorted((one, other) => place(one) - place(other))
  const unchanged = made.length === 0 && blanks.every((blank, index) => blank === draft.blanks[index])
  return unchanged ? draft : { ...draft, text, blanks }
}

/** Puts a blank around what is selected in the shown text; with nothing selected an empty one is put there. */
export function withBlankAt(draft: Draft, selection: Readonly<{ start: number; end: number }>): Draft {
  const shown = numbered(draft)
  const { start, end } = selection
  const answer = shown.slice(start, end)
  if (answer.includes('{') || answer.includes('}')) return draft
  const blank = blankOf(answer.trim(), randomId)
  // Spaces around a selected word stay outside of the blank.
  const before = /^\s*/.exec(answer)?.[0] ?? ''
  const after = answer.trim() === '' ? '' : (/\s*$/.exec(answer)?.[0] ?? '')
  const text = `${shown.slice(0, start)}${before}{{${blank.id}}}${after}${shown.slice(end)}`
  const typed = withNumbered(draft, text)
  return withWrittenBlanks({ ...typed, blanks: [...typed.blanks, blank] })
}

/** Takes a blank away; its first answer stands in the text again. */
export function withoutBlank(draft: Draft, id: string): Draft {
  const answer = draft.blanks.find((blank) => blank.id === id)?.accept[0] ?? ''
  return {
    ...draft,
    text: draft.text.replaceAll(`{{${id}}}`, answer),
    blanks: draft.blanks.filter((blank) => blank.id !== id),
  }
}
