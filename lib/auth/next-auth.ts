import 'server-only'
import { createHash, randomBytes } from 'node:crypto'
import { cookies, headers } from 'next/headers'
import { NextRequest } from 'next/server'
import NextAuth, { type AuthOptions } from 'next-auth'
import type { OAuthConfig } from 'next-auth/providers/oauth'
import { mac } from '#lib/adapters/keys/keys'
import { config, type Provider, trustRequestHost } from '#lib/config'
import { AppError } from '#lib/errors'
import type { Claim } from '#lib/identity/sign-in-with-provider'
import { log } from '#lib/observability/log'
import { assertMayCarry } from './session-cookie'

/**
 * OpenID Connect by next-auth: state, PKCE, nonce, the exchange and the check of the id token are its work. What comes
 * of it is ours: `onClaim` gets what the provider says and answers with the path to go to, so next-auth itself never
 * signs anybody in, keeps no session, and links no accounts. Options are made for each request: its host is the
 * callback's host.
 */

type OnClaim = (claim: Claim) => Promise<string>

type Profile = Readonly<Record<string, unknown>>

function text(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value.slice(0, 254) : null
}

/** Microsoft lets a directory's owner put any address into it, so there an address is never taken as verified. */
function claimOf(provider: Provider, profile: Profile): Claim | null {
  const subject = text(profile['sub'])
  const email = text(profile['email'])?.toLowerCase() ?? null
  if (subject === null) return null
  // Only plain addresses: letters that look like others would be another person's.
  const plain = email !== null && /^[\x21-\x7e]+@[\x21-\x7e]+$/.test(email)
  return {
    provider: provider.id,
    subject,
    email: plain ? email : null,
    emailVerified: plain && provider.id !== 'microsoft' && profile['email_verified'] === true,
    name: text(profile['name'])?.slice(0, 200) ?? null,
  }
}

function oauth(provider: Provider): OAuthConfig<Profile> {
  return {
    id: provider.id,
    name: provider.name,
    type: 'oauth',
    wellKnown: `${provider.issuer}/.well-known/openid-configuration`,
    authorization: { params: { scope: 'openid email profile' } },
    idToken: true,
    checks: ['pkce', 'state', 'nonce'],
    clientId: provider.clientId,
    clientSecret: provider.clientSecret,
    profile: (profile) => ({ id: text(profile['sub']) ?? '' }),
  }
}

function cookie(name: string, https: boolean, maxAge?: number) {
  const options = { httpOnly: true, sameSite: 'lax', path: '/', secure: https } as const
  return {
    name: `${https ? '__Host-' : ''}smartlms.oidc.${name}`,
    options: maxAge === undefined ? options : { ...options, maxAge },
  }
}

const FIFTEEN_MINUTES = 900

function optionsFor(provider: Provider, https: boolean, onClaim: OnClaim): AuthOptions {
  return {
    secret: mac('next-auth', 'secret'),
    providers: [oauth(provider)],
    session: { strategy: 'jwt', maxAge: 60 },
    // Its own sessions are never made: signIn always answers with a path.
    jwt: { encode: () => Promise.resolve(''), decode: () => Promise.resolve(null) },
    pages: { signIn: '/sign-in', error: '/sign-in' },
    cookies: {
      sessionToken: cookie('session', https),
      callbackUrl: cookie('callback', https),
      csrfToken: cookie('csrf', https),
      pkceCodeVerifier: cookie('pkce', https, FIFTEEN_MINUTES),
      state: cookie('state', https, FIFTEEN_MINUTES),
      nonce: cookie('nonce', https, FIFTEEN_MINUTES),
    },
    callbacks: {
      signIn: async ({ profile }) => {
        const claim = claimOf(provider, { ...profile })
        return claim === null ? '/sign-in?error=provider' : onClaim(claim)
      },
    },
    logger: {
      error: (code) => log().warn({ source: 'next-auth', code }, 'a provider’s sign-in failed'),
      warn: () => undefined,
      debug: () => undefined,
    },
  }
}

/** @throws AppError 'not_found' for a provider that isn't configured */
function providerOf(id: string): Provider {
  const found = config().providers.find((provider) => provider.id === id)
  if (found === undefined) throw new AppError('not_found', 'The provider is not configured.')
  return found
}

async function call(
  request: NextRequest,
  nextauth: readonly string[],
  options: AuthOptions,
): Promise<Response> {
  trustRequestHost()
  const response: unknown = await NextAuth(
    request,
    { params: Promise.resolve({ nextauth: [...nextauth] }) },
    options,
  )
  if (!(response instanceof Response)) throw new Error('next-auth gave no response.')
  return response
}

async function isHttps(): Promise<boolean> {
  return (await headers()).get('x-forwarded-proto') === 'https'
}

/** Sends the browser to a provider. @param next path to come back to in the end @throws AppError 'not_found' */
export async function beginAtProvider(id: string, next: string, requestUrl: string): Promise<Response> {
  const https = await isHttps()
  assertMayCarry(https)
  const options = optionsFor(providerOf(id), https, () => Promise.resolve('/sign-in'))
  // next-auth starts by a form with a token of its own. The form is ours, so the pair is made here.
  const token = randomBytes(32).toString('hex')
  const hash = createHash('sha256')
    .update(`${token}${String(options.secret)}`)
    .digest('hex')
  const { name, options: cookieOptions } = cookie('csrf', https)
  const jar = await cookies()
  jar.set(name, `${token}|${hash}`, cookieOptions)
  const form = new URLSearchParams({ csrfToken: token, callbackUrl: next })
  const request = new NextRequest(new URL(`/api/auth/signin/${id}`, requestUrl), {
    method: 'POST',
    body: form.toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  })
  return call(request, ['signin', id], options)
}

/** Takes a provider's answer. `onClaim` decides where the browser goes. @throws AppError 'not_found' */
export async function finishAtProvider(id: string, request: Request, onClaim: OnClaim): Promise<Response> {
  const options = optionsFor(providerOf(id), await isHttps(), onClaim)
  return call(new NextRequest(request.url, { headers: request.headers }), ['callback', id], options)
}

/** The path that a provider's sign-in was begun with; null when there is none. */
export async function begunWith(): Promise<string | null> {
  const kept = (await cookies()).get(cookie('callback', await isHttps()).name)?.value
  if (kept === undefined || !URL.canParse(kept)) return null
  const { pathname, search } = new URL(kept)
  return `${pathname}${search}`
}

/** The configured providers, as the sign-in page names them. */
export function providers(): { id: string; name: string }[] {
  return config().providers.map(({ id, name }) => ({ id, name }))
}
