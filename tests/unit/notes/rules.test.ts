import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { changeNoteForm, noteForm } from '#lib/notes/contract'
import {
  anchorOf,
  BODY_MOST,
  findAnchor,
  flatten,
  markdownOf,
  type Piece,
  QUOTE_MOST,
} from '#lib/notes/rules'

const lesson: readonly Piece[] = [
  { text: 'The index is a ', block: 0 },
  { text: 'sorted copy', block: 0 },
  { text: ' of a column.\n  It costs room.', block: 0 },
  { text: 'A sorted copy is found by halves.', block: 1 },
]

describe('a passage', () => {
  test('reads as one line, a space between what stands on lines of its own', () => {
    expect(flatten(lesson).text).toBe(
      'The index is a sorted copy of a column. It costs room. A sorted copy is found by halves.',
    )
  })

  test('is kept with what stands before it, across runs of text', () => {
    const flat = flatten(lesson)
    expect(anchorOf(flat, { piece: 0, offset: 13 }, { piece: 2, offset: 5 })).toEqual({
      quote: 'a sorted copy of a',
      before: 'The index is ',
    })
    expect(anchorOf(flat, { piece: 2, offset: 13 }, { piece: 2, offset: 16 })).toBeNull()
  })

  test('is found where it was, of several places with the same words', () => {
    const flat = flatten(lesson)
    const second = anchorOf(flat, { piece: 3, offset: 2 }, { piece: 3, offset: 13 })
    expect(second?.quote).toBe('sorted copy')
    const found = findAnchor(flat, second ?? { quote: '', before: '' })
    expect(found?.[0]).toBe(flat.text.lastIndexOf('sorted copy'))
  })

  test('is found again after the text around it has changed, and not after its own words have', () => {
    const anchor = { quote: 'sorted copy', before: 'costs room. A ' }
    const longer = flatten([
      { text: 'New words. A sorted copy first. It costs room. A sorted copy, still.', block: 0 },
    ])
    expect(findAnchor(longer, anchor)?.[0]).toBe(longer.text.lastIndexOf('sorted copy'))
    expect(findAnchor(flatten([{ text: 'Nothing of it is left.', block: 0 }]), anchor)).toBeNull()
  })

  test('of any text, between any two places, is found where it was taken', () => {
    const run = fc.record({ text: fc.string({ unit: 'grapheme', maxLength: 20 }), block: fc.nat(3) })
    fc.assert(
      fc.property(
        fc.array(run, { minLength: 1, maxLength: 6 }),
        fc.nat(5),
        fc.nat(20),
        fc.nat(30),
        (pieces, p, o, more) => {
          const flat = flatten(pieces)
          const from = { piece: p % pieces.length, offset: o }
          const start = flat.places.findIndex(
            (x) => x.piece > from.piece || (x.piece === from.piece && x.offset >= o),
          )
          const last = flat.places[Math.min(flat.places.length - 1, (start === -1 ? 0 : start) + more)]
          const anchor = last === undefined ? null : anchorOf(flat, from, last)
          if (anchor === null) return
          const found = findAnchor(flat, anchor)
          expect(found).not.toBeNull()
          expect(flat.text.slice(...(found ?? [0, 0]))).toBe(anchor.quote)
          expect(anchor.quote.length).toBeLessThanOrEqual(QUOTE_MOST)
          expect(flat.text.slice(0, found?.[0]).endsWith(anchor.before)).toBe(true)
        },
      ),
    )
  })
})

describe('what a form may send', () => {
  const form = { courseId: 'c1', lessonId: 'l1', body: 'Mine', atSecond: '', quote: '', before: '' }

  test.each([
    ['no words', { ...form, body: ' \n ' }],
    ['too many words', { ...form, body: 'a'.repeat(BODY_MOST + 1) }],
    ['a passage and a second', { ...form, atSecond: '3', quote: 'x' }],
    ['a passage without end', { ...form, quote: 'x'.repeat(QUOTE_MOST + 1) }],
    ['an author', { ...form, userId: 'u1' }],
    ['a second before the film', { ...form, atSecond: '-1' }],
    ['a time that is none', { ...form, writtenAt: 'yesterday' }],
  ])('%s is refused', (_name, given) => {
    expect(noteForm.safeParse(given).success).toBe(false)
  })

  test('lines end as lines do, and nothing stands in a text that no database keeps', () => {
    expect(noteForm.parse({ ...form, body: ' one\r\ntwo\0 ' }).body).toBe('one\ntwo')
    expect(changeNoteForm.parse({ noteId: 'n1', body: 'one\rtwo' }).body).toBe('one\ntwo')
  })
})

test('notes leave as Markdown, a section a lesson, a passage as a quotation', () => {
  const note = { lessonTitle: 'Joins\n# and more', body: 'See *this*.', at: null, quote: null }
  const text = markdownOf('Notes: SQL', [
    { ...note, quote: 'every row\nof both' },
    { ...note, at: '2:31', body: 'Twice' },
    { ...note, lessonTitle: 'Keys' },
  ])
  expect(text).toBe(
    '# Notes: SQL\n\n## Joins # and more\n\n> every row\n> of both\n\nSee *this*.\n\n---\n\n**2:31**\n\nTwice\n\n## Keys\n\nSee *this*.\n',
  )
})
