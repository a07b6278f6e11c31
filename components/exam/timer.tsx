'use client'

import { useEffect, useState } from 'react'
import { Icon } from '#components/ui/icon'
import { useRoom } from './room-context'
import { MINUTE, timeAnnouncement } from './time-marks'
import { clockText } from './words'

const STORAGE_KEY = 'smartlms-exam-time'

function storedHidden(): boolean {
  try {
    return localStorage.getItem(STORAGE_KEY) === 'hidden'
  } catch {
    return false
  }
}

function storeHidden(hidden: boolean): void {
  try {
    localStorage.setItem(STORAGE_KEY, hidden ? 'hidden' : 'shown')
  } catch {
    // It lasts as long as the page.
  }
}

/** Milliseconds left, once a second; corrected when the server says so. */
function useLeft(): number {
  const { clock } = useRoom().sitting
  const [left, setLeft] = useState(clock.left)
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>
    const tick = (): void => {
      const now = clock.left
      setLeft(now)
      // Just after the next full second of what is left, so that no second is skipped or shown twice.
      timer = setTimeout(tick, now > 0 ? (now % 1000) + 5 : 1000)
    }
    timer = setTimeout(tick, 0)
    return () => clearTimeout(timer)
  }, [clock])
  return left
}

/** The text for screen readers at each mark, and nothing in between. */
function useAnnouncement(): Readonly<{ text: string; urgent: boolean }> {
  const { sitting, words, locale } = useRoom()
  const [said, say] = useState({ text: '', urgent: false })
  useEffect(() => {
    const { clock } = sitting
    let before = clock.left
    const timer = setInterval(() => {
      const now = clock.left
      const next = timeAnnouncement(words, locale, { whole: clock.whole, before, now })
      before = now
      if (next !== null) say(next)
    }, 1000)
    return () => clearInterval(timer)
  }, [sitting, words, locale])
  return said
}

/** The time that is left. It can be hidden, but not the last minute. */
export function Timer() {
  const { words } = useRoom()
  const left = useLeft()
  const said = useAnnouncement()
  const [hidden, setHidden] = useState(storedHidden)
  const last = left <= MINUTE
  const shown = !hidden || last
  const toggle = (): void => {
    storeHidden(!hidden)
    setHidden(!hidden)
  }
  return (
    <div className="flex items-center">
      <p className={`flex items-center gap-2 ${left <= 5 * MINUTE ? 'text-warn' : ''}`}>
        <Icon name="clock" size={18} className={left <= 5 * MINUTE ? '' : 'text-soft'} />
        <span className="sr-only">{words.left}</span>
        {shown ? (
          <span role="timer" aria-live="off" data-time-left className="text-18 font-semibold tabular-nums">
            {clockText(left)}
          </span>
        ) : (
          <span className="text-14 text-soft">{words.timeHidden}</span>
        )}
      </p>
      <button
        type="button"
        data-room-key="time"
        aria-label={hidden ? words.showTime : words.hideTime}
        onClick={toggle}
        className="inline-flex size-11 items-center justify-center rounded-sm text-soft hover:bg-sunken hover:text-text"
      >
        <Icon name={hidden ? 'eye' : 'eye-off'} size={18} />
      </button>
      <p role="status" className="sr-only">
        {said.urgent ? '' : said.text}
      </p>
      <p role="alert" className="sr-only">
        {said.urgent ? said.text : ''}
      </p>
    </div>
  )
}

/** Said to everybody in the last minute, whether the time is shown or not. */
export function LastMinute() {
  const { words } = useRoom()
  const left = useLeft()
  if (left > MINUTE || left <= 0) return null
  return (
    <p className="flex items-center gap-2 rounded-sm bg-warn-tint px-3 py-2 text-14 font-medium text-warn">
      <Icon name="clock" size={16} />
      {words.lastMinute}
    </p>
  )
}
