'use client'

import { buttonClass } from '#components/ui/button'
import { Icon } from '#components/ui/icon'
import { isAnswered } from './answers'
import { Modal } from './modal'
import { useRoom, useRoomState } from './room-context'
import { isOwed } from './slots'
import { counted, fill } from './words'

/** Questions by their numbers, each the way to it. */
function Numbers({ text, numbers, onGo }: { text: string; numbers: readonly number[]; onGo: () => void }) {
  const { sitting, words } = useRoom()
  if (numbers.length === 0) return null
  return (
    <div className="mt-4">
      <p>{text}</p>
      <ul className="mt-2 flex flex-wrap gap-2">
        {numbers.map((number) => (
          <li key={number}>
            <button
              type="button"
              aria-label={fill(words.question, { number })}
              onClick={() => {
                sitting.go(sitting.questions[number - 1]?.id ?? '')
                onGo()
              }}
              className={`${buttonClass('quiet', 'small')} min-w-11 tabular-nums`}
            >
              {number}
            </button>
          </li>
        ))}
      </ul>
    </div>
  )
}

function useSummary() {
  const { sitting } = useRoom()
  const slots = useRoomState((state) => state.slots)
  const flagged = useRoomState((state) => state.flagged)
  const numbersOf = (wanted: (id: string) => boolean): number[] =>
    sitting.questions.flatMap(({ id }, index) => (wanted(id) ? [index + 1] : []))
  return {
    unanswered: numbersOf((id) => !isAnswered(slots[id]?.value ?? null)),
    flagged: numbersOf((id) => flagged.includes(id)),
    unsaved: Object.values(slots).filter(isOwed).length,
  }
}

function Stuck() {
  const { sitting, words } = useRoom()
  const durable = useRoomState((state) => state.durable)
  return (
    <>
      <p role="status" className="mt-4 flex items-start gap-2 font-medium text-warn">
        <Icon name="warning" size={18} className="mt-0.5" />
        {durable ? words.handInStuck : words.handInStuckLost}
      </p>
      <button type="button" onClick={() => sitting.cancelHandIn()} className={`${buttonClass('quiet')} mt-6`}>
        {words.handInBack}
      </button>
    </>
  )
}

/** What is open before handing in, and the question whether to. */
export function HandInDialog({ onClose }: { onClose: () => void }) {
  const { sitting, words, locale } = useRoom()
  const { unanswered, flagged, unsaved } = useSummary()
  const uploads = useRoomState((state) => state.uploads)
  return (
    <Modal title={words.handInTitle} close={words.handInBack} onClose={onClose}>
      {unanswered.length > 0 ? null : (
        <p className="mt-4 flex items-center gap-2">
          <Icon name="check-circle" size={18} className="text-good" />
          {words.handInAll}
        </p>
      )}
      <Numbers
        text={counted(words.handInUnanswered, locale, unanswered.length)}
        numbers={unanswered}
        onGo={onClose}
      />
      <Numbers text={counted(words.handInFlagged, locale, flagged.length)} numbers={flagged} onGo={onClose} />
      {unsaved === 0 ? null : <p className="mt-4">{counted(words.handInUnsaved, locale, unsaved)}</p>}
      {uploads === 0 ? null : (
        <p role="status" className="mt-4 flex items-start gap-2 font-medium text-warn">
          <Icon name="warning" size={18} className="mt-0.5" />
          {words.handInUploads}
        </p>
      )}
      <p className="mt-4 text-soft">{words.handInFinal}</p>
      <div className="mt-6 flex flex-wrap gap-3">
        <button type="button" onClick={() => sitting.handIn()} className={buttonClass('primary')}>
          {words.handInConfirm}
        </button>
        <button type="button" onClick={onClose} className={buttonClass('quiet')}>
          {words.handInBack}
        </button>
      </div>
    </Modal>
  )
}

/** While it is under way nothing else can be pressed. */
export function HandingIn() {
  const { sitting, words } = useRoom()
  const stuck = useRoomState((state) => state.stuck)
  const over = sitting.clock.left <= 0
  return (
    <Modal title={over ? words.timeUp : words.handingIn} close="" busy onClose={() => undefined}>
      {stuck && !over ? <Stuck /> : null}
    </Modal>
  )
}
