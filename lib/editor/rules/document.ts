import type { LessonDocument } from '#lib/content/document'
import { isSafeHref } from '#lib/content/links'

/** A document as the editor hands it out: nodes with attributes of the editor's own among them. */
export type EditorJson = Readonly<{
  type?: string | undefined
  text?: string | undefined
  attrs?: Readonly<Record<string, unknown>> | undefined
  marks?: readonly EditorJson[] | undefined
  content?: readonly EditorJson[] | undefined
}>

type Attrs = Readonly<Record<string, unknown>>
type Stored = Record<string, unknown>

/** Neither stored by PostgreSQL nor meaningful in a lesson; pasted texts bring them along. */
const CONTROL = /[^\P{Cc}\t\n]/gu

/** As the contract wants a language, which ends up in a class name. */
const LANGUAGE = /^[a-z0-9][a-z0-9+#.-]{0,31}$/

const LONGEST_HREF = 2_000

function bounded(value: unknown, least: number, most: number): number {
  return typeof value === 'number' && Number.isInteger(value) ? Math.min(most, Math.max(least, value)) : least
}

function languageOf(value: unknown): string | null {
  const name = typeof value === 'string' ? value.trim().toLowerCase() : ''
  return LANGUAGE.test(name) ? name : null
}

const pick =
  (...names: readonly string[]) =>
  (attrs: Attrs): Stored =>
    Object.fromEntries(names.map((name) => [name, attrs[name]]))

const cell = (attrs: Attrs): Stored => ({
  colspan: bounded(attrs['colspan'], 1, 100),
  rowspan: bounded(attrs['rowspan'], 1, 100),
})

/** The attributes that the contract knows, by node. Nodes that aren't named here have none. */
const ATTRS: Readonly<Record<string, (attrs: Attrs) => Stored>> = {
  heading: pick('level'),
  orderedList: (attrs) => ({ start: bounded(attrs['start'] ?? 1, 0, 1_000_000) }),
  codeBlock: (attrs) => ({ language: languageOf(attrs['language']) }),
  callout: pick('kind'),
  tableHeader: cell,
  tableCell: cell,
  image: pick('src', 'alt', 'decorative', 'caption', 'width', 'height'),
  file: pick('key', 'name', 'bytes'),
  embed: pick('provider', 'id', 'title'),
  video: pick('key', 'captions', 'title'),
  mathInline: pick('tex'),
  mathBlock: pick('tex'),
}

/** Nodes that hold blocks, one at least. */
const HOLDERS: ReadonlySet<unknown> = new Set(['blockquote', 'callout', 'tableHeader', 'tableCell'])

function cleaned(text: string): string {
  return text.replace(CONTROL, '').toWellFormed()
}

function marksOf(marks: readonly EditorJson[]): Stored[] {
  const kept = new Map<string, Stored>()
  for (const { type, attrs } of marks) {
    if (type === 'link') {
      const href = attrs?.['href']
      if (typeof href === 'string' && href.length <= LONGEST_HREF && isSafeHref(href))
        kept.set(type, { type, attrs: { href } })
    } else if (type !== undefined) kept.set(type, { type })
  }
  return [...kept.values()]
}

function textNode(node: EditorJson): Stored[] {
  const text = cleaned(node.text ?? '')
  if (text === '') return []
  const marks = marksOf(node.marks ?? [])
  return [marks.length === 0 ? { type: 'text', text } : { type: 'text', text, marks }]
}

function stored(node: EditorJson): Stored[] {
  if (node.type === 'text') return textNode(node)
  const attrs = ATTRS[node.type ?? '']?.(node.attrs ?? {})
  const inside = node.content?.flatMap(stored) ?? []
  // All cells of such a row belong to the one above: it has nothing of its own to say.
  if (inside.length === 0 && (node.type === 'tableRow' || node.type === 'table')) return []
  const content = inside.length === 0 && HOLDERS.has(node.type) ? [{ type: 'paragraph' }] : inside
  return [
    {
      type: node.type,
      ...(attrs === undefined ? {} : { attrs }),
      ...(content.length === 0 ? {} : { content }),
    },
  ]
}

function isEmptyParagraph(node: Stored | undefined): boolean {
  return node?.['type'] === 'paragraph' && node['content'] === undefined
}

/**
 * The editor's document as it is stored: what the contract knows, in one form, so that two documents that read alike
 * are equal. The empty line that the editor keeps at the end isn't part of it. The result is still to be checked by
 * `checkDocument`.
 */
export function storedForm(document: EditorJson): unknown {
  const content = (document.content ?? []).flatMap(stored)
  while (content.length > 1 && isEmptyParagraph(content.at(-1))) content.pop()
  return { type: 'doc', content: content.length === 0 ? [{ type: 'paragraph' }] : content }
}

/** Whether two documents in stored form are the same, whatever the order of their keys. */
export function isSameDocument(one: LessonDocument, other: LessonDocument): boolean {
  return canonical(one) === canonical(other)
}

/** One text for each document in stored form: the order of a node's keys and of a text's marks doesn't count. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (name, part: unknown) => {
    if (typeof part !== 'object' || part === null) return part
    if (Array.isArray(part)) {
      const list = part as readonly EditorJson[]
      return name === 'marks' ? [...list].sort((a, b) => ((a.type ?? '') < (b.type ?? '') ? -1 : 1)) : list
    }
    return Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
  })
}
