import { Agent, request } from 'node:http'
import { Failure } from '../launcher/failure.mts'

/** A path of one host of a server on this machine. */
export type Address = Readonly<{
  port: number
  host: string
  path: string
  /** Of somebody who is signed in. */
  cookie?: string
}>

export type Reply = Readonly<{ status: number; body: Buffer; encoding: string }>

const PATIENCE_MILLISECONDS = 20_000

/** Connections that stay open, as a browser's do. */
export function keepAlive(connections: number): Agent {
  return new Agent({ keepAlive: true, maxSockets: connections })
}

/** One request, its body read to the end. @param gzip whether to ask for a compressed answer */
function get(agent: Agent, { port, host, path, cookie }: Address, gzip = false): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const headers = {
      host: `${host}:${port}`,
      accept: 'text/html',
      ...(cookie === undefined ? {} : { cookie }),
      ...(gzip ? { 'accept-encoding': 'gzip' } : {}),
    }
    const asked = request({ agent, host: '127.0.0.1', port, path, headers, timeout: PATIENCE_MILLISECONDS })
    asked.once('timeout', () => asked.destroy(new Failure(`${host}${path} gave no answer for 20 s.`)))
    asked.once('error', reject)
    asked.once('response', (answer) => {
      const parts: Buffer[] = []
      answer.on('data', (part: Buffer) => parts.push(part))
      answer.once('error', reject)
      answer.once('end', () => {
        const encoding = answer.headers['content-encoding'] ?? ''
        resolve({ status: answer.statusCode ?? 0, body: Buffer.concat(parts), encoding })
      })
    })
    asked.end()
  })
}

/**
 * One request that changes something, as a page's script sends it. On a connection that the server closes just then it is
 * sent again, as browsers do.
 */
export function post(
  agent: Agent,
  address: Address,
  value: unknown,
): Promise<{ status: number; body: string }> {
  const { port, host, path, cookie = '' } = address
  return new Promise((resolve, reject) => {
    const body = JSON.stringify(value)
    const headers = {
      ...{ host: `${host}:${port}`, origin: `http://${host}:${port}`, cookie },
      ...{ 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(body)) },
    }
    const asked = request({ agent, host: '127.0.0.1', port, path, method: 'POST', headers })
    asked.once('error', (error: NodeJS.ErrnoException) => {
      if (asked.reusedSocket && error.code === 'ECONNRESET') resolve(post(agent, address, value))
      else reject(error)
    })
    asked.once('response', (answer) => {
      const parts: Buffer[] = []
      answer.on('data', (part: Buffer) => parts.push(part))
      answer.once('error', reject)
      answer.once('end', () =>
        resolve({ status: answer.statusCode ?? 0, body: Buffer.concat(parts).toString('utf8') }),
      )
    })
    asked.end(body)
  })
}

/** As `get`. @throws Failure for any status but 200: the figure would be about something else */
export async function page(agent: Agent, address: Address, gzip = false): Promise<Reply> {
  const reply = await get(agent, address, gzip)
  if (reply.status !== 200) throw new Failure(`${address.host}${address.path} answered ${reply.status}.`)
  return reply
}

/** Milliseconds of each of `count` requests, one after the other. */
export async function latencies(agent: Agent, address: Address, count: number): Promise<number[]> {
  const times: number[] = []
  for (let number = 0; number < count; number += 1) {
    const started = performance.now()
    await page(agent, address)
    times.push(performance.now() - started)
  }
  return times
}

/** Requests by `connections` callers who ask again as soon as they have their answer. */
export async function load(
  address: Address,
  connections: number,
  milliseconds: number,
): Promise<{ requests: number; seconds: number }> {
  const agent = keepAlive(connections)
  const started = performance.now()
  const until = started + milliseconds
  let requests = 0
  const caller = async (): Promise<void> => {
    while (performance.now() < until) {
      await page(agent, address)
      requests += 1
    }
  }
  try {
    await Promise.all(Array.from({ length: connections }, caller))
    return { requests, seconds: (performance.now() - started) / 1000 }
  } finally {
    agent.destroy()
  }
}
