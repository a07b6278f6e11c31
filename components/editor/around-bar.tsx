'use client'

import { type Editor, useEditorState } from '@tiptap/react'
import { NodeSelection } from '@tiptap/pm/state'
import { type ReactNode, useId } from 'react'
import type { EditorWords } from '#lib/i18n/editor-words'
import { CALLOUT_KINDS } from './nodes'
import { RovingBar, TOOL } from './roving-bar'
import { type Asked, useTools } from './tools'

type Around = Readonly<{
  table: boolean
  code: boolean
  language: string
  callout: string | null
  /** The selected node that is all attributes. */
  atom: string | null
}>

function aroundOf(editor: Editor): Around {
  const { selection } = editor.state
  const atom = selection instanceof NodeSelection && selection.node.isAtom ? selection.node.type.name : null
  const language: unknown = editor.getAttributes('codeBlock')['language']
  const kind: unknown = editor.getAttributes('callout')['kind']
  return {
    table: editor.isActive('table'),
    code: editor.isActive('codeBlock'),
    language: typeof language === 'string' ? language : '',
    callout: typeof kind === 'string' && editor.isActive('callout') ? kind : null,
    atom,
  }
}

/** What a selected node's dialog is; null for one that has none. */
export function dialogFor(type: string | null): Asked | null {
  switch (type) {
    case 'mathInline':
    case 'mathBlock':
      return { kind: 'formula', type, edit: true }
    case 'image':
      return { kind: 'picture', edit: true }
    case 'embed':
      return { kind: 'film', edit: true }
    case 'video':
      return { kind: 'video', edit: true }
    default:
      return null
  }
}

function Word({ on, pressed, children }: { on: () => void; pressed?: boolean; children: ReactNode }) {
  return (
    <button
      type="button"
      data-tool
      tabIndex={-1}
      aria-pressed={pressed}
      onMouseDown={(event) => event.preventDefault()}
      onClick={on}
      className={`${TOOL} whitespace-nowrap text-14!`}
    >
      {children}
    </button>
  )
}

const TABLE = [
  ['rowBelow', (editor: Editor) => editor.chain().focus().addRowAfter().run()],
  ['columnAfter', (editor: Editor) => editor.chain().focus().addColumnAfter().run()],
  ['deleteRow', (editor: Editor) => editor.chain().focus().deleteRow().run()],
  ['deleteColumn', (editor: Editor) => editor.chain().focus().deleteColumn().run()],
  ['headerRow', (editor: Editor) => editor.chain().focus().toggleHeaderRow().run()],
  ['deleteTable', (editor: Editor) => editor.chain().focus().deleteTable().run()],
] as const satisfies readonly (readonly [keyof EditorWords['around'], (editor: Editor) => boolean])[]

function Language({ editor, language }: { editor: Editor; language: string }) {
  const { words } = useTools()
  const id = useId()
  return (
    <span className="flex items-center gap-2 ps-2">
      <label htmlFor={id} className="text-14">
        {words.around.language}
      </label>
      <input
        key={language}
        id={id}
        data-tool
        tabIndex={-1}
        defaultValue={language}
        maxLength={32}
        placeholder={words.around.languageHelp}
        spellCheck={false}
        autoCapitalize="none"
        dir="ltr"
        onKeyDown={(event) => {
          // Inside of the field arrows move in its text.
          if (event.key.startsWith('Arrow') || event.key === 'Home' || event.key === 'End')
            event.stopPropagation()
          if (event.key === 'Enter') {
            event.preventDefault()
            editor.commands.focus()
          }
        }}
        onBlur={(event) => {
          const name = event.target.value.trim().toLowerCase()
          editor.commands.updateAttributes('codeBlock', { language: name === '' ? null : name })
        }}
        className="min-h-11 w-56 rounded-sm border border-edge bg-surface px-2 text-14 sm:min-h-9"
      />
    </span>
  )
}

/** What can be done with what the cursor stands in: a table, a code block, a callout, a picture. */
export function AroundBar({ editor }: { editor: Editor }) {
  const { words, ask } = useTools()
  const around = useEditorState({ editor, selector: ({ editor: now }) => aroundOf(now) })
  const { table, code, language, callout, atom } = around
  if (!table && !code && callout === null && atom === null) return null
  const dialog = dialogFor(atom)
  return (
    <RovingBar
      editor={editor}
      label={words.around.label}
      className="flex items-center gap-1 border-t max-sm:overflow-x-auto sm:flex-wrap border-line pt-1"
    >
      {table
        ? TABLE.map(([name, run]) => (
            <Word key={name} on={() => run(editor)}>
              {words.around[name]}
            </Word>
          ))
        : null}
      {code ? <Language editor={editor} language={language} /> : null}
      {callout === null ? null : (
        <>
          {CALLOUT_KINDS.map((kind) => (
            <Word
              key={kind}
              pressed={callout === kind}
              on={() => editor.chain().focus().updateAttributes('callout', { kind }).run()}
            >
              {words.callouts[kind]}
            </Word>
          ))}
          <Word on={() => editor.chain().focus().lift('callout').run()}>{words.around.unwrap}</Word>
        </>
      )}
      {dialog === null ? null : <Word on={() => ask(dialog)}>{words.around.edit}</Word>}
      {atom === null ? null : (
        <Word on={() => editor.chain().focus().deleteSelection().run()}>{words.around.deleteNode}</Word>
      )}
    </RovingBar>
  )
}
