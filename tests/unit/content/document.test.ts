import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { InvalidDocumentError, parseDocument } from '#lib/content/document'
import { plainText } from '#lib/content/plain-text'
import { anyDocument } from './arbitrary'

const paragraph = (text: string) => ({ type: 'paragraph', content: [{ type: 'text', text }] })
const doc = (...content: unknown[]) => JSON.stringify({ type: 'doc', content })
const linked = (href: string) =>
  doc({
    type: 'paragraph',
    content: [{ type: 'text', text: 'here', marks: [{ type: 'link', attrs: { href } }] }],
  })
const picture = (attrs: object) =>
  doc({
    type: 'image',
    attrs: {
      src: 't1/public/a.webp',
      alt: 'A half moon',
      decorative: false,
      caption: null,
      width: 7,
      height: 4,
      ...attrs,
    },
  })
const item = (...content: unknown[]) => ({ type: 'listItem', content })

function nested(depth: number): string {
  const open = '{"type":"blockquote","content":['
  return `{"type":"doc","content":[${open.repeat(depth)}{"type":"paragraph"}${']}'.repeat(depth)}]}`
}

const word = fc.string({ unit: fc.constantFrom('k', 'q', 'z', 'é', '9', '語'), minLength: 1, maxLength: 6 })
const anyText = fc
  .string({ unit: 'grapheme', minLength: 1 })
  .filter((text) => text.trim() !== '' && text.isWellFormed() && !/\p{Cc}/u.test(text))

describe('a lesson document', () => {
  it('comes back from storage exactly as it was written', () => {
    fc.assert(
      fc.property(anyDocument(anyText), (document) => {
        expect(parseDocument(JSON.stringify(document))).toEqual(document)
      }),
    )
  })

  it('gives plain text that holds the author’s words and nothing of how they are stored', () => {
    fc.assert(
      fc.property(anyDocument(word), (document) => {
        const text = plainText(document)
        expect(text).toMatch(/^[kqzé9語 \n]*$/u)
        expect(text).not.toMatch(/\n\n|^\n|\n$/)
        expect(plainText(parseDocument(JSON.stringify(document)))).toBe(text)
      }),
    )
  })

  it('reads as text in the order of the page', () => {
    const text = doc(
      { type: 'heading', attrs: { level: 2 }, content: [{ type: 'text', text: 'Phases' }] },
      {
        type: 'paragraph',
        content: [
          { type: 'text', text: 'New,' },
          { type: 'hardBreak' },
          { type: 'text', text: 'full', marks: [{ type: 'bold' }] },
        ],
      },
      { type: 'bulletList', content: [item(paragraph('one')), item(paragraph('two'), paragraph('more'))] },
      { type: 'mathBlock', attrs: { tex: 'a^2' } },
    )
    expect(plainText(parseDocument(text))).toBe('Phases\nNew, full\none\ntwo\nmore\na^2')
  })
})

describe('what is refused', () => {
  it.each([
    ['no JSON', '{', /not JSON/],
    ['another root', '{"type":"paragraph"}', /doc/],
    ['no content', '{"type":"doc","content":[]}', /content/],
    ['an unknown node', doc({ type: 'iframe', attrs: { src: 'https://example.org' } }), /content\.0/],
    ['an unknown attribute', doc({ ...paragraph('x'), attrs: { onclick: 'alert(1)' } }), /attrs/],
    ['an unknown key at the root', '{"type":"doc","content":[{"type":"paragraph"}],"v":1}', /"v"/],
    [
      'an unknown mark',
      doc({ type: 'paragraph', content: [{ type: 'text', text: 'x', marks: [{ type: 'textStyle' }] }] }),
      /marks/,
    ],
    [
      'a mark twice',
      doc({
        type: 'paragraph',
        content: [{ type: 'text', text: 'x', marks: [{ type: 'bold' }, { type: 'bold' }] }],
      }),
      /twice/,
    ],
    [
      'marks in code',
      doc({
        type: 'codeBlock',
        attrs: { language: null },
        content: [{ type: 'text', text: 'x', marks: [{ type: 'bold' }] }],
      }),
      /marks/,
    ],
    [
      'a language that is no class name',
      doc({ type: 'codeBlock', attrs: { language: 'x" onload="' } }),
      /language/,
    ],
    ['a page title inside', doc({ type: 'heading', attrs: { level: 1 }, content: [] }), /level/],
    ['empty text', doc(paragraph('')), /text/],
    ['a NUL, which PostgreSQL can’t store', doc(paragraph('a\u0000b')), /control/],
    ['half a character', doc(paragraph('a\ud800')), /half/],
    ['a block inside a paragraph', doc({ type: 'paragraph', content: [paragraph('x')] }), /content\.0/],
    [
      'a list item that starts with a list',
      doc({ type: 'bulletList', content: [item({ type: 'bulletList', content: [item(paragraph('x'))] })] }),
      /content/,
    ],
    ['a list without items', doc({ type: 'bulletList', content: [] }), /content/],
    [
      'a giant cell',
      doc({
        type: 'table',
        content: [
          {
            type: 'tableRow',
            content: [{ type: 'tableCell', attrs: { colspan: 1e6, rowspan: 1 }, content: [paragraph('x')] }],
          },
        ],
      }),
      /colspan/,
    ],
  ])('%s', (_name, text, message) => {
    expect(() => parseDocument(text)).toThrow(InvalidDocumentError)
    expect(() => parseDocument(text)).toThrow(message)
  })

  it.each([
    'javascript:alert(1)',
    'java\nscript:alert(1)',
    'DATA:text/html,x',
    'vbscript:x',
    '//evil',
    'javascript&#58;x',
  ])('the link %j', (href) => {
    expect(() => parseDocument(linked(href))).toThrow(/marks/)
  })

  it.each([
    ['t1/private/lessons/a.mp4', 't1/private/lessons/a.vtt', true],
    ['t1/public/sky/a.webm', null, true],
    ['t1/private/submissions/a.mp4', null, false],
    ['t1/private/lessons/../submissions/a.mp4', null, false],
    ['t1/private/lessons/a.html', null, false],
    ['https://example.org/a.mp4', null, false],
    ['t1/private/lessons/a.mp4', 't1/private/lessons/a.mp4', false],
    ['t1/private/lessons/a.mp4', 'javascript:alert(1)', false],
  ])('a film %s with captions %s: %s', (key, captions, allowed) => {
    const read = () => parseDocument(doc({ type: 'video', attrs: { key, captions, title: 'Tides' } }))
    if (allowed) expect(read).not.toThrow()
    else expect(read).toThrow(InvalidDocumentError)
  })

  it('a picture without a description, unless it is decorative', () => {
    expect(() => parseDocument(picture({ alt: ' ' }))).toThrow(/describe/)
    expect(() => parseDocument(picture({ alt: '', decorative: true }))).not.toThrow()
    expect(() => parseDocument(picture({ src: 'data:image/svg+xml,<svg onload=alert(1)>' }))).toThrow(/src/)
    expect(() => parseDocument(picture({ width: 0 }))).toThrow(/width/)
  })
})

describe('bounds', () => {
  it('takes 12 levels and refuses 13', () => {
    expect(() => parseDocument(nested(11))).not.toThrow()
    expect(() => parseDocument(nested(12))).toThrow(/deeper than 12/)
  })

  it('answers a document nested 20,000 deep with a sentence instead of a stack overflow', () => {
    expect(() => parseDocument(nested(20_000))).toThrow(InvalidDocumentError)
  })

  it('refuses more than 5,000 nodes and more than 1 MB', () => {
    const rules = (count: number) => doc(...Array.from({ length: count }, () => ({ type: 'horizontalRule' })))
    expect(() => parseDocument(rules(4_999))).not.toThrow()
    expect(() => parseDocument(rules(5_000))).toThrow(/more than 5000 nodes/)
    expect(() => parseDocument(doc(paragraph('é'.repeat(500_000))))).toThrow(/bytes/)
  })
})
