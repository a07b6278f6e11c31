import { type AnyExtension, Extension } from '@tiptap/core'
import { TableKit } from '@tiptap/extension-table'
import type { Node as Document } from '@tiptap/pm/model'
import { Plugin } from '@tiptap/pm/state'
import StarterKit from '@tiptap/starter-kit'
import { MAX_DEPTH, MAX_NODES } from '#lib/content/bounds'
import { isSafeHref } from '#lib/content/links'
import { type CalloutKind, code, lessonNodes, type Views } from './nodes'

/** Whether a document is within the bounds of a stored lesson, as lib/content/bounds.ts counts them. */
function isWithinBounds(document: Document): boolean {
  let nodes = 1
  let deepest = 0
  const walk = (node: Document, depth: number): void => {
    nodes += 1
    deepest = Math.max(deepest, depth)
    if (nodes <= MAX_NODES && deepest <= MAX_DEPTH) node.forEach((child) => walk(child, depth + 1))
  }
  document.forEach((child) => walk(child, 1))
  return nodes <= MAX_NODES && deepest <= MAX_DEPTH
}

/** Refuses a change that would make a lesson larger or deeper than one can be, and says so. */
function bounds(onRefused: () => void) {
  return Extension.create({
    name: 'bounds',
    addProseMirrorPlugins: () => [
      new Plugin({
        filterTransaction: (transaction) => {
          if (!transaction.docChanged || isWithinBounds(transaction.doc)) return true
          onRefused()
          return false
        },
      }),
    ],
  })
}

/**
 * HTML from a clipboard, nearer to a lesson: its own title is the first level of headings, and it has three below.
 * The schema decides what comes in. Style sheets go before it looks, because the page's policy would report them.
 */
export function nearerToLesson(html: string): string {
  return html
    .replace(/<style\b[^]*?(?:<\/style\s*>|$)/gi, '')
    .replace(/<(\/?)h1\b/gi, '<$1h2')
    .replace(/<(\/?)h[56]\b/gi, '<$1h4')
}

/**
 * The editor's schema: exactly the nodes and marks of lib/content, and what makes them pleasant to type.
 * @param options.onRefused hears of a change that was too much for a lesson
 */
export function lessonExtensions(
  options: Readonly<{ labels: Readonly<Record<CalloutKind, string>>; views: Views; onRefused: () => void }>,
): AnyExtension[] {
  return [
    StarterKit.configure({
      heading: { levels: [2, 3, 4] },
      underline: false,
      code: false,
      codeBlock: { defaultLanguage: null, enableTabIndentation: false },
      link: {
        openOnClick: false,
        autolink: true,
        linkOnPaste: true,
        defaultProtocol: 'https',
        isAllowedUri: (url) => isSafeHref(url),
        HTMLAttributes: { target: null, rel: null },
      },
    }),
    TableKit.configure({ table: { resizable: false } }),
    code,
    ...lessonNodes(options.labels, options.views),
    bounds(options.onRefused),
  ]
}
