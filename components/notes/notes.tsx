'use client'

import { lazy, Suspense, useEffect, useRef, useState, useSyncExternalStore } from 'react'
import { buttonClass } from '#components/ui/button'
import { Icon } from '#components/ui/icon'
import type { NoteView } from '#lib/notes/contract'
import type { Anchor } from '#lib/notes/rules'
import { clock } from '#lib/player/rules'
import { onOtherPanel, tellPanels } from '../lesson/side-panels'
import { currentFilm, filmSecond, watchFilm } from '../player/film'
import type { Listed, NotesOf, Subject } from './contract'
import { markNoted, passagesOf, selectedPassage } from './reading'

// The panel comes with the first call for it: most visits of a lesson never open it.
const load = () => import('./notes-panel')
const NotesPanel = lazy(() => load().then((module) => ({ default: module.NotesPanel })))

/** The selected passage, and where its button stands in the window. */
type Offer = Readonly<{ anchor: Anchor; inline: number; block: number }>

/** Room that the button takes, in pixels. */
const ROOM = { inline: 220, block: 52 }

function offerOf(): Offer | null {
  const selected = selectedPassage()
  if (selected === null) return null
  const boxes = selected.range.getClientRects()
  const last = boxes[boxes.length - 1] ?? selected.range.getBoundingClientRect()
  return {
    anchor: selected.anchor,
    inline: Math.max(8, Math.min(last.right - ROOM.inline / 2, innerWidth - ROOM.inline)),
    block: Math.max(8, Math.min(last.bottom + 8, innerHeight - ROOM.block)),
  }
}

/** Follows the selection, a moment after it came to rest. */
function useOffer(): readonly [Offer | null, () => void] {
  const [offer, setOffer] = useState<Offer | null>(null)
  useEffect(() => {
    const listening = new AbortController()
    const { signal } = listening
    let timer: ReturnType<typeof setTimeout> | undefined
    const look = (): void => {
      clearTimeout(timer)
      timer = setTimeout(() => setOffer(offerOf()), 200)
    }
    document.addEventListener('selectionchange', look, { signal })
    addEventListener('scroll', look, { signal, passive: true })
    return () => {
      clearTimeout(timer)
      listening.abort()
    }
  }, [])
  return [offer, () => setOffer(null)]
}

/** Marks the passages of notes once the page stands, and again when notes come or go. */
function useMarks(notes: readonly NoteView[]): void {
  useEffect(() => {
    markNoted(passagesOf(notes))
    return () => markNoted(new Map())
  }, [notes])
}

function isAbout(subject: Subject | null, { anchor }: Offer): boolean {
  return subject?.kind === 'passage' && subject.anchor.quote === anchor.quote
}

/** One's notes beside a lesson: how many, the way to them, and a button beside whatever is selected of the text. */
export function Notes({ of, notes }: { of: NotesOf; notes: readonly NoteView[] }) {
  const { words } = of
  const [list, setList] = useState<readonly Listed[]>(() => notes.map((note) => ({ note, deleted: false })))
  const [kept, setKept] = useState(notes)
  const [subject, setSubject] = useState<Subject | null>(null)
  const [open, setOpen] = useState(false)
  const [offer, dropOffer] = useOffer()
  // Counts the calls for a new note: each one takes the focus to where it is written.
  const [calls, setCalls] = useState(0)
  useMarks(kept)
  const opener = useRef<HTMLButtonElement>(null)
  useEffect(() => onOtherPanel('notes', () => setOpen(false)), [])
  const second = useSyncExternalStore(watchFilm, filmSecond, () => null)

  const change = (next: readonly Listed[]): void => {
    setList(next)
    setKept(next.filter(({ deleted }) => !deleted).map(({ note }) => note))
  }
  const write = (about: Subject): void => {
    setSubject(about)
    tellPanels('notes')
    setOpen(true)
    setCalls((before) => before + 1)
    dropOffer()
  }
  const writeNow = (): void => {
    const film = currentFilm()
    const passage = selectedPassage()
    if (passage !== null) write({ kind: 'passage', anchor: passage.anchor })
    else write(film === null ? { kind: 'lesson' } : { kind: 'second', second: Math.floor(film.time()) })
  }
  const close = (): void => {
    setOpen(false)
    opener.current?.focus()
  }
  return (
    <div className="flex flex-wrap items-center gap-3 font-sans noscript:hidden" data-chrome>
      <button
        ref={opener}
        type="button"
        aria-expanded={open}
        onPointerEnter={() => void load().catch(() => undefined)}
        onClick={() => (open ? close() : write(subject ?? { kind: 'lesson' }))}
        className={buttonClass('quiet', 'small')}
      >
        <Icon name="pencil" size={16} />
        {kept.length === 0 ? words.open : words.count.replace('{count}', String(kept.length))}
      </button>
      <button type="button" data-shortcut="note" onClick={writeNow} className={buttonClass('plain', 'small')}>
        <Icon name="plus" size={16} />
        {second === null ? words.newNote : words.noteAt.replace('{time}', clock(second))}
      </button>
      {offer === null || isAbout(subject, offer) ? null : (
        <button
          type="button"
          // The selection is what it is about: pressing the button must not take it away.
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => write({ kind: 'passage', anchor: offer.anchor })}
          // Where the selection is in the window, whichever way its text runs.
          style={{ inset: `${String(offer.block)}px auto auto ${String(offer.inline)}px` }}
          className={`${buttonClass('primary', 'small')} fixed z-30 shadow-float`}
        >
          <Icon name="pencil" size={16} />
          {words.noteSelection}
        </button>
      )}
      {calls > 0 ? (
        <Suspense fallback={null}>
          <NotesPanel
            of={of}
            open={open}
            calls={calls}
            list={list}
            notes={kept}
            subject={subject ?? { kind: 'lesson' }}
            selected={offer?.anchor ?? null}
            onSubject={setSubject}
            onChange={change}
            onClose={close}
          />
        </Suspense>
      ) : null}
    </div>
  )
}
