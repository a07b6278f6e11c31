'use client'

import { SPEEDS } from '#lib/player/rules'

const KEY = 'smartlms-speed'

/** The speed that was last chosen in this browser. */
export function chosenSpeed(): number {
  try {
    const kept = Number(localStorage.getItem(KEY))
    return SPEEDS.find((speed) => speed === kept) ?? 1
  } catch {
    return 1
  }
}

/** Remembers a speed for the films to come. */
export function rememberSpeed(speed: number): void {
  try {
    localStorage.setItem(KEY, String(speed))
  } catch {
    // It lasts as long as the page.
  }
}
