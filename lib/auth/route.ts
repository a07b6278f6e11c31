import 'server-only'
import { headers } from 'next/headers'
import type { z } from 'zod'
import { AppError, codeOf, statusOf, userText } from '#lib/errors'
import { type TenantDb, withTenant } from '#lib/db/tenant'
import { REQUEST_ID } from '#lib/observability/request-log'
import { notesOf } from '#lib/observability/request-notes'
import { schoolOfRequest } from '#lib/tenancy/resolve'
import type { School } from '#lib/tenancy/school'
import type { Access } from './access'
import { type Actor, authorize, currentActor } from './actor'
import { type Client, currentClient } from './client'
import { parseStrictly } from './parse'
import { noteRoute, reportFailure } from './report'
import { type Realm, realmOfRequest } from './session'

export type Shape = z.ZodObject
type Raw = Readonly<Record<string, string | string[] | undefined>>
/** Where nothing of the path varies, Next gives no parameters at all. */
export type Handler = (
  request: Request,
  context: Readonly<{ params: Promise<Raw | undefined> }>,
) => Promise<Response>

export type Common<Q extends Shape> = Readonly<{
  /** Stable name: in the log, in the endpoint registry, in the tenancy matrix. */
  id: string
  access: Access
  /** The query string, strictly: an unknown key is refused. */
  query: Q
}>

/** A JSON answer that no cache keeps. */
export function json(body: unknown, status = 200): Response {
  return Response.json(body, { status, headers: { 'Cache-Control': 'no-store' } })
}

/** An answer that doesn't say how long it may be kept isn't kept. */
function uncached(response: Response): Response {
  if (!response.headers.has('Cache-Control')) response.headers.set('Cache-Control', 'private, no-store')
  return response
}

/** Next drops the length that a route gives its answer. It is known here, so Node is told. */
async function measured(response: Response): Promise<Response> {
  const bytes = response.headers.get('Content-Length')
  if (bytes !== null) notesOf((await headers()).get(REQUEST_ID))?.announceLength?.(bytes)
  return response
}

/** The answer to a request that failed, with its log line. */
export async function refuse(id: string, error: unknown): Promise<Response> {
  const code = codeOf(error)
  const errorId = await reportFailure(id, error)
  const fields =
    error instanceof AppError && Object.keys(error.fields).length > 0 ? { fields: error.fields } : {}
  const reason = error instanceof AppError && error.reason !== null ? { reason: error.reason } : {}
  const response = json(
    { error: { code, message: userText(code), id: errorId, ...reason, ...fields } },
    statusOf(code),
  )
  if (code === 'unavailable') response.headers.set('Retry-After', '2')
  return response
}

function queryOf(request: Request): Record<string, string | string[]> {
  const query = new URL(request.url).searchParams
  return Object.fromEntries(
    [...new Set(query.keys())].map((key) => [
      key,
      query.getAll(key).length > 1 ? query.getAll(key) : (query.get(key) ?? ''),
    ]),
  )
}

/** What a school's routes begin with: the open school, who asks, and what was asked, each refused in this order. */
async function admit<Q extends Shape, P extends Shape>(
  definition: Common<Q> & Readonly<{ params: P }>,
  request: Request,
  given: Promise<Raw | undefined>,
): Promise<{ school: School; actor: Actor; query: z.infer<Q>; params: z.infer<P> }> {
  const school = await schoolOfRequest()
  const actor = await currentActor()
  authorize(definition.access, actor, school.id)
  const query = parseStrictly(definition.query, queryOf(request))
  return { school, actor, query, params: parseStrictly(definition.params, (await given) ?? {}) }
}

/** Builds a route handler of a school's host; `run` works inside one tenant transaction. */
export function route<Q extends Shape, P extends Shape>(
  definition: Common<Q> &
    Readonly<{
      params: P
      run: (
        context: Readonly<{
          db: TenantDb
          school: School
          actor: Actor
          query: z.infer<Q>
          params: z.infer<P>
        }>,
      ) => Promise<Response>
    }>,
): Handler {
  return async (request, { params }) => {
    await noteRoute(definition.id)
    try {
      const admitted = await admit(definition, request, params)
      return uncached(await withTenant(admitted.school.id, (db) => definition.run({ db, ...admitted })))
    } catch (error) {
      return refuse(definition.id, error)
    }
  }
}

/**
 * Builds a route handler of a school's host that needs no rows: `run` holds no connection while it answers. Who asks is
 * handed to it: outside of a rendering React remembers nothing, and asking again is a statement again.
 */
export function schoolRoute<Q extends Shape, P extends Shape>(
  definition: Common<Q> &
    Readonly<{
      params: P
      run: (
        context: Readonly<{
          request: Request
          school: School
          actor: Actor
          params: z.infer<P>
          query: z.infer<Q>
        }>,
      ) => Promise<Response>
    }>,
): Handler {
  return async (request, { params }) => {
    await noteRoute(definition.id)
    try {
      const admitted = await admit(definition, request, params)
      return await measured(uncached(await definition.run({ request, ...admitted })))
    } catch (error) {
      return refuse(definition.id, error)
    }
  }
}

/** Builds a route handler that means the same on every host and touches no school's rows. */
export function hostRoute<Q extends Shape>(
  definition: Common<Q> &
    Readonly<{ run: (context: Readonly<{ request: Request; query: z.infer<Q> }>) => Promise<Response> }>,
): Handler {
  return async (request) => {
    await noteRoute(definition.id)
    try {
      authorize(definition.access, await currentActor(), null)
      return uncached(
        await definition.run({ request, query: parseStrictly(definition.query, queryOf(request)) }),
      )
    } catch (error) {
      return refuse(definition.id, error)
    }
  }
}

/** Builds a route handler for what schools and the platform have alike: the protocols of signing in. */
export function realmRoute<Q extends Shape, P extends Shape>(
  definition: Common<Q> &
    Readonly<{
      params: P
      run: (
        context: Readonly<{
          request: Request
          realm: Realm
          actor: Actor
          client: Client
          params: z.infer<P>
          query: z.infer<Q>
        }>,
      ) => Promise<Response>
    }>,
): Handler {
  return async (request, { params }) => {
    await noteRoute(definition.id)
    try {
      const realm = await realmOfRequest()
      const actor = await currentActor()
      authorize(definition.access, actor, realm.school?.id ?? null)
      const query = parseStrictly(definition.query, queryOf(request))
      const path = parseStrictly(definition.params, (await params) ?? {})
      const client = await currentClient()
      return uncached(await definition.run({ request, realm, actor, client, query, params: path }))
    } catch (error) {
      return refuse(definition.id, error)
    }
  }
}
