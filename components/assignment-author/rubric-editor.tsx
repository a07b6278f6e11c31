'use client'

import { useState } from 'react'
import { ActionForm, type FormMessages } from '#components/ui/action-form'
import { buttonClass } from '#components/ui/button'
import type { FormAction } from '#components/ui/form-context'
import { HiddenFields } from '#components/ui/hidden-fields'
import { useLeaveWarning } from '#components/ui/leave-warning'
import type { Criterion, Rubric } from '#lib/assignments/contract/rubric'
import { fill } from '../editor/fill'
import type { RubricWords } from './rubric-words'

/** As the contract has them; its parser stays on the server. */
const MOST = { criteria: 20, levels: 10 } as const
const CONTROL = 'min-h-11 w-full rounded-sm border border-edge bg-surface px-3 text-16 sm:min-h-9'
const LABEL = 'block text-12 text-soft'

const newId = (): string => crypto.randomUUID().replaceAll('-', '')

const newLevel = (title: string, points: string) => ({ id: newId(), title, points, description: '' })

/** Points as they are typed, which may be nothing yet. */
const sumOf = (rubric: Rubric): number =>
  rubric.reduce((sum, { levels }) => sum + Math.max(0, ...levels.map(({ points }) => Number(points) || 0)), 0)

type LevelProps = Readonly<{
  words: RubricWords
  criterion: Criterion
  place: number
  onLevels: (levels: Criterion['levels']) => void
}>

function LevelRow({ words, criterion, place, onLevels }: LevelProps) {
  const { levels } = criterion
  const level = levels[place]
  if (level === undefined) return null
  const of = { level: level.title === '' ? String(place + 1) : level.title, criterion: criterion.title }
  const set = (change: Partial<typeof level>): void =>
    onLevels(levels.map((one, at) => (at === place ? { ...one, ...change } : one)))
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_6rem] items-end gap-3 py-3 sm:grid-cols-[minmax(0,12rem)_6rem_minmax(0,1fr)_auto]">
      <label>
        <span className={LABEL}>{words.level}</span>
        <input
          aria-label={fill(words.levelOf, { number: place + 1, criterion: criterion.title })}
          dir="auto"
          value={level.title}
          maxLength={100}
          onChange={(event) => set({ title: event.target.value })}
          className={CONTROL}
        />
      </label>
      <label>
        <span className={LABEL}>{words.points}</span>
        <input
          aria-label={fill(words.pointsOf, of)}
          inputMode="decimal"
          value={level.points}
          maxLength={8}
          onChange={(event) => set({ points: event.target.value.trim().replace(',', '.') })}
          className={CONTROL}
        />
      </label>
      <label className="max-sm:col-span-2">
        <span className={LABEL}>{words.description}</span>
        <input
          aria-label={fill(words.descriptionOf, of)}
          dir="auto"
          value={level.description}
          maxLength={500}
          onChange={(event) => set({ description: event.target.value })}
          className={CONTROL}
        />
      </label>
      <button
        type="button"
        hidden={levels.length === 1}
        aria-label={fill(words.removeLevelOf, of)}
        onClick={() => onLevels(levels.filter((_, at) => at !== place))}
        className={`${buttonClass('plain', 'small')} justify-self-start`}
      >
        {words.remove}
      </button>
    </li>
  )
}

function CriterionPart({
  words,
  criterion,
  number,
  onChange,
  onRemove,
}: Readonly<{
  words: RubricWords
  criterion: Criterion
  number: number
  onChange: (criterion: Criterion) => void
  onRemove: () => void
}>) {
  const { title, levels } = criterion
  const onLevels = (next: Criterion['levels']): void => onChange({ ...criterion, levels: next })
  return (
    <li className="rounded-md border border-line p-4">
      <div className="flex flex-wrap items-end gap-3">
        <label className="grow basis-60">
          <span className={LABEL}>{words.criterion}</span>
          <input
            aria-label={fill(words.criterionOf, { number })}
            dir="auto"
            value={title}
            maxLength={200}
            onChange={(event) => onChange({ ...criterion, title: event.target.value })}
            className={CONTROL}
          />
        </label>
        <button
          type="button"
          aria-label={fill(words.removeOf, { criterion: title === '' ? String(number) : title })}
          onClick={onRemove}
          className={buttonClass('plain', 'small')}
        >
          {words.remove}
        </button>
      </div>
      <ul className="mt-2 divide-y divide-line">
        {levels.map(({ id }, place) => (
          <LevelRow key={id} words={words} criterion={criterion} place={place} onLevels={onLevels} />
        ))}
      </ul>
      <button
        type="button"
        hidden={levels.length >= MOST.levels}
        onClick={() => onLevels([...levels, newLevel('', '')])}
        className={`${buttonClass('plain', 'small')} mt-2`}
      >
        {words.addLevel}
      </button>
    </li>
  )
}

/** What is looked at in the work, and by which levels. */
export function RubricEditor({
  ids,
  rubric: given,
  points,
  words,
  messages,
  save,
}: Readonly<{
  ids: Readonly<Record<'courseId' | 'assignmentId', string>>
  rubric: Rubric
  /** Of the assignment. */
  points: string
  words: RubricWords
  messages: FormMessages
  save: FormAction
}>) {
  const [rubric, setRubric] = useState(given)
  const guarded = useLeaveWarning(rubric !== given, save)
  const add = (): void => {
    const levels = [newLevel(words.full, ''), newLevel(words.partly, ''), newLevel(words.notYet, '0')]
    setRubric([...rubric, { id: newId(), title: '', levels }])
  }
  const sum = sumOf(rubric)
  return (
    <div className="flex flex-col gap-4 noscript:hidden">
      <ul className="flex flex-col gap-4">
        {rubric.map((criterion, place) => (
          <CriterionPart
            key={criterion.id}
            words={words}
            criterion={criterion}
            number={place + 1}
            onChange={(next) => setRubric(rubric.map((one, at) => (at === place ? next : one)))}
            onRemove={() => setRubric(rubric.filter((_, at) => at !== place))}
          />
        ))}
      </ul>
      <div className="flex flex-wrap items-center gap-x-6 gap-y-2">
        <button
          type="button"
          hidden={rubric.length >= MOST.criteria}
          onClick={add}
          className={buttonClass('quiet', 'small')}
        >
          {words.add}
        </button>
        {rubric.length === 0 ? null : (
          <p
            role="status"
            className={`text-14 ${sum === Number(points) ? 'text-soft' : 'font-medium text-warn'}`}
          >
            {fill(sum === Number(points) ? words.sum : words.sumOther, { sum, points })}
          </p>
        )}
      </div>
      <ActionForm
        action={guarded}
        submit={words.save}
        submitLook="quiet"
        pendingLabel={words.saving}
        messages={messages}
      >
        <span hidden data-label-of="rubric">
          {words.title}
        </span>
        <HiddenFields values={{ ...ids, base: JSON.stringify(given), rubric: JSON.stringify(rubric) }} />
      </ActionForm>
    </div>
  )
}
