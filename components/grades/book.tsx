'use client'

import { useEffect, useId, useState } from 'react'
import { buttonClass } from '#components/ui/button'
import { CONTROL } from '#components/ui/field-frame'
import type { FormAction } from '#components/ui/form-context'
import { useHydrated } from '#components/ui/hydrated'
import { Icon } from '#components/ui/icon'
import type { Book as BookData } from '#lib/grades/contract/book'
import { fill } from '../editor/fill'
import { BookGrid } from './book-grid'
import { type Order, ORDERS, ranked } from './book-order'
import type { BookWords } from './book-words'

async function read(courseId: string): Promise<BookData | null> {
  try {
    const response = await fetch(`/api/grades/${courseId}`, { headers: { Accept: 'application/json' } })
    return response.ok ? ((await response.json()) as BookData) : null
  } catch {
    return null
  }
}

function BookOrder({ words, onOrder }: Readonly<{ words: BookWords; onOrder: (order: Order) => void }>) {
  const id = useId()
  return (
    <label htmlFor={id} className="block w-full max-w-60">
      <span className="mb-1 block text-14 font-medium">{words.order}</span>
      <span className="relative block">
        <select
          id={id}
          className={`${CONTROL} appearance-none truncate pe-9`}
          onChange={({ target }) => onOrder(ORDERS.find((one) => one === target.value) ?? 'name')}
        >
          {ORDERS.map((order) => (
            <option key={order} value={order}>
              {words[`order-${order}`]}
            </option>
          ))}
        </select>
        <Icon
          name="sort"
          size={16}
          className="pointer-events-none absolute inset-e-3 top-3.5 text-soft forced-colors:hidden"
        />
      </span>
    </label>
  )
}

/** The gradebook of a course: asks for the grades, then shows them. */
export function Book({
  courseId,
  words,
  change,
}: Readonly<{ courseId: string; words: BookWords; change: FormAction }>) {
  const [book, setBook] = useState<BookData | null>(null)
  const [failed, setFailed] = useState(false)
  const [tries, setTries] = useState(0)
  const [wanted, setWanted] = useState('')
  const [rank, setRank] = useState<ReadonlyMap<string, number> | null>(null)
  const [said, setSaid] = useState<Readonly<{ text: string; bad: boolean }>>({ text: '', bad: false })
  const id = useId()
  const hydrated = useHydrated()
  useEffect(() => {
    let here = true
    void read(courseId).then((found) => {
      if (!here) return
      setBook(found)
      setFailed(found === null)
    })
    return () => {
      here = false
    }
  }, [courseId, tries])
  if (!hydrated) return null
  if (book === null) {
    return (
      <div role="status" className="py-12 text-soft">
        <p>{failed ? words.failed : words.loading}</p>
        {failed ? (
          <button
            type="button"
            onClick={() => {
              setFailed(false)
              setTries(tries + 1)
            }}
            className={`${buttonClass('quiet', 'small')} mt-3`}
          >
            {words.retry}
          </button>
        ) : null}
      </div>
    )
  }
  const part = wanted.trim().toLocaleLowerCase()
  const found = book.people.filter(
    ({ name, email }) => name.toLocaleLowerCase().includes(part) || email.toLocaleLowerCase().includes(part),
  )
  const people =
    rank === null
      ? found
      : found.toSorted((one, other) => (rank.get(one.id) ?? 0) - (rank.get(other.id) ?? 0))
  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-wrap items-end gap-x-6 gap-y-3">
        <label htmlFor={id} className="block w-full max-w-72">
          <span className="mb-1 block text-14 font-medium">{words.find}</span>
          <input
            id={id}
            type="search"
            value={wanted}
            autoComplete="off"
            onChange={(event) => setWanted(event.target.value)}
            className={CONTROL}
          />
        </label>
        <BookOrder words={words} onOrder={(order) => setRank(ranked(book, order))} />
        <p className="max-w-column text-14 text-soft">{words.intro}</p>
      </div>
      <p role="status" className={`min-h-5 text-14 ${said.bad ? 'font-medium text-bad' : 'text-good'}`}>
        {said.text}
      </p>
      {book.items.length === 0 ? <p className="text-soft">{words.noItems}</p> : null}
      {people.length === 0 ? (
        <p className="text-soft">{fill(words.nobody, { words: wanted })}</p>
      ) : (
        <BookGrid
          key={`${part} ${rank === null ? '' : String([...rank.keys()][0])}`}
          courseId={courseId}
          book={book}
          people={people}
          words={words}
          change={change}
          onBook={(changed) => setBook((now) => (now === null ? now : changed(now)))}
          onSaid={(text, bad) => setSaid({ text, bad })}
        />
      )}
    </div>
  )
}
