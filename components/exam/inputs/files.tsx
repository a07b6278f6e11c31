'use client'

import { useId, useState } from 'react'
import { ChooseFile, FailedFile, KeptFile, SendingFile } from '#components/ui/upload-parts'
import type { ExamWords } from '#lib/i18n/exam-words'
import { bytesInWords } from '#lib/i18n/bytes'
import { fileName } from '../answers'
import { useRoom } from '../room-context'
import { sendFile } from '../send-file'
import { fill } from '../words'
import type { Delivered, InputProps } from './contract'

/** Files of one answer; the contract's own limit. */
const MOST = 20

type Sending =
  | Readonly<{ kind: 'idle' }>
  | Readonly<{ kind: 'sending'; name: string; percent: number }>
  | Readonly<{ kind: 'failed'; text: string; again: File | null }>

const extensionOf = (name: string): string => name.slice(name.lastIndexOf('.') + 1).toLowerCase()

type Limits = Readonly<{ types: string; size: string }>

function limitsOf(question: Delivered<'file-upload'>, locale: string): Limits {
  return {
    types: question.accept.map((extension) => extension.toUpperCase()).join(', '),
    size: bytesInWords(locale, question.maxBytes),
  }
}

/** What can be said before anything is sent; null when nothing speaks against it. */
function complaint(
  question: Delivered<'file-upload'>,
  file: File,
  words: ExamWords,
  limits: Limits,
): string | null {
  const { name } = file
  if (!question.accept.includes(extensionOf(name))) return fill(words.fileType, { name, types: limits.types })
  return file.size > question.maxBytes ? fill(words.fileSize, { name, size: limits.size }) : null
}

function refusalText(words: ExamWords, name: string, reason: string | null, message: string): string {
  const known: Readonly<Record<string, string>> = words.fileRefusals
  const why = reason === null ? message : (known[reason] ?? message)
  return `${fill(words.fileFailed, { name })} ${why}`.trim()
}

/** Sends files as soon as they are chosen; the answer is their keys, and is saved like any other. */
function useFiles({ question, value, onChange }: Omit<InputProps<'file-upload'>, 'labelledBy'>) {
  const { sitting, words, locale } = useRoom()
  const [sending, setSending] = useState<Sending>({ kind: 'idle' })
  const keys = value?.keys ?? []
  const limits = limitsOf(question, locale)
  const send = async (file: File): Promise<void> => {
    const wrong = complaint(question, file, words, limits)
    if (wrong !== null) {
      setSending({ kind: 'failed', text: wrong, again: null })
      return
    }
    const { name } = file
    setSending({ kind: 'sending', name, percent: 0 })
    const { examId, attemptId } = sitting
    const onTheWay = (more: number): void =>
      sitting.state.set({ uploads: sitting.state.get().uploads + more })
    onTheWay(1)
    const sent = await sendFile({ examId, attemptId, questionId: question.id }, file, (percent) =>
      setSending({ kind: 'sending', name, percent }),
    )
    onTheWay(-1)
    if (sent.ok) {
      setSending({ kind: 'idle' })
      // Not the keys of when its sending began: meanwhile another file may have come or gone.
      const now = sitting.state.get().slots[question.id]?.value
      const others = now?.type === 'file-upload' ? now.keys : []
      onChange({ type: 'file-upload', keys: [...others, sent.key].slice(0, MOST) })
      return
    }
    const again = sent.reason === null ? file : null
    setSending({ kind: 'failed', text: refusalText(words, name, sent.reason, sent.message), again })
  }
  const remove = (key: string): void =>
    onChange({ type: 'file-upload', keys: keys.filter((other) => other !== key) })
  return { keys, limits, sending, send, remove }
}

export function FilesInput({ labelledBy, ...input }: InputProps<'file-upload'>) {
  const { words } = useRoom()
  const { keys, limits, sending, send, remove } = useFiles(input)
  const id = useId()
  const retryOf = (file: File | null) => (file === null ? null : () => void send(file))
  return (
    <div role="group" aria-labelledby={labelledBy} className="max-w-column">
      <p id={`${id}-help`} className="text-14 text-soft">
        {fill(words.fileHelp, limits)}
      </p>
      {keys.length === 0 ? null : (
        <ul className="mt-3 divide-y divide-line border-y border-line">
          {keys.map((key) => (
            <KeptFile
              key={key}
              label={fill(words.fileRemove, { name: fileName(key) })}
              onRemove={() => remove(key)}
            >
              {fileName(key)}
            </KeptFile>
          ))}
        </ul>
      )}
      {sending.kind === 'sending' ? (
        <SendingFile text={fill(words.fileSending, sending)} percent={sending.percent} />
      ) : null}
      {sending.kind === 'failed' ? (
        <FailedFile text={sending.text} retry={words.fileRetry} onRetry={retryOf(sending.again)} />
      ) : null}
      {keys.length >= MOST ? null : (
        <ChooseFile
          label={keys.length === 0 ? words.fileChoose : words.fileAdd}
          endings={input.question.accept}
          disabled={sending.kind === 'sending'}
          describedBy={`${id}-help`}
          onChoose={(file) => void send(file)}
        />
      )}
    </div>
  )
}
