import 'server-only'
import { cache } from 'react'
import { config } from '#lib/config'
import { PLATFORM_TENANT_ID } from '#lib/db/platform-id'
import { readSession, type SessionRow } from '#lib/db/queries/sessions'
import type { TenantDb } from '#lib/db/tenant'
import { AppError } from '#lib/errors'
import type { Access } from './access'
import { effectivePermissions, isStaff, type Permission } from './permissions'
import { accepted, getSession, type Realm, realmOfRequest, sessionHash } from './session'

export type Person = Readonly<{
  kind: 'person'
  userId: string
  tenantId: string
  sessionId: string
  name: string
  email: string
  role: SessionRow['role']
  /** Storage key. */
  avatar: string | null
  /** IANA; the school's when null. */
  timeZone: string | null
  hasPassword: boolean
  secondFactor: boolean
  /** When they signed in on this device. */
  signedInAt: Date
  /** Their school, or the platform, asks them for a second factor, set up or not. */
  asked: boolean
  /** They don't have the one that they are asked for: until then they can do nothing else. */
  mustSetUp: boolean
  permissions: ReadonlySet<Permission>
}>

/** Who is behind a request. */
export type Actor = Readonly<{ kind: 'anonymous' }> | Person

const ANONYMOUS: Actor = { kind: 'anonymous' }

/** The actor that a session's row stands for, in its realm. */
export function actorOf(realm: Realm, row: SessionRow | null): Actor {
  if (row === null) return ANONYMOUS
  const { userId, sessionId, name, email, role, avatar, timeZone, hasPassword, secondFactor } = row
  const permissions = effectivePermissions(role, row.permissions)
  // The platform's own people run all schools: they are asked everywhere but in the demo, which anybody may enter.
  const asked =
    realm.school === null ? !config().demo : realm.school.staffSecondFactor && isStaff(role, permissions)
  return {
    kind: 'person',
    tenantId: realm.tenantId,
    ...{ userId, sessionId, name, email, role, avatar, timeZone, hasPassword, secondFactor },
    signedInAt: row.createdAt,
    ...{ asked, mustSetUp: asked && !secondFactor, permissions },
  }
}

/** The actor of the current request, read anew for each: a removed or demoted person is so at their next click. */
export const currentActor = cache(async (): Promise<Actor> => {
  const row = await getSession()
  return row === null ? ANONYMOUS : actorOf(await realmOfRequest(), row)
})

/** The actor, read in the transaction that somebody acts in: nobody who was signed out before it can act in it. */
export async function actorIn(db: TenantDb, realm: Realm): Promise<Actor> {
  const hash = await sessionHash()
  return actorOf(realm, hash === null ? null : accepted(await readSession(db, hash)))
}

/** The person's id, for audit rows. */
export function actorId(actor: Actor): string | null {
  return actor.kind === 'person' ? actor.userId : null
}

/**
 * Decides whether `actor` may call an endpoint of the school `tenantId` (null: the root host).
 * @throws AppError 'unauthenticated' when nobody is signed in, 'not_found' for a person of another school
 *   (its existence is none of their business), 'second_factor_required' for staff who have yet to set one up,
 *   'forbidden' for one of this school without the permission
 */
export function authorize(access: Access, actor: Actor, tenantId: string | null): void {
  if (access.kind === 'public') return
  if (actor.kind === 'anonymous') throw new AppError('unauthenticated', 'Needs somebody who is signed in.')
  if (actor.tenantId !== (tenantId ?? PLATFORM_TENANT_ID))
    throw new AppError('not_found', 'The actor belongs to another school.')
  if (actor.mustSetUp && !(access.kind === 'person' && access.duringSetUp))
    throw new AppError('second_factor_required', 'The school asks its staff for a second factor.')
  if (access.kind === 'permission' && !actor.permissions.has(access.permission))
    throw new AppError('forbidden', `Lacks ${access.permission}.`)
}

/** The signed-in person that an endpoint's access has let in. @throws AppError 'unauthenticated' */
export function person(actor: Actor): Person {
  if (actor.kind === 'anonymous') throw new AppError('unauthenticated', 'Needs somebody who is signed in.')
  return actor
}
