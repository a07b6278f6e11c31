import 'server-only'
import { randomUUID } from 'node:crypto'
import { headers } from 'next/headers'
import { AppError } from '#lib/errors'
import { log } from '#lib/observability/log'
import { REQUEST_ID } from '#lib/observability/request-log'
import { notesOf } from '#lib/observability/request-notes'

/** Names the endpoint in the request's log line. */
export async function noteRoute(id: string): Promise<void> {
  const notes = notesOf((await headers()).get(REQUEST_ID))
  if (notes !== null) notes.route = id
}

/** What of an unexpected error may be logged: never the text of a driver or of Prisma, which quote what is stored. */
function safely(error: unknown): Readonly<Record<string, unknown>> {
  if (!(error instanceof Error)) return { type: typeof error }
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line))
  const code = 'code' in error ? error.code : undefined
  const foreign = code !== undefined || error.constructor.name.startsWith('Prisma')
  return {
    type: error.name,
    ...(foreign ? { code } : { message: error.message }),
    stack: frames.slice(0, 12).join('\n'),
  }
}

/**
 * Logs a failure under an id, one for the whole request. The id is all that a user sees of an unexpected error.
 * Expected refusals are logged without a stack.
 */
export async function reportFailure(route: string, error: unknown): Promise<string> {
  const requestId = (await headers()).get(REQUEST_ID)
  const notes = notesOf(requestId)
  // A page and its metadata fail together; the second one belongs to the same report.
  if (notes?.errorId !== undefined) return notes.errorId
  const errorId = randomUUID()
  if (notes !== null) notes.errorId = errorId
  if (error instanceof AppError) {
    log().warn({ errorId, id: requestId, route, code: error.code, detail: error.message }, 'refused')
  } else log().error({ errorId, id: requestId, route, error: safely(error) }, 'unexpected error')
  return errorId
}
