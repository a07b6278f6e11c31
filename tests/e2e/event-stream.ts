import { type ClientRequest, request } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { inject } from 'vitest'

export type Heard = Readonly<{ event: string; id: string; data: Record<string, unknown>; at: number }>

/** A stream of events as a browser's EventSource reads it, with all that came. */
export class EventStream {
  readonly heard: Heard[] = []
  status = 0
  headers: Readonly<Record<string, unknown>> = {}
  /** Whether the other side has closed it. */
  closed = false
  /** Everything as it came, heartbeats included. */
  text = ''
  readonly #asked: ClientRequest

  private constructor(asked: ClientRequest) {
    this.#asked = asked
  }

  static async open(
    input: Readonly<{ host: string; path: string; headers: Record<string, string>; port?: number }>,
  ): Promise<EventStream> {
    const { host, path, headers, port = inject('served').port } = input
    const asked = request({
      ...{ host: '127.0.0.1', port, path, agent: false, setHost: false },
      headers: { host, accept: 'text/event-stream', ...headers },
    })
    const stream = new EventStream(asked)
    await new Promise<void>((resolve, reject) => {
      asked.once('error', reject)
      asked.once('response', (response) => {
        stream.status = response.statusCode ?? 0
        stream.headers = response.headers
        response.setEncoding('utf8')
        response.on('data', (text: string) => stream.#take(text))
        response.once('close', () => (stream.closed = true))
        response.on('error', () => undefined)
        resolve()
      })
      asked.end()
    })
    asked.on('error', () => undefined)
    return stream
  }

  #rest = ''

  #take(text: string): void {
    this.text += text
    const blocks = (this.#rest + text).split('\n\n')
    this.#rest = blocks.pop() ?? ''
    for (const block of blocks) {
      const fields = new Map(
        block.split('\n').map((line) => [line.split(': ')[0], line.replace(/^\w+: /, '')]),
      )
      const data = fields.get('data')
      if (data === undefined) continue
      const event = fields.get('event') ?? 'message'
      this.heard.push({
        event,
        id: fields.get('id') ?? '',
        data: JSON.parse(data) as Heard['data'],
        at: Date.now(),
      })
    }
  }

  /** Waits for an event that fits. @throws Error when none came in time */
  async until(fits: (heard: Heard) => boolean, seconds = 10): Promise<Heard> {
    const deadline = Date.now() + seconds * 1_000
    while (Date.now() < deadline) {
      const found = this.heard.find(fits)
      if (found !== undefined) return found
      await sleep(10)
    }
    throw new Error(`In vain; heard: ${JSON.stringify(this.heard)}`)
  }

  async untilClosed(seconds = 12): Promise<void> {
    const deadline = Date.now() + seconds * 1_000
    while (Date.now() < deadline) {
      if (this.closed) return
      await sleep(10)
    }
    throw new Error('It is still open.')
  }

  close(): void {
    this.#asked.destroy()
  }
}
