import { randomInt } from 'node:crypto'
import { createServer } from 'node:net'
import { field } from './failure.mts'

/** The code of the error that listening there gives, such as EADDRINUSE; undefined when the port can be had. */
export function portProblem(port: number, host: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', (error) => {
      resolve(field(error, 'code') || 'unknown')
    })
    server.listen({ port, host, exclusive: true }, () => {
      server.close(() => {
        resolve(undefined)
      })
    })
  })
}

/** A free port below the range that outgoing connections take theirs from, so that it is likely to be free tomorrow too. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(20_000, 32_000)
    if ((await portProblem(port, '127.0.0.1')) === undefined) return port
  }
}
