import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { MARK_CLOSES, MARK_OPENS, partsOf } from '#lib/search/rules/snippet'
import { queryText, wordsOf } from '#lib/search/rules/words'

describe('the words of a search', () => {
  test.each([
    ['light', `'light':*`],
    ['  Light,  sugar! ', `'Light' & 'sugar':*`],
    ['node.js', `('node' & 'js' | 'node.js':*)`],
    ['e-mail address', `('e' & 'mail' | 'e-mail') & 'address':*`],
    ['to e-mail', `'to' & ('e' & 'mail':* | 'e-mail':*)`],
    ['and/or', `'and' & 'or'`],
    ['光', `'光':*`],
    ['ab', `'ab'`],
    [`x' | 'y\\`, `'x' & 'y'`],
  ])('%s asks for %s', (q, text) => {
    expect(queryText(q)).toBe(text)
  })

  test('are none in what has no letter and no digit', () => {
    for (const q of ['', '   ', `'"&|!:*()<->`]) expect([queryText(q), wordsOf(q)]).toEqual([null, []])
  })

  test('are at most twelve', () => {
    const many = Array.from({ length: 40 }, (_, n) => `word${String(n)}`).join(' ')
    expect(queryText(many)?.split(' & ')).toHaveLength(12)
    expect(queryText(many.replaceAll(' ', '.'))?.split(' & ').length).toBeLessThanOrEqual(12)
  })

  test('never end a quotation: whatever is typed, a term is letters and digits, points and hyphens', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 80 }), (q) => {
        const around = (queryText(q) ?? '').replaceAll(/'[^'\\]*'/g, '')
        expect(around).toMatch(/^[ &|():*]*$/)
      }),
    )
  })
})

describe('a snippet', () => {
  test('is its marked and its plain parts', () => {
    expect(partsOf(`a ${MARK_OPENS}b${MARK_CLOSES} c ${MARK_OPENS}d${MARK_CLOSES}`)).toEqual([
      { text: 'a ', marked: false },
      { text: 'b', marked: true },
      { text: ' c ', marked: false },
      { text: 'd', marked: true },
    ])
    expect(partsOf('')).toEqual([])
  })

  test('keeps every letter but the marks, and no mark, however they stand', () => {
    const letter = fc.constantFrom('a', '<', ' ', MARK_OPENS, MARK_CLOSES)
    fc.assert(
      fc.property(fc.string({ unit: letter, maxLength: 30 }), (text) => {
        const plain = text.replaceAll(MARK_OPENS, '').replaceAll(MARK_CLOSES, '')
        expect(
          partsOf(text)
            .map((part) => part.text)
            .join(''),
        ).toBe(plain)
      }),
    )
  })
})
