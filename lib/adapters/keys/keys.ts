import 'server-only'
import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  hkdfSync,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto'
import { secret } from '#lib/config'

/**
 * What is made with the installation's secret. Each use has a key of its own, derived by its context, so that a
 * value made for one purpose is worth nothing for another. Changing the secret ends all links that are under way
 * and makes stored second factors unreadable.
 */

const derived = new Map<string, Buffer>()

function keyFor(context: string): Buffer {
  const known = derived.get(context)
  if (known !== undefined) return known
  const key = Buffer.from(hkdfSync('sha256', secret(), '', `smartlms/${context}`, 32))
  derived.set(context, key)
  return key
}

/** HMAC-SHA-256 of a text, base64url (43 letters). */
export function mac(context: string, text: string): string {
  return createHmac('sha256', keyFor(context)).update(text).digest('base64url')
}

/** Whether `given` is the mac of the text; takes as long for a wrong one as for a right one. */
export function isMac(context: string, text: string, given: string): boolean {
  const right = Buffer.from(mac(context, text))
  const other = Buffer.from(given)
  return right.length === other.length && timingSafeEqual(right, other)
}

/**
 * The secret part of a link in a letter: `<id>.<mac>`. Made from the row's id and not stored anywhere, so neither
 * the outbox nor a copy of the database opens anything.
 * @param purpose what the link does; @param tenantId the only tenant it is worth anything in; @param id of its row
 */
export function linkToken(purpose: string, tenantId: string, id: string): string {
  return `${id}.${mac(`link/${purpose}`, `${tenantId}/${id}`)}`
}

/** The id behind a link's token; null when it was not made for this purpose and tenant. */
export function readLinkToken(purpose: string, tenantId: string, token: string): string | null {
  const dot = token.indexOf('.')
  const id = token.slice(0, Math.max(dot, 0))
  if (!/^[a-z0-9]{1,40}$/.test(id)) return null
  return isMac(`link/${purpose}`, `${tenantId}/${id}`, token.slice(dot + 1)) ? id : null
}

/** Encrypts a text (AES-256-GCM). `bound` is what it belongs to: it opens only for the same. */
export function seal(context: string, bound: string, text: string): string {
  const iv = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', keyFor(context), iv).setAAD(Buffer.from(bound))
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64url')
}

/** The text that was sealed. @throws Error when it was changed, or belongs to something else */
export function unseal(context: string, bound: string, sealed: string): string {
  const bytes = Buffer.from(sealed, 'base64url')
  const decipher = createDecipheriv('aes-256-gcm', keyFor(context), bytes.subarray(0, 12))
  decipher.setAAD(Buffer.from(bound)).setAuthTag(bytes.subarray(12, 28))
  return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8')
}
