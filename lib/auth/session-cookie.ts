import 'server-only'
import { cookies, headers } from 'next/headers'
import { KNOWN_DAYS } from '#lib/adapters/keys/known-browser'
import { config } from '#lib/config'
import { SESSION_DAYS } from '#lib/db/queries/sessions'
import { AppError } from '#lib/errors'

/**
 * The cookies of signing in. Each is bound to its host by its name (`__Host-`: no Domain, Secure, path /), so none
 * reaches another school, and no other school's page can plant one. Browsers keep such a name over plain http only
 * on some loopback names, so the demo's cookies have another one there.
 */

const NAMES = {
  session: 'smartlms.session',
  step: 'smartlms.step',
  link: 'smartlms.link',
  known: 'smartlms.known',
} as const

type Kind = keyof typeof NAMES

async function isHttps(): Promise<boolean> {
  return (await headers()).get('x-forwarded-proto') === 'https'
}

/** The name of a cookie under a scheme. */
function cookieName(kind: Kind, https: boolean): string {
  return https ? `__Host-${NAMES[kind]}` : NAMES[kind]
}

/** @throws AppError 'forbidden' where a cookie would travel in the clear beyond this machine */
export function assertMayCarry(https: boolean): void {
  const { demo, production, rootDomain } = config()
  const loopback = rootDomain === 'localhost' || rootDomain.endsWith('.localhost')
  if (https || (loopback && (demo || !production))) return
  throw new AppError('forbidden', 'Signing in needs https.')
}

/** What a cookie of this kind holds; null when it is missing. */
export async function readCookie(kind: Kind): Promise<string | null> {
  return (await cookies()).get(cookieName(kind, await isHttps()))?.value ?? null
}

async function write(kind: Kind, value: string, maxAge: number): Promise<void> {
  const https = await isHttps()
  assertMayCarry(https)
  const jar = await cookies()
  jar.set(cookieName(kind, https), value, {
    httpOnly: true,
    secure: https,
    path: '/',
    sameSite: 'lax',
    maxAge,
  })
}

const TEN_MINUTES = 600

/** Keeps the token of a sign-in's second step. */
export function writeStep(token: string): Promise<void> {
  return write('step', token, TEN_MINUTES)
}

/** Remembers that the person who is signed in asked for an identity to be linked to them. */
export function writeLinkIntent(token: string): Promise<void> {
  return write('link', token, TEN_MINUTES)
}

/** Keeps that this browser is no stranger to somebody, signed in or not. `text` comes from `newKnownBrowser`. */
export function writeKnown(text: string): Promise<void> {
  return write('known', text, KNOWN_DAYS * 86_400)
}

/** Signs this browser in; whatever it held before is replaced. `token` comes from `openSession`. */
export async function writeSession(token: string): Promise<void> {
  await write('session', token, SESSION_DAYS * 86_400)
  await clearCookie('step')
}

export async function clearCookie(kind: Kind): Promise<void> {
  const https = await isHttps()
  const jar = await cookies()
  if (!jar.has(cookieName(kind, https))) return
  jar.set(cookieName(kind, https), '', {
    httpOnly: true,
    secure: https,
    path: '/',
    sameSite: 'lax',
    maxAge: 0,
  })
}
