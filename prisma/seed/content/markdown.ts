import type { Token, Tokens } from 'marked'
import type { BlockNode, ListItemNode, TableRowNode } from '#lib/content/blocks'
import { parseDocument, type LessonDocument } from '#lib/content/document'
import { inlineNodes } from './markdown-inline'
import { isMarked, isMath, lex, MarkdownError } from './markdown-tokens'

/** What a picture of a lesson needs: its storage key (or https address) and its size in pixels. */
export interface ResolvedAsset {
  src: string
  width: number
  height: number
}

/** What a film of a lesson's text needs: its storage key, and its captions'. */
export interface ResolvedClip {
  key: string
  captions: string
}

/** From the name behind `asset:` to the picture or film; undefined when there is none of that name. */
type AssetResolver = (name: string) => ResolvedAsset | ResolvedClip | undefined

type Paragraph = Extract<BlockNode, { type: 'paragraph' }>

const CALLOUT = /^\[!([A-Z]+)\][ \t]*(?:\n|$)/
const KINDS = { NOTE: 'note', TIP: 'tip', WARNING: 'warning' } as const

function isKind(name: string): name is keyof typeof KINDS {
  return name in KINDS
}

function paragraph(tokens: readonly Token[]): Paragraph {
  return { type: 'paragraph', content: inlineNodes(tokens) }
}

function image(token: Tokens.Image, resolve: AssetResolver): BlockNode {
  if (!token.href.startsWith('asset:')) throw new MarkdownError('A picture is named as asset:…', token.raw)
  const asset = resolve(token.href.slice('asset:'.length))
  if (asset === undefined) throw new MarkdownError('There is no such asset', token.raw)
  if ('captions' in asset) {
    if (token.text === '') throw new MarkdownError('A film says what it shows', token.raw)
    return { type: 'video', attrs: { ...asset, title: token.text } }
  }
  const attrs = { alt: token.text, decorative: token.text === '', caption: token.title || null, ...asset }
  return { type: 'image', attrs }
}

function paragraphOrImage(token: Tokens.Paragraph, resolve: AssetResolver): BlockNode {
  const only = token.tokens.length === 1 ? token.tokens[0] : undefined
  if (only !== undefined && isMarked(only) && only.type === 'image') return image(only, resolve)
  return paragraph(token.tokens)
}

function heading(token: Tokens.Heading): BlockNode {
  const level = token.depth
  if (level !== 2 && level !== 3 && level !== 4) throw new MarkdownError('Headings are ## to ####', token.raw)
  return { type: 'heading', attrs: { level }, content: inlineNodes(token.tokens) }
}

function codeBlock(token: Tokens.Code): BlockNode {
  if (token.codeBlockStyle === 'indented')
    throw new MarkdownError('Code stands between ``` fences', token.raw)
  const language = token.lang?.trim().toLowerCase() || null
  const block = { type: 'codeBlock' as const, attrs: { language } }
  return token.text === '' ? block : { ...block, content: [{ type: 'text', text: token.text }] }
}

function listItem(item: Tokens.ListItem, resolve: AssetResolver): ListItemNode {
  if (item.task) throw new MarkdownError('A lesson has no task lists', item.raw)
  const [first, ...rest] = item.tokens.flatMap((token) => block(token, resolve))
  if (first?.type !== 'paragraph') throw new MarkdownError('A list item begins with text', item.raw)
  return { type: 'listItem', content: [first, ...rest] }
}

function list(token: Tokens.List, resolve: AssetResolver): BlockNode {
  const content = token.items.map((item) => listItem(item, resolve))
  if (!token.ordered) return { type: 'bulletList', content }
  const start = token.start === '' ? 1 : token.start
  return start === 1 ? { type: 'orderedList', content } : { type: 'orderedList', attrs: { start }, content }
}

/** How a column is aligned is left to the page, which sets numbers as numbers; the document doesn't hold it. */
function row(cells: readonly Tokens.TableCell[]): TableRowNode {
  const content = cells.map((cell) => ({
    type: cell.header ? ('tableHeader' as const) : ('tableCell' as const),
    attrs: { colspan: 1, rowspan: 1 },
    content: [paragraph(cell.tokens)],
  }))
  return { type: 'tableRow', content }
}

function quote(token: Tokens.Blockquote, resolve: AssetResolver): BlockNode {
  const name = CALLOUT.exec(token.text)?.[1]
  if (name === undefined) return { type: 'blockquote', content: blocks(token.tokens, resolve) }
  if (!isKind(name)) throw new MarkdownError('A callout is NOTE, TIP or WARNING', token.raw)
  const content = blocks(lex(token.text.replace(CALLOUT, '')), resolve)
  return { type: 'callout', attrs: { kind: KINDS[name] }, content }
}

function block(token: Token, resolve: AssetResolver): BlockNode[] {
  if (isMath(token)) return [{ type: 'mathBlock', attrs: { tex: token.text } }]
  if (!isMarked(token)) return []
  switch (token.type) {
    case 'space':
      return []
    case 'paragraph':
      return [paragraphOrImage(token, resolve)]
    case 'text':
      return [paragraph(token.tokens ?? [])]
    case 'heading':
      return [heading(token)]
    case 'code':
      return [codeBlock(token)]
    case 'list':
      return [list(token, resolve)]
    case 'table':
      return [{ type: 'table', content: [token.header, ...token.rows].map(row) }]
    case 'blockquote':
      return [quote(token, resolve)]
    case 'hr':
      return [{ type: 'horizontalRule' }]
    default:
      throw new MarkdownError(`A lesson has no "${token.type}"`, token.raw)
  }
}

function blocks(tokens: readonly Token[], resolve: AssetResolver): BlockNode[] {
  return tokens.flatMap((token) => block(token, resolve))
}

/**
 * Turns markdown into a lesson document: headings ## to ####, lists, tables, fenced code, quotes,
 * callouts (`> [!NOTE|TIP|WARNING]`), pictures (`![alt](asset:name "caption")`, alone in their
 * paragraph; no alt makes them decorative; films in the same way), formulas (`$…$`, `$$…$$`), links and hard breaks.
 * Throws MarkdownError for anything else, HTML included, so that no text is lost on the way, and
 * InvalidDocumentError when the contract refuses the outcome (an unsafe link, say).
 */
export function convertMarkdown(markdown: string, resolve: AssetResolver): LessonDocument {
  const document: LessonDocument = { type: 'doc', content: blocks(lex(markdown), resolve) }
  return parseDocument(JSON.stringify(document))
}
