'use client'

import { useEffect, useRef, useState } from 'react'
import { fill } from '../exam/words'
import { useField } from '#components/ui/form-context'
import { useHydrated } from '#components/ui/hydrated'
import { ChooseFile, FailedFile, KeptFile, SendingFile } from '#components/ui/upload-parts'
import type { WorkFile } from '#lib/assignments/contract'
import { FILE_BYTES_MAX, FILES_MAX } from '#lib/assignments/contract/limits'
import { WORK_ENDINGS } from '#lib/assignments/rules/file-kinds'
import type { WorkFileWords } from '#lib/i18n/work-file-words'
import { bytesInWords } from '#lib/i18n/bytes'
import { useDraft } from './draft-keeper'
import { removeWorkFile, sendWorkFile } from './send-work-file'

type Props = Readonly<{
  locale: string
  words: WorkFileWords
  /** The words for a field that may stay empty; null where it may not. */
  optional: string | null
  assignmentId: string
  files: readonly WorkFile[]
}>

type State =
  | Readonly<{ kind: 'idle' }>
  | Readonly<{ kind: 'sending'; name: string; percent: number }>
  | Readonly<{ kind: 'failed'; text: string; again: File | null }>

const endingOf = (name: string): string => name.slice(name.lastIndexOf('.') + 1).toLowerCase()
const TYPES = WORK_ENDINGS.map((ending) => ending.toUpperCase()).join(', ')

/** What can be said before anything is sent; null when nothing speaks against it. */
function complaint({ locale, words }: Props, { name, size }: File): string | null {
  if (!WORK_ENDINGS.includes(endingOf(name))) return fill(words.type, { name, types: TYPES })
  return size > FILE_BYTES_MAX ? fill(words.size, { name, size: bytesInWords(locale, FILE_BYTES_MAX) }) : null
}

function refusal(words: WorkFileWords, name: string, reason: string | null): string {
  const known: Readonly<Record<string, string>> = words.refusals
  const why = reason === null ? words.cutOff : (known[reason] ?? words.cutOff)
  return `${fill(words.failed, { name })} ${why}`
}

/** Sends files as soon as they are chosen. They are part of the draft from then on, and handed in with the form. */
function useWorkFiles(props: Props) {
  const { words, assignmentId } = props
  const [files, setFiles] = useState(props.files)
  const { borrow, giveBack } = useDraft()
  const [state, setState] = useState<State>({ kind: 'idle' })
  const send = async (file: File): Promise<void> => {
    const wrong = complaint(props, file)
    if (wrong !== null) {
      setState({ kind: 'failed', text: wrong, again: null })
      return
    }
    const { name } = file
    setState({ kind: 'sending', name, percent: 0 })
    const seen = await borrow()
    const sent = await sendWorkFile({ assignmentId, seen }, file, (percent) =>
      setState({ kind: 'sending', name, percent }),
    )
    giveBack(sent.ok ? sent.seen : null)
    if (!sent.ok) {
      const again = sent.reason === null ? file : null
      setState({ kind: 'failed', text: refusal(words, name, sent.reason), again })
      return
    }
    setFiles((before) => [...before, sent.file])
    setState({ kind: 'idle' })
  }
  const remove = async ({ key, name }: WorkFile): Promise<void> => {
    setState({ kind: 'sending', name, percent: 100 })
    const gone = await removeWorkFile({ assignmentId, seen: await borrow() }, key)
    giveBack(gone.seen)
    if (gone.ok) setFiles((before) => before.filter((other) => other.key !== key))
    setState(gone.ok ? { kind: 'idle' } : { kind: 'failed', text: fill(words.stays, { name }), again: null })
  }
  return { files, state, send, remove }
}

/** While a file is on its way nothing is handed in: it would be handed in without it. */
function useWaiting(busy: boolean, form: () => HTMLFormElement | null): boolean {
  const [pressed, setPressed] = useState(false)
  useEffect(() => {
    const element = form()
    if (!busy || element === null) return
    const hold = (event: Event): void => {
      event.preventDefault()
      event.stopPropagation()
      setPressed(true)
    }
    element.addEventListener('submit', hold, true)
    return () => {
      element.removeEventListener('submit', hold, true)
      setPressed(false)
    }
  }, [busy, form])
  return busy && pressed
}

function Named({ locale, file }: { locale: string; file: WorkFile }) {
  return (
    <>
      {file.name}
      {file.bytes === null ? null : (
        <span className="text-14 text-soft"> · {bytesInWords(locale, file.bytes)}</span>
      )}
    </>
  )
}

/** The files of somebody's work. */
export function FilesField(props: Props) {
  const { locale, words, optional } = props
  const { id, error } = useField('files')
  const { files, state, send, remove } = useWorkFiles(props)
  const box = useRef<HTMLFieldSetElement>(null)
  const [formOf] = useState(() => () => box.current?.closest('form') ?? null)
  const busy = state.kind === 'sending'
  const waiting = useWaiting(busy, formOf)
  const usable = useHydrated()
  return (
    <fieldset ref={box} aria-describedby={error === null ? undefined : `${id}-error`}>
      <legend className="text-14 font-medium">
        <span data-label-of="files">{words.label}</span>
        {optional === null ? null : <span className="font-normal text-soft"> {optional}</span>}
      </legend>
      {files.map(({ key }) => (
        <input key={key} type="hidden" name="files" value={key} />
      ))}
      <p id={`${id}-help`} className="mt-1 text-14 text-soft">
        {fill(words.help, { most: FILES_MAX, types: TYPES, size: bytesInWords(locale, FILE_BYTES_MAX) })}
      </p>
      <noscript>
        <p className="mt-1 text-14">{words.noScript}</p>
      </noscript>
      {files.length === 0 ? null : (
        <ul className="mt-3 divide-y divide-line border-y border-line">
          {files.map((file) => (
            <KeptFile
              key={file.key}
              label={fill(words.remove, { name: file.name })}
              onRemove={() => {
                if (!busy) void remove(file)
              }}
            >
              <Named locale={locale} file={file} />
            </KeptFile>
          ))}
        </ul>
      )}
      <Progress words={words} state={state} waiting={waiting} onRetry={(file) => void send(file)} />
      {error === null ? null : (
        <p id={`${id}-error`} className="mt-2 text-14 font-medium text-bad">
          {error}
        </p>
      )}
      {files.length >= FILES_MAX || !usable ? null : (
        <ChooseFile
          id={id}
          label={files.length === 0 ? words.choose : words.add}
          endings={WORK_ENDINGS}
          disabled={busy}
          describedBy={`${id}-help`}
          onChoose={(file) => void send(file)}
        />
      )}
    </fieldset>
  )
}

function Progress({
  words,
  state,
  waiting,
  onRetry,
}: {
  words: WorkFileWords
  state: State
  waiting: boolean
  onRetry: (file: File) => void
}) {
  if (state.kind === 'idle') return null
  if (state.kind === 'sending')
    return (
      <>
        <SendingFile text={fill(words.sending, state)} percent={state.percent} />
        {waiting ? (
          <p role="alert" className="mt-2 text-14 font-medium">
            {words.wait}
          </p>
        ) : null}
      </>
    )
  const { text, again } = state
  return <FailedFile text={text} retry={words.retry} onRetry={again === null ? null : () => onRetry(again)} />
}
