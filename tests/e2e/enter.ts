import type { BrowserContext } from 'playwright-core'
import { urlOf } from '#tests/support/browser'
import { owner } from '#tests/support/served'
import type { Looker } from './kinds'
import { SESSION_COOKIE, signIn } from './sign-in'

const WHO: Readonly<Record<Looker, readonly [subdomain: string, email: string, host: string]>> = {
  student: ['acme', 'student@acme.test', 'acme.localhost'],
  instructor: ['acme', 'instructor@acme.test', 'acme.localhost'],
  admin: ['acme', 'admin@acme.test', 'acme.localhost'],
  root: ['platform', 'root@smartlms.test', 'localhost'],
}

/** Signs a browser in as one of the demo world's people. */
export async function enter(context: BrowserContext, looker: Looker): Promise<void> {
  const [subdomain, email, host] = WHO[looker]
  const { rows } = await owner().query<{ id: string; tenant: string }>(
    `select u.id, t.id as tenant from "User" u join "Tenant" t on t.id = u."tenantId" where t.subdomain = $1 and u.email = $2`,
    [subdomain, email],
  )
  const found = rows[0]
  if (found === undefined) throw new Error(`The demo world has no ${email}.`)
  await context.addCookies([
    {
      ...{ name: SESSION_COOKIE, value: await signIn(found.tenant, found.id), url: urlOf(host) },
      ...{ httpOnly: true, sameSite: 'Lax' },
    },
  ])
}
