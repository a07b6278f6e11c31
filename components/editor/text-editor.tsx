'use client'

import { type Editor, EditorContent, type JSONContent, useEditor } from '@tiptap/react'
import { NodeSelection, Selection } from '@tiptap/pm/state'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import type { Draft } from '#lib/editor/contract'
import type { LessonDocument } from '#lib/content/document'
import { TITLE_MAX } from '#lib/editor/contract'
import { AroundBar, dialogFor } from './around-bar'
import { lessonExtensions, nearerToLesson } from './extensions'
import { FileDialog } from './file-dialog'
import { fill } from './fill'
import { FilmDialog } from './film-dialog'
import { FormulaDialog } from './formula-dialog'
import type { MenuOpen } from './insert-menu'
import { LinkDialog } from './link-dialog'
import { NODE_VIEWS } from './node-views'
import { PictureDialog } from './picture-dialog'
import type { EditorSession } from './session'
import { Toolbar } from './toolbar'
import { type Asked, useTools } from './tools'
import { VideoDialog } from './video-dialog'

function Dialogs({ editor, asked, onClose }: { editor: Editor; asked: Asked | null; onClose: () => void }) {
  switch (asked?.kind) {
    case 'link':
      return <LinkDialog editor={editor} onClose={onClose} />
    case 'formula':
      return <FormulaDialog editor={editor} type={asked.type} edit={asked.edit} onClose={onClose} />
    case 'picture':
      return <PictureDialog editor={editor} edit={asked.edit} given={asked.file} onClose={onClose} />
    case 'file':
      return <FileDialog editor={editor} onClose={onClose} />
    case 'film':
      return <FilmDialog editor={editor} edit={asked.edit} onClose={onClose} />
    case 'video':
      return <VideoDialog editor={editor} edit={asked.edit} onClose={onClose} />
    default:
      return null
  }
}

function pictureIn(list: FileList | undefined): File | undefined {
  return [...(list ?? [])].find((file) => file.type.startsWith('image/'))
}

type Calls = Readonly<{
  ask: (asked: Asked) => void
  openMenu: () => void
  toToolbar: () => void
}>

/** Keys that belong to the page and not to the text. @returns whether the key was taken */
function onKey(editor: Editor, event: KeyboardEvent, { ask, openMenu, toToolbar }: Calls): boolean {
  const { selection } = editor.state
  const taken = (): boolean => {
    event.preventDefault()
    // The palette listens to Control and K further out.
    event.stopPropagation()
    return true
  }
  if (event.altKey && event.key === 'F10') {
    toToolbar()
    return taken()
  }
  if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === 'k') {
    ask({ kind: 'link' })
    return taken()
  }
  const dialog = selection instanceof NodeSelection ? dialogFor(selection.node.type.name) : null
  if (event.key === 'Enter' && dialog !== null) {
    ask(dialog)
    return taken()
  }
  const parent = selection.$from.parent
  if (event.key === '/' && parent.type.name === 'paragraph' && parent.content.size === 0) {
    openMenu()
    return taken()
  }
  return false
}

/** A document as Tiptap wants to be given it: its own to change. */
function contentOf(document: LessonDocument): JSONContent {
  return JSON.parse(JSON.stringify(document)) as JSONContent
}

/** Puts a document in the place of the one that is edited, as one step that Undo takes back. */
function replaceDocument(editor: Editor, document: LessonDocument): void {
  editor.commands.setContent(contentOf(document), { emitUpdate: false })
}

function useLessonEditor(
  session: EditorSession,
  document: LessonDocument,
  calls: Calls,
  onRefused: () => void,
) {
  const { words } = useTools()
  return useEditor({
    immediatelyRender: false,
    injectCSS: false,
    content: contentOf(document),
    extensions: lessonExtensions({ labels: words.callouts, views: NODE_VIEWS, onRefused }),
    onUpdate: () => session.touch(),
    editorProps: {
      attributes: {
        role: 'textbox',
        'aria-multiline': 'true',
        'aria-label': words.textLabel,
        'aria-placeholder': words.textPlaceholder,
        'aria-describedby': 'editor-help',
        class: 'reading lesson-text',
      },
      transformPastedHTML: nearerToLesson,
      handlePaste: (_view, event) => {
        const file = pictureIn(event.clipboardData?.files)
        if (file === undefined) return false
        calls.ask({ kind: 'picture', edit: false, file })
        return true
      },
      handleDrop: (_view, event, _slice, moved) => {
        const file = moved ? undefined : pictureIn(event.dataTransfer?.files)
        if (file === undefined) return false
        event.preventDefault()
        calls.ask({ kind: 'picture', edit: false, file })
        return true
      },
    },
  })
}

/** The lesson's title and text. */
export function TextEditor({
  session,
  asked,
  state,
}: {
  session: EditorSession
  asked: Asked | null
  /** How safe it is, always in sight. */
  state: ReactNode
}) {
  const { words, ask } = useTools()
  const [title, setTitle] = useState(session.saver.draft.title)
  const [menuOpen, setMenuOpen] = useState<MenuOpen>(null)
  const [refused, setRefused] = useState(false)
  const toolbar = useRef<HTMLDivElement>(null)
  const latest = useRef(title)
  const [calls] = useState<Calls>(() => ({
    ask,
    openMenu: () => setMenuOpen('slash'),
    toToolbar: () => toolbar.current?.querySelector<HTMLElement>('[data-tool][tabindex="0"]')?.focus(),
  }))
  const editor = useLessonEditor(session, session.saver.draft.document, calls, () => setRefused(true))

  useEffect(() => {
    if (editor === null) return
    const show = (draft: Draft): void => {
      latest.current = draft.title
      setTitle(draft.title)
      replaceDocument(editor, draft.document)
    }
    const keys = (event: KeyboardEvent): void => {
      if (editor.view.hasFocus() && onKey(editor, event, calls)) return
    }
    const { dom } = editor.view
    dom.addEventListener('keydown', keys, { capture: true })
    const stop = session.start(() => ({ title: latest.current, json: editor.getJSON() }), show)
    return () => {
      dom.removeEventListener('keydown', keys, { capture: true })
      stop()
    }
  }, [editor, session, calls])

  const close = (): void => {
    // At once: what is typed next belongs to the text.
    flushSync(() => ask(null))
    editor?.view.focus()
  }
  return (
    <>
      <label className="sr-only" htmlFor="lesson-title">
        {words.titleLabel}
      </label>
      <input
        id="lesson-title"
        name="title"
        value={title}
        maxLength={TITLE_MAX}
        placeholder={words.titlePlaceholder}
        autoComplete="off"
        onChange={(event) => {
          latest.current = event.target.value
          setTitle(event.target.value)
          session.touch()
        }}
        aria-describedby={title.trim() === '' ? 'lesson-title-help' : undefined}
        onBlur={() => {
          if (title.trim() !== '') return
          latest.current = session.saver.draft.title
          setTitle(latest.current)
        }}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return
          event.preventDefault()
          if (editor === null) return
          editor.view.dispatch(editor.state.tr.setSelection(Selection.atStart(editor.state.doc)))
          editor.view.focus()
        }}
        className="w-full border-b border-transparent bg-transparent py-1 font-reading text-36 leading-[1.35] font-medium tracking-[-0.01em] placeholder:text-soft hover:border-line focus-visible:outline-offset-4"
      />
      {title.trim() === '' ? (
        <p id="lesson-title-help" role="status" className="text-14 text-soft">
          {fill(words.titleNeeded, { title: session.saver.draft.title })}
        </p>
      ) : null}
      {editor === null ? (
        <p className="text-soft">{words.loading}</p>
      ) : (
        <>
          <div className="sticky top-16 z-20 -mx-2 flex flex-col gap-1 rounded-md border border-line bg-surface p-1">
            <Toolbar editor={editor} ref={toolbar} menuOpen={menuOpen} onMenu={setMenuOpen} />
            <AroundBar editor={editor} />
            <div className="border-t border-line px-2 py-1">{state}</div>
          </div>
          <p id="editor-help" className="text-12 text-soft">
            {words.textHelp}
          </p>
          <p role="alert" className={refused ? 'text-14 font-medium text-bad' : 'sr-only'}>
            {refused ? words.tooMuch : ''}
          </p>
          <EditorContent editor={editor} onInput={() => setRefused(false)} />
          <Dialogs editor={editor} asked={asked} onClose={close} />
        </>
      )}
    </>
  )
}
