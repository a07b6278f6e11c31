'use client'

import { useState } from 'react'
import { ActionForm, type FormMessages } from '#components/ui/action-form'
import { buttonClass } from '#components/ui/button'
import type { FormAction } from '#components/ui/form-context'
import { HiddenFields } from '#components/ui/hidden-fields'
import { useLeaveWarning } from '#components/ui/leave-warning'
import type { GradeScheme, Placing } from '#lib/grades/contract'
import { CATEGORIES_MOST, LETTERS_MOST, PLAIN } from '#lib/grades/contract/constants'
import { fill } from '../editor/fill'
import type { SchemeWords } from './scheme-words'

type Item = Readonly<{ id: string; title: string }>
type Change = (change: Partial<GradeScheme>) => void
type Part = Readonly<{ scheme: GradeScheme; words: SchemeWords; onChange: Change }>

const CONTROL = 'min-h-11 w-full rounded-sm border border-edge bg-surface px-3 text-16 sm:min-h-9'
const LABEL = 'block text-12 text-soft'
const USUAL = [
  ...([
    { name: 'A', from: '90' },
    { name: 'B', from: '80' },
    { name: 'C', from: '70' },
  ] as const),
  ...([
    { name: 'D', from: '60' },
    { name: 'F', from: '0' },
  ] as const),
]

/** A number as the scheme holds it: with a point, and nothing for what is none. */
const numberText = (text: string): string => text.trim().replace(',', '.')

function Rule({ scheme, words, onChange }: Part) {
  const choices = [
    [false, words.byPoints, words.byPointsHelp],
    [true, words.byWeights, words.byWeightsHelp],
  ] as const
  return (
    <fieldset>
      <legend className="text-18 font-semibold">{words.how}</legend>
      <div className="mt-3 flex flex-col gap-2">
        {choices.map(([weighted, label, help]) => (
          <label key={label} className="flex min-h-11 items-start gap-3">
            <input
              type="radio"
              name="rule"
              checked={scheme.weighted === weighted}
              onChange={() => onChange({ weighted })}
              className="mt-1 size-5"
            />
            <span>
              {label}
              <span className="block text-14 text-soft">{help}</span>
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}

function CategoryRow({ scheme, words, onChange, place }: Part & { place: number }) {
  const category = scheme.categories[place]
  if (category === undefined) return null
  const number = place + 1
  const name = category.title === '' ? fill(words.unnamed, { number }) : category.title
  const set = (change: Partial<typeof category>): void =>
    onChange({ categories: scheme.categories.map((one, at) => (at === place ? { ...one, ...change } : one)) })
  const remove = (): void =>
    onChange({
      categories: scheme.categories.filter((_, at) => at !== place),
      items: Object.fromEntries(
        Object.entries(scheme.items).map(([id, item]) => [
          id,
          item.categoryId === category.id ? { ...item, categoryId: null } : item,
        ]),
      ),
    })
  return (
    <li className="grid grid-cols-2 items-end gap-3 py-4 sm:grid-cols-[minmax(0,1fr)_6rem_8rem_auto_auto]">
      <label className="col-span-2 sm:col-span-1">
        <span className={LABEL}>{words.name}</span>
        <input
          aria-label={fill(words.nameOf, { number })}
          dir="auto"
          value={category.title}
          maxLength={100}
          onChange={(event) => set({ title: event.target.value })}
          className={CONTROL}
        />
      </label>
      <label>
        <span className={LABEL}>{words.weight}</span>
        <input
          aria-label={fill(words.weightOf, { name })}
          inputMode="decimal"
          value={category.weight}
          maxLength={6}
          disabled={!scheme.weighted}
          onChange={(event) => set({ weight: numberText(event.target.value) })}
          className={CONTROL}
        />
      </label>
      <label>
        <span className={LABEL}>{words.drop}</span>
        <input
          aria-label={fill(words.dropOf, { name })}
          type="number"
          min={0}
          max={50}
          value={category.dropLowest}
          onChange={(event) => set({ dropLowest: Math.trunc(Number(event.target.value)) })}
          className={CONTROL}
        />
      </label>
      <label className="flex min-h-11 items-center gap-2 sm:min-h-9">
        <input
          type="checkbox"
          aria-label={fill(words.extraOf, { name })}
          checked={category.extraCredit}
          onChange={(event) => set({ extraCredit: event.target.checked })}
          className="size-5"
        />
        {words.extra}
      </label>
      <button
        type="button"
        aria-label={fill(words.removeOf, { name })}
        onClick={remove}
        className={buttonClass('plain', 'small')}
      >
        {words.remove}
      </button>
    </li>
  )
}

function Categories(part: Part) {
  const { scheme, words, onChange } = part
  const add = (): void =>
    onChange({
      categories: [
        ...scheme.categories,
        {
          id: crypto.randomUUID().replaceAll('-', ''),
          ...{ title: '', weight: '1', dropLowest: 0, extraCredit: false },
        },
      ],
    })
  return (
    <section aria-labelledby="categories">
      <h2 id="categories" className="text-18 font-semibold">
        {words.categories}
      </h2>
      <p className="mt-1 max-w-column text-14 text-soft">{words.categoriesHelp}</p>
      <ul className="mt-2 divide-y divide-line border-y border-line">
        {scheme.categories.map(({ id }, place) => (
          <CategoryRow key={id} {...part} place={place} />
        ))}
      </ul>
      <button
        type="button"
        onClick={add}
        hidden={scheme.categories.length >= CATEGORIES_MOST}
        className={`${buttonClass('quiet', 'small')} mt-3`}
      >
        {words.addCategory}
      </button>
    </section>
  )
}

function ItemRow({ scheme, words, onChange, item }: Part & { item: Item }) {
  const { id, title } = item
  const placing = scheme.items[id] ?? PLAIN
  const set = (change: Partial<Placing>): void =>
    onChange({ items: { ...scheme.items, [id]: { ...placing, ...change } } })
  return (
    <li className="grid grid-cols-2 items-center gap-3 py-3 sm:grid-cols-[minmax(0,1fr)_12rem_auto_auto]">
      <span className="col-span-2 font-medium wrap-anywhere sm:col-span-1">{title}</span>
      <select
        aria-label={fill(words.categoryOf, { title })}
        value={placing.categoryId ?? ''}
        disabled={!placing.counts}
        onChange={(event) => set({ categoryId: event.target.value === '' ? null : event.target.value })}
        className={CONTROL}
      >
        <option value="">{words.none}</option>
        {scheme.categories.map((category, place) => (
          <option key={category.id} value={category.id}>
            {category.title === '' ? fill(words.unnamed, { number: place + 1 }) : category.title}
          </option>
        ))}
      </select>
      <label className="flex min-h-11 items-center gap-2 sm:min-h-9">
        <input
          type="checkbox"
          aria-label={fill(words.itemExtraOf, { title })}
          checked={placing.extraCredit}
          disabled={!placing.counts}
          onChange={(event) => set({ extraCredit: event.target.checked })}
          className="size-5"
        />
        {words.extra}
      </label>
      <label className="flex min-h-11 items-center gap-2 sm:min-h-9">
        <input
          type="checkbox"
          aria-label={fill(words.countsOf, { title })}
          checked={placing.counts}
          onChange={(event) => set({ counts: event.target.checked })}
          className="size-5"
        />
        {words.counts}
      </label>
    </li>
  )
}

function Letters({ scheme, words, onChange }: Part) {
  const { letters } = scheme
  const set = (place: number, change: Partial<(typeof letters)[number]>): void =>
    onChange({ letters: letters.map((one, at) => (at === place ? { ...one, ...change } : one)) })
  return (
    <section aria-labelledby="letters">
      <h2 id="letters" className="text-18 font-semibold">
        {words.letters}
      </h2>
      <p className="mt-1 max-w-column text-14 text-soft">{words.lettersHelp}</p>
      <ul className="mt-2 divide-y divide-line border-y border-line">
        {letters.map((letter, place) => {
          const number = place + 1
          const name = letter.name === '' ? fill(words.letterOf, { number }) : letter.name
          return (
            <li key={place} className="flex flex-wrap items-end gap-3 py-3">
              <input
                aria-label={fill(words.letterOf, { number })}
                value={letter.name}
                maxLength={10}
                onChange={(event) => set(place, { name: event.target.value })}
                className={`${CONTROL} max-w-24`}
              />
              <label className="w-28">
                <span className={LABEL}>{words.from}</span>
                <input
                  aria-label={fill(words.fromOf, { name })}
                  inputMode="decimal"
                  value={letter.from}
                  maxLength={6}
                  onChange={(event) => set(place, { from: numberText(event.target.value) })}
                  className={CONTROL}
                />
              </label>
              <button
                type="button"
                aria-label={fill(words.removeOf, { name })}
                onClick={() => onChange({ letters: letters.filter((_, at) => at !== place) })}
                className={buttonClass('plain', 'small')}
              >
                {words.remove}
              </button>
            </li>
          )
        })}
      </ul>
      <div className="mt-3 flex flex-wrap gap-3">
        <button
          type="button"
          hidden={letters.length >= LETTERS_MOST}
          onClick={() => onChange({ letters: [...letters, { name: '', from: '' }] })}
          className={buttonClass('quiet', 'small')}
        >
          {words.addLetter}
        </button>
        <button
          type="button"
          hidden={letters.length > 0}
          onClick={() => onChange({ letters: [...USUAL] })}
          className={buttonClass('plain', 'small')}
        >
          {words.usual}
        </button>
      </div>
    </section>
  )
}

/** How a course is graded: by points or weights, its categories, what stands in which, and letters. */
export function SchemeEditor({
  courseId,
  base,
  scheme: given,
  items,
  words,
  messages,
  save,
}: Readonly<{
  courseId: string
  /** As it is stored, for telling whether somebody else changed it. */
  base: string
  scheme: GradeScheme
  items: readonly Item[]
  words: SchemeWords
  messages: FormMessages
  save: FormAction
}>) {
  const [scheme, setScheme] = useState(given)
  const guarded = useLeaveWarning(scheme !== given, save)
  const onChange: Change = (change) => setScheme((before) => ({ ...before, ...change }))
  const part = { scheme, words, onChange }
  return (
    <div className="flex flex-col gap-10 noscript:hidden">
      <Rule {...part} />
      <Categories {...part} />
      <section aria-labelledby="items">
        <h2 id="items" className="text-18 font-semibold">
          {words.items}
        </h2>
        {items.length === 0 ? (
          <p className="mt-1 text-soft">{words.itemsNone}</p>
        ) : (
          <ul className="mt-2 divide-y divide-line border-y border-line">
            {items.map((item) => (
              <ItemRow key={item.id} {...part} item={item} />
            ))}
          </ul>
        )}
      </section>
      <Letters {...part} />
      <ActionForm action={guarded} submit={words.save} pendingLabel={words.saving} messages={messages}>
        <span hidden data-label-of="scheme">
          {words.title}
        </span>
        <HiddenFields values={{ courseId, base, scheme: JSON.stringify(scheme) }} />
      </ActionForm>
    </div>
  )
}
