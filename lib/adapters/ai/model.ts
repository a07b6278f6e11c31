import 'server-only'

/** One answer of a language model, as a stream of text. It has no tools: what it says changes nothing. */

type Turn = Readonly<{ role: 'user' | 'assistant'; text: string }>

export type TextModel = Readonly<{
  /** Gives the pieces of an answer as they come. @throws whatever the service does, and on `signal` */
  stream: (
    prompt: Readonly<{ instructions: string; messages: readonly Turn[] }>,
    signal: AbortSignal,
  ) => AsyncIterable<string>
}>

/** How long a model may think before its first word, and fall silent between two. */
export type Patience = Readonly<{ first: number; between: number; whole: number }>

/** Milliseconds. Together with what quoting passages takes, the first word comes within three seconds. */
export const PATIENCE: Patience = { first: 2_200, between: 2_200, whole: 60_000 }

/** Why a model's answer isn't one. Its own words go to the log alone. */
export class ModelFailure extends Error {
  override readonly name = 'ModelFailure'
}

/** What comes of a piece of work in time; a service that doesn't heed `stopped` is left alone then. */
async function within<T>(
  work: Promise<T>,
  { milliseconds, late, stopped }: Readonly<{ milliseconds: number; late: string; stopped: AbortSignal }>,
): Promise<T> {
  const listening = new AbortController()
  const ended = new Promise<never>((_, reject) => {
    const timer = setTimeout(() => reject(new ModelFailure(late)), milliseconds)
    listening.signal.addEventListener('abort', () => clearTimeout(timer))
    const { signal } = listening
    stopped.addEventListener('abort', () => reject(new ModelFailure('It was stopped.')), { signal })
    if (stopped.aborted) reject(new ModelFailure('It was stopped.'))
  })
  // Whichever loses the race may fail later, when nobody listens any more.
  work.catch(() => undefined)
  try {
    return await Promise.race([work, ended])
  } finally {
    listening.abort()
  }
}

/**
 * The pieces of an answer, none of which may be late. Whoever stops reading ends the request.
 * @param stopped ends it from elsewhere @throws ModelFailure for an answer that is late, breaks off or is empty
 */
export async function* patiently(
  model: TextModel,
  prompt: Parameters<TextModel['stream']>[0],
  { patience, stopped }: Readonly<{ patience: Patience; stopped: AbortSignal }>,
): AsyncGenerator<string, void, undefined> {
  const ending = new AbortController()
  const signal = AbortSignal.any([ending.signal, stopped])
  const until = Date.now() + patience.whole
  const pieces = model.stream(prompt, signal)[Symbol.asyncIterator]()
  let came = false
  try {
    for (;;) {
      const wait = Math.min(came ? patience.between : patience.first, until - Date.now())
      const next = await within(pieces.next(), {
        ...{ milliseconds: Math.max(0, wait), late: came ? 'It fell silent.' : 'It was late.', stopped },
      })
      if (next.done === true) break
      if (next.value === '') continue
      came = true
      yield next.value
    }
  } catch (error) {
    throw error instanceof ModelFailure ? error : new ModelFailure('It failed.', { cause: error })
  } finally {
    ending.abort()
  }
  if (!came && !stopped.aborted) throw new ModelFailure('It said nothing.')
}
