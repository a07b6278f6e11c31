import fc from 'fast-check'
import type { BlockNode } from '#lib/content/blocks'
import type { LessonDocument } from '#lib/content/document'
import type { InlineNode, Mark } from '#lib/content/inline'

const mark = fc.oneof(
  fc.constantFrom<Mark>({ type: 'bold' }, { type: 'italic' }, { type: 'code' }, { type: 'strike' }),
  fc
    .constantFrom('https://example.org/', '/courses', '#here', 'mailto:a@b.test')
    .map((href): Mark => ({ type: 'link', attrs: { href } })),
)
const marks = fc.uniqueArray(mark, { selector: (entry) => entry.type, minLength: 1, maxLength: 5 })

function inline(text: fc.Arbitrary<string>): fc.Arbitrary<InlineNode> {
  return fc.oneof(
    { weight: 4, arbitrary: text.map((value): InlineNode => ({ type: 'text', text: value })) },
    {
      weight: 3,
      arbitrary: fc
        .tuple(text, marks)
        .map(([value, list]): InlineNode => ({ type: 'text', text: value, marks: list })),
    },
    fc.constant<InlineNode>({ type: 'hardBreak' }),
    text.map((tex): InlineNode => ({ type: 'mathInline', attrs: { tex } })),
  )
}

type Paragraph = Extract<BlockNode, { type: 'paragraph' }>

function paragraph(text: fc.Arbitrary<string>): fc.Arbitrary<Paragraph> {
  return fc
    .array(inline(text), { maxLength: 4 })
    .map((content): Paragraph => ({ type: 'paragraph', content }))
}

function leaf(text: fc.Arbitrary<string>): fc.Arbitrary<BlockNode> {
  return fc.oneof(
    paragraph(text),
    fc
      .tuple(fc.constantFrom(2 as const, 3 as const, 4 as const), fc.array(inline(text), { maxLength: 3 }))
      .map(([level, content]): BlockNode => ({ type: 'heading', attrs: { level }, content })),
    fc.tuple(fc.constantFrom('sql', 'c++', null), text).map(([language, value]): BlockNode => ({
      type: 'codeBlock',
      attrs: { language },
      content: [{ type: 'text', text: value }],
    })),
    fc.tuple(text, fc.boolean(), fc.option(text)).map(([alt, decorative, caption]): BlockNode => ({
      type: 'image',
      attrs: { src: 't1/public/moon.webp', alt, decorative, caption, width: 700, height: 400 },
    })),
    text.map((name): BlockNode => ({
      type: 'file',
      attrs: { key: 't1/private/lessons/sheet.pdf', name: name.slice(0, 200), bytes: 12 },
    })),
    text.map((title): BlockNode => ({
      type: 'embed',
      attrs: { provider: 'vimeo', id: '76979871', title: title.slice(0, 200) },
    })),
    fc.tuple(text, fc.boolean()).map(([title, captioned]): BlockNode => ({
      type: 'video',
      attrs: {
        key: 't1/private/lessons/film.mp4',
        captions: captioned ? 't1/private/lessons/film.vtt' : null,
        title: title.slice(0, 200),
      },
    })),
    text.map((tex): BlockNode => ({ type: 'mathBlock', attrs: { tex } })),
    fc.constant<BlockNode>({ type: 'horizontalRule' }),
  )
}

function block(text: fc.Arbitrary<string>, depth: number): fc.Arbitrary<BlockNode> {
  if (depth === 0) return leaf(text)
  const inner = fc.array(block(text, depth - 1), { minLength: 1, maxLength: 3 })
  const item = fc
    .tuple(paragraph(text), fc.array(block(text, depth - 1), { maxLength: 2 }))
    .map(([first, rest]) => {
      const content: [Paragraph, ...BlockNode[]] = [first, ...rest]
      return { type: 'listItem' as const, content }
    })
  const items = fc.array(item, { minLength: 1, maxLength: 3 })
  const cell = fc
    .tuple(fc.constantFrom('tableHeader' as const, 'tableCell' as const), inner)
    .map(([type, content]) => ({
      type,
      attrs: { colspan: 1, rowspan: 1 },
      content,
    }))
  const row = fc
    .array(cell, { minLength: 1, maxLength: 3 })
    .map((content) => ({ type: 'tableRow' as const, content }))
  return fc.oneof(
    leaf(text),
    inner.map((content): BlockNode => ({ type: 'blockquote', content })),
    fc
      .tuple(fc.constantFrom('note' as const, 'tip' as const, 'warning' as const), inner)
      .map(([kind, content]): BlockNode => ({ type: 'callout', attrs: { kind }, content })),
    items.map((content): BlockNode => ({ type: 'bulletList', content })),
    fc
      .tuple(fc.nat(100), items)
      .map(([start, content]): BlockNode => ({ type: 'orderedList', attrs: { start }, content })),
    fc.array(row, { minLength: 1, maxLength: 2 }).map((content): BlockNode => ({ type: 'table', content })),
  )
}

/** Any document of the contract, up to three blocks deep, whose every piece of text comes from `text` (which must not be blank). */
export function anyDocument(text: fc.Arbitrary<string>): fc.Arbitrary<LessonDocument> {
  return fc
    .array(block(text, 2), { minLength: 1, maxLength: 5 })
    .map((content): LessonDocument => ({ type: 'doc', content }))
}
