'use client'

import type { ReactNode } from 'react'
import { buttonClass } from '#components/ui/button'
import { useRoom } from '../room-context'
import { type InputProps, ROW } from './contract'

type Option = Readonly<{ id: string; text: string }>

function Options({
  kind,
  name,
  labelledBy,
  hint,
  options,
  isChosen,
  onPick,
  children,
}: {
  kind: 'radio' | 'checkbox'
  name: string
  labelledBy: string
  hint: string
  options: readonly Option[]
  isChosen: (id: string) => boolean
  onPick: (id: string, chosen: boolean) => void
  children?: ReactNode
}) {
  return (
    <div role={kind === 'radio' ? 'radiogroup' : 'group'} aria-labelledby={`${labelledBy} ${name}-hint`}>
      <p id={`${name}-hint`} className="text-14 text-soft">
        {hint}
      </p>
      <div className="mt-3 flex flex-col gap-2">
        {options.map(({ id, text }) => (
          <label key={id} className={ROW}>
            <input
              type={kind}
              name={name}
              checked={isChosen(id)}
              onChange={(event) => onPick(id, event.target.checked)}
              className="mt-0.5 size-5 shrink-0 outline-none"
            />
            <span className="min-w-0 whitespace-pre-line wrap-anywhere">{text}</span>
          </label>
        ))}
      </div>
      {children}
    </div>
  )
}

/** A radio can't be taken back by itself: this can, because a wrong choice may cost points. */
function Clear({ shown, onClear }: { shown: boolean; onClear: () => void }) {
  const { words } = useRoom()
  return (
    <div className="mt-2 min-h-11">
      {shown ? (
        <button type="button" onClick={onClear} className={`${buttonClass('plain', 'small')} -ms-3`}>
          {words.clear}
        </button>
      ) : null}
    </div>
  )
}

export function SingleInput({ question, value, labelledBy, onChange }: InputProps<'single'>) {
  const { words } = useRoom()
  return (
    <Options
      kind="radio"
      name={question.id}
      labelledBy={labelledBy}
      hint={words.choose}
      options={question.options}
      isChosen={(id) => value?.choice === id}
      onPick={(choice) => onChange({ type: 'single', choice })}
    >
      <Clear
        shown={value !== null && value.choice !== null}
        onClear={() => onChange({ type: 'single', choice: null })}
      />
    </Options>
  )
}

export function MultipleInput({ question, value, labelledBy, onChange }: InputProps<'multiple'>) {
  const { words } = useRoom()
  const chosen = value?.choices ?? []
  return (
    <Options
      kind="checkbox"
      name={question.id}
      labelledBy={labelledBy}
      hint={words.chooseMany}
      options={question.options}
      isChosen={(id) => chosen.includes(id)}
      onPick={(id, on) =>
        onChange({
          type: 'multiple',
          choices: on ? [...chosen, id] : chosen.filter((other) => other !== id),
        })
      }
    />
  )
}

export function TrueFalseInput({ question, value, labelledBy, onChange }: InputProps<'true-false'>) {
  const { words } = useRoom()
  return (
    <Options
      kind="radio"
      name={question.id}
      labelledBy={labelledBy}
      hint={words.choose}
      options={[
        { id: 'true', text: words.true },
        { id: 'false', text: words.false },
      ]}
      isChosen={(id) => value?.value === (id === 'true')}
      onPick={(id) => onChange({ type: 'true-false', value: id === 'true' })}
    >
      <Clear
        shown={value !== null && value.value !== null}
        onClear={() => onChange({ type: 'true-false', value: null })}
      />
    </Options>
  )
}
