'use client'

import { type KeyboardEvent, useEffect, useId, useRef, useState, useSyncExternalStore } from 'react'
import { buttonClass } from '#components/ui/button'
import type { NoteView } from '#lib/notes/contract'
import { type Anchor, BODY_MOST } from '#lib/notes/rules'
import { clock } from '#lib/player/rules'
import { filmSecond, watchFilm } from '../player/film'
import { ask, fieldsOf, noteIn, refusalOf } from './ask'
import type { NotesOf, Subject } from './contract'
import { keepUnsaved, unsavedNote } from './unsaved'

/** What Ctrl or ⌘ with Enter does. */
export function onSendKey(send: () => void): (event: KeyboardEvent) => void {
  return (event) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
    event.preventDefault()
    send()
  }
}

export const AREA =
  'block w-full field-sizing-content min-h-24 max-h-64 rounded-sm border border-edge bg-surface px-3 py-2 text-16 text-text'

/** What the note is about: the lesson, this second of its film, or the passage that is selected. */
function About({
  words,
  subject,
  selected,
  onSubject,
}: {
  words: NotesOf['words']
  subject: Subject
  selected: Anchor | null
  onSubject: (subject: Subject) => void
}) {
  const name = useId()
  const now = useSyncExternalStore(watchFilm, filmSecond, () => null)
  const second = subject.kind === 'second' ? subject.second : now
  const anchor = subject.kind === 'passage' ? subject.anchor : selected
  const choices: readonly (readonly [Subject, string])[] = [
    [{ kind: 'lesson' }, words.aboutLesson],
    ...(second === null
      ? []
      : [[{ kind: 'second', second }, words.aboutSecond.replace('{time}', clock(second))] as const]),
    ...(anchor === null ? [] : [[{ kind: 'passage', anchor }, words.aboutPassage] as const]),
  ]
  if (choices.length === 1 && subject.kind === 'lesson') return null
  return (
    <fieldset>
      <legend className="text-14 text-soft">{words.about}</legend>
      <div className="flex flex-wrap gap-x-4">
        {choices.map(([choice, label]) => (
          <label key={choice.kind} className="inline-flex min-h-11 items-center gap-2 text-14 sm:min-h-9">
            <input
              type="radio"
              name={name}
              checked={subject.kind === choice.kind}
              onChange={() => onSubject(choice)}
              className="size-5"
            />
            {label}
          </label>
        ))}
      </div>
      {subject.kind === 'passage' ? (
        <blockquote
          dir="auto"
          className="mt-1 line-clamp-3 border-s-2 border-accent-8 ps-3 font-reading text-14 text-soft"
        >
          {subject.anchor.quote}
        </blockquote>
      ) : null}
    </fieldset>
  )
}

/** Writes a new note. What was typed stays until it is saved. */
export function Composer({
  of,
  calls,
  subject,
  selected,
  onSubject,
  onWritten,
}: {
  of: NotesOf
  /** How often a new note was asked for. */
  calls: number
  subject: Subject
  selected: Anchor | null
  onSubject: (subject: Subject) => void
  onWritten: (note: NoteView) => void
}) {
  const { words, actions, courseId, lessonId } = of
  const area = useRef<HTMLTextAreaElement>(null)
  const id = useId()
  // The panel is never made on the server.
  const [body, setBody] = useState(() => unsavedNote(of))
  const [busy, setBusy] = useState(false)
  const [refusal, setRefusal] = useState<string | null>(null)
  const [saved, setSaved] = useState(false)
  // Whoever asked for a note is about to type it.
  useEffect(() => area.current?.focus(), [calls])

  const save = async (): Promise<void> => {
    if (busy) return
    if (body.trim() === '') {
      setSaved(false)
      setRefusal(words.needed)
      return
    }
    setBusy(true)
    const fields = { courseId, lessonId, ...fieldsOf(body, subject) }
    const outcome = await ask(actions.create, fields, words.unreachable)
    const note = noteIn(outcome)
    setBusy(false)
    setRefusal(refusalOf(outcome))
    setSaved(note !== null)
    if (note === null) return
    setBody('')
    keepUnsaved(of, '')
    onWritten(note)
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
      className="flex flex-col gap-2"
    >
      <label htmlFor={id} className="font-semibold">
        {words.newNote}
      </label>
      <About words={words} subject={subject} selected={selected} onSubject={onSubject} />
      <textarea
        ref={area}
        id={id}
        dir="auto"
        value={body}
        maxLength={BODY_MOST}
        aria-invalid={refusal === null ? undefined : true}
        aria-describedby={`${id}-said`}
        onChange={(event) => {
          setBody(event.target.value)
          keepUnsaved(of, event.target.value)
          setSaved(false)
          setRefusal(null)
        }}
        onKeyDown={onSendKey(() => void save())}
        className={AREA}
      />
      <div className="flex flex-wrap items-center gap-3">
        <button type="submit" aria-disabled={busy || undefined} className={buttonClass('primary', 'small')}>
          {busy ? words.saving : words.save}
        </button>
        <p
          id={`${id}-said`}
          role="status"
          className={`text-14 ${refusal === null ? 'text-good' : 'text-bad'}`}
        >
          {refusal ?? (saved ? words.saved : '')}
        </p>
      </div>
    </form>
  )
}
