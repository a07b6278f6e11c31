// @vitest-environment jsdom
import { cleanup, render, screen, within } from '@testing-library/react'
import { afterEach, describe, expect, it } from 'vitest'
import { DocumentView } from '#components/lesson/document-view'
import type { BlockNode } from '#lib/content/blocks'
import { InvalidDocumentError, parseDocument, type LessonDocument } from '#lib/content/document'
import { headingIds } from '../../components/lesson/heading-ids'

afterEach(cleanup)

function show(...content: BlockNode[]) {
  const document: LessonDocument = { type: 'doc', content }
  return render(
    <DocumentView
      document={document}
      ids={headingIds(document)}
      locale="en"
      fileUrl={(key) => `/files/${key}`}
    />,
  ).container
}

const paragraph = (text: string): BlockNode => ({ type: 'paragraph', content: [{ type: 'text', text }] })
const heading = (level: 2 | 3 | 4, text: string): BlockNode => ({
  type: 'heading',
  attrs: { level },
  content: [{ type: 'text', text }],
})
const link = (href: string): BlockNode => ({
  type: 'paragraph',
  content: [{ type: 'text', text: 'go', marks: [{ type: 'link', attrs: { href } }] }],
})

describe('a lesson’s text', () => {
  it('gives headings anchors made of their words, unique in the page', () => {
    show(heading(2, 'Über Zahlen!'), heading(3, 'Limits'), heading(4, 'Limits'))
    expect(screen.getByRole('heading', { level: 2 }).id).toBe('s-uber-zahlen')
    expect(screen.getByRole('heading', { level: 3 }).id).toBe('s-limits')
    expect(screen.getByRole('heading', { level: 4 }).id).toBe('s-limits--2')
  })

  it('renders every mark, several on one word included', () => {
    const view = show({
      type: 'paragraph',
      content: [
        {
          type: 'text',
          text: 'x',
          marks: [{ type: 'bold' }, { type: 'italic' }, { type: 'strike' }, { type: 'code' }],
        },
        { type: 'hardBreak' },
      ],
    })
    expect(view.querySelector('code s em strong')?.textContent).toBe('x')
    expect(view.querySelector('br')).not.toBeNull()
  })

  it('renders lists, with the number that an ordered one starts from', () => {
    const item = {
      type: 'listItem' as const,
      content: [{ type: 'paragraph' as const }] as [{ type: 'paragraph' }],
    }
    const view = show(
      { type: 'bulletList', content: [item] },
      { type: 'orderedList', attrs: { start: 4 }, content: [item] },
    )
    expect(view.querySelector('ul > li')).not.toBeNull()
    expect(view.querySelector('ol')?.start).toBe(4)
  })

  it('names a callout’s kind in words', () => {
    show({ type: 'callout', attrs: { kind: 'warning' }, content: [paragraph('Mind the gap')] })
    expect(
      within(screen.getByRole('complementary', { name: 'Take care' })).getByText('Mind the gap'),
    ).toBeTruthy()
  })

  it('keeps code to the letter in a region that the keyboard can scroll', () => {
    const code = 'SELECT "a" -- <b>\nFROM t WHERE n = 1_000;\n'
    show({ type: 'codeBlock', attrs: { language: 'sql' }, content: [{ type: 'text', text: code }] })
    const region = screen.getByRole('region', { name: 'Code, sql' })
    expect(region.textContent).toBe(code)
    expect(region.tabIndex).toBe(0)
  })

  it('renders tables with headers that say what they speak for', () => {
    const cell = (type: 'tableHeader' | 'tableCell', text: string) => ({
      type,
      attrs: { colspan: 1, rowspan: 1 },
      content: [paragraph(text)],
    })
    show({
      type: 'table',
      content: [
        { type: 'tableRow', content: [cell('tableHeader', 'A'), cell('tableHeader', 'B')] },
        { type: 'tableRow', content: [cell('tableHeader', 'row'), cell('tableCell', '1')] },
      ],
    })
    expect(screen.getByRole('columnheader', { name: 'B' })).toBeTruthy()
    expect(screen.getByRole('rowheader', { name: 'row' })).toBeTruthy()
    expect(screen.getByRole('region', { name: 'Table' }).tabIndex).toBe(0)
  })

  it('gives a picture its size, its words and its stored address; a decorative one is silent', () => {
    const attrs = {
      src: 't1/public/a.png',
      alt: 'A bridge',
      decorative: false,
      caption: 'The old one',
      width: 40,
      height: 30,
    }
    const view = show(
      { type: 'image', attrs },
      { type: 'image', attrs: { ...attrs, decorative: true, src: 'https://x.example/b.png' } },
    )
    const [stored, remote] = view.querySelectorAll('img')
    expect(stored?.getAttribute('src')).toBe('/files/t1/public/a.png')
    expect(stored?.alt).toBe('A bridge')
    expect(stored?.getAttribute('width')).toBe('40')
    expect(remote?.alt).toBe('')
    expect(screen.getAllByText('The old one')).toHaveLength(2)
  })

  it('sets formulas as MathML, and shows the source of what it doesn’t know', () => {
    const view = show(
      { type: 'mathBlock', attrs: { tex: '\\frac{1}{n}\\sum_{i=1}^n x_i' } },
      { type: 'mathBlock', attrs: { tex: '\\weird{x}' } },
      { type: 'mathBlock', attrs: { tex: '{'.repeat(2000) } },
      { type: 'paragraph', content: [{ type: 'mathInline', attrs: { tex: 'a^2' } }] },
    )
    expect(view.querySelector('math[display=block] mfrac')).not.toBeNull()
    expect(view.querySelector('munderover')).not.toBeNull()
    expect(view.querySelector('p math msup')).not.toBeNull()
    expect(screen.getByText('\\weird{x}').tagName).toBe('CODE')
  })

  it('renders quotes and rules', () => {
    const view = show({ type: 'blockquote', content: [paragraph('said')] }, { type: 'horizontalRule' })
    expect(view.querySelector('blockquote p')?.textContent).toBe('said')
    expect(view.querySelector('hr')).not.toBeNull()
  })

  it('links only where a lesson may link, even if an unchecked document reaches it', () => {
    const hostile = [
      'javascript:alert(1)',
      'JaVaScRiPt:alert(1)',
      'java\nscript:alert(1)',
      'data:text/html,x',
      '//evil.example',
      'vbscript:x',
    ]
    for (const href of hostile) {
      expect(show(link(href)).querySelector('a'), href).toBeNull()
      cleanup()
    }
    const anchor = show(link('https://example.org/a')).querySelector('a')
    expect(anchor?.rel).toBe('noopener')
  })

  it('never turns an author’s text into markup', () => {
    const view = show(paragraph('<img src=x onerror=alert(1)><script>alert(1)</script>'))
    expect(view.querySelector('img, script')).toBeNull()
  })

  it('is refused by the contract when a node is unknown', () => {
    const text = JSON.stringify({
      type: 'doc',
      content: [{ type: 'iframe', attrs: { src: 'https://x.example' } }],
    })
    expect(() => parseDocument(text)).toThrow(InvalidDocumentError)
  })
})
