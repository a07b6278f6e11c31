'use client'

import { useState, useSyncExternalStore } from 'react'
import { Icon } from '#components/ui/icon'
import { clock, SPEEDS } from '#lib/player/rules'
import { currentFilm, filmSecond, watchFilm } from './film'
import { type LessonRef, outboxOf, type Saving } from './outbox'
import { chosenSpeed, rememberSpeed } from './speed'

export type FilmWords = Readonly<{
  speed: string
  /** `{speed}` stands for the number. */
  times: string
  /** `{time}` stands for where it goes on. */
  resumed: string
  startOver: string
  later: string
  signedOut: string
  signIn: string
}>

const never = (): (() => void) => () => undefined

function useSaving(lesson: LessonRef | null): Saving {
  const outbox = lesson === null || typeof window === 'undefined' ? null : outboxOf(lesson)
  return useSyncExternalStore(
    outbox?.subscribe ?? never,
    () => outbox?.saving ?? 'saved',
    () => 'saved',
  )
}

function SpeedChoice({ words }: { words: FilmWords }) {
  const kept = useSyncExternalStore(never, chosenSpeed, () => 1)
  const [chosen, choose] = useState<number | null>(null)
  return (
    <label className="inline-flex min-h-11 items-center gap-2 noscript:hidden">
      {words.speed}
      <select
        value={chosen ?? kept}
        onChange={({ target }) => {
          const speed = Number(target.value)
          choose(speed)
          rememberSpeed(speed)
          currentFilm()?.setSpeed(speed)
        }}
        className="min-h-11 rounded-sm border border-edge bg-surface px-2 text-text tabular-nums sm:min-h-9"
      >
        {SPEEDS.map((speed) => (
          <option key={speed} value={speed}>
            {words.times.replace('{speed}', String(speed))}
          </option>
        ))}
      </select>
    </label>
  )
}

/** Says where the film went on, for as long as starting over is what somebody may want. */
function Resumed({ words, at }: { words: FilmWords; at: number }) {
  const second = useSyncExternalStore(watchFilm, filmSecond, () => null)
  if (at === 0 || second === null || second < at || second > at + 15) return null
  return (
    <span className="inline-flex flex-wrap items-center gap-x-3">
      <span role="status">{words.resumed.replace('{time}', clock(at))}</span>
      <button
        type="button"
        onClick={() => currentFilm()?.seek(0)}
        className="min-h-11 font-medium text-accent-11 underline underline-offset-4 sm:min-h-9"
      >
        {words.startOver}
      </button>
    </span>
  )
}

/** What stands under a film: its speed, where it went on, and whether what was watched is safe. */
export function FilmBar({
  words,
  lesson,
  resumedAt,
}: {
  words: FilmWords
  lesson: LessonRef | null
  resumedAt: number
}) {
  const saving = useSaving(lesson)
  const unsaved = saving === 'later' || saving === 'signed-out'
  return (
    <div className="mt-2 flex flex-wrap items-center gap-x-6 gap-y-1 font-sans text-14 text-soft">
      <SpeedChoice words={words} />
      <Resumed words={words} at={resumedAt} />
      <span role="status" className="inline-flex flex-wrap items-center gap-x-2">
        {unsaved ? (
          <>
            <Icon name="clock" size={16} />
            {saving === 'later' ? words.later : words.signedOut}
          </>
        ) : null}
      </span>
      {saving === 'signed-out' ? (
        <a
          href="/sign-in"
          target="_blank"
          className="inline-flex min-h-11 items-center font-medium text-accent-11 underline underline-offset-4 sm:min-h-9"
        >
          {words.signIn}
        </a>
      ) : null}
    </div>
  )
}
