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

/**
 * Logs a failure under a fresh id. The id is all that a user sees of an unexpected error.
 * Expected refusals are logged without a stack.
 */
export async function reportFailure(route: string, error: unknown): Promise<string> {
  const errorId = randomUUID()
  const requestId = (await headers()).get(REQUEST_ID)
  const notes = notesOf(requestId)
  if (notes !== null) notes.errorId = errorId
  if (error instanceof AppError)
    log().warn({ errorId, id: requestId, route, code: error.code, detail: error.message }, 'refused')
  else log().error({ errorId, id: requestId, route, err: error }, 'unexpected error')
  return errorId
}
