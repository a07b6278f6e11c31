/** What came back: `status` 0 and `body` null when nothing did. */
export type BodySent = Readonly<{ status: number; body: unknown }>

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/**
 * Posts a file as the body of a request. XMLHttpRequest, because `fetch` doesn't say how far it is. Never rejects.
 * @param onProgress percent that has left
 */
export function sendBody(
  address: string,
  file: File,
  onProgress: (percent: number) => void,
): Promise<BodySent> {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest()
    const failed = (): void => resolve({ status: 0, body: null })
    request.upload.addEventListener('progress', ({ loaded, total }) =>
      onProgress(total === 0 ? 0 : Math.floor((100 * loaded) / total)),
    )
    request.addEventListener('load', () =>
      resolve({ status: request.status, body: parsed(request.responseText) }),
    )
    request.addEventListener('error', failed)
    request.addEventListener('abort', failed)
    request.open('POST', address)
    request.setRequestHeader('Content-Type', 'application/octet-stream')
    request.send(file)
  })
}
