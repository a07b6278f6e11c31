'use client'

import type { Editor } from '@tiptap/react'
import { type KeyboardEvent, useEffect, useRef } from 'react'
import { Icon, type IconName } from '#components/ui/icon'
import type { EditorWords } from '#lib/i18n/editor-words'
import { CALLOUT_KINDS } from './nodes'
import { TOOL } from './roving-bar'
import { type Asked, useTools } from './tools'

type Entry = Readonly<{
  name: Exclude<keyof EditorWords['menu'], 'label'>
  icon: IconName
  /** Opens a dialog, or does it at once. */
  asks?: Asked
  run?: (editor: Editor) => void
}>

const ENTRIES: readonly Entry[] = [
  { name: 'picture', icon: 'image', asks: { kind: 'picture', edit: false } },
  { name: 'file', icon: 'upload', asks: { kind: 'file' } },
  { name: 'video', icon: 'play', asks: { kind: 'video', edit: false } },
  { name: 'film', icon: 'play', asks: { kind: 'film', edit: false } },
  {
    name: 'table',
    icon: 'table',
    run: (editor) => editor.chain().focus().insertTable({ rows: 3, cols: 3, withHeaderRow: true }).run(),
  },
  { name: 'codeBlock', icon: 'code', run: (editor) => editor.chain().focus().setCodeBlock().run() },
  ...CALLOUT_KINDS.map((kind): Entry => ({
    name: kind,
    icon: kind,
    run: (editor) => editor.chain().focus().wrapIn('callout', { kind }).run(),
  })),
  { name: 'mathBlock', icon: 'sigma', asks: { kind: 'formula', type: 'mathBlock', edit: false } },
  { name: 'mathInline', icon: 'sigma', asks: { kind: 'formula', type: 'mathInline', edit: false } },
  { name: 'rule', icon: 'minus', run: (editor) => editor.chain().focus().setHorizontalRule().run() },
]

const MOVES: Readonly<Record<string, (at: number, last: number) => number>> = {
  ArrowDown: (at, last) => (at === last ? 0 : at + 1),
  ArrowUp: (at, last) => (at <= 0 ? last : at - 1),
  Home: () => 0,
  End: (_at, last) => last,
}

function Items({ editor, onClose }: { editor: Editor; onClose: (back: boolean) => void }) {
  const { words, ask } = useTools()
  const menu = useRef<HTMLDivElement>(null)
  useEffect(() => menu.current?.querySelector('button')?.focus(), [])
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    event.stopPropagation()
    const items = [...(menu.current?.querySelectorAll('button') ?? [])]
    const at = items.findIndex((item) => item === document.activeElement)
    const move = MOVES[event.key]
    const letter = event.key.length === 1 ? event.key.toLowerCase() : null
    const after = [...items.slice(at + 1), ...items.slice(0, at + 1)]
    const named = after.find((item) => letter !== null && item.textContent.toLowerCase().startsWith(letter))
    if (event.key === 'Escape' || event.key === 'Tab') onClose(event.key === 'Escape')
    else if (move !== undefined) items[move(at, items.length - 1)]?.focus()
    else if (named !== undefined && letter !== ' ') named.focus()
    else return
    event.preventDefault()
  }
  return (
    <div
      ref={menu}
      role="menu"
      aria-label={words.menu.label}
      tabIndex={-1}
      onKeyDown={onKeyDown}
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) onClose(false)
      }}
      className="arrive z-30 max-h-[60dvh] overflow-y-auto max-sm:fixed max-sm:inset-x-2 max-sm:bottom-[calc(var(--bottom-bar)+0.5rem)] sm:absolute sm:inset-s-0 sm:top-full sm:mt-1 sm:w-72 rounded-md border border-line bg-surface p-1 shadow-float"
    >
      {ENTRIES.map(({ name, icon, asks, run }) => (
        <button
          key={name}
          type="button"
          role="menuitem"
          tabIndex={-1}
          // The focus stays in the menu until it is done: some browsers would move it nowhere.
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => {
            onClose(false)
            if (asks !== undefined) {
              ask(asks)
              return
            }
            editor.view.focus()
            run?.(editor)
          }}
          className="flex min-h-11 w-full items-center gap-3 rounded-sm px-3 text-start text-16 hover:bg-accent-3 focus-visible:bg-accent-3 focus-visible:-outline-offset-2 sm:min-h-9"
        >
          <Icon name={icon} size={18} className="text-soft" />
          {words.menu[name]}
        </button>
      ))}
    </div>
  )
}

/** What opened the menu: its button or a slash; null while it is closed. */
export type MenuOpen = 'button' | 'slash' | null

/** All that can be put into a lesson. A slash on an empty line opens it, too. */
export function InsertMenu({
  editor,
  open,
  onOpen,
}: {
  editor: Editor
  open: MenuOpen
  onOpen: (open: MenuOpen) => void
}) {
  const { words } = useTools()
  return (
    <div className="relative">
      <button
        type="button"
        data-tool
        tabIndex={-1}
        aria-haspopup="menu"
        aria-expanded={open !== null}
        onMouseDown={(event) => event.preventDefault()}
        onClick={() => onOpen(open === null ? 'button' : null)}
        className={TOOL}
      >
        <Icon name="plus" size={18} />
        {words.toolbar.insert}
      </button>
      {open === null ? null : (
        <Items
          editor={editor}
          onClose={(back) => {
            onOpen(null)
            if (!back) return
            // The slash was meant as one.
            editor.view.focus()
            if (open === 'slash') editor.commands.insertContent('/')
          }}
        />
      )}
    </div>
  )
}
