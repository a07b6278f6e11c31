// The wire: newline-delimited JSON-RPC 2.0 on stdin and stdout.
import { randomUUID } from 'node:crypto'
import { createInterface } from 'node:readline'
import { toFailure } from './errors.mjs'

function send(message) {
  process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`)
}

function errorReply(error) {
  const failure = toFailure(error)
  return {
    code: 4466,
    message: 'An error happened. Check the data field for details.',
    data: { is_panic: false, meta: null, ...failure },
  }
}

/**
 * Answers requests one after the other until stdin ends; the engine holds one session and can't overlap them.
 *
 * @param {{ call(method: string, params: unknown, print: (text: string) => Promise<void>): Promise<unknown> }} session
 * @param {() => unknown} atEnd runs once, after the last answer
 */
export async function serve(session, atEnd) {
  const pendingPrints = new Map()
  // The CLI prints what the engine asks it to print, and says so; leaving earlier could lose the text.
  const print = (content) =>
    new Promise((resolve) => {
      const id = randomUUID()
      pendingPrints.set(id, resolve)
      send({ id, method: 'print', params: { content } })
    })
  let queue = Promise.resolve()
  for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
    if (!line.trim()) continue
    const message = JSON.parse(line)
    if (!message.method) {
      pendingPrints.get(message.id)?.()
      pendingPrints.delete(message.id)
      continue
    }
    queue = queue.then(async () => {
      try {
        const result = (await session.call(message.method, message.params, print)) ?? {}
        send({ id: message.id, result })
      } catch (error) {
        send({ id: message.id, error: errorReply(error) })
      }
    })
  }
  for (const resolve of pendingPrints.values()) resolve()
  await queue
  await atEnd()
}
