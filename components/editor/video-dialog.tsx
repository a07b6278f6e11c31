'use client'

import type { Editor } from '@tiptap/react'
import { useState } from 'react'
import { buttonClass } from '#components/ui/button'
import { type BlockNode, blockNode } from '#lib/content/blocks'
import type { UploadKind } from '#lib/editor/contract'
import { acceptOf } from '#lib/editor/rules/file-types'
import { ChooseFile, Field } from './field'
import { selectedAttrs } from './formula-dialog'
import { insertBlock } from './insert-block'
import { Modal } from './modal'
import { useTools } from './tools'
import { UploadProgress } from './upload-progress'
import { useUpload } from './use-upload'

type Attrs = Extract<BlockNode, { type: 'video' }>['attrs']
type Part = Extract<UploadKind, 'video' | 'captions'>

function videoAt(editor: Editor): Attrs | null {
  const found = blockNode.safeParse({ type: 'video', attrs: { ...selectedAttrs(editor, 'video') } })
  return found.success && found.data.type === 'video' ? found.data.attrs : null
}

/** The film and its captions: what is stored already, and what was chosen and has still to be sent. */
function useParts(before: Attrs | null) {
  const { words, lessonId, addUrl } = useTools()
  const upload = useUpload(lessonId, words)
  const [keys, setKeys] = useState<Record<Part, string | null>>({
    video: before?.key ?? null,
    captions: before?.captions ?? null,
  })
  const [files, setFiles] = useState<Record<Part, File | null>>({ video: null, captions: null })
  const [failing, setFailing] = useState<Part>('video')
  const choose = (part: Part, file: File | null): void => {
    setFiles((now) => ({ ...now, [part]: file }))
    upload.setError(null)
  }
  /** @returns the key of what was chosen, or of what is stored; undefined where it could not be sent */
  const send = async (part: Part): Promise<string | null | undefined> => {
    const file = files[part]
    if (file === null) return keys[part]
    setFailing(part)
    const stored = await upload.send(part, file)
    if (stored === null) return undefined
    addUrl(stored.key, stored.url)
    // Once it is there it isn't sent again, whatever happens to the other one.
    setKeys((now) => ({ ...now, [part]: stored.key }))
    setFiles((now) => ({ ...now, [part]: null }))
    return stored.key
  }
  const removeCaptions = (): void => {
    setKeys((now) => ({ ...now, captions: null }))
    choose('captions', null)
  }
  const missing = (): void => {
    setFailing('video')
    upload.setError(words.video.fileMissing)
  }
  const errorOf = (part: Part): string | null => (failing === part ? upload.error : null)
  const has = (part: Part): boolean => keys[part] !== null || files[part] !== null
  return { upload, keys, has, choose, send, missing, removeCaptions, errorOf }
}

/** A film of the school's own in the text, with its captions. */
export function VideoDialog({
  editor,
  edit,
  onClose,
}: {
  editor: Editor
  edit: boolean
  onClose: () => void
}) {
  const { words } = useTools()
  const w = words.video
  const [before] = useState(() => (edit ? videoAt(editor) : null))
  const parts = useParts(before)
  const [title, setTitle] = useState(before?.title ?? '')
  const [asked, setAsked] = useState(false)
  const called = title.trim()
  const apply = async (): Promise<void> => {
    setAsked(true)
    if (!parts.has('video')) parts.missing()
    if (!parts.has('video') || called === '') return
    const key = await parts.send('video')
    if (key == null) return
    const captions = await parts.send('captions')
    if (captions === undefined) return
    onClose()
    const attrs = { key, captions, title: called }
    if (before !== null) editor.chain().focus().updateAttributes('video', attrs).run()
    else insertBlock(editor, { type: 'video', attrs })
  }
  return (
    <Modal
      title={w.title}
      submit={before === null ? words.insert : words.apply}
      busy={parts.upload.progress !== null}
      onSubmit={() => void apply()}
      onClose={onClose}
    >
      <ChooseFile
        name="video-file"
        label={w.file}
        help={w.fileHelp}
        accept={acceptOf('video')}
        error={parts.errorOf('video')}
        onFile={(file) => parts.choose('video', file)}
      />
      <ChooseFile
        name="video-captions"
        label={w.captions}
        help={parts.keys.captions === null ? w.captionsHelp : w.hasCaptions}
        accept={acceptOf('captions')}
        error={parts.errorOf('captions')}
        onFile={(file) => parts.choose('captions', file)}
      />
      {parts.keys.captions === null ? null : (
        <button type="button" onClick={parts.removeCaptions} className={buttonClass('plain', 'small')}>
          {w.removeCaptions}
        </button>
      )}
      <Field
        name="video-title"
        label={w.name}
        error={asked && called === '' ? w.nameMissing : null}
        value={title}
        onValue={setTitle}
        maxLength={200}
      />
      <UploadProgress progress={parts.upload.progress} said={parts.upload.said} />
    </Modal>
  )
}
