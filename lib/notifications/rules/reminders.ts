/** When people are reminded of something, and how what is new is gathered. */

const HOUR = 3_600_000

/** So long before. */
const AHEAD = 24 * HOUR

/** When people hear of an instant that comes; at once when it is nearer than that. */
export function remindAt(instant: Date): Date {
  return new Date(instant.getTime() - AHEAD)
}

/** Minutes in which lessons that are added are told of together. */
export const GATHER_MINUTES = 60

/**
 * The full hour up to which lessons added now are told of together, and when: an hour later, so that there is something
 * in them.
 */
export function gatheredUntil(now: Date): Readonly<{ at: Date; runAt: Date }> {
  const at = new Date(Math.ceil(now.getTime() / HOUR) * HOUR)
  return { at, runAt: new Date(at.getTime() + HOUR) }
}
