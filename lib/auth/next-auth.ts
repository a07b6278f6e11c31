import 'server-only'
import { createHash, randomBytes } from 'node:crypto'
import { cookies, headers } from 'next/headers'
import { NextRequest } from 'next/server'
import NextAuth, { type AuthOptions } from 'next-auth'
import type { OAuthConfig, UserinfoEndpointHandler } from 'next-auth/providers/oauth'
import { z } from 'zod'
import { mac } from '#lib/adapters/keys/keys'
import { config, type Provider, trustRequestHost } from '#lib/config'
import { AppError } from '#lib/errors'
import type { Claim } from '#lib/identity/sign-in-with-provider'
import { log } from '#lib/observability/log'
import { claimOf, type Profile, text } from './provider-claim'
import { assertMayCarry } from './session-cookie'

/**
 * OpenID Connect by next-auth: state, PKCE, nonce, the exchange and the check of the id token are its work. What comes
 * of it is ours: `onClaim` gets what the provider says and answers with the path to go to, so next-auth itself never
 * signs anybody in, keeps no session, and links no accounts. Options are made for each request: its host is the
 * callback's host.
 */

type OnClaim = (claim: Claim) => Promise<string>

const claims = z.looseObject({ sub: z.string().min(1) })

/** The claims of an id token whose signature, issuer, audience and nonce openid-client has checked. */
function claimsIn(idToken: string): z.infer<typeof claims> {
  return claims.parse(JSON.parse(Buffer.from(idToken.split('.')[1] ?? '', 'base64url').toString('utf8')))
}

/**
 * What the provider says of a person: the id token, and where that names no address also the userinfo endpoint, which
 * is where OpenID Connect puts it by default. Its answer counts only if it is about the same person.
 */
const userinfo: UserinfoEndpointHandler = {
  request: async ({ client, tokens }) => {
    const { id_token: idToken, access_token: accessToken } = tokens
    if (idToken === undefined) throw new Error('The provider sent no id token.')
    const said = claimsIn(idToken)
    if ('email' in said || accessToken === undefined) return said
    const more = claims.parse(await client.userinfo(accessToken))
    if (more.sub !== said.sub) throw new Error('The provider spoke of two people.')
    return { ...more, ...said }
  },
}

function oauth(provider: Provider): OAuthConfig<Profile> {
  return {
    id: provider.id,
    name: provider.name,
    type: 'oauth',
    wellKnown: `${provider.issuer}/.well-known/openid-configuration`,
    authorization: { params: { scope: 'openid email profile' } },
    idToken: true,
    userinfo,
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

/** next-auth's own pages of errors and of signing in don't exist here: whatever leads there leads to `failed`. */
function withoutItsPages(response: Response, failed: string): Response {
  const location = response.headers.get('location')
  if (location !== null && new URL(location, 'http://host').pathname.startsWith('/api/auth/'))
    response.headers.set('location', failed)
  return response
}

async function isHttps(): Promise<boolean> {
  return (await headers()).get('x-forwarded-proto') === 'https'
}

/**
 * Sends the browser to a provider.
 * @param input.next path to come back to in the end; `failed`: path for when the provider can't be reached
 * @throws AppError 'not_found' for a provider that isn't configured
 */
export async function beginAtProvider(
  id: string,
  input: Readonly<{ next: string; failed: string; requestUrl: string }>,
): Promise<Response> {
  const https = await isHttps()
  assertMayCarry(https)
  const options = optionsFor(providerOf(id), https, () => Promise.resolve(input.failed))
  // next-auth starts by a form with a token of its own. The form is ours, so the pair is made here.
  const token = randomBytes(32).toString('hex')
  const hash = createHash('sha256')
    .update(`${token}${String(options.secret)}`)
    .digest('hex')
  const { name, options: cookieOptions } = cookie('csrf', https)
  const jar = await cookies()
  jar.set(name, `${token}|${hash}`, cookieOptions)
  const form = new URLSearchParams({ csrfToken: token, callbackUrl: input.next })
  const request = new NextRequest(new URL(`/api/auth/signin/${id}`, input.requestUrl), {
    method: 'POST',
    body: form.toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  })
  return withoutItsPages(await call(request, ['signin', id], options), input.failed)
}

/**
 * Takes a provider's answer.
 * @param input.onClaim decides where the browser goes; `failed`: path for an answer that isn't one
 * @throws AppError 'not_found', and whatever `onClaim` throws
 */
export async function finishAtProvider(
  id: string,
  input: Readonly<{ request: Request; failed: string; onClaim: OnClaim }>,
): Promise<Response> {
  const { request, failed, onClaim } = input
  // next-auth makes a page of its own of whatever is thrown in its callback.
  const thrown: unknown[] = []
  const options = optionsFor(providerOf(id), await isHttps(), async (claim) => {
    try {
      return await onClaim(claim)
    } catch (error) {
      thrown.push(error)
      return failed
    }
  })
  const sent = new NextRequest(request.url, { headers: request.headers })
  const response = await call(sent, ['callback', id], options)
  if (thrown.length > 0) throw thrown[0]
  return withoutItsPages(response, failed)
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
