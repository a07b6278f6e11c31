import 'server-only'
import { setTimeout as sleep } from 'node:timers/promises'
import { log } from '#lib/observability/log'

/** Work that is looked for again and again beside the queue, by one worker or several. */
type Looked = Readonly<{
  /** What is looked for, as the log names it when it can't be looked for. */
  what: string
  /** Milliseconds between two looks. */
  pause: number
  /** Up to as many more, so that several workers don't look at the same moment. */
  jitter: number
}>

/**
 * Looks until it is stopped; a look that fails is logged and the next one comes all the same.
 * @param look gets what says that it should end; gives whether there may be more, which is looked for at once
 * @returns what stops it, after the look that is on
 */
export function keepLooking(
  { what, pause, jitter }: Looked,
  look: (stopped: AbortSignal) => Promise<boolean>,
): () => Promise<void> {
  const stopped = new AbortController()
  const loop = async (): Promise<void> => {
    while (!stopped.signal.aborted) {
      let more = false
      try {
        more = await look(stopped.signal)
      } catch (error) {
        log().warn({ what, reason: String(error) }, 'work could not be looked for')
      }
      const rest = more ? 0 : pause + Math.random() * jitter
      await sleep(rest, undefined, { signal: stopped.signal }).catch(() => undefined)
    }
  }
  const ended = loop()
  return async () => {
    stopped.abort()
    await ended
  }
}
