'use client'

import { useState, useSyncExternalStore } from 'react'
import { buttonClass } from '#components/ui/button'
import { Icon } from '#components/ui/icon'
import type { OutlineModule } from '#lib/teach/contract'
import { OutlineList } from './outline-list'
import { type OutlineActions, OutlineSteps } from './outline-steps'
import { type OutlineState, OutlineStore } from './outline-store'
import type { OutlineWords } from './outline-words'
import { TitleForm } from './title-form'

/** What was just done, or why it wasn't; and the way back. It stays until the next step: nobody has to be quick. */
function Said({
  message,
  undoing,
  words,
  onUndo,
}: {
  message: OutlineState['message']
  undoing: boolean
  words: OutlineWords
  onUndo: () => void
}) {
  const bad = message?.tone === 'bad'
  return (
    <div className="pointer-events-none sticky bottom-(--bottom-bar) z-20 pb-3">
      <div
        className={
          message === null
            ? 'sr-only'
            : `pointer-events-auto flex w-fit max-w-full flex-wrap items-center gap-x-4 gap-y-1 rounded-md border bg-surface py-1 ps-4 pe-2 shadow-float ${bad ? 'border-bad' : 'border-line'}`
        }
      >
        <p
          role={bad ? 'alert' : 'status'}
          className={`min-w-0 py-2 text-14 wrap-anywhere ${bad ? 'font-medium text-bad' : ''}`}
        >
          {message?.text}
        </p>
        {message?.undoable === true ? (
          <button
            type="button"
            onClick={onUndo}
            aria-disabled={undoing || undefined}
            className={buttonClass('plain')}
          >
            <Icon name="undo" size={18} />
            {words.undo}
          </button>
        ) : null}
      </div>
    </div>
  )
}

/** The outline of a course: modules and lessons, typed, named, moved and taken away in place, each step undoable. */
export function OutlineEditor({
  courseId,
  modules,
  words,
  actions,
}: {
  courseId: string
  modules: OutlineModule[]
  words: OutlineWords
  actions: OutlineActions
}) {
  const [steps] = useState(() => new OutlineSteps(courseId, actions, words))
  const [store] = useState(() => new OutlineStore(modules, words, steps.read))
  const state = useSyncExternalStore(store.subscribe, store.state, store.state)
  return (
    <div className="flex flex-col gap-6">
      {state.modules.length === 0 ? (
        <div className="max-w-column">
          <h2 className="font-reading text-22 font-medium">{words.emptyTitle}</h2>
          <p className="mt-2 text-soft">{words.emptyBody}</p>
        </div>
      ) : (
        <OutlineList courseId={courseId} modules={state.modules} steps={steps} store={store} words={words} />
      )}
      <div className="max-w-column noscript:hidden">
        <TitleForm
          label={words.addModuleLabel}
          showLabel
          submit={words.addModule}
          cancel={null}
          needed={words.titleNeeded}
          again
          autoFocus={false}
          onSubmit={(title) => void store.take(steps.add(title, null))}
        />
      </div>
      <Said message={state.message} undoing={state.undoing} words={words} onUndo={() => void store.undo()} />
    </div>
  )
}
