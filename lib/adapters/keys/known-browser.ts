import 'server-only'
import { randomBytes } from 'node:crypto'
import { isMac, mac } from './keys'

/**
 * What a browser keeps of somebody who has signed in with it: that it is no stranger to this one account. It opens
 * nothing. Tries to sign in with it don't stand in line with everybody else's (lib/identity/tries.ts).
 */

/** Days that a browser is known for after a sign-in. */
export const KNOWN_DAYS = 180

const DAY = 86_400_000
const CONTEXT = 'known-browser'
const SHAPE = /^([0-9a-z]{1,6})-[A-Za-z0-9_-]{22}$/

type Owner = Readonly<{ tenantId: string; userId: string; now?: number }>

/** The cookie's text: when it was made, 128 random bits, and the mac that binds both to one person of one tenant. */
export function newKnownBrowser({ tenantId, userId, now = Date.now() }: Owner): string {
  const id = `${Math.floor(now / DAY).toString(36)}-${randomBytes(16).toString('base64url')}`
  return `${id}.${mac(CONTEXT, `${tenantId}/${userId}/${id}`)}`
}

/** The browser's id; null for a text that wasn't made for this person, or too long ago. */
export function readKnownBrowser(text: string, { tenantId, userId, now = Date.now() }: Owner): string | null {
  const dot = text.indexOf('.')
  const id = text.slice(0, Math.max(dot, 0))
  const day = SHAPE.exec(id)?.[1]
  if (day === undefined || !isMac(CONTEXT, `${tenantId}/${userId}/${id}`, text.slice(dot + 1))) return null
  return Number.parseInt(day, 36) + KNOWN_DAYS >= now / DAY ? id : null
}
