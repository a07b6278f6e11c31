import type { BlockNode } from '#lib/content/blocks'
import type { LessonDocument } from '#lib/content/document'
import type { InlineNode } from '#lib/content/inline'

export type HeadingNode = Extract<BlockNode, { type: 'heading' }>

export type HeadingIds = ReadonlyMap<HeadingNode, string>

/** The words of inline content, without marks. A formula counts with its source. */
export function inlineText(content: readonly InlineNode[] | undefined): string {
  return (content ?? [])
    .map((node) => {
      if (node.type === 'text') return node.text
      return node.type === 'mathInline' ? node.attrs.tex : ' '
    })
    .join('')
}

function slug(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}/gu, '')
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60)
}

function headingsIn(nodes: readonly BlockNode[]): HeadingNode[] {
  return nodes.flatMap((node) => {
    if (node.type === 'heading') return [node]
    return node.type === 'blockquote' || node.type === 'callout' ? headingsIn(node.content) : []
  })
}

/**
 * An anchor for every heading of a lesson, in reading order. It is made of the heading's own words, so that a link
 * survives edits elsewhere; the prefix keeps it apart from the ids of the page around it.
 */
export function headingIds(document: LessonDocument): HeadingIds {
  const ids = new Map<HeadingNode, string>()
  const taken = new Map<string, number>()
  for (const heading of headingsIn(document.content)) {
    const base = `s-${slug(inlineText(heading.content))}`
    const times = (taken.get(base) ?? 0) + 1
    taken.set(base, times)
    ids.set(heading, times === 1 ? base : `${base}--${times}`)
  }
  return ids
}
