import 'server-only'
import type { BlockNode } from '#lib/content/blocks'
import { checkDocument, type LessonDocument, parseDocument } from '#lib/content/document'
import { filmOf } from '#lib/content/films'
import type { EditedLesson } from '#lib/db/queries/lesson-editor'
import { lessonFileUrl } from '#lib/files/lesson-file-url'
import type { LessonState } from './contract'
import { storedForm } from './rules/document'

const EMPTY: LessonDocument = { type: 'doc', content: [{ type: 'paragraph' }] }

/** A row as the editor holds it. */
export function stateOf(row: EditedLesson): LessonState {
  const { title, preview, completion, completionPercent, releaseAt, releaseAfterId } = row
  const { videoUrl, captions, duration } = row
  return {
    seen: row.updatedAt.toISOString(),
    // In the editor's own form, so that nothing counts as changed that nobody changed.
    document: row.content === null ? EMPTY : checkDocument(storedForm(parseDocument(row.content))),
    ...{ title, preview, completion, completionPercent, releaseAt, releaseAfterId },
    ...{ videoUrl, captions, duration },
  }
}

function keysIn(nodes: readonly BlockNode[]): string[] {
  return nodes.flatMap((node) => {
    switch (node.type) {
      case 'image':
        return node.attrs.src.includes(':') ? [] : [node.attrs.src]
      case 'file':
        return [node.attrs.key]
      case 'video':
        return node.attrs.captions === null ? [node.attrs.key] : [node.attrs.key, node.attrs.captions]
      case 'bulletList':
      case 'orderedList':
        return node.content.flatMap((item) => keysIn(item.content))
      case 'table':
        return node.content.flatMap((row) => row.content.flatMap((cell) => keysIn(cell.content)))
      case 'blockquote':
      case 'callout':
        return keysIn(node.content)
      default:
        return []
    }
  })
}

/** The storage keys that a document names, each once. */
export function fileKeys(document: LessonDocument): string[] {
  return [...new Set(keysIn(document.content))]
}

/** Addresses of the files that a lesson names, by storage key. What is none of the school's has none. */
export function urlsOf(tenantId: string, state: LessonState): Record<string, string> {
  const film = state.videoUrl === null || filmOf(state.videoUrl) !== null ? null : state.videoUrl
  const keys = [...fileKeys(state.document), film, state.captions]
  return Object.fromEntries(
    keys.flatMap((key) => {
      const url = key === null ? null : lessonFileUrl(tenantId, key)
      return key === null || url === null ? [] : [[key, url]]
    }),
  )
}
