import { Agent, request, type IncomingHttpHeaders } from 'node:http'
import { connect } from 'node:net'
import { inject } from 'vitest'

/**
 * Requests as a stranger could send them. `fetch` would set Host itself, tidy up paths and join headers, which is
 * just what these tests must not have done for them.
 */

export type Ask = Readonly<{
  /** Sent as it stands; null for no Host header at all. */
  host: string | null
  path?: string
  method?: string
  headers?: Readonly<Record<string, string | readonly string[]>>
  body?: string | Buffer
  port?: number
  /** An address of this machine to come from, such as 127.0.0.2. */
  from?: string
}>

export type Answer = Readonly<{
  status: number
  headers: IncomingHttpHeaders
  body: string
  /** Status line, headers and body as one text: to look for what must stand nowhere in it. */
  whole: string
}>

const agent = new Agent({ keepAlive: true, maxSockets: 4 })

/** Host header of a school, with the port that its visitors see. */
export function hostOf(subdomain: string): string {
  return `${subdomain}.localhost:${inject('served').port}`
}

/** Host header of the root host. */
export function rootHost(): string {
  return `localhost:${inject('served').port}`
}

/** Sends one request and reads the whole answer. */
export function ask({
  host,
  path = '/',
  method = 'GET',
  headers = {},
  body,
  port,
  from,
}: Ask): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const own = Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name, typeof value === 'string' ? value : [...value]]),
    )
    const asked = request(
      {
        // A connection that stays open keeps the address it was made from.
        ...(from === undefined ? { agent } : { localAddress: from }),
        host: '127.0.0.1',
        port: port ?? inject('served').port,
        path,
        method,
        headers: {
          ...(host === null ? {} : { host }),
          // Without it Node sends the body of some methods with no length at all.
          ...(body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }),
          ...own,
        },
        setHost: false,
        timeout: 30_000,
      },
      (response) => {
        const parts: Buffer[] = []
        response.on('data', (part: Buffer) => parts.push(part))
        response.once('error', reject)
        response.once('end', () => {
          const text = Buffer.concat(parts).toString('utf8')
          const head = `${String(response.statusCode)}\n${response.rawHeaders.join('\n')}`
          const { statusCode = 0 } = response
          resolve({
            status: statusCode,
            headers: response.headers,
            body: text,
            whole: `${head}\n\n${text}`,
          })
        })
      },
    )
    asked.once('timeout', () => asked.destroy(new Error('The server did not answer in time.')))
    asked.once('error', reject)
    asked.end(body)
  })
}

/** As `ask`, and follows redirects to the same host: Next sends RSC requests and trailing slashes on their way first. */
export async function visit(request: Ask): Promise<Answer> {
  let answer = await ask(request)
  for (let hop = 0; hop < 2 && [307, 308].includes(answer.status); hop += 1) {
    const { location = '' } = answer.headers
    if (!/^\/(?!\/)/.test(location)) return answer
    answer = await ask({ ...request, path: location })
  }
  return answer
}

/** Sends bytes that no HTTP client would, and reads until the server closes. `text` carries its own line ends. */
export function askRaw(text: string): Promise<Readonly<{ status: number; whole: string }>> {
  return new Promise((resolve, reject) => {
    const socket = connect(inject('served').port, '127.0.0.1', () => socket.write(text))
    let whole = ''
    socket.setEncoding('utf8')
    socket.setTimeout(15_000, () => socket.destroy(new Error('The server did not answer in time.')))
    socket.on('data', (part: string) => (whole += part))
    socket.once('error', reject)
    socket.once('close', () => {
      resolve({ status: Number(/^HTTP\/1\.\d (\d{3})/.exec(whole)?.[1] ?? 0), whole })
    })
  })
}
