import { LIVE_EVENTS, LIVE_NAME, LIVE_PATH, type LiveState } from '#lib/notifications/contract/live'

/**
 * What the server says while the page is open. Of all tabs of a browser one holds the stream, by a lock that the browser
 * gives on to another when it is closed; it tells the others. So there is one connection however many tabs there are.
 */

type Told = Readonly<{ state: LiveState; at: number }>

let state: LiveState | null = null
const listeners = new Set<() => void>()

export function currentState(): LiveState | null {
  return state
}

export function onState(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

function take(next: LiveState): void {
  state = next
  for (const listener of listeners) listener()
}

function parsed(text: string): LiveState | null {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && 'badge' in value ? (value as LiveState) : null
  } catch {
    return null
  }
}

/** Milliseconds until a stream that was refused is asked for again. */
const AGAIN = 30_000

/** Holds the stream until it is over for good, or the page is left. */
function holdStream(since: number, tell: (state: LiveState) => void, left: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    let source: EventSource | null = null
    let timer: ReturnType<typeof setTimeout> | undefined
    let known = since
    const over = (): void => {
      clearTimeout(timer)
      source?.close()
      resolve()
    }
    const open = (): void => {
      source = new EventSource(`${LIVE_PATH}?since=${known}`)
      source.addEventListener(LIVE_EVENTS.state, (event: MessageEvent<string>) => {
        const next = parsed(event.data)
        if (event.lastEventId !== '') known = Math.max(known, Number(event.lastEventId))
        if (next !== null) tell(next)
      })
      source.addEventListener(LIVE_EVENTS.end, over)
      source.addEventListener('error', () => {
        // A broken one is opened again by the browser; one that was refused is not.
        if (source?.readyState === EventSource.CLOSED) timer = setTimeout(open, AGAIN * (1 + Math.random()))
      })
    }
    left.addEventListener('abort', over, { once: true })
    open()
  })
}

/**
 * Keeps the page told. Does nothing where the browser lacks what it takes: there the number is as old as the page.
 * @param since when the page was made, by the server's clock @returns what ends it
 */
export function keepTold(since: number): () => void {
  if (!('locks' in navigator) || !('BroadcastChannel' in globalThis) || !('EventSource' in globalThis))
    return () => undefined
  const left = new AbortController()
  const channel = new BroadcastChannel(LIVE_NAME)
  channel.addEventListener('message', ({ data }: MessageEvent<Told>) => take(data.state))
  const tell = (next: LiveState): void => {
    take(next)
    channel.postMessage({ state: next, at: Date.now() } satisfies Told)
  }
  navigator.locks
    .request(LIVE_NAME, { signal: left.signal }, () => holdStream(since, tell, left.signal))
    .catch(() => undefined)
  return () => {
    left.abort()
    channel.close()
  }
}
