'use client'

import type { Editor } from '@tiptap/react'
import { useState } from 'react'
import { acceptOf } from '#lib/editor/rules/file-types'
import { ChooseFile, Field } from './field'
import { insertBlock } from './insert-block'
import { Modal } from './modal'
import { useTools } from './tools'
import { UploadProgress } from './upload-progress'
import { useUpload } from './use-upload'

/** A file to take along. */
export function FileDialog({ editor, onClose }: { editor: Editor; onClose: () => void }) {
  const { words, lessonId, addUrl } = useTools()
  const [file, setFile] = useState<File | null>(null)
  const [name, setName] = useState('')
  const [nameFault, setNameFault] = useState<string | null>(null)
  const upload = useUpload(lessonId, words)
  const apply = async (): Promise<void> => {
    const called = name.trim()
    setNameFault(called === '' ? words.file.nameMissing : null)
    if (file === null) upload.setError(words.file.fileMissing)
    if (file === null || called === '') return
    const stored = await upload.send('file', file)
    if (stored === null) return
    addUrl(stored.key, stored.url)
    onClose()
    const attrs = { key: stored.key, name: called, bytes: stored.bytes }
    insertBlock(editor, { type: 'file', attrs })
  }
  return (
    <Modal
      title={words.file.title}
      submit={words.insert}
      busy={upload.progress !== null}
      onSubmit={() => void apply()}
      onClose={onClose}
    >
      <ChooseFile
        name="file"
        label={words.file.file}
        help={words.file.fileHelp}
        accept={acceptOf('file')}
        error={upload.error}
        onFile={(chosen) => {
          setFile(chosen)
          setName(chosen.name.slice(-200))
          upload.setError(null)
        }}
      />
      <Field
        name="name"
        label={words.file.name}
        help={words.file.nameHelp}
        error={nameFault}
        value={name}
        onValue={setName}
        maxLength={200}
      />
      <UploadProgress progress={upload.progress} said={upload.said} />
    </Modal>
  )
}
