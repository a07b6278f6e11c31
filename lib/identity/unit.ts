import 'server-only'
import type { TenantDb } from '#lib/db/tenant'

/**
 * One unit of work in the realm of a request. Use-cases that hash or encode are given this instead of a handle,
 * because a connection must not be held meanwhile.
 */
export type Unit = <T>(query: (db: TenantDb) => Promise<T>) => Promise<T>

/** Where a request came from. */
export type Client = Readonly<{
  ip: string
  userAgent: string | null
  requestId: string | null
  /** Hash of the session that the browser holds; one that is opened for it takes its place. */
  sessionHash?: string | null
  /** What the browser keeps of whoever signed in with it; unchecked. */
  known?: string | null
}>
