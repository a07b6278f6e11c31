import type { EVENT_KINDS } from '../contract/taking'

type Kind = (typeof EVENT_KINDS)[number]

/** One event of an attempt. `seconds`: how long it had lasted; `length`: characters that were pasted. */
export type EventLike = Readonly<{ kind: Kind; seconds: number | null; length: number | null }>

/** How often each thing happened, and how long together; things that never happened are left out. */
export type EventFact = Readonly<{
  kind: 'opened' | 'left' | 'pasted' | 'offline' | 'other-tab' | 'clock'
  count: number
  /** Seconds; 0 where none were measured. */
  seconds: number
  /** Characters. */
  length: number
}>

const FACTS: readonly Readonly<{ kind: EventFact['kind']; begin: Kind; end: Kind | null }>[] = [
  { kind: 'opened', begin: 'OPENED', end: null },
  { kind: 'left', begin: 'FOCUS_LOST', end: 'FOCUS_BACK' },
  { kind: 'pasted', begin: 'PASTED', end: null },
  { kind: 'offline', begin: 'OFFLINE', end: 'RECONNECTED' },
  { kind: 'other-tab', begin: 'OTHER_TAB', end: null },
  { kind: 'clock', begin: 'CLOCK_JUMPED', end: null },
]

/** An attempt's events as counts. Facts only: nothing here says what they mean. */
export function eventFacts(events: readonly EventLike[]): EventFact[] {
  return FACTS.flatMap(({ kind, begin, end }) => {
    const begun = events.filter((event) => event.kind === begin)
    const ended = end === null ? [] : events.filter((event) => event.kind === end)
    // An end without its beginning (an event lost on the way) still happened.
    const count = Math.max(begun.length, ended.length)
    const seconds = ended.reduce((total, event) => total + Math.max(0, event.seconds ?? 0), 0)
    const length = begun.reduce((total, event) => total + (event.length ?? 0), 0)
    return count === 0 ? [] : [{ kind, count, seconds, length }]
  })
}
