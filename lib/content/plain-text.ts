import type { BlockNode } from './blocks'
import type { LessonDocument } from './document'
import type { InlineNode } from './inline'
import { texWords } from './tex-words'

function inlineText(nodes: readonly InlineNode[] = []): string {
  const parts = nodes.map((node) => {
    if (node.type === 'text') return node.text
    return node.type === 'hardBreak' ? ' ' : texWords(node.attrs.tex)
  })
  return parts.join('').replace(/\s+/gu, ' ').trim()
}

function codeLines(nodes: Extract<BlockNode, { type: 'codeBlock' }>['content'] = []): string[] {
  return nodes.flatMap((node) => node.text.split('\n'))
}

function imageLines(attrs: Extract<BlockNode, { type: 'image' }>['attrs']): string[] {
  return [attrs.decorative ? '' : attrs.alt, attrs.caption ?? '']
}

function blockLines(block: BlockNode): string[] {
  switch (block.type) {
    case 'paragraph':
    case 'heading':
      return [inlineText(block.content)]
    case 'codeBlock':
      return codeLines(block.content)
    case 'mathBlock':
      return [texWords(block.attrs.tex)]
    case 'image':
      return imageLines(block.attrs)
    case 'bulletList':
    case 'orderedList':
      return block.content.flatMap((item) => item.content.flatMap(blockLines))
    case 'table':
      return block.content.flatMap((row) => row.content.flatMap((cell) => cell.content.flatMap(blockLines)))
    case 'blockquote':
    case 'callout':
      return block.content.flatMap(blockLines)
    case 'file':
      return [block.attrs.name]
    case 'embed':
    case 'video':
      return [block.attrs.title]
    case 'horizontalRule':
      return []
  }
}

/** The words of one block, a line each of what stands in it; empty for one that says nothing. */
export function blockText(block: BlockNode): string {
  return blockLines(block)
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join('\n')
}

/**
 * The words of a document in reading order, one line a block and none empty, for search and
 * excerpts: what the author wrote (descriptions and captions of pictures, and formulas as one would type them,
 * too) and nothing of how it is stored. The same document always gives the same text.
 */
export function plainText(document: LessonDocument): string {
  return document.content
    .map(blockText)
    .filter((text) => text !== '')
    .join('\n')
}
