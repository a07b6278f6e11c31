'use client'

import { Icon, type IconName } from '#components/ui/icon'
import { isAnswered } from './answers'
import { useRoom, useRoomState } from './room-context'
import { fill } from './words'

function Sign({ icon, label }: { icon: IconName | null; label: string }) {
  return (
    <li className="flex items-center gap-2">
      <span className="inline-flex size-5 items-center justify-center rounded-sm border border-edge">
        {icon === null ? null : <Icon name={icon} size={14} />}
      </span>
      {label}
    </li>
  )
}

/** One question's place: its number, with signs that a label says in words. */
function Place({ id, number, onGo }: { id: string; number: number; onGo: () => void }) {
  const { sitting, words } = useRoom()
  const answered = useRoomState((state) => isAnswered(state.slots[id]?.value ?? null))
  const flagged = useRoomState((state) => state.flagged.includes(id))
  const current = useRoomState((state) => state.at === id)
  const said = [
    fill(words.question, { number }),
    answered ? words.answered : words.unanswered,
    ...(flagged ? [words.flagged] : []),
  ].join(', ')
  return (
    <li>
      <button
        type="button"
        aria-label={said}
        aria-current={current ? 'true' : undefined}
        data-answered={answered || undefined}
        data-flagged={flagged || undefined}
        onClick={() => {
          sitting.go(id)
          onGo()
        }}
        className={`relative flex h-12 w-full min-w-11 flex-col items-center justify-center rounded-sm border text-14 font-medium tabular-nums hover:border-accent-8 ${
          answered ? 'border-accent-7 bg-accent-3 text-accent-12' : 'border-edge bg-surface text-text'
        } ${current ? 'shadow-[inset_0_0_0_2px_var(--accent-9)] forced-colors:outline-2' : ''}`}
      >
        {number}
        <span className="flex h-3.5 items-center gap-0.5">
          {answered ? <Icon name="check" size={14} /> : null}
          {flagged ? <Icon name="flag" size={14} /> : null}
        </span>
      </button>
    </li>
  )
}

/** All questions at a glance, and the way to each. Icons and words say what colours show. */
export function Overview({ onGo = () => undefined }: { onGo?: () => void }) {
  const { sitting, words } = useRoom()
  return (
    <>
      <ol className="grid grid-cols-[repeat(auto-fill,minmax(2.75rem,1fr))] gap-2">
        {sitting.questions.map(({ id }, index) => (
          <Place key={id} id={id} number={index + 1} onGo={onGo} />
        ))}
      </ol>
      <ul aria-hidden="true" className="mt-4 flex flex-wrap gap-x-4 gap-y-2 text-12 text-soft">
        <Sign icon="check" label={words.answered} />
        <Sign icon={null} label={words.unanswered} />
        <Sign icon="flag" label={words.flagged} />
      </ul>
    </>
  )
}
