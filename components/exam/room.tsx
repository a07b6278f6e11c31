'use client'

import { type ReactNode, useState } from 'react'
import { buttonClass } from '#components/ui/button'
import { Icon } from '#components/ui/icon'
import type { Started } from '#lib/exams/contract/taking'
import { isAnswered } from './answers'
import { Elsewhere, Ended } from './ended'
import { HandInDialog, HandingIn } from './hand-in-dialog'
import { Modal } from './modal'
import { Overview } from './overview'
import { QuestionView } from './question'
import { RoomProvider, type RoomProps, useRoom, useRoomState } from './room-context'
import { useRoomKeys } from './room-keys'
import { SaveState, SaveTrouble } from './save-state'
import { Sitting } from './sitting'
import { LastMinute, Timer } from './timer'

type Dialog = 'none' | 'overview' | 'hand-in'

function TopBar({ onHandIn }: { onHandIn: () => void }) {
  const { title, words } = useRoom()
  return (
    <header className="room-top z-30 -mx-4 border-b border-line bg-bg px-4 py-1 sm:-mx-6 sm:px-6">
      <h1 className="truncate pt-1 text-14 font-medium text-soft">{title}</h1>
      <div className="flex flex-wrap items-center justify-between gap-x-4">
        <Timer />
        <div className="flex items-center gap-x-4">
          <SaveState />
          <button
            type="button"
            onClick={onHandIn}
            className={`${buttonClass('quiet', 'small')} whitespace-nowrap max-sm:hidden`}
          >
            {words.handIn}
          </button>
        </div>
      </div>
      <div className="flex flex-col gap-2 has-[>:not(.sr-only)]:pb-2">
        <SaveTrouble />
        <LastMinute />
      </div>
    </header>
  )
}

/** Previous, overview, next: under the thumb on a phone, under the question elsewhere. */
function Steps({ onOpen }: { onOpen: (dialog: Dialog) => void }) {
  const { sitting, words } = useRoom()
  const at = useRoomState((state) => state.at)
  const answered = useRoomState(
    (state) => Object.values(state.slots).filter(({ value }) => isAnswered(value)).length,
  )
  const ids = sitting.questions.map(({ id }) => id)
  const index = ids.indexOf(at)
  const [previous, next] = [ids[index - 1], ids[index + 1]]
  return (
    <nav aria-label={words.overview} className="room-steps" data-chrome>
      <button
        type="button"
        data-room-key="previous"
        aria-disabled={previous === undefined || undefined}
        onClick={() => previous !== undefined && sitting.go(previous)}
        className={buttonClass('quiet')}
      >
        <Icon name="chevron" size={18} className="rotate-180" />
        {words.previous}
      </button>
      <button
        type="button"
        data-room-key="overview"
        onClick={() => onOpen('overview')}
        className={`${buttonClass('plain')} px-2 tabular-nums`}
      >
        <Icon name="list" size={18} />
        <span className="max-sm:sr-only">{words.overview}</span>
        <span>
          {answered}/{ids.length}
        </span>
      </button>
      {next === undefined ? (
        <button type="button" onClick={() => onOpen('hand-in')} className={buttonClass('primary')}>
          {words.handIn}
        </button>
      ) : (
        <button
          type="button"
          data-room-key="next"
          onClick={() => sitting.go(next)}
          className={buttonClass('primary')}
        >
          {words.next}
          <Icon name="chevron" size={18} />
        </button>
      )}
    </nav>
  )
}

function Writing() {
  const { words } = useRoom()
  const phase = useRoomState((state) => state.phase)
  const [dialog, open] = useState<Dialog>('none')
  useRoomKeys()
  const close = (): void => open('none')
  return (
    <>
      <TopBar onHandIn={() => open('hand-in')} />
      <div className="mt-4 grid grid-cols-1 gap-x-12 sm:mt-8 lg:grid-cols-[minmax(0,1fr)_17rem]">
        <div className="min-w-0">
          <QuestionView />
          <Steps onOpen={open} />
        </div>
        <aside aria-labelledby="overview-heading" className="hidden lg:block">
          <div className="sticky top-32">
            <h2 id="overview-heading" className="text-14 font-semibold">
              {words.overviewTitle}
            </h2>
            <div className="mt-3">
              <Overview />
            </div>
          </div>
        </aside>
      </div>
      {dialog === 'overview' && phase === 'writing' ? (
        <Modal title={words.overviewTitle} close={words.handInBack} onClose={close}>
          <div className="mt-4">
            <Overview onGo={close} />
          </div>
          <button
            type="button"
            onClick={() => open('hand-in')}
            className={`${buttonClass('quiet')} mt-6 w-full`}
          >
            {words.handIn}
          </button>
        </Modal>
      ) : null}
      {dialog === 'hand-in' && phase === 'writing' ? <HandInDialog onClose={close} /> : null}
      {phase === 'handing-in' ? <HandingIn /> : null}
    </>
  )
}

function Stage(): ReactNode {
  const { words } = useRoom()
  const phase = useRoomState((state) => state.phase)
  const end = useRoomState((state) => state.end)
  if (phase === 'ended' && end !== null) return <Ended end={end} />
  // The mark by which the school's own header steps back; see room.css.
  return (
    <div data-exam-room>
      {phase === 'elsewhere' ? (
        <Elsewhere />
      ) : phase === 'opening' ? (
        <p className="py-12 text-soft">{words.starting}</p>
      ) : (
        <Writing />
      )}
    </div>
  )
}

export type Opened = Readonly<{ value: Started; sentAt: number; receivedAt: number }>

/** Sits down to an attempt. It lasts as long as the page: the room is left by leaving the document. */
export function sitDown(examId: string, opened: Opened): Sitting {
  const sitting = new Sitting(examId, opened)
  void sitting.open()
  return sitting
}

/** The exam room: one attempt, from its first question to its end. */
export function Room({ sitting, ...props }: RoomProps & Readonly<{ sitting: Sitting }>) {
  return (
    <RoomProvider value={{ ...props, sitting }}>
      <Stage />
    </RoomProvider>
  )
}
