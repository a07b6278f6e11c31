import 'server-only'
import { createHash } from 'node:crypto'
import { contentTypeOf } from '#lib/adapters/storage/keys'
import { storage } from '#lib/adapters/storage/storage'

/** Bytes by which a file is known. */
const HEAD = 1_024

type Seen = { bytes: number; head: Buffer; hash: ReturnType<typeof createHash> }

/** What went into the store. `head`: its first part, by which its kind is known. */
export type Stored = Readonly<{ bytes: number; head: Buffer; sha256: string }>

type Options = Readonly<{
  /** Bytes. */
  most: number
  /** The error for a body that is larger than that, or has nothing in it. */
  refused: (reason: 'size' | 'empty') => Error
}>

/** The body as it comes, counted and looked at on its way; it breaks off where it is larger than may be. */
async function* looked(
  body: AsyncIterable<Uint8Array>,
  seen: Seen,
  { most, refused }: Options,
): AsyncGenerator<Uint8Array> {
  for await (const chunk of body) {
    seen.bytes += chunk.byteLength
    if (seen.bytes > most) throw refused('size')
    if (seen.head.byteLength < HEAD) seen.head = Buffer.concat([seen.head, chunk]).subarray(0, HEAD)
    seen.hash.update(chunk)
    yield chunk
  }
}

function asStream(source: AsyncGenerator<Uint8Array>): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const next = await source.next()
      if (next.done === true) controller.close()
      else controller.enqueue(next.value)
    },
    async cancel() {
      await source.return(undefined)
    },
  })
}

/**
 * Streams a body into the store under a new key. One that is cut off, empty or too large leaves nothing there.
 * @throws what `refused` makes; whatever the store throws
 */
export async function putCounted(
  key: string,
  body: AsyncIterable<Uint8Array>,
  options: Options,
): Promise<Stored> {
  const { most, refused } = options
  const seen: Seen = { bytes: 0, head: Buffer.alloc(0), hash: createHash('sha256') }
  try {
    await storage().put(key, asStream(looked(body, seen, options)), { contentType: contentTypeOf(key) })
  } catch (error) {
    // A store may hide why a stream broke off.
    if (seen.bytes > most) throw refused('size')
    if (seen.bytes === 0) throw refused('empty')
    throw error
  }
  return { bytes: seen.bytes, head: seen.head, sha256: seen.hash.digest('hex') }
}
