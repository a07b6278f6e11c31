import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { InvalidDocumentError } from '#lib/content/document'
import { plainText } from '#lib/content/plain-text'
import { convertMarkdown } from '#prisma/seed/content/markdown'
import { MarkdownError } from '#prisma/seed/content/markdown-tokens'

const assets = { 'sky/moon.webp': { src: 't1/public/sky/moon.webp', width: 800, height: 500 } }
const clip = { key: 't1/public/sky/month.mp4', captions: 't1/public/sky/month.vtt' }
const resolve = (name: string) =>
  name === 'sky/moon.webp' ? assets[name] : name === 'sky/month.mp4' ? clip : undefined
const convert = (markdown: string) => convertMarkdown(markdown, resolve).content
const text = (value: string) => ({ type: 'text', text: value })
const paragraph = (value: string) => ({ type: 'paragraph', content: [text(value)] })
const link = (href: string) => ({ type: 'link', attrs: { href } })

describe('markdown becomes a document', () => {
  it('headings, rules and paragraphs, with a line break only where one was asked for', () => {
    expect(convert('## One\n\nfirst\nsecond\\\nthird\n\n---\n\n#### Deep')).toEqual([
      { type: 'heading', attrs: { level: 2 }, content: [text('One')] },
      { type: 'paragraph', content: [text('first second'), { type: 'hardBreak' }, text('third')] },
      { type: 'horizontalRule' },
      { type: 'heading', attrs: { level: 4 }, content: [text('Deep')] },
    ])
  })

  it('marks, nested ones in the order they were opened', () => {
    expect(convert('a **b *c*** `d < e` ~~f~~ [g](/courses) \\*h')).toEqual([
      {
        type: 'paragraph',
        content: [
          text('a '),
          { ...text('b '), marks: [{ type: 'bold' }] },
          { ...text('c'), marks: [{ type: 'bold' }, { type: 'italic' }] },
          text(' '),
          { ...text('d < e'), marks: [{ type: 'code' }] },
          text(' '),
          { ...text('f'), marks: [{ type: 'strike' }] },
          text(' '),
          { ...text('g'), marks: [link('/courses')] },
          text(' *h'),
        ],
      },
    ])
  })

  it('a film with what it shows, which it has to say', () => {
    expect(convert('![A month](asset:sky/month.mp4)')).toEqual([
      { type: 'video', attrs: { ...clip, title: 'A month' } },
    ])
    expect(() => convert('![](asset:sky/month.mp4)')).toThrow(MarkdownError)
  })

  it('nested lists, an ordered one with its first number', () => {
    const inner = { type: 'bulletList', content: [{ type: 'listItem', content: [paragraph('inner')] }] }
    expect(convert('3. three\n   - inner\n4. four')).toEqual([
      {
        type: 'orderedList',
        attrs: { start: 3 },
        content: [
          { type: 'listItem', content: [paragraph('three'), inner] },
          { type: 'listItem', content: [paragraph('four')] },
        ],
      },
    ])
    expect(convert('1. one')).toMatchObject([{ type: 'orderedList' }])
    expect(convert('1. one')[0]).not.toHaveProperty('attrs')
  })

  it('tables with a header row', () => {
    const attrs = { colspan: 1, rowspan: 1 }
    expect(convert('| a | b |\n|---|--:|\n| `x` | 2 |')).toEqual([
      {
        type: 'table',
        content: [
          {
            type: 'tableRow',
            content: [
              { type: 'tableHeader', attrs, content: [paragraph('a')] },
              { type: 'tableHeader', attrs, content: [paragraph('b')] },
            ],
          },
          {
            type: 'tableRow',
            content: [
              {
                type: 'tableCell',
                attrs,
                content: [{ type: 'paragraph', content: [{ ...text('x'), marks: [{ type: 'code' }] }] }],
              },
              { type: 'tableCell', attrs, content: [paragraph('2')] },
            ],
          },
        ],
      },
    ])
  })

  it('fenced code, kept to the letter', () => {
    expect(convert('```sql\nSELECT *\n  FROM t; -- &amp; <b>\n```')).toEqual([
      { type: 'codeBlock', attrs: { language: 'sql' }, content: [text('SELECT *\n  FROM t; -- &amp; <b>')] },
    ])
    expect(convert('```\nx\n```')).toMatchObject([{ attrs: { language: null } }])
  })

  it('quotes and callouts', () => {
    expect(convert('> said')).toEqual([{ type: 'blockquote', content: [paragraph('said')] }])
    expect(convert('> [!WARNING]\n> Mind\n>\n> - this')).toEqual([
      {
        type: 'callout',
        attrs: { kind: 'warning' },
        content: [
          paragraph('Mind'),
          { type: 'bulletList', content: [{ type: 'listItem', content: [paragraph('this')] }] },
        ],
      },
    ])
  })

  it('pictures with their size from the assets', () => {
    const picture = {
      type: 'image',
      attrs: { alt: 'Moon', decorative: false, caption: 'Half', ...assets['sky/moon.webp'] },
    }
    expect(convert('![Moon](asset:sky/moon.webp "Half")')).toEqual([picture])
    expect(convert('![](asset:sky/moon.webp)')).toMatchObject([
      { attrs: { decorative: true, caption: null } },
    ])
  })

  it('formulas, and prices that are none', () => {
    expect(convert('so $a^2_i$ is\n\n$$\n\\frac{a}{b}\n$$\n\nafter')).toEqual([
      {
        type: 'paragraph',
        content: [text('so '), { type: 'mathInline', attrs: { tex: 'a^2_i' } }, text(' is')],
      },
      { type: 'mathBlock', attrs: { tex: '\\frac{a}{b}' } },
      paragraph('after'),
    ])
    expect(convert('from $5 to $10, or `$A$1`')).toMatchObject([
      { content: [text('from $5 to $10, or '), { text: '$A$1' }] },
    ])
  })

  it('any words, none lost', () => {
    const word = fc.stringMatching(/^[a-z]{1,8}$/)
    fc.assert(
      fc.property(
        fc.array(fc.array(word, { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 5 }),
        (lines) => {
          const said = lines.map((words) => words.join(' '))
          expect(plainText(convertMarkdown(said.join('\n\n'), resolve))).toBe(said.join('\n'))
          expect(plainText(convertMarkdown(said.map((line) => `- ${line}`).join('\n'), resolve))).toBe(
            said.join('\n'),
          )
        },
      ),
    )
  })
})

describe('what a lesson can’t hold is refused, not dropped', () => {
  it.each([
    ['a page title', '# Title'],
    ['too deep a heading', '##### Deep'],
    ['HTML', 'text <b>bold</b>'],
    ['an HTML block', '<script>alert(1)</script>'],
    ['a task list', '- [ ] do it'],
    ['indented code', '    code'],
    ['a picture within a line', 'see ![Moon](asset:sky/moon.webp) here'],
    ['a picture from elsewhere', '![Moon](https://example.org/moon.png)'],
    ['an unknown asset', '![Sun](asset:sky/sun.webp)'],
    ['an unknown callout', '> [!DANGER]\n> x'],
    ['a character reference', 'fish &amp; chips'],
    ['a link title', '[a](/b "c")'],
  ])('%s', (_name, markdown) => {
    expect(() => convert(markdown)).toThrow(MarkdownError)
  })

  it('an unsafe link', () => {
    expect(() => convert('[x](javascript:alert)')).toThrow(InvalidDocumentError)
  })
})
