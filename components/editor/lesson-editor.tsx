'use client'

import './no-eval'
import { useEffect, useState, useSyncExternalStore } from 'react'
import { Notice } from '#components/ui/notice'
import { buttonClass } from '#components/ui/button'
import type { LessonToEdit } from '#lib/editor/contract'
import type { EditorWords } from '#lib/i18n/editor-words'
import { ConflictView } from './conflict-view'
import { fill } from './fill'
import { FilmPanel } from './film-panel'
import { SaveState } from './save-state'
import { EditorSession } from './session'
import { SettingsPanel } from './settings-panel'
import { TextEditor } from './text-editor'
import { EditorToolsProvider, type Asked } from './tools'

function momentIn(locale: string, iso: string): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(iso))
}

/** A lesson while it is written: its text, its film, its settings, and how safe all of it is. */
export function LessonEditor({
  lesson,
  locale,
  words,
}: {
  lesson: LessonToEdit
  /** BCP 47. */
  locale: string
  words: EditorWords
}) {
  const [session] = useState(() => new EditorSession(lesson, words.tooMuch))
  const { status, restored } = useSyncExternalStore(session.subscribe, session.snapshot, session.snapshot)
  const [urls, setUrls] = useState(lesson.urls)
  const [asked, ask] = useState<Asked | null>(null)
  // What is still being typed is read before the page asks whether it may go.
  useEffect(() => {
    const before = (event: BeforeUnloadEvent): void => {
      session.commit()
      const now = session.snapshot().status
      if (now.kind === 'offline' && !now.kept) event.preventDefault()
    }
    addEventListener('beforeunload', before)
    return () => removeEventListener('beforeunload', before)
  }, [session])
  const tools = {
    ...{ lessonId: lesson.lessonId, locale, words, ask },
    urlOf: (key: string) => urls[key],
    addUrl: (key: string, url: string) => setUrls((known) => ({ ...known, [key]: url })),
  }
  const state = (
    <SaveState
      status={status}
      words={words.status}
      onRetry={() => {
        session.commit()
        session.saver.flush()
      }}
    />
  )
  return (
    <EditorToolsProvider value={tools}>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-x-12 gap-y-8 lg:grid-cols-[minmax(0,44rem)_minmax(16rem,1fr)]">
        <div className="flex min-w-0 flex-col gap-4">
          {restored === null ? null : (
            <Notice
              tone="info"
              title={words.restored.title}
              action={
                <button
                  type="button"
                  onClick={() => session.noticed()}
                  className={buttonClass('quiet', 'small')}
                >
                  {words.restored.close}
                </button>
              }
            >
              {fill(words.restored.body, { time: momentIn(locale, restored) })}
            </Notice>
          )}
          {status.kind === 'conflict' ? (
            <ConflictView
              conflict={status}
              words={words.conflict}
              onChoice={(choice) => {
                session.commit()
                const done = session.saver.resolve(choice)
                // The button that was pressed is gone with the question.
                if (done) document.getElementById('lesson-title')?.focus()
                return done
              }}
            />
          ) : null}
          <TextEditor session={session} asked={asked} state={state} />
        </div>
        <aside
          aria-label={words.panel.label}
          className="flex min-w-0 flex-col gap-8 lg:sticky lg:top-20 lg:self-start"
        >
          <FilmPanel session={session} />
          <SettingsPanel session={session} timeZone={lesson.timeZone} others={lesson.others} />
        </aside>
      </div>
    </EditorToolsProvider>
  )
}
