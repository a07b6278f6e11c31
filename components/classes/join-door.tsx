'use client'

import { type ReactNode, useEffect, useState } from 'react'

type State = 'early' | 'open' | 'over'

/** A timer waits no longer than 24 days; where it must, it looks again. */
const LONGEST = 2_000_000_000

const stateAt = (time: number, opensAt: number, closesAt: number): State =>
  time < opensAt ? 'early' : time < closesAt ? 'open' : 'over'

/**
 * Shows one of three states by the server's clock: when the page was made it was `now` there, and since then as much
 * time has gone by as here, whatever this device believes the hour to be. The server asks again when somebody goes in.
 */
export function JoinDoor({
  opensAt,
  closesAt,
  now,
  early,
  open,
  over,
}: Readonly<{
  /** Milliseconds since 1970, as all three. */
  opensAt: number
  closesAt: number
  now: number
  early: ReactNode
  open: ReactNode
  over: ReactNode
}>) {
  const [state, setState] = useState<State>(stateAt(now, opensAt, closesAt))
  useEffect(() => {
    // The script starts a moment after the page was made, so this clock is late by that, and never early.
    const made = performance.now()
    let timer: ReturnType<typeof setTimeout> | undefined
    const look = (): void => {
      clearTimeout(timer)
      const at = now + performance.now() - made
      const next = stateAt(at, opensAt, closesAt)
      setState(next)
      const change = next === 'early' ? opensAt : closesAt
      if (next !== 'over') timer = setTimeout(look, Math.min(LONGEST, Math.max(250, change - at)))
    }
    look()
    // A tab that slept: its timers stood still.
    document.addEventListener('visibilitychange', look)
    return () => {
      clearTimeout(timer)
      document.removeEventListener('visibilitychange', look)
    }
  }, [now, opensAt, closesAt])
  return (
    <div aria-live="polite" data-door={state}>
      {state === 'early' ? early : state === 'open' ? open : over}
    </div>
  )
}
