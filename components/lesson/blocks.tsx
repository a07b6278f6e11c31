import { Callout } from '#components/ui/callout'
import type { BlockNode, ListItemNode } from '#lib/content/blocks'
import { translator } from '#lib/i18n/translate'
import { CodeBlock } from './code-block'
import { FileLink } from './file-link'
import { FilmCard } from './film-card'
import { Figure } from './figure'
import { Formula } from './formula'
import type { HeadingIds, HeadingNode } from './heading-ids'
import { Inline } from './inline'
import { LessonTable } from './lesson-table'
import { TextVideo } from './text-video'

/** What every block may need to know about the page that it stands on. */
type BlockContext = {
  locale: string
  ids: HeadingIds
  /** Where a citation leads to: ids of the text's own blocks. */
  passages: ReadonlyMap<BlockNode, string>
  /** The address of a stored file, from its storage key; `name` is what a private one is saved as. */
  fileUrl: (key: string, name?: string) => string
}

const HEADINGS = { 2: 'text-28 font-medium', 3: 'text-22 font-medium', 4: 'text-18 font-semibold' } as const

function Heading({ node, ids }: { node: HeadingNode; ids: HeadingIds }) {
  const level = node.attrs.level
  const Tag = `h${level}` as const
  return (
    <Tag id={ids.get(node)} className={`${HEADINGS[level]} leading-[1.2]`}>
      <Inline content={node.content} />
    </Tag>
  )
}

function ListItem({ node, context }: { node: ListItemNode; context: BlockContext }) {
  return (
    <li className="ps-1">
      <Blocks nodes={node.content} context={context} />
    </li>
  )
}

type ListNode = Extract<BlockNode, { type: 'bulletList' | 'orderedList' }>

function List({ node, context, id }: { node: ListNode; context: BlockContext; id: string | undefined }) {
  const items = node.content.map((item, index) => <ListItem key={index} node={item} context={context} />)
  if (node.type === 'bulletList')
    return (
      <ul id={id} className="list-disc ps-6 marker:text-soft">
        {items}
      </ul>
    )
  return (
    <ol id={id} start={node.attrs?.start} className="list-decimal ps-6 marker:text-soft marker:tabular-nums">
      {items}
    </ol>
  )
}

type BlockProps = { node: BlockNode; context: BlockContext }

/** The blocks that take an id themselves; the others get an element around them. */
const NAMED: ReadonlySet<BlockNode['type']> = new Set([
  ...(['paragraph', 'heading', 'bulletList', 'orderedList', 'blockquote'] as const),
])

function Block({ node, context }: BlockProps) {
  const id = context.passages.get(node)
  if (id === undefined || NAMED.has(node.type)) return <Bare node={node} context={context} />
  return (
    <div id={id}>
      <Bare node={node} context={context} />
    </div>
  )
}

function Bare({ node, context }: BlockProps) {
  const id = context.passages.get(node)
  switch (node.type) {
    case 'paragraph':
      return (
        <p id={id}>
          <Inline content={node.content} />
        </p>
      )
    case 'heading':
      return <Heading node={node} ids={context.ids} />
    case 'bulletList':
    case 'orderedList':
      return <List node={node} context={context} id={id} />
    case 'blockquote':
      return (
        <blockquote id={id} className="border-s-2 border-accent-8 ps-4 text-soft">
          <Blocks nodes={node.content} context={context} />
        </blockquote>
      )
    case 'callout':
      return (
        <Callout kind={node.attrs.kind} title={translator(context.locale, 'lesson')(node.attrs.kind)}>
          <Blocks nodes={node.content} context={context} />
        </Callout>
      )
    case 'codeBlock':
      return <CodeBlock node={node} locale={context.locale} />
    case 'table':
      return (
        <LessonTable
          node={node}
          locale={context.locale}
          render={(nodes) => <Blocks nodes={nodes} context={context} />}
        />
      )
    case 'image':
      return <Figure attrs={node.attrs} fileUrl={context.fileUrl} />
    case 'file':
      return (
        <FileLink
          locale={context.locale}
          file={node.attrs}
          href={context.fileUrl(node.attrs.key, node.attrs.name)}
        />
      )
    case 'embed':
      return <FilmCard locale={context.locale} film={node.attrs} title={node.attrs.title} />
    case 'video':
      return <TextVideo attrs={node.attrs} locale={context.locale} fileUrl={context.fileUrl} />
    case 'mathBlock':
      return (
        <div className="math overflow-x-auto py-2">
          <Formula tex={node.attrs.tex} display />
        </div>
      )
    case 'horizontalRule':
      return <hr className="mx-auto my-12 w-24 border-t border-edge" />
    default:
      return node satisfies never
  }
}

/** Blocks in order. The recursion ends, because the contract bounds a document's depth. */
export function Blocks({ nodes, context }: { nodes: readonly BlockNode[]; context: BlockContext }) {
  return (
    <>
      {nodes.map((node, index) => (
        <Block key={index} node={node} context={context} />
      ))}
    </>
  )
}
