import 'server-only'

/** A stream's bytes in parts of exactly `size`, the last one shorter; an empty stream has no part. */
export async function* inParts(
  stream: AsyncIterable<Uint8Array>,
  size: number,
): AsyncGenerator<Uint8Array, undefined> {
  let chunks: Uint8Array[] = []
  let held = 0
  for await (const chunk of stream) {
    chunks.push(chunk)
    held += chunk.byteLength
    while (held >= size) {
      const joined = Buffer.concat(chunks)
      yield joined.subarray(0, size)
      chunks = [joined.subarray(size)]
      held -= size
    }
  }
  if (held > 0) yield Buffer.concat(chunks)
}

/**
 * A stream of exactly `length` bytes from another one that is opened when the first byte is asked for. A server that
 * sends more than it was asked for is cut off; one that sends less is an error, because the length has been promised.
 */
export function exactly(
  length: number,
  openStream: () => Promise<ReadableStream<Uint8Array>>,
): ReadableStream<Uint8Array> {
  let reader: ReadableStreamDefaultReader<Uint8Array> | undefined
  let left = length
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        reader ??= (await openStream()).getReader()
        const { done, value } = await reader.read()
        if (done) throw new Error('The file store sent less than it was asked for.')
        const chunk = value.subarray(0, left)
        left -= chunk.byteLength
        if (chunk.byteLength > 0) controller.enqueue(chunk)
        if (left === 0) {
          controller.close()
          if (chunk.byteLength < value.byteLength) await reader.cancel()
        }
      },
      async cancel(reason) {
        await reader?.cancel(reason)
      },
    },
    { highWaterMark: 0 },
  )
}
