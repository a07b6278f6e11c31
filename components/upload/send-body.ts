import { PART_BYTES } from '#lib/files/contract/part-bytes'

/** What came back: `status` 0 and `body` null when nothing did. */
export type BodySent = Readonly<{ status: number; body: unknown }>

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** XMLHttpRequest, because `fetch` doesn't say how far it is. @param onSent bytes that have left */
function post(address: string, body: Blob, onSent: (bytes: number) => void): Promise<BodySent> {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest()
    const failed = (): void => resolve({ status: 0, body: null })
    request.upload.addEventListener('progress', ({ loaded }) => onSent(loaded))
    request.addEventListener('load', () =>
      resolve({ status: request.status, body: parsed(request.responseText) }),
    )
    request.addEventListener('error', failed)
    request.addEventListener('abort', failed)
    request.open('POST', address)
    request.setRequestHeader('Content-Type', 'application/octet-stream')
    request.send(body)
  })
}

type Begun = { upload: string; offset: number }

/** How far files have come whose sending broke off: another try goes on from there. */
const begun = new WeakMap<File, Begun>()

/**
 * Posts a file, in parts where it is too large for one request; the answer is that of the last. Never rejects.
 * @param address with a query
 * @param onProgress percent that has left
 */
export async function sendBody(
  address: string,
  file: File,
  onProgress: (percent: number) => void,
): Promise<BodySent> {
  const { size } = file
  const from = (offset: number) => (bytes: number) =>
    onProgress(size === 0 ? 0 : Math.min(100, Math.floor((100 * (offset + bytes)) / size)))
  if (size <= PART_BYTES) return post(address, file, from(0))
  const state = begun.get(file) ?? { upload: crypto.randomUUID().replaceAll('-', ''), offset: 0 }
  begun.set(file, state)
  for (;;) {
    const { upload, offset } = state
    const part = new URLSearchParams({ part: `${upload}-${String(offset)}-${String(size)}` })
    const blob = file.slice(offset, offset + PART_BYTES)
    const sent = await post(`${address}&${part.toString()}`, blob, from(offset))
    if (sent.status === 202 && offset + PART_BYTES < size) {
      state.offset += PART_BYTES
      continue
    }
    // What is refused, or there, begins anew; what broke off goes on.
    if (sent.status !== 0 && sent.status < 500) begun.delete(file)
    return sent
  }
}
