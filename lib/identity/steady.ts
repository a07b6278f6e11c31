import 'server-only'
import { setTimeout as sleep } from 'node:timers/promises'

/** Milliseconds that an answer takes at least where knowing an address must not show: twice what the work takes under load. */
export const LETTER_FLOOR = 300

/**
 * Holds an answer back until `floor` milliseconds have passed, whatever became of the work: without it, the time
 * alone would tell an address that has an account from one that has none.
 */
export async function steadily<T>(floor: number, work: () => Promise<T>): Promise<T> {
  const passed = sleep(floor)
  try {
    return await work()
  } finally {
    await passed
  }
}
