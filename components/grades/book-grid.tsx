'use client'

import {
  type KeyboardEvent,
  type RefObject,
  useCallback,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
} from 'react'
import type { FormAction } from '#components/ui/form-context'
import type { Book, BookPerson } from '#lib/grades/contract/book'
import { fill } from '../editor/fill'
import { BookDialog } from './book-dialog'
import { type Editing, Head, Row } from './book-rows'
import { cellAt, type Given, sendChange, withCell } from './book-model'
import { columnsIn, moved, type Place, places, rowsIn, scrolledTo, sizesFor, type View } from './book-window'
import type { BookWords } from './book-words'

const LEAST: View = { top: 0, left: 0, width: 1_280, height: 720 }

/** The part of the table that is in sight, after every scroll and change of size. */
function useView() {
  const scroller = useRef<HTMLDivElement>(null)
  const [view, setView] = useState<View>(LEAST)
  useEffect(() => {
    const element = scroller.current
    if (element === null) return
    const look = (): void => {
      const { scrollTop: top, scrollLeft: left, clientWidth: width, clientHeight: height } = element
      setView({ top, left: Math.abs(left), width, height })
    }
    const sizes = new ResizeObserver(look)
    sizes.observe(element)
    element.addEventListener('scroll', look, { passive: true })
    return () => {
      sizes.disconnect()
      element.removeEventListener('scroll', look)
    }
  }, [])
  return { scroller, view }
}

type Props = Readonly<{
  courseId: string
  book: Book
  /** Those that are looked for, in order. */
  people: readonly BookPerson[]
  words: BookWords
  change: FormAction
  onBook: (change: (book: Book) => Book) => void
  onSaid: (text: string, bad: boolean) => void
}>

/** What a key begins in a cell; null: nothing. */
function begun({ key, ctrlKey, metaKey, altKey }: KeyboardEvent, points: string): Editing | null {
  if (ctrlKey || metaKey || altKey) return null
  if (/^\d$/.test(key)) return { kind: 'field', text: key }
  if (key === 'F2') return { kind: 'field', text: points }
  if (key === 'Delete' || key === 'Backspace') return { kind: 'field', text: '' }
  return key === 'Enter' ? { kind: 'dialog', text: points } : null
}

/** Where the focus is, what is typed there, and what becomes of it. */
function useEditing({ courseId, book, people, words, change, onBook, onSaid }: Props) {
  const [at, setAt] = useState<Place>({ row: 0, column: 2 })
  const [editing, setEditing] = useState<Editing | null>(null)
  const [refusal, setRefusal] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const place = at.column - 2
  const person = people[at.row]
  const item = book.items[place]
  const cell = person === undefined || item === undefined ? null : cellAt(person, item, place)

  const give = async (given: Given, wait: boolean): Promise<boolean> => {
    if (person === undefined || item === undefined || cell === null) return false
    const before = person
    if (wait) setBusy(true)
    else onBook((now) => withCell(now, person.id, place, given, cell.seen))
    const which = { courseId, userId: person.id, item: item.id, seen: cell.seen }
    const answer = await sendChange(change, which, given, words.unreachable)
    setBusy(false)
    if (answer.ok) {
      onBook((now) => withCell(now, person.id, place, given, answer.seen))
      onSaid(fill(words.saved, { title: item.title, name: person.name }), false)
      return true
    }
    if (wait) setRefusal(answer.message)
    else {
      onBook((now) => ({ ...now, people: now.people.map((one) => (one.id === before.id ? before : one)) }))
      onSaid(`${item.title}, ${person.name}: ${answer.message}`, true)
    }
    return false
  }
  const close = (): void => {
    setEditing(null)
    setRefusal(null)
  }
  return { at, setAt, editing, setEditing, refusal, busy, person, item, cell, give, close }
}

/** Moves the focus from cell to cell, and what is in sight with it. */
function useWalk(
  scroller: RefObject<HTMLDivElement | null>,
  view: View,
  { at, setAt, editing, close }: Pick<ReturnType<typeof useEditing>, 'at' | 'setAt' | 'editing' | 'close'>,
) {
  const wanted = useRef(false)
  // The focus goes to the cell once it is drawn, and not while something is typed.
  useLayoutEffect(() => {
    if (!wanted.current || editing !== null) return
    wanted.current = false
    const which = `[data-cell="${String(at.row)}:${String(at.column)}"]`
    scroller.current?.querySelector<HTMLElement>(which)?.focus({ preventScroll: true })
  })
  const go = (to: Place): void => {
    const element = scroller.current
    wanted.current = true
    setAt(to)
    if (element === null) return
    const { top, left } = scrolledTo(to, view)
    const rtl = getComputedStyle(element).direction === 'rtl'
    element.scrollTo({ top, left: rtl ? -left : left })
  }
  const leave = (): void => {
    wanted.current = true
    close()
  }
  /** A cell got the focus by itself: by a pointer, or a screen reader. */
  const enter = (target: EventTarget): void => {
    const cell = target instanceof Element ? target.closest('[data-cell]') : null
    const [row, column] = (cell?.getAttribute('data-cell') ?? '').split(':').map(Number)
    if (row === undefined || column === undefined || (row === at.row && column === at.column)) return
    if (editing !== null) close()
    setAt({ row, column })
  }
  return { go, leave, enter }
}

/** The gradebook: a thousand people by a hundred columns, of which only what is in sight is drawn. */
export function BookGrid(props: Props) {
  const { courseId, book, people, words } = props
  const { scroller, view } = useView()
  const editor = useEditing(props)
  const { at, editing, setEditing, person, item, cell, give, close } = editor
  const { go, leave, enter } = useWalk(scroller, view, editor)
  const [rows, columns] = [rowsIn(view, people.length), columnsIn(view, book.items.length)]
  const shown = places(columns, at.column - 2)
  const sizes = sizesFor(view.width)
  const bounds = {
    ...{ rows: people.length, columns: book.items.length + 2 },
    page: Math.max(1, Math.floor(view.height / sizes.row) - 2),
  }
  const onText = useCallback((text: string) => setEditing({ kind: 'field', text }), [setEditing])
  const commit = (): void => {
    if (editing === null || cell === null) return
    const points = editing.text.trim().replace(',', '.')
    if (points === (cell.points ?? '')) close()
    else if (cell.given) setEditing({ kind: 'dialog', text: points })
    else {
      close()
      void give({ points, excused: false, reason: '' }, false)
      go({ row: Math.min(at.row + 1, people.length - 1), column: at.column })
    }
  }
  const inField = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') leave()
    else if (event.key === 'Enter') commit()
    else return
    event.preventDefault()
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    if (editing?.kind === 'dialog') return
    if (editing !== null) {
      inField(event)
      return
    }
    const to = moved(at, event.key, event.ctrlKey || event.metaKey, bounds)
    const start = to === null && item !== undefined ? begun(event, cell?.points ?? '') : null
    if (to !== null) go(to)
    else if (start !== null) setEditing(start)
    else if (event.key === 'Enter' && person !== undefined)
      location.assign(`/teach/courses/${courseId}/grades/${person.id}${at.column === 1 ? '/course' : ''}`)
    else return
    event.preventDefault()
  }
  const width = sizes.name + sizes.total + book.items.length * sizes.column
  return (
    <>
      <div
        ref={scroller}
        role="grid"
        aria-label={words.label}
        aria-rowcount={people.length + 1}
        aria-colcount={book.items.length + 2}
        onKeyDown={onKeyDown}
        onFocus={(event) => enter(event.target)}
        onDoubleClick={() => item !== undefined && setEditing({ kind: 'dialog', text: cell?.points ?? '' })}
        className="relative max-h-[75dvh] overflow-auto rounded-md border border-line bg-surface"
      >
        <div
          role="presentation"
          className="relative"
          style={{ width, height: (people.length + 1) * sizes.row }}
        >
          <Head book={book} columns={shown} words={words} sizes={sizes} />
          {places(rows, at.row < people.length ? at.row : -1).map((row) => {
            const one = people[row]
            return one === undefined ? null : (
              <Row
                key={one.id}
                book={book}
                person={one}
                row={row}
                columns={shown}
                at={row === at.row ? at.column : -1}
                editing={row === at.row ? editing : null}
                words={words}
                sizes={sizes}
                href={`/teach/courses/${courseId}/grades/${one.id}`}
                onText={onText}
              />
            )
          })}
        </div>
      </div>
      {editing?.kind === 'dialog' && person !== undefined && item !== undefined && cell !== null ? (
        <BookDialog
          words={words}
          title={item.title}
          name={person.name}
          cell={cell}
          points={editing.text}
          href={`/teach/courses/${courseId}/grades/${person.id}/${item.id}`}
          refusal={editor.refusal}
          busy={editor.busy}
          onGive={(given) => void give(given, true).then((done) => done && leave())}
          onClose={leave}
        />
      ) : null}
    </>
  )
}
