import 'server-only'
import pino, { type Logger } from 'pino'
import { config } from '#lib/config'

let logger: Logger | undefined

/** The process's log: one JSON object a line on standard output. Never give it personal data. */
export function log(): Logger {
  logger ??= pino({
    level: config().logLevel,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
  })
  return logger
}
