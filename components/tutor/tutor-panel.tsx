'use client'

import { useEffect, useId, useRef, useState, useSyncExternalStore } from 'react'
import { buttonClass } from '#components/ui/button'
import { Icon } from '#components/ui/icon'
import { QUESTION_MOST, type PanelView } from '#lib/tutor/contract/limits'
import { MessageItem } from './answer-view'
import type { TutorOf } from './contract'
import { Talk, type TalkState } from './talk'
import { keepUnsent, unsentQuestion } from './unsent'

function Head({ id, of, onClose }: { id: string; of: TutorOf; onClose: () => void }) {
  const { words } = of
  return (
    <div className="flex items-start justify-between gap-3">
      <div>
        <h2 id={id} className="text-18 font-semibold">
          {words.title}
        </h2>
        <p className="text-14 text-soft">{words.what}</p>
        <p className="mt-1 text-14 text-soft">{words.who}</p>
      </div>
      <button
        type="button"
        aria-label={words.close}
        onClick={onClose}
        className="inline-flex size-11 shrink-0 items-center justify-center rounded-sm text-soft hover:bg-sunken hover:text-text"
      >
        <Icon name="close" />
      </button>
    </div>
  )
}

function Earlier({ of, view, onShow }: { of: TutorOf; view: PanelView; onShow: (chat: string) => void }) {
  const { words } = of
  const details = useRef<HTMLDetailsElement>(null)
  const show = (chat: string): void => {
    if (details.current !== null) details.current.open = false
    onShow(chat)
  }
  const others = view.conversations.filter(({ id }) => id !== view.chatId)
  return (
    <div className="flex flex-wrap items-start gap-2 text-14">
      {view.messages.length === 0 ? null : (
        <button type="button" onClick={() => show('new')} className={buttonClass('quiet', 'small')}>
          <Icon name="plus" size={16} />
          {words.fresh}
        </button>
      )}
      {others.length === 0 ? null : (
        <details ref={details} className="min-w-0 flex-1">
          <summary className="inline-flex min-h-11 cursor-pointer items-center text-accent-11 sm:min-h-9">
            {words.earlier}
          </summary>
          <ul className="mt-1 flex flex-col divide-y divide-line border-y border-line">
            {others.map(({ id, title, when }) => (
              <li key={id}>
                <button
                  type="button"
                  onClick={() => show(id)}
                  className="flex min-h-11 w-full flex-col items-start py-2 text-start hover:bg-sunken"
                >
                  <span dir="auto" className="line-clamp-2 wrap-break-word">
                    {title}
                  </span>
                  <span className="text-soft">{when}</span>
                </button>
              </li>
            ))}
          </ul>
          <a
            href={`/courses/${of.courseId}/tutor`}
            className="inline-flex min-h-11 items-center text-accent-11"
          >
            {words.all}
          </a>
        </details>
      )}
    </div>
  )
}

function Messages({ of, view, streamed }: { of: TutorOf; view: PanelView; streamed: string | null }) {
  const { words, courseId, lessonId } = of
  const log = useRef<HTMLDivElement>(null)
  const count = view.messages.length
  const answering = streamed !== null
  // The newest question goes to the top, so that its answer is read from its beginning. The panel moves, the lesson doesn't.
  useEffect(() => {
    const panel = log.current?.closest('[data-tutor-scroll]')
    const last = [...(log.current?.querySelectorAll('[data-question]') ?? [])].at(-1)
    if (panel == null || last === undefined) return
    panel.scrollTop += last.getBoundingClientRect().top - panel.getBoundingClientRect().top
  }, [count, answering])
  return (
    <div ref={log} role="log" aria-busy={answering} className="flex flex-col gap-6">
      {count === 0 && streamed === null ? (
        <div className="text-14">
          <p className="font-semibold">{words.emptyTitle}</p>
          <p className="mt-1 text-soft">{words.emptyBody}</p>
        </div>
      ) : null}
      {view.messages.map((message, index) => (
        <MessageItem key={index} message={message} courseId={courseId} here={lessonId} words={words} />
      ))}
      {streamed === null ? null : (
        <div>
          <p className="text-14 text-soft">{words.tutor}</p>
          <p dir="auto" className="whitespace-pre-line wrap-break-word">
            {streamed === '' ? <span className="text-soft">{words.thinking}</span> : streamed}
          </p>
        </div>
      )}
    </div>
  )
}

function Composer({ of, talk, state, calls }: { of: TutorOf; talk: Talk; state: TalkState; calls: number }) {
  const { words } = of
  const id = useId()
  const area = useRef<HTMLTextAreaElement>(null)
  // The panel is never made on the server.
  const [question, setQuestion] = useState(() => unsentQuestion(of))
  const [needed, setNeeded] = useState(false)
  const { view, streamed, problem, status } = state
  const answering = streamed !== null
  useEffect(() => area.current?.focus(), [calls])

  const write = (text: string): void => {
    setQuestion(text)
    keepUnsent(of, text)
    setNeeded(false)
  }
  const send = async (): Promise<void> => {
    const text = question.trim()
    if (answering) return
    if (text === '') {
      setNeeded(true)
      return
    }
    write('')
    if (!(await talk.send(text))) write(text)
  }
  if (view?.closed != null)
    return (
      <p role="status" className="flex gap-2 rounded-sm bg-sunken p-3 text-14">
        <Icon name="lock" size={16} className="mt-0.5" />
        {view.closed.text}
      </p>
    )
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        void send()
      }}
      className="flex flex-col gap-2"
    >
      <label htmlFor={id} className="text-14 font-semibold">
        {words.question}
      </label>
      <textarea
        ref={area}
        id={id}
        dir="auto"
        rows={2}
        value={question}
        maxLength={QUESTION_MOST}
        aria-invalid={needed || undefined}
        aria-describedby={`${id}-said`}
        onChange={(event) => write(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return
          event.preventDefault()
          void send()
        }}
        className="block max-h-40 w-full field-sizing-content rounded-sm border border-edge bg-surface px-3 py-2 text-16 text-text"
      />
      <div className="flex flex-wrap items-center gap-3">
        {answering ? (
          <button type="button" onClick={() => talk.halt()} className={buttonClass('quiet', 'small')}>
            {words.stop}
          </button>
        ) : (
          <button type="submit" className={buttonClass('primary', 'small')}>
            {words.send}
          </button>
        )}
        <p className="text-14 text-soft">{view?.left ?? ''}</p>
      </div>
      <p
        id={`${id}-said`}
        role="status"
        className={problem === null && !needed ? 'sr-only' : 'text-14 text-bad'}
      >
        {needed ? words.needed : (problem ?? status)}
      </p>
    </form>
  )
}

/** The tutor beside a lesson, on phones in a sheet from below: the text stays to be read. */
export function TutorPanel({
  of,
  open,
  calls,
  onClose,
}: {
  of: TutorOf
  /** Closed it stays, with what was typed. */
  open: boolean
  /** How often it was opened: each time the focus goes to the question. */
  calls: number
  onClose: () => void
}) {
  const title = useId()
  const [talk] = useState(() => new Talk(of))
  const state = useSyncExternalStore(talk.subscribe, talk.state, talk.state)
  const { view } = state
  useEffect(() => {
    talk.begin()
    return () => talk.leave()
  }, [talk])
  return (
    <aside
      hidden={!open}
      data-tutor-panel
      aria-labelledby={title}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose()
      }}
      className="arrive fixed inset-x-0 bottom-0 z-40 mx-auto flex max-h-[70dvh] max-w-column flex-col gap-4 rounded-t-md border border-line bg-surface p-4 pb-[max(1rem,env(safe-area-inset-bottom))] text-text shadow-float lg:inset-y-0 lg:start-auto lg:end-0 lg:mx-0 lg:max-h-none lg:w-88 lg:rounded-none lg:border-y-0 lg:border-e-0 lg:p-6"
    >
      <div
        data-tutor-scroll
        className="flex min-h-0 flex-1 flex-col gap-5 overflow-y-auto overscroll-contain"
      >
        <Head id={title} of={of} onClose={onClose} />
        {view === null ? (
          <p className="text-14 text-soft">{state.problem ?? of.words.loading}</p>
        ) : (
          <>
            <Earlier of={of} view={view} onShow={(chat) => talk.show(chat)} />
            <Messages of={of} view={view} streamed={state.streamed} />
          </>
        )}
      </div>
      <Composer of={of} talk={talk} state={state} calls={calls} />
    </aside>
  )
}
