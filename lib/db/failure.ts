import 'server-only'
import { AppError, type ErrorCode } from '#lib/errors'

/** SQLSTATE → what it means to the caller. Whatever is not listed is a fault of ours and stays unexpected. */
const BY_STATE: Readonly<Record<string, ErrorCode>> = {
  '23505': 'conflict', // unique
  '23P01': 'conflict', // exclusion
  '23503': 'conflict', // reference
  '40001': 'conflict', // serialization
  '40P01': 'conflict', // deadlock
  '55P03': 'conflict', // lock timeout
  '57014': 'unavailable', // statement timeout
  '53300': 'unavailable', // too many connections
  '57P01': 'unavailable', // terminated by an administrator
  '57P02': 'unavailable',
  '57P03': 'unavailable', // starting up
  ECONNREFUSED: 'unavailable',
  ECONNRESET: 'unavailable',
  EPIPE: 'unavailable',
  ETIMEDOUT: 'unavailable',
  ENOTFOUND: 'unavailable',
  // The same, as Prisma's client names them.
  P2002: 'conflict', // unique
  P2003: 'conflict', // reference
  P2034: 'conflict', // serialization, deadlock
  P2025: 'not_found', // the row to change is not there
  P1001: 'unavailable', // unreachable
  P1008: 'unavailable', // timeout
  P1017: 'unavailable', // connection closed
}

const LOST =
  /timeout exceeded when trying to connect|Connection terminated|Query read timeout|Client has encountered a connection error|connection timeout/i

function stateOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return ''
  if ('code' in error && typeof error.code === 'string') return error.code
  return ''
}

function meaningOf(state: string, message: string): ErrorCode | undefined {
  if (state in BY_STATE) return BY_STATE[state]
  // Class 22: a value that no column of that type can hold, such as a text with a null byte.
  if (/^22[0-9A-Z]{3}$/.test(state)) return 'invalid_input'
  return LOST.test(message) ? 'unavailable' : undefined
}

/**
 * Turns a driver's error into ours where it has a meaning for the caller; anything else comes back as it was.
 * The new error names the state and the constraint, not the driver's message: that may quote what was stored.
 */
export function translate(error: unknown): unknown {
  if (error instanceof AppError || !(error instanceof Error)) return error
  const state = stateOf(error)
  const code = meaningOf(state, error.message)
  if (code === undefined) return error
  const constraint =
    'constraint' in error && typeof error.constraint === 'string' ? `, ${error.constraint}` : ''
  return new AppError(
    code,
    `The database refused: ${state === '' ? 'connection lost' : state}${constraint}.`,
    { cause: error },
  )
}
