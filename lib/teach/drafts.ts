import type { LessonDocument } from '#lib/content/document'
import { checkDocument } from '#lib/content/document'
import { exceededBound } from '#lib/content/bounds'

/** A lesson's document as it stands while it is being written. */
export type Draft = Readonly<{
  /** Null where nothing can be read. Pictures without a description are shown as decoration. */
  document: LessonDocument | null
  /** Blocks (places in the document, from 0) with a picture that still lacks its description, one a picture. */
  undescribed: readonly number[]
}>

const EMPTY: Draft = { document: { type: 'doc', content: [{ type: 'paragraph' }] }, undescribed: [] }

type Json = Readonly<Record<string, unknown>>

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isUndescribed(node: Json): node is Json & { attrs: Json } {
  if (node['type'] !== 'image' || !isObject(node['attrs'])) return false
  const { alt, decorative } = node['attrs']
  return decorative !== true && (typeof alt !== 'string' || alt.trim() === '')
}

/** The same node with each picture that lacks a description turned into decoration; `found` is told of each. */
function patched(node: unknown, found: () => void): unknown {
  if (!isObject(node)) return node
  if (isUndescribed(node)) {
    found()
    return { ...node, attrs: { ...node.attrs, alt: '', decorative: true } }
  }
  const { content } = node
  return Array.isArray(content) ? { ...node, content: content.map((child) => patched(child, found)) } : node
}

/**
 * Reads a document that may not be finished. What a lesson's reader would be refused for, a picture that nobody has
 * described yet, is named and mended; everything else is as strict as for a reader.
 * @param text `Lesson.content`
 */
export function readDraft(text: string | null): Draft {
  if (text === null) return EMPTY
  try {
    const json: unknown = JSON.parse(text)
    if (exceededBound(json) !== null || !isObject(json) || !Array.isArray(json['content']))
      return { document: null, undescribed: [] }
    const undescribed: number[] = []
    const content = json['content'].map((block: unknown, index) =>
      patched(block, () => undescribed.push(index)),
    )
    return { document: checkDocument({ ...json, content }), undescribed }
  } catch {
    return { document: null, undescribed: [] }
  }
}
