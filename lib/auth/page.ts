import 'server-only'
import { cache, type ReactNode } from 'react'
import type { Metadata } from 'next'
import { headers } from 'next/headers'
import { notFound, redirect } from 'next/navigation'
import type { z } from 'zod'
import { readTenant, type TenantDb, withTenant } from '#lib/db/tenant'
import { AppError, codeOf, type ErrorCode, statusOf } from '#lib/errors'
import { REQUEST_ID } from '#lib/observability/request-log'
import { notesOf } from '#lib/observability/request-notes'
import type { School } from '#lib/tenancy/school'
import { type Frame, requestFrame } from '#lib/tenancy/frame'
import { requestTarget, schoolOfRequest } from '#lib/tenancy/resolve'
import type { Access } from './access'
import { type Actor, authorize, currentActor } from './actor'
import { GoTo, signInPath } from './redirect'
import { noteRoute, reportFailure } from './report'

type Raw = Readonly<Record<string, string | string[] | undefined>>
type Props = Readonly<{ params: Promise<Raw>; searchParams: Promise<Raw> }>
type Shape = z.ZodObject

/** What Next calls: the component and its metadata, sharing one load. */
export type Page = Readonly<{
  Page: (props: Props) => Promise<ReactNode>
  generateMetadata: (props: Props) => Promise<Metadata>
}>

type Input<P extends Shape, S extends Shape> = Readonly<{
  params: z.infer<P>
  search: z.infer<S>
  actor: Actor
}>

type Definition<P extends Shape, S extends Shape, Extra, Data> = Readonly<{
  /** Stable name: in the log, in the endpoint registry, in the tenancy matrix. */
  id: string
  access: Access
  /** The path's parameters. What doesn't parse is a 404. */
  params: P
  /** The query string. Only the named keys are read; others (a newsletter's tracking codes, say) are left alone. */
  search: S
  /** What stands here when the page is refused or fails. */
  refused: Refused
  /** Whether the load of a school's page changes rows. Others can't: PostgreSQL refuses it. */
  writes?: true
  /** Loads all that the page and its metadata need; for a school's page inside one tenant transaction. */
  load: (context: Input<P, S> & Extra) => Promise<Data>
  metadata: (data: Data, context: Input<P, S> & Omit<Extra, 'db'>) => Metadata | Promise<Metadata>
  render: (data: Data, context: Input<P, S> & Omit<Extra, 'db'>) => ReactNode | Promise<ReactNode>
}>

type SchoolExtra = Readonly<{ db: TenantDb; school: School }>

/** Where staff set up the second factor that their school asks for. */
const SET_UP = '/account/security'

type Elsewhere = Readonly<{ elsewhere: string }>

type Refusal = Readonly<{ refused: ErrorCode; errorId: string | null }>

/** What a page shows in place of itself, and the title over it. */
export type Refused = Readonly<{
  render: (refusal: Refusal) => ReactNode | Promise<ReactNode>
  metadata: (refusal: Refusal) => Metadata | Promise<Metadata>
}>

/**
 * What a page makes of a code: an address that no value can stand for is one more without a page, and a reader who met
 * somebody's lock is told to come back.
 */
const SEEN_AS: Readonly<Partial<Record<ErrorCode, ErrorCode>>> = {
  tenant_suspended: 'not_found',
  invalid_input: 'not_found',
  conflict: 'unavailable',
}

/**
 * Settles the status of a refused page before its first byte. `notFound()` and its like would do that too, but Next
 * then sends an empty document that a script has to fill, renders everything twice, and knows no 503.
 */
async function refuse(id: string, error: unknown): Promise<Refusal | Elsewhere> {
  if (error instanceof GoTo) return { elsewhere: error.path }
  const given = codeOf(error)
  const list = await headers()
  if (given === 'unauthenticated') return { elsewhere: signInPath(list.get('x-smartlms-address') ?? '/') }
  if (given === 'second_factor_required') return { elsewhere: SET_UP }
  const code = SEEN_AS[given] ?? given
  const expected = code === 'not_found' || code === 'forbidden'
  const errorId = expected ? null : await reportFailure(id, error)
  const answerWith = notesOf(list.get(REQUEST_ID))?.answerWith
  // Without the server's own listener there is no response to set a status on: Next's way, empty document and all.
  if (answerWith === undefined) notFound()
  answerWith(statusOf(code))
  return { refused: code, errorId }
}

function pick(raw: Raw, shape: Shape): Raw {
  return Object.fromEntries(
    Object.entries(raw).filter(([key, value]) => Object.hasOwn(shape.shape, key) && value !== undefined),
  )
}

function parse<S extends Shape>(shape: S, value: unknown): z.infer<S> {
  const result = shape.safeParse(value)
  if (!result.success) throw new AppError('not_found', 'The address has a part that can’t be read.')
  return result.data
}

type Loader<Data, Context> = (params: Raw, search: Raw) => Promise<{ data: Data; context: Context }>

function build<Data, Context>(
  id: string,
  load: Loader<Data, Context>,
  definition: {
    refused: Refused
    metadata: (data: Data, context: Context) => Metadata | Promise<Metadata>
    render: (data: Data, context: Context) => ReactNode | Promise<ReactNode>
  },
): Page {
  // React.cache compares by identity, so the load is shared under a text made of its inputs.
  const once = cache(async (params: string, search: string) => {
    await noteRoute(id)
    try {
      return await load(JSON.parse(params) as Raw, JSON.parse(search) as Raw)
    } catch (error) {
      return refuse(id, error)
    }
  })
  const loaded = async (props: Props) =>
    once(JSON.stringify(await props.params), JSON.stringify(await props.searchParams))
  return {
    Page: async (props) => {
      const result = await loaded(props)
      if ('elsewhere' in result) redirect(result.elsewhere)
      if ('refused' in result) return definition.refused.render(result)
      return definition.render(result.data, result.context)
    },
    generateMetadata: async (props) => {
      const result = await loaded(props)
      if ('elsewhere' in result) return {}
      if ('refused' in result) return definition.refused.metadata(result)
      return definition.metadata(result.data, result.context)
    },
  }
}

/**
 * Builds a page of a school's host. In this order: the host names an open school, the actor may see it,
 * the address parses, and `load` runs in one tenant transaction that has closed before anything renders.
 */
export function page<P extends Shape, S extends Shape, Data>(
  definition: Definition<P, S, SchoolExtra, Data>,
): Page {
  return build(
    definition.id,
    async (rawParams, rawSearch) => {
      const { subdomain, ...own } = rawParams
      const school = await schoolOfRequest()
      if (subdomain !== school.subdomain)
        throw new AppError('not_found', 'The path names another school than the host.')
      const actor = await currentActor()
      authorize(definition.access, actor, school.id)
      const context = {
        params: parse(definition.params, own),
        search: parse(definition.search, pick(rawSearch, definition.search)),
        actor,
        school,
      }
      const unit = definition.writes === true ? withTenant : readTenant
      const data = await unit(school.id, (db) => definition.load({ ...context, db }))
      return { data, context }
    },
    definition,
  )
}

/** Builds a page of the root host. It has no tenant transaction. */
export function sitePage<P extends Shape, S extends Shape, Data>(
  definition: Definition<P, S, object, Data>,
): Page {
  return build(
    definition.id,
    async (params, rawSearch) => {
      if ((await requestTarget()).kind !== 'root')
        throw new AppError('not_found', 'This page lives on the root host.')
      const actor = await currentActor()
      authorize(definition.access, actor, null)
      const context = {
        params: parse(definition.params, params),
        search: parse(definition.search, pick(rawSearch, definition.search)),
        actor,
      }
      return { data: await definition.load(context), context }
    },
    definition,
  )
}

/**
 * Builds a page that only proxy.ts can reach: its rewrite carries the status and names the page in a header
 * that no client can set. Asked for by its own address, it doesn't exist.
 */
export function statePage(
  definition: Readonly<{
    id: string
    /** The end of the path that proxy.ts rewrites to. */
    path: string
    access: Access
    title: (frame: Frame) => string
    render: () => ReactNode | Promise<ReactNode>
  }>,
): Page {
  const assertSent = async () => {
    await noteRoute(definition.id)
    const sent = (await headers()).get('x-smartlms-state')
    if (sent === null || !sent.endsWith(definition.path)) notFound()
  }
  return {
    Page: async () => {
      await assertSent()
      return definition.render()
    },
    generateMetadata: async () => {
      await assertSent()
      return { title: definition.title(await requestFrame()), robots: { index: false } }
    },
  }
}
