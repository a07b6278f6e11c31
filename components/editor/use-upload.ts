'use client'

import { useEffect, useRef, useState } from 'react'
import type { UploadedFile, UploadKind } from '#lib/editor/contract'
import type { EditorWords } from '#lib/i18n/editor-words'
import { fill } from './fill'
import { uploadFile, type UploadProgress } from './upload'

/** One upload at a time, with what is said of it. Leaving its place gives it up. */
export function useUpload(lessonId: string, words: EditorWords) {
  const [progress, setProgress] = useState<UploadProgress | null>(null)
  const [error, setError] = useState<string | null>(null)
  const running = useRef<AbortController | null>(null)
  useEffect(() => () => running.current?.abort(), [])

  const send = async (kind: UploadKind, file: File): Promise<UploadedFile | null> => {
    const controller = new AbortController()
    running.current = controller
    setError(null)
    setProgress({ kind: 'sending', percent: 0 })
    const outcome = await uploadFile({
      ...{ lessonId, kind, file, signal: controller.signal },
      onProgress: setProgress,
    })
    setProgress(null)
    if (outcome.kind === 'done') return outcome.file
    const said =
      outcome.kind === 'refused' ? (outcome.fields['file'] ?? outcome.message) : words.upload.offline
    if (!controller.signal.aborted) setError(said)
    return null
  }
  return {
    send,
    cancel: () => running.current?.abort(),
    error,
    setError,
    progress,
    said: saidOf(progress, words),
  }
}

function saidOf(progress: UploadProgress | null, words: EditorWords): string | null {
  if (progress === null) return null
  if (progress.kind === 'sending') return fill(words.upload.progress, { percent: progress.percent })
  return words.upload[progress.kind]
}
