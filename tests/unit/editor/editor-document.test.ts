// @vitest-environment jsdom
import { getSchema } from '@tiptap/core'
import { DOMParser as SchemaParser, type MarkType, type Node, type NodeType } from '@tiptap/pm/model'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { lessonExtensions, nearerToLesson } from '../../../components/editor/extensions'
import { checkDocument, InvalidDocumentError, parseDocument } from '#lib/content/document'
import { isSafeHref } from '#lib/content/links'
import { canonical, type EditorJson, storedForm } from '#lib/editor/rules/document'
import { anyDocument } from '../content/arbitrary'

const labels = { note: 'Note', tip: 'Tip', warning: 'Warning' }
const schema = getSchema(lessonExtensions({ labels, views: {}, onRefused: () => undefined }))

/** What the editor hands out when it was given a document. */
function through(document: unknown): unknown {
  const node = schema.nodeFromJSON(document)
  node.check()
  return storedForm(node.toJSON() as EditorJson)
}

const text = (words: string, ...marks: object[]) => ({
  type: 'text',
  text: words,
  ...(marks.length === 0 ? {} : { marks }),
})
const paragraph = (...content: object[]) => ({
  type: 'paragraph',
  ...(content.length === 0 ? {} : { content }),
})
const cell = (type: string, words: string) => ({
  type,
  attrs: { colspan: 1, rowspan: 1 },
  content: [paragraph(text(words))],
})

const NODES: Readonly<Record<string, object>> = {
  paragraph: paragraph(text('plain '), text('bold', { type: 'bold' }), { type: 'hardBreak' }, text('on')),
  marks: paragraph(
    text('a', { type: 'italic' }),
    text('b', { type: 'code' }),
    text('c', { type: 'strike' }),
    text('d', { type: 'link', attrs: { href: 'https://example.org/' } }),
    text('e', { type: 'link', attrs: { href: '/courses' } }, { type: 'bold' }),
  ),
  heading: { type: 'heading', attrs: { level: 3 }, content: [text('Part')] },
  bulletList: {
    type: 'bulletList',
    content: [{ type: 'listItem', content: [paragraph(text('one')), paragraph(text('more'))] }],
  },
  orderedList: {
    type: 'orderedList',
    attrs: { start: 4 },
    content: [{ type: 'listItem', content: [paragraph(text('four'))] }],
  },
  blockquote: { type: 'blockquote', content: [paragraph(text('said'))] },
  callout: { type: 'callout', attrs: { kind: 'warning' }, content: [paragraph(text('hot'))] },
  codeBlock: { type: 'codeBlock', attrs: { language: 'c++' }, content: [text('int x;\n')] },
  'codeBlock without a language': { type: 'codeBlock', attrs: { language: null } },
  table: {
    type: 'table',
    content: [
      { type: 'tableRow', content: [cell('tableHeader', 'a'), cell('tableHeader', 'b')] },
      { type: 'tableRow', content: [cell('tableCell', '1'), cell('tableCell', '2')] },
    ],
  },
  image: {
    type: 'image',
    attrs: {
      ...{ src: 't1/public/pictures/moon.webp', alt: 'The moon', decorative: false, caption: 'By night' },
      ...{ width: 800, height: 600 },
    },
  },
  file: { type: 'file', attrs: { key: 't1/private/lessons/abc.pdf', name: 'Sheet.pdf', bytes: 12_000 } },
  embed: { type: 'embed', attrs: { provider: 'youtube', id: 'dQw4w9WgXcQ', title: 'A song' } },
  video: {
    type: 'video',
    attrs: {
      ...{ key: 't1/private/lessons/abc.mp4', captions: 't1/private/lessons/abc.vtt', title: 'The tide' },
    },
  },
  mathBlock: { type: 'mathBlock', attrs: { tex: '\\frac{1}{2}' } },
  mathInline: paragraph(text('so '), { type: 'mathInline', attrs: { tex: 'x^2' } }, text('.')),
  horizontalRule: { type: 'horizontalRule' },
}

const words = fc
  .string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 30 })
  .filter((value) => value.trim() !== '')

describe('every node of a lesson', () => {
  test.each(Object.entries(NODES))('%s comes out of the editor as it went in', (_name, node) => {
    const document = { type: 'doc', content: [node, paragraph(text('end'))] }
    const stored = through(document)
    expect(canonical(parseDocument(JSON.stringify(stored)))).toBe(canonical(document))
  })

  test('whatever the contract takes, the editor takes and gives back', () => {
    fc.assert(
      fc.property(anyDocument(words), (document) => {
        const stored = checkDocument(through(document))
        // Once in the editor's form it stays as it is: opening a lesson changes nothing.
        expect(canonical(through(stored))).toBe(canonical(stored))
      }),
    )
  })
})

/** Text with whatever a paste may bring: controls, halves of characters, nothing. */
const anyText = fc.oneof(
  fc.string({ unit: 'binary', minLength: 1, maxLength: 20 }),
  fc.constantFrom('\u0000', '\ud800', 'a\u0007b\r\n', ' '),
)
const odd = fc.oneof(fc.constant(null), fc.integer(), fc.string(), fc.constant(1e9), fc.constant('C++ '))

/** Attributes as a command, a paste or an old version could set them: those of atoms come from their dialogs. */
function attrsOf(type: NodeType): fc.Arbitrary<Record<string, unknown>> {
  switch (type.name) {
    case 'heading':
      return fc.record({ level: fc.constantFrom(2, 3, 4) })
    case 'orderedList':
      return fc.record({ start: odd, type: odd })
    case 'codeBlock':
      return fc.record({ language: odd })
    case 'callout':
      return fc.record({ kind: fc.constantFrom('note', 'tip', 'warning') })
    case 'tableCell':
    case 'tableHeader':
      return fc.record({ colspan: odd, rowspan: odd, colwidth: odd })
    case 'image':
      return fc.constant({ ...(NODES['image'] as { attrs: object }).attrs })
    case 'file':
      return fc.constant({ ...(NODES['file'] as { attrs: object }).attrs })
    case 'embed':
      return fc.constant({ ...(NODES['embed'] as { attrs: object }).attrs })
    case 'video':
      return fc.constant({ ...(NODES['video'] as { attrs: object }).attrs })
    case 'mathInline':
    case 'mathBlock':
      return fc.constant({ tex: 'x' })
    default:
      return fc.constant({})
  }
}

function marksOf(parent: NodeType): fc.Arbitrary<readonly ReturnType<MarkType['create']>[]> {
  const allowed = Object.values(schema.marks).filter((mark) => parent.allowsMarkType(mark))
  const href = fc.constantFrom('https://example.org', 'javascript:alert(1)', '//evil.test', null, '/courses')
  return fc
    .tuple(fc.subarray(allowed), href)
    .map(([types, address]) =>
      types.reduce<readonly ReturnType<MarkType['create']>[]>(
        (set, type) => type.create(type.name === 'link' ? { href: address } : null).addToSet(set),
        [],
      ),
    )
}

function nodeOf(type: NodeType, depth: number): fc.Arbitrary<Node> {
  return attrsOf(type).chain((attrs) => childrenOf(type, depth).map((content) => type.create(attrs, content)))
}

/** Children that the schema allows, found by walking its own content expression. */
function childrenOf(type: NodeType, depth: number): fc.Arbitrary<Node[]> {
  if (type.isLeaf) return fc.constant([])
  return fc.integer({ min: 0, max: 3 }).chain((count) => {
    const grow = (match: NodeType['contentMatch'], left: number): fc.Arbitrary<Node[]> => {
      const types = Array.from({ length: match.edgeCount }, (_, index) => match.edge(index))
      const fitting = depth > 0 ? types : types.filter((edge) => edge.type.isInline || edge.type.isTextblock)
      const usable = fitting.length > 0 ? fitting : types
      if ((left <= 0 && match.validEnd) || usable.length === 0) return fc.constant([])
      return fc.constantFrom(...usable).chain((edge) => {
        const child = edge.type.isText
          ? fc.tuple(anyText, marksOf(type)).map(([words, marks]) => schema.text(words, marks))
          : fc
              .tuple(nodeOf(edge.type, depth - 1), marksOf(type))
              .map(([node, marks]) => (node.isInline ? node.mark(marks) : node))
        return fc.tuple(child, grow(edge.next, left - 1)).map(([first, rest]) => [first, ...rest])
      })
    }
    return grow(type.contentMatch, count)
  })
}

describe('whatever the editor’s schema can hold', () => {
  test('is a lesson once it is in stored form', () => {
    fc.assert(
      fc.property(nodeOf(schema.topNodeType, 3), (node) => {
        const stored = storedForm(node.toJSON() as EditorJson)
        expect(() => checkDocument(stored)).not.toThrow()
      }),
    )
  })
})

/** HTML as it comes from a clipboard, parsed by the editor's schema. */
function pasted(html: string): string {
  const body = new window.DOMParser().parseFromString(nearerToLesson(html), 'text/html').body
  const node = SchemaParser.fromSchema(schema).parse(body)
  return JSON.stringify(checkDocument(storedForm(node.toJSON() as EditorJson)))
}

describe('a paste', () => {
  test.each([
    '<script>alert(1)</script><p>x</p>',
    '<img src=x onerror=alert(1)>',
    '<iframe src="https://evil.test"></iframe><p>x</p>',
    '<p onclick="alert(1)" style="position:fixed">x</p>',
    '<svg><script>alert(1)</script></svg>',
    '<form action="https://evil.test"><input value="x"><button>Go</button></form>',
    '<style>*{display:none}</style><p>x</p>',
    '<div data-node="image" data-attrs=\'{"src":"https://evil.test/x.png","alt":"","decorative":false,"caption":null,"width":1,"height":1}\'></div>',
    '<div data-node="file" data-attrs=\'{"key":"t1/private/submissions/a.pdf","name":"a","bytes":1}\'></div>',
    '<div data-node="video" data-attrs=\'{"key":"t1/private/submissions/x.mp4","captions":null,"title":"x"}\'></div>',
    '<div data-node="embed" data-attrs=\'{"provider":"youtube","id":"javascript:alert(1)","title":"x"}\'></div>',
  ])('%s brings in text alone', (html) => {
    const stored = pasted(html)
    expect(stored).not.toMatch(
      /script|onerror|onclick|iframe|evil|style|submissions|"image"|"file"|"embed"|"video"/,
    )
  })

  test.each([
    'javascript:alert(1)',
    'java\nscript:alert(1)',
    'data:text/html,x',
    'vbscript:x',
    '//evil.test',
    'https://a@evil.test',
  ])('a link to %j is no link', (href) => {
    const link = document.createElement('a')
    link.setAttribute('href', href)
    link.textContent = 'here'
    expect(isSafeHref(href)).toBe(false)
    expect(pasted(link.outerHTML)).not.toContain('"link"')
  })

  test('keeps what a lesson has: headings one step down, lists, tables, code with its language', () => {
    const stored = pasted(
      '<h1>Top</h1><ul><li><p>a</p></li></ul><table><tr><th>h</th></tr><tr><td colspan="400">c</td></tr></table><pre><code class="language-python">x = 1</code></pre>',
    )
    expect(stored).toContain('"heading","attrs":{"level":2}')
    expect(stored).toContain('"bulletList"')
    expect(stored).toContain('"colspan":100')
    expect(stored).toContain('"language":"python"')
  })
})

test('a document that is no lesson is said to be none', () => {
  expect(() => checkDocument({ type: 'doc', content: [{ type: 'video' }] })).toThrow(InvalidDocumentError)
})
