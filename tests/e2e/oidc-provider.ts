import { randomBytes } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import Provider, { type Configuration } from 'oidc-provider'

/** An OpenID provider as others run them, on this machine. It asks nobody for a password: `becomes` is who signs in. */

export const CLIENT = { id: 'smartlms', secret: 'a secret between provider and product' } as const

type Claims = Readonly<{ email?: string; email_verified?: boolean; name?: string }>

export type Issuer = Readonly<{
  url: string
  /** From now on whoever comes is this person. */
  becomes: (subject: string, claims: Claims) => void
  /** Takes up its work, for the addresses that it may send people back to. */
  serve: (callbacks: readonly string[]) => void
  stop: () => Promise<void>
}>

function configuration(callbacks: readonly string[], claimsOf: (subject: string) => Claims): Configuration {
  return {
    clients: [
      {
        client_id: CLIENT.id,
        client_secret: CLIENT.secret,
        redirect_uris: [...callbacks],
        grant_types: ['authorization_code'],
        response_types: ['code'],
      },
    ],
    pkce: { required: () => true },
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
    cookies: { keys: [randomBytes(16).toString('hex')] },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_context, { uid }) => `/interaction/${uid}` },
    findAccount: (_context, subject) => ({
      accountId: subject,
      claims: () => Promise.resolve({ sub: subject, ...claimsOf(subject) }),
    }),
    // Everybody agrees to everything.
    loadExistingGrant: async ({ oidc }) => {
      const { client, session } = oidc
      if (client === undefined || session?.accountId === undefined) return undefined
      const grant = new oidc.provider.Grant({ clientId: client.clientId, accountId: session.accountId })
      grant.addOIDCScope('openid email profile')
      await grant.save()
      return grant
    },
  }
}

/** Listens on a free port; `serve` makes a provider of it. */
export async function startIssuer(): Promise<Issuer> {
  const people = new Map<string, Claims>()
  let current = ''
  let provider: Provider | undefined
  const server: Server = createServer((request, response) => {
    if (provider === undefined) {
      response.writeHead(503).end()
      return
    }
    if (request.url?.startsWith('/interaction/') === true) {
      void provider.interactionFinished(request, response, { login: { accountId: current } })
      return
    }
    void provider.callback()(request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const url = `http://127.0.0.1:${String(port)}`
  return {
    url,
    becomes: (subject, claims) => {
      current = subject
      people.set(subject, claims)
    },
    serve: (callbacks) => {
      provider = new Provider(
        url,
        configuration(callbacks, (subject) => people.get(subject) ?? {}),
      )
    },
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}
