'use client'

import type { Editor } from '@tiptap/react'
import { useState } from 'react'
import { blockNode } from '#lib/content/blocks'
import { filmAddress, filmOf } from '#lib/content/films'
import { Field } from './field'
import { selectedAttrs } from './formula-dialog'
import { insertBlock } from './insert-block'
import { Modal } from './modal'
import { useTools } from './tools'

function filmAt(editor: Editor) {
  const found = blockNode.safeParse({ type: 'embed', attrs: { ...selectedAttrs(editor, 'embed') } })
  return found.success && found.data.type === 'embed' ? found.data.attrs : null
}

/** A film elsewhere, known by its address. */
export function FilmDialog({
  editor,
  edit,
  onClose,
}: {
  editor: Editor
  edit: boolean
  onClose: () => void
}) {
  const { words } = useTools()
  const [before] = useState(() => (edit ? filmAt(editor) : null))
  const [href, setHref] = useState(before === null ? '' : filmAddress(before))
  const [title, setTitle] = useState(before?.title ?? '')
  const [asked, setAsked] = useState(false)
  const film = filmOf(href)
  const called = title.trim()
  const apply = (): void => {
    setAsked(true)
    if (film === null || called === '') return
    onClose()
    const attrs = { ...film, title: called }
    if (before !== null) editor.chain().focus().updateAttributes('embed', attrs).run()
    else insertBlock(editor, { type: 'embed', attrs })
  }
  return (
    <Modal
      title={words.film.title}
      submit={before === null ? words.insert : words.apply}
      onSubmit={apply}
      onClose={onClose}
    >
      <Field
        name="film"
        label={words.film.href}
        error={asked && film === null ? words.film.hrefBad : null}
        value={href}
        onValue={setHref}
        maxLength={300}
        dir="ltr"
        inputMode="url"
      />
      <Field
        name="film-title"
        label={words.film.name}
        error={asked && called === '' ? words.film.nameMissing : null}
        value={title}
        onValue={setTitle}
        maxLength={200}
      />
    </Modal>
  )
}
