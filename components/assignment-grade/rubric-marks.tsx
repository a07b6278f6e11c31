'use client'

import { useId, useState } from 'react'
import { HiddenFields } from '#components/ui/hidden-fields'
import type { Choices, Criterion, Rubric } from '#lib/assignments/contract/rubric'
import { fill } from '../editor/fill'

export type MarksWords = Readonly<{
  title: string
  comment: string
  commentOf: string
  sum: string
  points: string
}>

type Choice = Choices[number]

const COMMENT_MAX = 2_000

/** The points of all chosen levels, in hundredths: as exact as they are typed. */
function sumOf(rubric: Rubric, choices: ReadonlyMap<string, Choice>): string {
  const hundredths = rubric.reduce((sum, { id, levels }) => {
    const level = levels.find((one) => one.id === choices.get(id)?.levelId)
    return sum + Math.round(Number(level?.points ?? 0) * 100)
  }, 0)
  return String(hundredths / 100)
}

/** Puts the sum where the points are typed: it can still be changed there. */
function showSum(from: Element, sum: string): void {
  const input = from.closest('form')?.querySelector<HTMLInputElement>('input[name="points"]')
  if (input == null) return
  input.value = sum
  input.dispatchEvent(new Event('input', { bubbles: true }))
}

function CriterionMarks({
  words,
  criterion,
  choice,
  onChange,
}: Readonly<{
  words: MarksWords
  criterion: Criterion
  choice: Choice
  onChange: (choice: Choice, from: Element) => void
}>) {
  const id = useId()
  return (
    <fieldset data-criterion={criterion.id} className="border-t border-line py-3">
      <legend className="float-start w-full text-14 font-medium wrap-anywhere">{criterion.title}</legend>
      <div className="clear-both flex flex-col">
        {criterion.levels.map((level) => (
          <label key={level.id} className="flex min-h-11 items-start gap-3 py-2 text-14 sm:min-h-9 sm:py-1">
            <input
              type="radio"
              // Of no form: what is chosen travels as one text with the comments.
              form={`${id}-none`}
              name={`${id}-level`}
              checked={choice.levelId === level.id}
              onChange={(event) => onChange({ ...choice, levelId: level.id }, event.currentTarget)}
              className="mt-0.5 size-5 shrink-0"
            />
            <span className="min-w-0">
              <span className="font-medium wrap-anywhere">{level.title}</span>{' '}
              <span className="text-soft tabular-nums">{fill(words.points, { points: level.points })}</span>
              {level.description === '' ? null : (
                <span className="block text-soft wrap-anywhere">{level.description}</span>
              )}
            </span>
          </label>
        ))}
      </div>
      <label className="block">
        <span className="sr-only">{fill(words.commentOf, { criterion: criterion.title })}</span>
        <input
          form={`${id}-none`}
          dir="auto"
          value={choice.comment}
          placeholder={words.comment}
          maxLength={COMMENT_MAX}
          onChange={(event) => onChange({ ...choice, comment: event.target.value }, event.currentTarget)}
          className="mt-1 min-h-11 w-full rounded-sm border border-edge bg-surface px-3 text-14 sm:min-h-9"
        />
      </label>
    </fieldset>
  )
}

/** A rubric to grade by: a level and a comment for each criterion, whose sum becomes the points. */
export function RubricMarks({
  rubric,
  given,
  words,
}: Readonly<{ rubric: Rubric; given: Choices; words: MarksWords }>) {
  const [choices, setChoices] = useState<ReadonlyMap<string, Choice>>(
    () => new Map(given.map((choice) => [choice.criterionId, choice])),
  )
  const change = (choice: Choice, from: Element): void => {
    const next = new Map(choices).set(choice.criterionId, choice)
    setChoices(next)
    if (choice.levelId !== choices.get(choice.criterionId)?.levelId) showSum(from, sumOf(rubric, next))
  }
  return (
    <section aria-label={words.title} className="noscript:hidden">
      <h4 className="text-14 font-semibold">{words.title}</h4>
      <div className="mt-2">
        {rubric.map((criterion) => (
          <CriterionMarks
            key={criterion.id}
            words={words}
            criterion={criterion}
            choice={choices.get(criterion.id) ?? { criterionId: criterion.id, levelId: null, comment: '' }}
            onChange={change}
          />
        ))}
      </div>
      <p role="status" className="border-t border-line py-2 text-14 font-medium tabular-nums">
        {fill(words.sum, { sum: sumOf(rubric, choices) })}
      </p>
      <HiddenFields values={{ marks: JSON.stringify([...choices.values()]) }} />
    </section>
  )
}
