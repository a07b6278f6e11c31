import fc from 'fast-check'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, test } from 'vitest'
import { MessageItem } from '#components/tutor/answer-view'
import { answerWords } from '../../../components/tutor/tutor-words'
import type { Citation, MessageView } from '#lib/tutor/contract/limits'
import { namedIn, readAnswer, seenText } from '#lib/tutor/rules/answer'
import { INJECTIONS } from '#tests/support/tutor/injections'

// Whatever a model writes becomes elements of ours, and the only links are to passages of the course.

const citation: Citation = { n: 1, lessonId: 'two', lessonTitle: 'Two <b>', heading: 'Part', anchor: 'p-abc' }

function html(text: string, more: Partial<MessageView> = {}): string {
  const message: MessageView = {
    ...{ role: 'assistant', text, at: '2026-01-01T00:00:00Z', source: 'model', remark: null },
    ...{ citations: [citation], ...more },
  }
  return renderToStaticMarkup(
    <MessageItem message={message} courseId="course" here="one" words={answerWords('en')} />,
  )
}

const ELEMENTS = new Set('div p a span ol ul li blockquote pre code strong'.split(' '))
/** Of ours; the page has no others with these names. */
const ATTRIBUTES = new Set('class dir href aria-label aria-hidden tabindex data-question'.split(' '))

function faultsIn(markup: string): string[] {
  const faults: string[] = []
  for (const [, name = '', attributes = ''] of markup.matchAll(/<\/?([a-z0-9]+)((?:\s[^>]*)?)>/giu)) {
    if (!ELEMENTS.has(name)) faults.push(name)
    for (const [, attribute = '', value = ''] of attributes.matchAll(/\s([a-z-]+)="([^"]*)"/giu)) {
      if (!ATTRIBUTES.has(attribute)) faults.push(attribute)
      if (attribute === 'href' && value !== '/learn/course/two#p-abc') faults.push(value)
    }
  }
  return faults
}

describe('an answer', () => {
  test('becomes paragraphs, lists, quotations, code and links to its passages', () => {
    const shown = html(
      'Because **so** [1].\n\n- `a` one\n- two\n\n1. x\n2. y\n\n> said [1]\n\n```sql\nselect 1\n```',
    )
    expect(shown).toContain('<strong>so</strong>')
    expect(shown.match(/href="\/learn\/course\/two#p-abc"/gu)).toHaveLength(3)
    for (const tag of ['<ul', '<ol', '<blockquote', '<pre', '<code']) expect(shown).toContain(tag)
    expect(faultsIn(shown)).toEqual([])
  })

  test('leads to a passage of the open lesson without leaving it', () => {
    const here = { ...citation, lessonId: 'one' }
    expect(html('So [1].', { citations: [here] })).toContain('href="#p-abc"')
  })

  test('has no link for a number that stands for nothing', () => {
    expect(html('So [7] and [1](x).')).toContain('So [7] and ')
    expect(faultsIn(html('So [7].', { citations: [] }))).toEqual([])
  })

  test('of a hostile model has no element, attribute or address that isn’t ours', () => {
    for (const text of INJECTIONS) {
      for (const wrapped of [
        text,
        `Well. ${text} [1]`,
        `- ${text}\n- two`,
        `> ${text}`,
        `**${text}**`,
        `\`${text}\``,
      ])
        expect(faultsIn(html(wrapped)), wrapped).toEqual([])
      expect(faultsIn(html(text, { role: 'user' })), text).toEqual([])
      const named: Citation = { ...citation, lessonTitle: text, heading: text }
      expect(faultsIn(html('So [1].', { citations: [named] })), text).toEqual([])
    }
  })

  test('of any text has none either, and loses no letter or digit of it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (text) => {
        expect(faultsIn(html(text))).toEqual([])
        const kept = JSON.stringify(readAnswer(text, () => false))
        for (const word of text.match(/[a-z]{3,}/gu) ?? [])
          if (!text.includes('```')) expect(kept).toContain(word)
      }),
    )
  })

  test('is without signs that can’t be seen, and keeps those that join letters', () => {
    expect(seenText('a\u202eb\u200bc\u{e0041}d\r\ne\u0000f')).toBe('abcd\ne f')
    expect(seenText('\u0645\u06cc\u200c\u062e')).toBe('\u0645\u06cc\u200c\u062e')
    expect(namedIn('[1] [12] [1] [123]')).toEqual([1, 12])
  })
})
