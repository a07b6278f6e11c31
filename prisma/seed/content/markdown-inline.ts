import type { Token } from 'marked'
import type { InlineNode, Mark } from '#lib/content/inline'
import { isMarked, isMath, MarkdownError } from './markdown-tokens'

/** marked leaves character references as they stand; a lesson would show them letter by letter. */
const REFERENCE = /&(?:#\w+|[a-z]\w*);/i

function textNode(text: string, marks: readonly Mark[]): InlineNode[] {
  const line = text.replace(/\s*\n\s*/g, ' ')
  if (line === '') return []
  return [marks.length === 0 ? { type: 'text', text: line } : { type: 'text', text: line, marks: [...marks] }]
}

function proseNode(text: string, marks: readonly Mark[]): InlineNode[] {
  if (REFERENCE.test(text))
    throw new MarkdownError('Write the character itself instead of its reference', text)
  return textNode(text, marks)
}

function convert(token: Token, marks: readonly Mark[]): InlineNode[] {
  if (isMath(token)) return [{ type: 'mathInline', attrs: { tex: token.text } }]
  if (!isMarked(token)) return []
  switch (token.type) {
    case 'text':
    case 'escape':
      return proseNode(token.text, marks)
    case 'codespan':
      return textNode(token.text, [...marks, { type: 'code' }])
    case 'strong':
      return convertAll(token.tokens, [...marks, { type: 'bold' }])
    case 'em':
      return convertAll(token.tokens, [...marks, { type: 'italic' }])
    case 'del':
      return convertAll(token.tokens, [...marks, { type: 'strike' }])
    case 'br':
      return [{ type: 'hardBreak' }]
    case 'link':
      if (token.title) throw new MarkdownError('A link has no title in a lesson', token.raw)
      return convertAll(token.tokens, [...marks, { type: 'link', attrs: { href: token.href } }])
    case 'image':
      throw new MarkdownError('A picture stands in a paragraph of its own', token.raw)
    default:
      throw new MarkdownError(`A lesson has no "${token.type}" within a line`, token.raw)
  }
}

function sameMarks(one: InlineNode, other: InlineNode): boolean {
  if (one.type !== 'text' || other.type !== 'text') return false
  return JSON.stringify(one.marks ?? []) === JSON.stringify(other.marks ?? [])
}

/** Joins neighbours that differ in nothing: an editor holds them as one node, and would save a change otherwise. */
function joined(nodes: readonly InlineNode[]): InlineNode[] {
  const result: InlineNode[] = []
  for (const node of nodes) {
    const last = result.at(-1)
    if (last?.type === 'text' && node.type === 'text' && sameMarks(last, node)) last.text += node.text
    else result.push(node)
  }
  return result
}

function convertAll(tokens: readonly Token[], marks: readonly Mark[]): InlineNode[] {
  return tokens.flatMap((token) => convert(token, marks))
}

/** The inline nodes of a paragraph, heading or cell. Throws MarkdownError for what a lesson can't hold. */
export function inlineNodes(tokens: readonly Token[]): InlineNode[] {
  return joined(convertAll(tokens, []))
}
