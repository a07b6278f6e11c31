import 'server-only'
import { cache } from 'react'
import type { Viewer } from '#lib/identity/contract'
import { PLATFORM_TENANT_ID } from '#lib/db/platform-id'
import { countUnread } from '#lib/db/unread'
import { codeOf } from '#lib/errors'
import { publicUrl } from '#lib/files/rules'
import { currentActor, type Person } from './actor'

const ADMINISTRATION = ['school:settings', 'user:invite', 'user:manage', 'role:manage', 'audit:read'] as const

/** How much is new to them. A frame without the number is better than none. */
async function unreadOf({ tenantId, userId }: Person): Promise<number> {
  return tenantId === PLATFORM_TENANT_ID ? 0 : countUnread(tenantId, userId).catch(() => 0)
}

/**
 * Who the frame around a page greets; null for a visitor. A frame stands also around the page that says that the
 * database is away, so there it greets nobody.
 */
export const currentViewer = cache(async (): Promise<Viewer | null> => {
  const actor = await currentActor().catch((error: unknown) => {
    if (codeOf(error) === 'unexpected') throw error
    return null
  })
  if (actor === null || actor.kind === 'anonymous') return null
  return {
    name: actor.name,
    email: actor.email,
    avatarUrl: publicUrl(actor.tenantId, actor.avatar),
    administers: ADMINISTRATION.some((permission) => actor.permissions.has(permission)),
    permissions: [...actor.permissions],
    unread: await unreadOf(actor),
    at: Date.now(),
  }
})
