import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest'
import { startWeb, untilAlive, type Web } from '#scripts/screenshots/throwaway'
import { owner } from '#tests/support/served'
import { CLIENT, type Issuer, startIssuer } from './oidc-provider'
import { SESSION_COOKIE, signIn } from './sign-in'
import { submitForm } from './submit-form'
import { type Stop, Wanderer } from './wanderer'
import { schoolFacts } from './world'

// Signing in at a real OpenID provider, on the served product. What happens to people in each case is also tested
// without one (tests/integration/identity-joining.test.ts); here it is the protocol, the cookies and the hosts.

let issuer: Issuer
let web: Web
let ids: Record<'acme' | 'globex', string>
let count = 0
let email: string
let subject: string

const at = (school: 'acme' | 'globex', path: string): URL =>
  new URL(path, `http://${school}.localhost:${String(web.port)}`)

const CALLBACK = '/api/auth/callback/oidc'

beforeAll(async () => {
  const { ownerUrl, storageDir, folder } = inject('served')
  issuer = await startIssuer()
  web = await startWeb(
    {
      ...{ DATABASE_URL: ownerUrl, APP_DATABASE_URL: '', PLATFORM_DATABASE_URL: '', SMARTLMS_DEMO: '1' },
      ...{ SMARTLMS_SECRET: randomBytes(32).toString('hex'), STORAGE_DIR: storageDir },
      ...{ OIDC_ISSUER: issuer.url, OIDC_CLIENT_ID: CLIENT.id, OIDC_CLIENT_SECRET: CLIENT.secret },
      OIDC_NAME: 'School ID',
    },
    folder,
  )
  issuer.serve([at('acme', CALLBACK).href, at('globex', CALLBACK).href])
  await untilAlive(web)
  const [acme, globex] = await Promise.all([schoolFacts('acme'), schoolFacts('globex')])
  ids = { acme: acme.id, globex: globex.id }
})

afterAll(async () => {
  await owner().query(`delete from "User" where email like '%@oidc.example'`)
  await owner().query(`delete from "Invitation" where email like '%@oidc.example'`)
  await web.stop()
  await issuer.stop()
})

beforeEach(() => {
  count += 1
  email = `person${String(count)}@oidc.example`
  subject = `subject-${String(count)}`
  issuer.becomes(subject, { email, email_verified: true, name: `Person ${String(count)}` })
})

const ours = (url: URL): boolean => url.hostname.endsWith('.localhost')

/** From the button on a school's sign-in page to where the product sends the browser in the end. */
function enter(who: Wanderer, school: 'acme' | 'globex', next = ''): Promise<Stop> {
  const query = next === '' ? '' : `?next=${encodeURIComponent(next)}`
  return who.go(at(school, `/api/auth/begin/oidc${query}`), (url) => ours(url) && url.pathname !== CALLBACK)
}

/** The address that the provider sends the browser back to, not followed yet. */
async function answered(who: Wanderer, school: 'acme' | 'globex'): Promise<URL> {
  const { url } = await who.go(at(school, '/api/auth/begin/oidc'), (one) => one.pathname === CALLBACK)
  return url
}

async function finish(who: Wanderer, url: URL): Promise<string> {
  const { url: end } = await who.go(url, ours)
  return `${end.pathname}${end.search}`
}

const path = ({ url }: Stop): string => `${url.pathname}${url.search}`
const isIn = (who: Wanderer, school: 'acme' | 'globex'): boolean => who.has(at(school, '/'), SESSION_COOKIE)

type Person = Readonly<{ id: string; role: string; identities: number }>

async function people(school: 'acme' | 'globex'): Promise<Person[]> {
  const { rows } = await owner().query<Person>(
    `select u.id, u.role, (select count(*)::int from "Account" a where a."userId" = u.id) as identities
     from "User" u where "tenantId" = $1 and email = $2`,
    [ids[school], email],
  )
  return rows
}

async function invite(school: 'acme' | 'globex', role: string): Promise<void> {
  await owner().query(
    `insert into "Invitation" ("tenantId", email, role, "invitedById", "expiresAt")
     select $1, $2, $3::"RoleType", u.id, now() + interval '1 day' from "User" u where u."tenantId" = $1 and u.email = $4`,
    [ids[school], email, role, `admin@${school}.test`],
  )
}

async function made(school: 'acme' | 'globex'): Promise<string> {
  const { rows } = await owner().query<{ id: string }>(
    `insert into "User" ("tenantId", email, name, password, "emailVerified")
     select $1, $2, 'Known Person', password, now() from "User" where "tenantId" = $1 and email = $3 returning id`,
    [ids[school], email, `student@${school}.test`],
  )
  return rows[0]?.id ?? ''
}

describe('somebody the school doesn’t know', () => {
  test('joins by an invitation to their address, comes to where they were going, and is known the next time', async () => {
    await invite('globex', 'INSTRUCTOR')
    const who = new Wanderer()
    expect(path(await enter(who, 'globex', '/courses'))).toBe('/courses')
    expect(isIn(who, 'globex')).toBe(true)
    expect(await people('globex')).toMatchObject([{ role: 'INSTRUCTOR', identities: 1 }])
    const again = new Wanderer()
    expect(path(await enter(again, 'globex'))).toBe('/dashboard')
    expect((await again.request(at('globex', '/dashboard'))).status).toBe(200)
    expect(await people('globex')).toHaveLength(1)
  })

  test('joins an open school as a learner', async () => {
    expect(path(await enter(new Wanderer(), 'acme'))).toBe('/dashboard')
    expect(await people('acme')).toMatchObject([{ role: 'STUDENT', identities: 1 }])
  })

  test('doesn’t join with an address that the provider doesn’t vouch for', async () => {
    issuer.becomes(subject, { email, email_verified: false })
    const who = new Wanderer()
    expect(path(await enter(who, 'acme'))).toBe('/sign-in?error=not-invited')
    expect(isIn(who, 'acme')).toBe(false)
    expect(await people('acme')).toEqual([])
  })

  test('is nobody in another school', async () => {
    await enter(new Wanderer(), 'acme')
    expect(path(await enter(new Wanderer(), 'globex'))).toBe('/sign-in?error=not-invited')
    expect(await people('globex')).toEqual([])
  })

  test('never takes over an account that has their address', async () => {
    await made('acme')
    const who = new Wanderer()
    expect(path(await enter(who, 'acme'))).toBe('/sign-in?error=link-first')
    expect(isIn(who, 'acme')).toBe(false)
    expect(await people('acme')).toMatchObject([{ identities: 0 }])
  })

  test('is not sent to another site afterwards', async () => {
    for (const next of ['//evil.test/', '/\\evil.test', 'https://evil.test/', '/api/palette']) {
      expect((await enter(new Wanderer(), 'acme', next)).url.href).toBe(at('acme', '/dashboard').href)
    }
  })
})

describe('an answer of the provider', () => {
  test('is refused from a browser that didn’t ask for it', async () => {
    const url = await answered(new Wanderer(), 'acme')
    const other = new Wanderer()
    expect(await finish(other, url)).toBe('/sign-in?error=provider')
    // Not even from one that asked for another.
    const third = new Wanderer()
    await answered(third, 'acme')
    expect(await finish(third, url)).toBe('/sign-in?error=provider')
    expect([isIn(other, 'acme'), isIn(third, 'acme')]).toEqual([false, false])
    expect(await people('acme')).toEqual([])
  })

  test('is refused on another school’s host', async () => {
    const who = new Wanderer()
    const url = await answered(who, 'acme')
    const elsewhere = at('globex', `${url.pathname}${url.search}`)
    await invite('globex', 'ADMIN')
    expect(await finish(who, elsewhere)).toBe('/sign-in?error=provider')
    // Also from a browser that has asked there too.
    await answered(who, 'globex')
    expect(await finish(who, elsewhere)).toBe('/sign-in?error=provider')
    expect(await people('globex')).toEqual([])
  })

  test('counts once', async () => {
    const who = new Wanderer()
    const url = await answered(who, 'acme')
    expect(await finish(who, url)).toBe('/dashboard')
    const copy = new Wanderer()
    expect(await finish(copy, url)).toBe('/sign-in?error=provider')
  })

  test('that says no leads back to the sign-in page', async () => {
    const who = new Wanderer()
    const state = (await answered(who, 'acme')).searchParams.get('state') ?? ''
    const no = at('acme', `${CALLBACK}?error=access_denied&state=${encodeURIComponent(state)}`)
    expect(await finish(who, no)).toBe('/sign-in?error=provider')
    const { status, body } = await who.request(at('acme', '/sign-in?error=provider'))
    expect(status).toBe(200)
    expect(body).toContain('That sign-in was not completed')
  })

  test('of a provider that isn’t configured is no address', async () => {
    for (const wanted of [
      '/api/auth/begin/google',
      '/api/auth/callback/google',
      '/api/auth/begin/__proto__',
    ]) {
      expect((await new Wanderer().request(at('acme', wanted))).status).toBe(404)
    }
  })
})

describe('an identity', () => {
  test('is linked by the person who asked for it in this session, and by nobody else', async () => {
    const userId = await made('globex')
    const who = new Wanderer()
    who.set(at('globex', '/'), SESSION_COOKIE, await signIn(ids.globex, userId))
    // Being signed in is not asking: a link from elsewhere leads nowhere.
    expect(path(await enter(who, 'globex'))).toBe('/dashboard')
    expect(await people('globex')).toMatchObject([{ identities: 0 }])

    const asked = await submitForm(who, at('globex', '/account/security'), 'value="oidc"', {
      current: 'smartlms-demo',
    })
    expect(asked.headers.location).toContain('link=oidc')
    // Another person's session in this browser didn't ask.
    const session = await signIn(ids.globex, userId)
    const stranger = new Wanderer()
    stranger.set(at('globex', '/'), SESSION_COOKIE, session)
    expect(path(await enter(stranger, 'globex'))).toBe('/dashboard')

    expect(path(await enter(who, 'globex'))).toBe('/account/security?done=linked')
    expect(await people('globex')).toMatchObject([{ id: userId, identities: 1 }])
    // Asked once: the next time is no asking.
    expect(path(await enter(who, 'globex'))).toBe('/dashboard')
    const later = new Wanderer()
    expect(path(await enter(later, 'globex', '/courses'))).toBe('/courses')
    expect(isIn(later, 'globex')).toBe(true)
    const { rows: told } = await owner().query<{ what: string }>(
      `select payload->>'what' as what from "Outbox" where "tenantId" = $1 and payload->>'userId' = $2`,
      [ids.globex, userId],
    )
    expect(told).toEqual([{ what: 'identity-linked' }])
  })

  test('that is another person’s can’t be linked', async () => {
    await enter(new Wanderer(), 'acme')
    email = `second${email}`
    const who = new Wanderer()
    who.set(at('acme', '/'), SESSION_COOKIE, await signIn(ids.acme, await made('acme')))
    await submitForm(who, at('acme', '/account/security'), 'value="oidc"', { current: 'smartlms-demo' })
    expect(path(await enter(who, 'acme'))).toBe('/account/security?error=taken')
    expect(await people('acme')).toMatchObject([{ identities: 0 }])
  })
})
