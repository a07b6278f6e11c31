import 'server-only'
import type { z } from 'zod'
import { type TenantDb, withTenant } from '#lib/db/tenant'
import { AppError } from '#lib/errors'
import { readLimited } from '#lib/security/read-limited'
import { schoolOfRequest } from '#lib/tenancy/resolve'
import type { School } from '#lib/tenancy/school'
import { type Actor, actorIn, authorize } from './actor'
import { parseStrictly } from './parse'
import { noteRoute, reportFailure } from './report'
import { type Common, type Handler, refuse, type Shape } from './route'

type Definition<Q extends Shape, B extends z.ZodType, Begun, Line> = Omit<Common<Q>, 'query'> &
  Readonly<{
    query: Q
    /** The JSON that is sent, and how many bytes of it are read. */
    body: B
    limit: number
    /** Reads and writes all that has to be, in the one unit of work that has closed before the first byte. */
    begin: (
      context: Readonly<{ db: TenantDb; school: School; actor: Actor; body: z.infer<B> }>,
    ) => Promise<Begun>
    /** Gives the lines of the answer. It is run to its end, whether or not anybody still listens. */
    stream: (
      context: Readonly<{
        school: School
        begun: Begun
        emit: (line: Line) => void
        /** Logs why something went another way than it should, under the request's id. */
        report: (error: unknown) => Promise<string>
      }>,
    ) => Promise<void>
    /** The last line of an answer that failed in the middle. */
    failed: (errorId: string, school: School) => Line
  }>

/** Lines of JSON that no proxy keeps, changes or holds back. */
const HEADERS = {
  'Content-Type': 'application/x-ndjson; charset=utf-8',
  'Cache-Control': 'private, no-store, no-transform',
  'X-Accel-Buffering': 'no',
}

function bodyOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new AppError('invalid_input', 'The body is not JSON.', { cause: error })
  }
}

/** A response whose lines `work` gives; a reader that leaves ends the response and not the work. */
function lines(work: (emit: (line: unknown) => void) => Promise<void>): Response {
  const encoder = new TextEncoder()
  let open = true
  const stream = new ReadableStream<Uint8Array>({
    start: (controller) => {
      const emit = (line: unknown): void => {
        if (open) controller.enqueue(encoder.encode(`${JSON.stringify(line)}\n`))
      }
      void work(emit).finally(() => {
        if (open) controller.close()
        open = false
      })
    },
    cancel: () => {
      open = false
    },
  })
  return new Response(stream, { headers: HEADERS })
}

/**
 * Builds a route handler of a school's host that answers line by line. Who asks, whether they may, and the rows are one
 * unit of work: whatever refuses does so with a status, before the first byte. What streams holds no connection.
 */
export function streamRoute<Q extends Shape, B extends z.ZodType, Begun, Line>(
  definition: Definition<Q, B, Begun, Line>,
): Handler {
  return async (request) => {
    const { id, access, limit, begin } = definition
    await noteRoute(id)
    try {
      const school = await schoolOfRequest()
      const text = await readLimited(request, limit)
      const begun = await withTenant(school.id, async (db) => {
        const actor = await actorIn(db, { tenantId: school.id, school })
        authorize(access, actor, school.id)
        parseStrictly(definition.query, Object.fromEntries(new URL(request.url).searchParams))
        const body = parseStrictly(definition.body, bodyOf(text), school.locale)
        return begin({ db, school, actor, body })
      })
      const report = (error: unknown): Promise<string> => reportFailure(id, error)
      return lines(async (emit) => {
        try {
          await definition.stream({ school, begun, emit, report })
        } catch (error) {
          emit(definition.failed(await report(error), school))
        }
      })
    } catch (error) {
      return refuse(id, error)
    }
  }
}
