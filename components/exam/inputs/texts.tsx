'use client'

import { CONTROL } from '#components/ui/field-frame'
import { wordCount } from '../answers'
import { useRoom } from '../room-context'
import { counted, fill } from '../words'
import type { InputProps } from './contract'

const LABEL = 'block text-14 font-medium'

export function ShortTextInput({ question, value, labelledBy, onChange }: InputProps<'short-text'>) {
  const { words } = useRoom()
  const id = `answer-${question.id}`
  return (
    <div className="max-w-column">
      <label htmlFor={id} className={LABEL}>
        {words.yourAnswer}
      </label>
      <input
        id={id}
        dir="auto"
        value={value?.text ?? ''}
        maxLength={2_000}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        aria-describedby={labelledBy}
        onChange={(event) => onChange({ type: 'short-text', text: event.target.value })}
        className={`${CONTROL} mt-2`}
      />
    </div>
  )
}

export function NumericInput({ question, value, labelledBy, onChange }: InputProps<'numeric'>) {
  const { words } = useRoom()
  const id = `answer-${question.id}`
  const { text = '', unit = null } = value ?? {}
  // Only what certainly is no number: how the rest is read, the grader decides.
  const odd = /\p{L}/u.test(text) && !/\p{N}/u.test(text)
  return (
    <div className="flex flex-wrap items-end gap-4">
      <div className="w-44">
        <label htmlFor={id} className={LABEL}>
          {question.asksUnit ? words.number : words.yourAnswer}
        </label>
        <input
          id={id}
          dir="ltr"
          inputMode="decimal"
          value={text}
          maxLength={100}
          autoComplete="off"
          aria-describedby={`${labelledBy} ${id}-odd`}
          onChange={(event) => onChange({ type: 'numeric', text: event.target.value, unit })}
          className={`${CONTROL} mt-2 tabular-nums`}
        />
      </div>
      {question.asksUnit ? (
        <div className="w-32">
          <label htmlFor={`${id}-unit`} className={LABEL}>
            {words.unit}
          </label>
          <input
            id={`${id}-unit`}
            dir="ltr"
            value={unit ?? ''}
            maxLength={40}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            onChange={(event) => {
              const given = event.target.value
              onChange({ type: 'numeric', text, unit: given === '' ? null : given })
            }}
            className={`${CONTROL} mt-2`}
          />
        </div>
      ) : null}
      <p id={`${id}-odd`} role="status" className="w-full text-14 text-warn empty:hidden">
        {odd ? words.noNumber : ''}
      </p>
    </div>
  )
}

export function EssayInput({ question, value, labelledBy, onChange }: InputProps<'essay'>) {
  const { words, locale } = useRoom()
  const id = `answer-${question.id}`
  const text = value?.text ?? ''
  const { minWords: min, maxWords: max } = question
  const wanted =
    min !== null && max !== null
      ? fill(words.wordsBetween, { min, max })
      : min !== null
        ? fill(words.wordsMin, { min })
        : max === null
          ? null
          : fill(words.wordsMax, { max })
  const count = wordCount(text)
  const beyond = max !== null && count > max
  return (
    <div>
      <label htmlFor={id} className={LABEL}>
        {words.yourAnswer}
      </label>
      <textarea
        id={id}
        dir="auto"
        value={text}
        maxLength={100_000}
        aria-describedby={`${labelledBy} ${id}-words`}
        onChange={(event) => onChange({ type: 'essay', text: event.target.value })}
        className={`${CONTROL} mt-2 block field-sizing-content max-h-[70dvh] min-h-72 py-3 font-reading leading-relaxed`}
      />
      <p id={`${id}-words`} className={`mt-2 text-14 ${beyond ? 'font-medium text-warn' : 'text-soft'}`}>
        <span className="tabular-nums">{counted(words.words, locale, count)}</span>
        {wanted === null ? null : ` · ${wanted}`}
      </p>
    </div>
  )
}

/** A text with gaps: `{{id}}` stands where one is. */
export function BlanksInput({ question, value, labelledBy, onChange }: InputProps<'blanks'>) {
  const { words } = useRoom()
  const texts = value?.texts ?? {}
  const known = new Map(question.blanks.map((id, index) => [id, index + 1]))
  return (
    <div role="group" aria-labelledby={labelledBy}>
      <p className="text-14 text-soft">{words.fillIn}</p>
      <div className="mt-3 max-w-[68ch] font-reading text-18 leading-[2.75] whitespace-pre-line">
        {question.text.split(/\{\{([A-Za-z0-9_-]{1,40})\}\}/).map((piece, index) => {
          const number = index % 2 === 1 ? known.get(piece) : undefined
          if (number === undefined) return <span key={index}>{piece}</span>
          return (
            <input
              key={index}
              dir="auto"
              value={texts[piece] ?? ''}
              maxLength={2_000}
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
              aria-label={fill(words.gap, { number })}
              placeholder={String(number)}
              onChange={(event) =>
                onChange({ type: 'blanks', texts: { ...texts, [piece]: event.target.value } })
              }
              className={`${CONTROL} mx-1 inline-block w-40! max-w-full font-sans`}
            />
          )
        })}
      </div>
    </div>
  )
}
