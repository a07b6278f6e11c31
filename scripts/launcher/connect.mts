import { Client } from 'pg'
import type { Target } from './database-url.mts'
import { Failure, field, failureInOutput } from './failure.mts'
import { sleep } from './process-identity.mts'

const STARTING_UP = '57P03'
const STARTING_SECONDS = 30

/** Opens a connection; the caller ends it. @throws Failure with a sentence about what is wrong with the address or the server */
export async function connect(target: Target, database = target.database): Promise<Client> {
  const deadline = Date.now() + STARTING_SECONDS * 1000
  for (;;) {
    const client = new Client({ ...target.config, database, application_name: 'smartlms launcher' })
    // A server that goes away between two statements raises an event; unheard, it would end this process.
    client.on('error', () => {})
    try {
      await client.connect()
      return client
    } catch (error) {
      await client.end().catch(() => {})
      if (field(error, 'code') !== STARTING_UP || Date.now() > deadline)
        throw connectionFailure(error, target)
      await sleep(300)
    }
  }
}

/** Runs `work` on a connection of its own. @throws Failure as `connect`, and whatever `work` throws */
export async function withClient<T>(
  target: Target,
  work: (client: Client) => Promise<T>,
  database = target.database,
): Promise<T> {
  const client = await connect(target, database)
  try {
    return await work(client)
  } finally {
    await client.end().catch(() => {})
  }
}

const UNREACHABLE: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there',
  ENOTFOUND: 'there is no host of that name',
  EAI_AGAIN: 'the name of the host could not be resolved',
  ETIMEDOUT: 'it did not answer in time',
  EHOSTUNREACH: 'there is no way to that host',
  ENETUNREACH: 'there is no way to that network',
  ECONNRESET: 'it closed the connection',
  ENOENT: 'there is no such socket',
}

/** Turns what a driver throws while connecting into one sentence. */
function connectionFailure(error: unknown, target: Target): Error {
  const { variable, place, user, database } = target
  const code = field(error, 'code')
  const message = error instanceof Error ? error.message : ''
  const full = failureInOutput(message)
  if (full) return full
  const reason = UNREACHABLE[code] ?? (/timeout/i.test(message) ? UNREACHABLE['ETIMEDOUT'] : undefined)
  if (reason !== undefined) {
    return new Failure(
      `The database server at ${place} can't be reached (${reason}): start it, or correct ${variable}.`,
    )
  }
  switch (code) {
    case '28P01':
      return new Failure(
        `The database server at ${place} refused the password of user "${user}": correct ${variable}.`,
      )
    case '28000':
      return new Failure(
        `The database server at ${place} does not let user "${user}" in: correct ${variable}, or allow that user and this machine in its pg_hba.conf.`,
      )
    case '3D000':
      return new DatabaseMissing(
        `The database "${database}" does not exist at ${place}: create it, or correct ${variable}.`,
      )
    case '53300':
      return new Failure(
        `The database server at ${place} has no connection left: close other programs that use it.`,
      )
    case STARTING_UP:
      return new Failure(`The database server at ${place} is still starting: try again in a moment.`)
    default:
      return new Failure(
        `The database server at ${place} could not be used (${oneLine(message)}): check ${variable}.`,
      )
  }
}

/** The server answers, and has no such database. */
export class DatabaseMissing extends Failure {}

/** A driver's message fit for a sentence. */
function oneLine(message: string): string {
  return (
    message
      .replace(/\s+/g, ' ')
      .replace(/[.:]\s*$/, '')
      .slice(0, 200) || 'no reason was given'
  )
}
