'use client'

import { useEffect } from 'react'

const STEPS: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: 7, ArrowUp: -7 }

/** Where a key leads from one of the days; null: nowhere. */
function targetOf(key: string, at: number, backwards: boolean): number | null {
  const step = STEPS[key]
  if (step !== undefined) return at + (backwards && Math.abs(step) === 1 ? -step : step)
  if (key === 'Home') return at - (at % 7)
  return key === 'End' ? at - (at % 7) + 6 : null
}

/** Lets arrow keys move between the days of a table that are links anyway, and Page Up and Page Down between months. */
export function GridKeys({
  table,
  previous,
  next,
}: Readonly<{ table: string; previous: string; next: string }>) {
  useEffect(() => {
    const grid = document.getElementById(table)
    const press = (event: KeyboardEvent): void => {
      if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || grid === null) return
      const days = [...grid.querySelectorAll<HTMLElement>('[data-day]')]
      const at = days.findIndex((day) => day === event.target)
      if (at === -1) return
      if (event.key === 'PageUp' || event.key === 'PageDown') {
        event.preventDefault()
        location.assign(event.key === 'PageUp' ? previous : next)
        return
      }
      const target = targetOf(event.key, at, getComputedStyle(grid).direction === 'rtl')
      if (target === null) return
      event.preventDefault()
      days[target]?.focus()
    }
    grid?.addEventListener('keydown', press)
    return () => grid?.removeEventListener('keydown', press)
  }, [table, previous, next])
  return null
}
