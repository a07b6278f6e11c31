import { Mark, markInputRule, Node, type NodeViewRenderer } from '@tiptap/core'
import { type BlockNode, blockNode } from '#lib/content/blocks'
import { inlineNode } from '#lib/content/inline'

/**
 * The nodes of a lesson that Tiptap doesn't bring along. What comes from pasted HTML is asked for by the same contract
 * that the server parses with: a node that claims to be ours and isn't doesn't come in.
 */

/** How a node is drawn while it is edited; none in tests, which draw nothing. */
export type Views = Readonly<
  Partial<Record<'image' | 'file' | 'embed' | 'video' | 'mathInline' | 'mathBlock', NodeViewRenderer>>
>

const DATA = 'data-attrs'

/** A node's attributes as one HTML attribute, for copying inside of the editor and between lessons. */
function written(type: string, attrs: Readonly<Record<string, unknown>>): Record<string, string> {
  return { 'data-node': type, [DATA]: JSON.stringify(attrs) }
}

function read(element: HTMLElement): unknown {
  try {
    return JSON.parse(element.getAttribute(DATA) ?? '')
  } catch {
    return null
  }
}

function attrsFrom(type: string, inline: boolean) {
  return (element: HTMLElement): Record<string, unknown> | false => {
    const shape = inline ? inlineNode : blockNode
    const result = shape.safeParse({ type, attrs: read(element) })
    return result.success && 'attrs' in result.data ? { ...result.data.attrs } : false
  }
}

/** A node without content, all of which is in its attributes. */
function atom(type: keyof Views, names: readonly string[], views: Views, inline = false) {
  const view = views[type]
  return Node.create({
    name: type,
    group: inline ? 'inline' : 'block',
    inline,
    atom: true,
    draggable: !inline,
    // Each has to be given: a picture without a description can't come to be.
    addAttributes: () =>
      Object.fromEntries(
        names.map((name) => [name, { isRequired: true, parseHTML: () => null, rendered: false }]),
      ),
    parseHTML: () => [{ tag: `[data-node="${type}"]`, getAttrs: attrsFrom(type, inline), priority: 60 }],
    renderHTML: ({ node }) => [inline ? 'span' : 'div', written(type, node.attrs)],
    ...(view === undefined ? {} : { addNodeView: () => view }),
  })
}

export const CALLOUT_KINDS = ['note', 'tip', 'warning'] as const

export type CalloutKind = (typeof CALLOUT_KINDS)[number]

function kindOf(text: string | null): CalloutKind {
  return CALLOUT_KINDS.find((kind) => kind === text) ?? 'note'
}

/** @param labels what each kind is called, shown above its text */
function callout(labels: Readonly<Record<CalloutKind, string>>) {
  return Node.create({
    name: 'callout',
    group: 'block',
    content: 'block+',
    defining: true,
    addAttributes: () => ({
      kind: {
        default: 'note',
        parseHTML: (element) => kindOf(element.getAttribute('data-callout')),
        rendered: false,
      },
    }),
    parseHTML: () => [{ tag: 'aside[data-callout]' }],
    renderHTML: ({ node }) => {
      const kind = kindOf(String(node.attrs['kind']))
      return ['aside', { 'data-callout': kind, 'data-label': labels[kind] }, 0]
    },
  })
}

type ImageAttrs = Extract<BlockNode, { type: 'image' }>['attrs']

/** Code in a line. Tiptap's own one bears no other mark beside it, and a lesson's may be a link. */
export const code = Mark.create({
  name: 'code',
  code: true,
  exitable: true,
  parseHTML: () => [{ tag: 'code' }],
  renderHTML: () => ['code', 0],
  addKeyboardShortcuts() {
    return { 'Mod-e': () => this.editor.commands.toggleMark('code') }
  },
  addInputRules() {
    return [markInputRule({ find: /(?:^|[^`])(`([^`]+)`)$/, type: this.type })]
  },
})

/** All of the lesson's own nodes. */
export function lessonNodes(labels: Readonly<Record<CalloutKind, string>>, views: Views) {
  const picture: readonly (keyof ImageAttrs)[] = ['src', 'alt', 'decorative', 'caption', 'width', 'height']
  return [
    callout(labels),
    atom('image', picture, views),
    atom('file', ['key', 'name', 'bytes'], views),
    atom('embed', ['provider', 'id', 'title'], views),
    atom('video', ['key', 'captions', 'title'], views),
    atom('mathBlock', ['tex'], views),
    atom('mathInline', ['tex'], views, true),
  ]
}
