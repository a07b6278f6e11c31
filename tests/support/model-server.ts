import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'

/** A server that speaks OpenAI's chat protocol or Anthropic's, and does what a test wants: streams, stalls, fails, lies. */

export type Protocol = 'openai' | 'anthropic'

export type Behaviour =
  | Readonly<{ kind: 'says'; pieces: readonly string[]; pause?: number }>
  /** Never says a word. */
  | Readonly<{ kind: 'silent' }>
  /** Says something and then nothing more, with the connection open. */
  | Readonly<{ kind: 'stalls'; pieces: readonly string[] }>
  /** Says something and then that it can't go on, as Anthropic's protocol says it. */
  | Readonly<{ kind: 'errs'; pieces: readonly string[] }>
  /** Says something and then cuts the connection. */
  | Readonly<{ kind: 'breaks'; pieces: readonly string[] }>
  | Readonly<{ kind: 'fails'; status: number }>
  /** Answers with what is no stream of the protocol. */
  | Readonly<{ kind: 'garbage' }>

export type ModelServer = Readonly<{
  /** What AI_BASE_URL takes. */
  baseUrl: string
  behave: (behaviour: Behaviour) => void
  /** Bodies of the requests, as they came. */
  asked: readonly string[]
  /** Paths and headers of the requests. */
  heads: readonly Readonly<{ path: string; headers: IncomingMessage['headers'] }>[]
  /** Requests whose client went away before their end. */
  left: () => number
  close: () => Promise<void>
}>

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = ''
  for await (const part of request) text += String(part)
  return text
}

const wait = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds))

function chunk(content: string, finish: string | null): string {
  const choices = [
    { index: 0, delta: content === '' ? {} : { role: 'assistant', content }, finish_reason: finish },
  ]
  return `data: ${JSON.stringify({ id: 'one', object: 'chat.completion.chunk', created: 1, model: 'test', choices })}\n\n`
}

const event = (type: string, fields: Readonly<Record<string, unknown>> = {}): string =>
  `event: ${type}\ndata: ${JSON.stringify({ type, ...fields })}\n\n`

/** How a protocol opens an answer, says a piece of it, fails in the middle, and ends it. */
const WIRES: Readonly<
  Record<Protocol, Readonly<{ open: string; piece: (text: string) => string; close: string }>>
> = {
  openai: {
    open: '',
    piece: (text) => chunk(text, null),
    close: `${chunk('', 'stop')}data: [DONE]\n\n`,
  },
  anthropic: {
    open:
      event('message_start', {
        message: {
          ...{ id: 'msg_1', type: 'message', role: 'assistant', content: [], model: 'test' },
          ...{ stop_reason: null, stop_sequence: null, usage: { input_tokens: 10, output_tokens: 1 } },
        },
      }) +
      event('content_block_start', { index: 0, content_block: { type: 'text', text: '' } }) +
      event('ping'),
    piece: (text) => event('content_block_delta', { index: 0, delta: { type: 'text_delta', text } }),
    close:
      event('content_block_stop', { index: 0 }) +
      event('message_delta', {
        ...{ delta: { stop_reason: 'end_turn', stop_sequence: null }, usage: { output_tokens: 9 } },
      }) +
      event('message_stop'),
  },
}

async function say(response: ServerResponse, behaviour: Behaviour, protocol: Protocol): Promise<void> {
  const wire = WIRES[protocol]
  if (behaviour.kind === 'silent') return
  if (behaviour.kind === 'fails') {
    response.writeHead(behaviour.status, { 'Content-Type': 'application/json' })
    response.end('{"error":{"message":"The prompt was: secret","type":"server_error"}}')
    return
  }
  response.writeHead(200, { 'Content-Type': 'text/event-stream' })
  if (behaviour.kind === 'garbage') {
    response.end('data: <html>no json</html>\n\ndata: {"choices":42}\n\n')
    return
  }
  response.write(wire.open === '' ? ': begins\n\n' : wire.open)
  for (const piece of behaviour.pieces) {
    response.write(wire.piece(piece))
    await wait(behaviour.kind === 'says' ? (behaviour.pause ?? 1) : 1)
    if (response.destroyed) return
  }
  if (behaviour.kind === 'stalls') return
  if (behaviour.kind === 'breaks') {
    response.destroy()
    return
  }
  if (behaviour.kind === 'errs') {
    response.end(event('error', { error: { type: 'overloaded_error', message: 'The prompt was: secret' } }))
    return
  }
  response.end(wire.close)
}

/** Starts one on a free port of this machine. */
export async function modelServer(protocol: Protocol = 'openai'): Promise<ModelServer> {
  let behaviour: Behaviour = { kind: 'says', pieces: ['Yes.'] }
  let left = 0
  const asked: string[] = []
  const heads: { path: string; headers: IncomingMessage['headers'] }[] = []
  const server = createServer((request, response) => {
    response.on('close', () => {
      if (!response.writableEnded) left += 1
    })
    void bodyOf(request).then((body) => {
      asked.push(body)
      heads.push({ path: request.url ?? '', headers: request.headers })
      return say(response, behaviour, protocol)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The server has no port.')
  return {
    baseUrl: `http://127.0.0.1:${String(address.port)}/v1`,
    behave: (next) => {
      behaviour = next
    },
    asked,
    heads,
    left: () => left,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}
