'use client'

import { useEffect, useId, useMemo, useRef, useState } from 'react'
import { buttonClass } from '#components/ui/button'
import { Icon } from '#components/ui/icon'
import type { NoteView } from '#lib/notes/contract'
import type { Anchor } from '#lib/notes/rules'
import { ask, fieldsOf, noteIn, refusalOf, subjectOf } from './ask'
import { Composer } from './composer'
import type { Listed, NotesOf, Subject } from './contract'
import { NoteItem } from './note-item'
import { passagesOf } from './reading'

type Props = Readonly<{
  of: NotesOf
  /** Closed it stays, with what was typed. */
  open: boolean
  /** How often a new note was asked for. */
  calls: number
  list: readonly Listed[]
  /** Those that there are. */
  notes: readonly NoteView[]
  /** What the next note is about. */
  subject: Subject
  selected: Anchor | null
  onSubject: (subject: Subject) => void
  onChange: (list: readonly Listed[]) => void
  onClose: () => void
}>

/** In the place of a note that was just deleted: it can come back for as long as the page is open. */
function Deleted({ words, onUndo }: { words: NotesOf['words']; onUndo: () => void }) {
  const undo = useRef<HTMLButtonElement>(null)
  // The button that was pressed is gone with the note; the focus goes to what undoes it.
  useEffect(() => undo.current?.focus(), [])
  return (
    <div className="flex flex-wrap items-center justify-between gap-3">
      <p role="status" className="text-14 text-soft">
        {words.removed}
      </p>
      <button ref={undo} type="button" onClick={onUndo} className={buttonClass('quiet', 'small')}>
        {words.undo}
      </button>
    </div>
  )
}

function Head({ id, words, onClose }: { id: string; words: NotesOf['words']; onClose: () => void }) {
  return (
    <div className="flex items-start justify-between gap-3">
      <div>
        <h2 id={id} className="text-18 font-semibold">
          {words.title}
        </h2>
        <p className="text-14 text-soft">{words.private}</p>
      </div>
      <button
        type="button"
        aria-label={words.close}
        onClick={onClose}
        className="inline-flex size-11 shrink-0 items-center justify-center rounded-sm text-soft hover:bg-sunken hover:text-text"
      >
        <Icon name="close" />
      </button>
    </div>
  )
}

/** The notes of a lesson beside it, on phones in a sheet from below: the text stays to be read and selected. */
export function NotesPanel(props: Props) {
  const { of, open, calls, list, notes, subject, selected, onSubject, onChange, onClose } = props
  const { words, actions, courseId, lessonId } = of
  const passages = useMemo(() => passagesOf(notes), [notes])
  const title = useId()
  const [refusal, setRefusal] = useState<string | null>(null)
  const [returned, setReturned] = useState<string | null>(null)

  const replace = (id: string, by: Listed): void =>
    onChange(list.map((one) => (one.note.id === id ? by : one)))
  const remove = async (note: NoteView): Promise<void> => {
    const outcome = await ask(actions.remove, { noteId: note.id }, words.unreachable)
    setRefusal(refusalOf(outcome))
    if (outcome.ok) replace(note.id, { note, deleted: true })
  }
  const restore = async (note: NoteView): Promise<void> => {
    const fields = { courseId, lessonId, ...fieldsOf(note.body, subjectOf(note), note.writtenAt) }
    const outcome = await ask(actions.create, fields, words.unreachable)
    const back = noteIn(outcome)
    setRefusal(refusalOf(outcome))
    if (back === null) return
    setReturned(back.id)
    replace(note.id, { note: back, deleted: false })
  }
  return (
    <aside
      hidden={!open}
      data-notes-panel
      aria-labelledby={title}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose()
      }}
      className="arrive fixed inset-x-0 bottom-0 z-40 mx-auto flex max-h-[65dvh] max-w-column flex-col gap-6 overflow-y-auto overscroll-contain rounded-t-md border border-line bg-surface p-4 pb-[max(1rem,env(safe-area-inset-bottom))] text-text shadow-float lg:inset-y-0 lg:start-auto lg:end-0 lg:mx-0 lg:max-h-none lg:w-96 lg:rounded-none lg:border-y-0 lg:border-e-0 lg:p-6"
    >
      <Head id={title} words={words} onClose={onClose} />
      <Composer
        of={of}
        calls={calls}
        subject={subject}
        selected={selected}
        onSubject={onSubject}
        onWritten={(note) => {
          onChange([...list, { note, deleted: false }])
          onSubject({ kind: 'lesson' })
        }}
      />
      <p role="status" className={refusal === null ? 'sr-only' : 'text-14 text-bad'}>
        {refusal ?? ''}
      </p>
      {list.length === 0 ? (
        <div className="text-14">
          <p className="font-semibold">{words.emptyTitle}</p>
          <p className="mt-1 text-soft">{words.emptyBody}</p>
        </div>
      ) : (
        <ul className="flex flex-col divide-y divide-line border-y border-line">
          {list.map(({ note, deleted }) => (
            <li key={note.id} className="py-4">
              {deleted ? (
                <Deleted words={words} onUndo={() => void restore(note)} />
              ) : (
                <NoteItem
                  of={of}
                  note={note}
                  passage={passages.get(note.id) ?? null}
                  returned={note.id === returned}
                  onChanged={(changed) => replace(note.id, { note: changed, deleted: false })}
                  onRemove={() => void remove(note)}
                />
              )}
            </li>
          ))}
        </ul>
      )}
      <a
        href={`/api/notes/${courseId}`}
        download
        hidden={list.length === 0}
        className={`${buttonClass('quiet', 'small')} self-start`}
      >
        <Icon name="download" size={16} />
        {words.exportAll}
      </a>
    </aside>
  )
}
