'use client'

import { useId, useRef, useState } from 'react'
import { buttonClass } from '#components/ui/button'
import { Icon } from '#components/ui/icon'
import { ProgressBar } from '#components/ui/progress-bar'
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

function KeptFile({ name, label, onRemove }: { name: string; label: string; onRemove: () => void }) {
  return (
    <li className="flex items-center gap-3 py-2">
      <Icon name="assignment" size={18} className="text-soft" />
      <span className="min-w-0 grow wrap-anywhere">{name}</span>
      <button
        type="button"
        aria-label={label}
        onClick={onRemove}
        className="inline-flex size-11 shrink-0 items-center justify-center rounded-sm text-soft hover:bg-sunken hover:text-text"
      >
        <Icon name="trash" size={18} />
      </button>
    </li>
  )
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
  const field = useRef<HTMLInputElement>(null)
  const busy = sending.kind === 'sending'
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
              name={fileName(key)}
              label={fill(words.fileRemove, { name: fileName(key) })}
              onRemove={() => remove(key)}
            />
          ))}
        </ul>
      )}
      {sending.kind === 'sending' ? (
        <div className="mt-3">
          <p className="text-14">{fill(words.fileSending, sending)}</p>
          <div className="mt-2">
            <ProgressBar value={sending.percent} max={100} />
          </div>
        </div>
      ) : null}
      {sending.kind === 'failed' ? (
        <div role="alert" className="mt-3 flex flex-wrap items-center gap-3 text-14 font-medium text-bad">
          <Icon name="alert" size={16} />
          <span className="min-w-0">{sending.text}</span>
          {sending.again === null ? null : (
            <button
              type="button"
              onClick={() => sending.again !== null && void send(sending.again)}
              className={buttonClass('quiet', 'small')}
            >
              {words.fileRetry}
            </button>
          )}
        </div>
      ) : null}
      {keys.length >= MOST ? null : (
        <label
          className={`${buttonClass('quiet')} mt-4 cursor-pointer has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent-8`}
        >
          <Icon name="upload" size={18} />
          {keys.length === 0 ? words.fileChoose : words.fileAdd}
          <input
            ref={field}
            type="file"
            disabled={busy}
            accept={input.question.accept.map((extension) => `.${extension}`).join()}
            aria-describedby={`${id}-help`}
            onChange={(event) => {
              const file = event.target.files?.[0]
              event.target.value = ''
              if (file !== undefined) void send(file)
            }}
            className="sr-only"
          />
        </label>
      )}
    </div>
  )
}
