'use client'

import { type Editor, useEditorState } from '@tiptap/react'
import type { ReactNode, Ref } from 'react'
import { Icon } from '#components/ui/icon'
import type { EditorWords } from '#lib/i18n/editor-words'
import { InsertMenu, type MenuOpen } from './insert-menu'
import { RovingBar, TOOL } from './roving-bar'
import { useTools } from './tools'

type Tool = Readonly<{
  name: keyof EditorWords['toolbar']
  /** What is seen: a letter everybody knows from other editors. */
  face: ReactNode
  keys?: string
  /** Null: a button that is never on, such as Undo. */
  active: ((editor: Editor) => boolean) | null
  run: (editor: Editor) => void
}>

const heading = (level: 2 | 3 | 4): Tool => ({
  name: `heading${level}`,
  face: <span className="font-semibold">H{level}</span>,
  keys: `Control+Alt+${String(level)}`,
  active: (editor) => editor.isActive('heading', { level }),
  run: (editor) => editor.chain().focus().toggleHeading({ level }).run(),
})

const TOOLS: readonly (readonly Tool[])[] = [
  [heading(2), heading(3), heading(4)],
  [
    {
      name: 'bold',
      face: <span className="font-semibold">B</span>,
      keys: 'Control+B',
      active: (editor) => editor.isActive('bold'),
      run: (editor) => editor.chain().focus().toggleBold().run(),
    },
    {
      name: 'italic',
      face: <span className="font-reading italic">I</span>,
      keys: 'Control+I',
      active: (editor) => editor.isActive('italic'),
      run: (editor) => editor.chain().focus().toggleItalic().run(),
    },
    {
      name: 'strike',
      face: <s>S</s>,
      keys: 'Control+Shift+S',
      active: (editor) => editor.isActive('strike'),
      run: (editor) => editor.chain().focus().toggleStrike().run(),
    },
    {
      name: 'code',
      face: <Icon name="code" size={18} />,
      keys: 'Control+E',
      active: (editor) => editor.isActive('code'),
      run: (editor) => editor.chain().focus().toggleMark('code').run(),
    },
  ],
  [
    {
      name: 'bulletList',
      face: <Icon name="list" size={18} />,
      keys: 'Control+Shift+8',
      active: (editor) => editor.isActive('bulletList'),
      run: (editor) => editor.chain().focus().toggleBulletList().run(),
    },
    {
      name: 'orderedList',
      face: <Icon name="list-ordered" size={18} />,
      keys: 'Control+Shift+7',
      active: (editor) => editor.isActive('orderedList'),
      run: (editor) => editor.chain().focus().toggleOrderedList().run(),
    },
    {
      name: 'quote',
      face: <Icon name="quote" size={18} />,
      keys: 'Control+Shift+B',
      active: (editor) => editor.isActive('blockquote'),
      run: (editor) => editor.chain().focus().toggleBlockquote().run(),
    },
  ],
]

const HISTORY: readonly Tool[] = [
  {
    name: 'undo',
    face: <Icon name="undo" size={18} />,
    keys: 'Control+Z',
    active: null,
    run: (editor) => editor.chain().focus().undo().run(),
  },
  {
    name: 'redo',
    face: <Icon name="redo" size={18} />,
    keys: 'Control+Shift+Z',
    active: null,
    run: (editor) => editor.chain().focus().redo().run(),
  },
]

function ToolButton({ editor, tool, on }: { editor: Editor; tool: Tool; on: boolean }) {
  const { words } = useTools()
  return (
    <button
      type="button"
      data-tool
      tabIndex={-1}
      aria-label={words.toolbar[tool.name]}
      aria-pressed={tool.active === null ? undefined : on}
      aria-keyshortcuts={tool.keys}
      title={
        tool.keys === undefined ? words.toolbar[tool.name] : `${words.toolbar[tool.name]} (${tool.keys})`
      }
      onMouseDown={(event) => event.preventDefault()}
      onClick={() => tool.run(editor)}
      className={TOOL}
    >
      <span aria-hidden="true">{tool.face}</span>
    </button>
  )
}

/** Everything that the text can be made of. */
export function Toolbar({
  editor,
  menuOpen,
  onMenu,
  ref,
}: {
  editor: Editor
  menuOpen: MenuOpen
  onMenu: (open: MenuOpen) => void
  ref: Ref<HTMLDivElement>
}) {
  const { words, ask } = useTools()
  const on = useEditorState({
    editor,
    selector: ({ editor: now }) =>
      Object.fromEntries(TOOLS.flat().map((tool) => [tool.name, tool.active?.(now) ?? false])),
  })
  const linked = useEditorState({ editor, selector: ({ editor: now }) => now.isActive('link') })
  return (
    <RovingBar
      editor={editor}
      ref={ref}
      label={words.toolbar.label}
      className="flex items-center gap-x-3 gap-y-1 max-sm:overflow-x-auto sm:flex-wrap"
    >
      {TOOLS.map((group, index) => (
        <span key={index} className="flex items-center gap-1">
          {group.map((tool) => (
            <ToolButton key={tool.name} editor={editor} tool={tool} on={on[tool.name] ?? false} />
          ))}
        </span>
      ))}
      <button
        type="button"
        data-tool
        tabIndex={-1}
        aria-pressed={linked}
        aria-keyshortcuts="Control+K"
        title={`${words.toolbar.link} (Control+K)`}
        onMouseDown={(event) => event.preventDefault()}
        onClick={() => ask({ kind: 'link' })}
        className={TOOL}
      >
        {words.toolbar.link}
      </button>
      <InsertMenu editor={editor} open={menuOpen} onOpen={onMenu} />
      <span className="flex items-center gap-1">
        {HISTORY.map((tool) => (
          <ToolButton key={tool.name} editor={editor} tool={tool} on={false} />
        ))}
      </span>
    </RovingBar>
  )
}
