import 'server-only'
import { AppError } from '#lib/errors'
import { PLATFORM_TENANT_ID } from '#lib/db/platform-id'
import type { Access } from './access'
import type { Permission } from './permissions'

/** Who is behind a request. */
export type Actor =
  | Readonly<{ kind: 'anonymous' }>
  | Readonly<{ kind: 'person'; userId: string; tenantId: string; permissions: ReadonlySet<Permission> }>

const ANONYMOUS: Actor = { kind: 'anonymous' }

/** The actor of the current request. Nobody can sign in to this version yet, so it is always anonymous. */
export function currentActor(): Promise<Actor> {
  return Promise.resolve(ANONYMOUS)
}

/** The person's id, for audit rows. */
export function actorId(actor: Actor): string | null {
  return actor.kind === 'person' ? actor.userId : null
}

/**
 * Decides whether `actor` may call an endpoint of the school `tenantId` (null: the root host).
 * @throws AppError 'unauthenticated' when nobody is signed in, 'not_found' for a person of another school
 *   (its existence is none of their business), 'forbidden' for one of this school without the permission
 */
export function authorize(access: Access, actor: Actor, tenantId: string | null): void {
  if (access.kind === 'public') return
  if (actor.kind === 'anonymous') throw new AppError('unauthenticated', `Needs ${access.permission}.`)
  if (actor.tenantId !== (tenantId ?? PLATFORM_TENANT_ID))
    throw new AppError('not_found', 'The actor belongs to another school.')
  if (!actor.permissions.has(access.permission))
    throw new AppError('forbidden', `Lacks ${access.permission}.`)
}
