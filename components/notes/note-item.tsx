'use client'

import { useEffect, useId, useRef, useState } from 'react'
import { buttonClass } from '#components/ui/button'
import { Icon } from '#components/ui/icon'
import type { NoteView } from '#lib/notes/contract'
import { BODY_MOST } from '#lib/notes/rules'
import { clock } from '#lib/player/rules'
import { currentFilm } from '../player/film'
import { ask, refusalOf } from './ask'
import { AREA, onSendKey } from './composer'
import type { NotesOf } from './contract'
import { showPassage } from './reading'

const start = (body: string): string => (body.length > 40 ? `${body.slice(0, 40)}…` : body)

/** What a note is about, and the way there. */
function Subject({
  words,
  note,
  passage,
}: {
  words: NotesOf['words']
  note: NoteView
  passage: Range | null
}) {
  if (note.atSecond !== null) {
    const time = clock(note.atSecond)
    return (
      <button
        type="button"
        aria-label={words.play.replace('{time}', time)}
        onClick={() => currentFilm()?.seek(note.atSecond ?? 0)}
        className={`${buttonClass('quiet', 'small')} self-start tabular-nums`}
      >
        <Icon name="play" size={14} />
        {time}
      </button>
    )
  }
  if (note.quote === null) return null
  return (
    <div>
      <blockquote
        dir="auto"
        className="line-clamp-4 border-s-2 border-accent-8 ps-3 font-reading text-14 text-soft"
      >
        {note.quote}
      </blockquote>
      {passage === null ? (
        <p className="mt-1 text-14 text-soft">{words.changed}</p>
      ) : (
        <button
          type="button"
          onClick={() => showPassage(passage)}
          className="min-h-11 text-14 font-medium text-accent-11 underline underline-offset-4 sm:min-h-8"
        >
          {words.goTo}
        </button>
      )}
    </div>
  )
}

function Editor({
  of,
  note,
  onDone,
}: {
  of: NotesOf
  note: NoteView
  /** With the new words, or null for the old ones. */
  onDone: (body: string | null) => void
}) {
  const { words, actions } = of
  const id = useId()
  const area = useRef<HTMLTextAreaElement>(null)
  const [body, setBody] = useState(note.body)
  const [busy, setBusy] = useState(false)
  const [refusal, setRefusal] = useState<string | null>(null)
  useEffect(() => area.current?.focus(), [])
  const save = async (): Promise<void> => {
    if (busy) return
    if (body.trim() === '') {
      setRefusal(words.needed)
      return
    }
    setBusy(true)
    const outcome = await ask(actions.change, { noteId: note.id, body }, words.unreachable)
    setBusy(false)
    setRefusal(refusalOf(outcome))
    if (outcome.ok) onDone(body.trim())
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
      className="flex flex-col gap-2"
    >
      <textarea
        ref={area}
        dir="auto"
        value={body}
        maxLength={BODY_MOST}
        aria-label={words.body}
        aria-invalid={refusal === null ? undefined : true}
        aria-describedby={id}
        onChange={(event) => setBody(event.target.value)}
        onKeyDown={onSendKey(() => void save())}
        className={AREA}
      />
      <p id={id} role="status" className="text-14 text-bad">
        {refusal ?? ''}
      </p>
      <div className="flex flex-wrap gap-3">
        <button type="submit" aria-disabled={busy || undefined} className={buttonClass('primary', 'small')}>
          {busy ? words.saving : words.saveChange}
        </button>
        <button type="button" onClick={() => onDone(null)} className={buttonClass('plain', 'small')}>
          {words.cancel}
        </button>
      </div>
    </form>
  )
}

/** A note: what it is about, what it says, and what can be done with it. */
export function NoteItem({
  of,
  note,
  passage,
  returned,
  onChanged,
  onRemove,
}: {
  of: NotesOf
  note: NoteView
  passage: Range | null
  /** It was deleted and is back: the focus is with it. */
  returned: boolean
  onChanged: (note: NoteView) => void
  onRemove: () => void
}) {
  const { words, locale } = of
  const [editing, setEditing] = useState(false)
  const edit = useRef<HTMLButtonElement>(null)
  const [left, setLeft] = useState(returned)
  useEffect(() => {
    if (left && !editing) edit.current?.focus()
  }, [left, editing])
  const written = new Intl.DateTimeFormat(locale, { dateStyle: 'medium' }).format(new Date(note.writtenAt))
  return (
    <div className="flex flex-col gap-2">
      <Subject words={words} note={note} passage={passage} />
      {editing ? (
        <Editor
          of={of}
          note={note}
          onDone={(body) => {
            setEditing(false)
            setLeft(true)
            if (body !== null) onChanged({ ...note, body })
          }}
        />
      ) : (
        <>
          <p dir="auto" className="wrap-break-word whitespace-pre-wrap">
            {note.body}
          </p>
          <div className="flex flex-wrap items-center gap-x-1 text-14 text-soft">
            <time dateTime={note.writtenAt} className="me-auto">
              {written}
            </time>
            <button
              ref={edit}
              type="button"
              aria-label={words.editOf.replace('{start}', () => start(note.body))}
              onClick={() => setEditing(true)}
              className={buttonClass('plain', 'small')}
            >
              {words.edit}
            </button>
            <button
              type="button"
              aria-label={words.removeOf.replace('{start}', () => start(note.body))}
              onClick={onRemove}
              className={buttonClass('plain', 'small')}
            >
              {words.remove}
            </button>
          </div>
        </>
      )}
    </div>
  )
}
