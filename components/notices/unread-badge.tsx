'use client'

import { useSyncExternalStore } from 'react'
import { currentState, onState } from './live-store'

type State = Readonly<{ badge: string; label: string }>

/** The number on the bell: as the page was made, then as the server says while it is open. */
export function UnreadBadge(made: State) {
  const told = useSyncExternalStore(onState, currentState, () => null)
  const { badge, label } = told ?? made
  return (
    <>
      <span className="sr-only">{label}</span>
      {badge === '' ? null : (
        <span
          aria-hidden="true"
          data-unread
          className="absolute inset-bs-1 inset-s-6 min-w-5 rounded-full bg-accent-9 px-1 text-center text-12 leading-5 font-semibold text-on-accent tabular-nums"
        >
          {badge}
        </span>
      )}
    </>
  )
}
