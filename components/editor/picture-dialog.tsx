'use client'

import type { Editor } from '@tiptap/react'
import { useState } from 'react'
import { blockNode } from '#lib/content/blocks'
import { IMAGE_TYPES } from '#lib/files/contract'
import { ChooseFile, Field, Lines, Tick } from './field'
import { selectedAttrs } from './formula-dialog'
import { insertBlock } from './insert-block'
import { Modal } from './modal'
import { useTools } from './tools'
import { uploadPicture } from './upload'

type Faults = Readonly<{ file?: string; alt?: string }>

function pictureAt(editor: Editor) {
  const found = blockNode.safeParse({ type: 'image', attrs: { ...selectedAttrs(editor, 'image') } })
  return found.success && found.data.type === 'image' ? found.data.attrs : null
}

/** The words of a picture as they are stored. */
function toldOf(alt: string, decorative: boolean, caption: string) {
  const below = caption.trim()
  return { alt: decorative ? '' : alt.trim(), decorative, caption: below === '' ? null : below }
}

/** A picture and what somebody hears of it who can't see it: without the one the other doesn't go in. */
export function PictureDialog({
  editor,
  edit,
  given,
  onClose,
}: {
  editor: Editor
  /** Changes the words of the one that is selected. */
  edit: boolean
  /** Dropped or pasted. */
  given: File | undefined
  onClose: () => void
}) {
  const { words, lessonId, addUrl } = useTools()
  const [before] = useState(() => (edit ? pictureAt(editor) : null))
  const [file, setFile] = useState<File | null>(given ?? null)
  const [alt, setAlt] = useState(before?.alt ?? '')
  const [decorative, setDecorative] = useState(before?.decorative ?? false)
  const [caption, setCaption] = useState(before?.caption ?? '')
  const [faults, setFaults] = useState<Faults>({})
  const [busy, setBusy] = useState(false)

  const told = toldOf(alt, decorative, caption)
  const insert = async (chosen: File): Promise<void> => {
    setBusy(true)
    const outcome = await uploadPicture(lessonId, chosen)
    setBusy(false)
    if (outcome.kind !== 'done') {
      const said =
        outcome.kind === 'refused' ? (outcome.fields['file'] ?? outcome.message) : words.upload.offline
      setFaults({ file: said })
      return
    }
    const { src, width, height, url } = outcome.file
    addUrl(src, url)
    onClose()
    insertBlock(editor, { type: 'image', attrs: { src, width, height, ...told } })
  }
  const apply = (): void => {
    const missing = !decorative && told.alt === '' ? { alt: words.picture.altMissing } : {}
    const noFile = before === null && file === null ? { file: words.picture.fileMissing } : {}
    setFaults({ ...missing, ...noFile })
    if (Object.keys({ ...missing, ...noFile }).length > 0) return
    if (before === null) {
      if (file !== null) void insert(file)
      return
    }
    onClose()
    editor.chain().focus().updateAttributes('image', told).run()
  }
  return (
    <Modal
      title={words.picture.title}
      submit={before === null ? words.insert : words.apply}
      busy={busy}
      onSubmit={apply}
      onClose={onClose}
    >
      {before !== null ? null : given === undefined ? (
        <ChooseFile
          name="picture"
          label={words.picture.file}
          help={words.picture.fileHelp}
          accept={IMAGE_TYPES.join(',')}
          error={faults.file ?? null}
          onFile={setFile}
        />
      ) : (
        <p className="text-14 text-soft">{faults.file ?? given.name}</p>
      )}
      <Lines
        name="alt"
        label={words.picture.alt}
        help={words.picture.altHelp}
        error={faults.alt ?? null}
        value={alt}
        onValue={setAlt}
        disabled={decorative}
        maxLength={1_000}
        rows={2}
      />
      <Tick
        name="decorative"
        label={words.picture.decorative}
        checked={decorative}
        onChecked={setDecorative}
      />
      <Field
        name="caption"
        label={words.picture.caption}
        optional={words.picture.optional}
        value={caption}
        onValue={setCaption}
        maxLength={1_000}
      />
    </Modal>
  )
}
