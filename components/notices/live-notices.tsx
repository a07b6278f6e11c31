'use client'

import { useEffect, useState, useSyncExternalStore } from 'react'
import { Icon } from '#components/ui/icon'
import { currentState, keepTold, onState } from './live-store'

/** Milliseconds that a page has for itself before it asks for the stream. */
const LATER = 2_000

/** Says politely what is new while the page is open, until it is put away. */
export function LiveNotices({
  since,
  words,
}: {
  since: number
  words: Readonly<{ fresh: string; dismiss: string }>
}) {
  const told = useSyncExternalStore(onState, currentState, () => null)
  const [shown, setShown] = useState<NonNullable<typeof told>['news']>(null)
  const [seen, setSeen] = useState<typeof told>(null)
  if (told !== seen) {
    setSeen(told)
    if (told?.news != null) setShown(told.news)
    else if (told?.badge === '') setShown(null)
  }

  useEffect(() => {
    let end = (): void => undefined
    let timer: ReturnType<typeof setTimeout> | undefined
    const begin = (): void => {
      timer = setTimeout(() => (end = keepTold(since)), LATER)
    }
    const leave = (): void => {
      clearTimeout(timer)
      end()
    }
    // A page that the browser keeps for coming back holds no stream meanwhile.
    const back = ({ persisted }: PageTransitionEvent): void => {
      if (persisted) begin()
    }
    begin()
    addEventListener('pagehide', leave)
    addEventListener('pageshow', back)
    return () => {
      leave()
      removeEventListener('pagehide', leave)
      removeEventListener('pageshow', back)
    }
  }, [since])

  return (
    <div
      role="status"
      data-live-notice
      data-chrome
      className="fixed inset-e-4 bottom-[calc(var(--bottom-bar)+1rem)] z-40 w-80 max-w-[calc(100vw-2rem)]"
    >
      {shown === null ? null : (
        <div className="arrive flex items-start gap-2 rounded-md border border-line bg-surface p-3 shadow-float">
          <a
            href={shown.link ?? '/notifications'}
            className="flex min-h-11 grow flex-col justify-center text-14 wrap-anywhere hover:text-accent-11"
          >
            <span className="text-12 text-soft">{words.fresh}</span>
            <span className="font-medium">{shown.title}</span>
          </a>
          <button
            type="button"
            onClick={() => setShown(null)}
            className="flex size-11 shrink-0 items-center justify-center rounded-sm text-soft hover:text-text"
          >
            <Icon name="close" size={18} />
            <span className="sr-only">{words.dismiss}</span>
          </button>
        </div>
      )}
    </div>
  )
}
