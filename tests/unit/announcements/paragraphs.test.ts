import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { paragraphsOf } from '#lib/announcements/rules/paragraphs'

const links = (text: string): (string | null)[] =>
  paragraphsOf(text)
    .flat(2)
    .map(({ href }) => href)
    .filter((href) => href !== null)

describe('an announcement', () => {
  it('keeps its paragraphs and lines, and links to the addresses in it', () => {
    expect(paragraphsOf('One\ntwo\n\n\nSee https://a.example/b?c=d.')).toEqual([
      [[{ text: 'One', href: null }], [{ text: 'two', href: null }]],
      [
        [
          { text: 'See ', href: null },
          { text: 'https://a.example/b?c=d', href: 'https://a.example/b?c=d' },
          { text: '.', href: null },
        ],
      ],
    ])
    expect(links('(https://a.example/x) and “http://b.example”, https://c.example!')).toEqual([
      'https://a.example/x',
      'http://b.example',
      'https://c.example',
    ])
  })

  it('links to the web alone, and loses no letter of what was written, whatever that is', () => {
    for (const text of [
      'javascript:alert(1)',
      'java\nscript:x',
      'data:text/html,x',
      '//evil.example',
      'https://',
    ])
      expect(links(text)).toEqual([])
    const odd = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 40 }),
      fc.constantFrom('https://a.example', 'javascript:', '\n', '\n\n', ' ', '"', '<b>', 'http://'),
    )
    fc.assert(
      fc.property(fc.array(odd, { maxLength: 12 }), (parts) => {
        const text = parts.join('')
        expect(links(text).every((href) => /^https?:\/\/[^\s<>"']+$/i.test(href ?? ''))).toBe(true)
        const said = paragraphsOf(text)
          .flat(2)
          .map((part) => part.text)
          .join('')
        expect(said.replace(/\s/g, '')).toBe(text.replace(/\s/g, ''))
      }),
    )
  })
})
