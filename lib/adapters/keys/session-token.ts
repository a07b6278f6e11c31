import 'server-only'
import { createHash, randomBytes } from 'node:crypto'

/** A new session cookie's text: 256 random bits. It stands in the browser and nowhere else. */
export function newSessionToken(): string {
  return randomBytes(32).toString('base64url')
}

const TOKEN = /^[A-Za-z0-9_-]{43}$/

/** What the database knows of a cookie's text (SHA-256, hex); null for a text that was never one of ours. */
export function sessionTokenHash(token: string | null): string | null {
  return token !== null && TOKEN.test(token) ? createHash('sha256').update(token).digest('hex') : null
}
