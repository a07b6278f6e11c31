import { Fragment, type ReactNode } from 'react'
import type { InlineNode, Mark } from '#lib/content/inline'
import { isSafeHref } from '#lib/content/links'
import { Formula } from './formula'

/** A link of a lesson. The contract has refused script addresses already; asked again, because this is the sink. */
function LessonLink({ href, children }: { href: string; children: ReactNode }) {
  if (!isSafeHref(href)) return <>{children}</>
  return (
    <a
      href={href}
      rel="noopener"
      className="text-accent-11 underline decoration-accent-7 underline-offset-[3px] hover:decoration-current"
    >
      {children}
    </a>
  )
}

function wrap(mark: Mark, children: ReactNode): ReactNode {
  switch (mark.type) {
    case 'bold':
      return <strong className="font-semibold">{children}</strong>
    case 'italic':
      return <em>{children}</em>
    case 'strike':
      return <s>{children}</s>
    case 'code':
      return (
        <code className="rounded-sm bg-sunken px-1 py-[2px] font-mono text-[0.85em] [box-decoration-break:clone]">
          {children}
        </code>
      )
    case 'link':
      return <LessonLink href={mark.attrs.href}>{children}</LessonLink>
    default:
      return mark satisfies never
  }
}

function one(node: InlineNode): ReactNode {
  switch (node.type) {
    case 'text':
      return (node.marks ?? []).reduce<ReactNode>((inner, mark) => wrap(mark, inner), node.text)
    case 'hardBreak':
      return <br />
    case 'mathInline':
      return <Formula tex={node.attrs.tex} display={false} />
    default:
      return node satisfies never
  }
}

/** The words of a block with their marks, innermost mark first. */
export function Inline({ content }: { content: readonly InlineNode[] | undefined }) {
  return (
    <>
      {(content ?? []).map((node, index) => (
        <Fragment key={index}>{one(node)}</Fragment>
      ))}
    </>
  )
}
