import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'

/** A server that speaks OpenAI's chat protocol, and does what a test wants: streams, stalls, fails, lies. */

export type Behaviour =
  | Readonly<{ kind: 'says'; pieces: readonly string[]; pause?: number }>
  /** Never says a word. */
  | Readonly<{ kind: 'silent' }>
  /** Says something and then nothing more, with the connection open. */
  | Readonly<{ kind: 'stalls'; pieces: readonly string[] }>
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

async function say(response: ServerResponse, behaviour: Behaviour): Promise<void> {
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
  for (const piece of behaviour.pieces) {
    response.write(chunk(piece, null))
    await wait(behaviour.kind === 'says' ? (behaviour.pause ?? 1) : 1)
    if (response.destroyed) return
  }
  if (behaviour.kind === 'stalls') return
  if (behaviour.kind === 'breaks') {
    response.destroy()
    return
  }
  response.write(chunk('', 'stop'))
  response.end('data: [DONE]\n\n')
}

/** Starts one on a free port of this machine. */
export async function modelServer(): Promise<ModelServer> {
  let behaviour: Behaviour = { kind: 'says', pieces: ['Yes.'] }
  let left = 0
  const asked: string[] = []
  const server = createServer((request, response) => {
    response.on('close', () => {
      if (!response.writableEnded) left += 1
    })
    void bodyOf(request).then((body) => {
      asked.push(body)
      return say(response, behaviour)
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
    left: () => left,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}
