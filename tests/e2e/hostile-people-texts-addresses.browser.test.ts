import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { CHROMIUM, urlOf } from '#tests/support/browser'
import { isDue } from '#tests/support/rota'
import { enter } from './enter'
import { both, closePair, metBy, openPair, type Pair, shareOut, shown } from './hostile-page'
import {
  ADMIN,
  closedSchool,
  enterAs,
  HOST,
  makeHostileSchool,
  removeHostileSchool,
  some,
} from './hostile-school'
import { packed, VECTORS } from './vectors'

// Whatever stands in an address, in each place of it that a page or a route reads and in those that none does.

let pair: Pair

async function asAdmin(): Promise<void> {
  await both(pair, (watcher) => enterAs(watcher, ADMIN))
}

async function asPlatform(): Promise<void> {
  await both(pair, (watcher) => enter(watcher.context, 'root'))
}

const at = (path: string): string => urlOf(HOST, path)

type Address = (text: string) => string
const query = (path: string, ...names: readonly string[]): Address[] =>
  names.map((name) => (text) => `${path}?${name}=${encodeURIComponent(text)}`)
const inPath: (path: string) => Address = (path) => (text) => `${path}/${encodeURIComponent(text)}`

/** Everything that an address of a page or a route can say, and what no address has. */
const ANYBODYS: readonly Address[] = [
  ...query('/sign-in', 'next', 'error', 'done', 'unknown'),
  ...query('/sign-in/second-factor', 'next', 'with'),
  ...query('/magic-link', 'token', 'next', 'done'),
  ...query('/forgot-password', 'next', 'done'),
  ...['/reset-password', '/verify', '/invitation', '/change-email'].flatMap((path) => query(path, 'token')),
  ...query('/sign-up', 'done', 'sent'),
  ...query('/api/auth/begin/nobody', 'next'),
  ...query('/api/auth/callback/nobody', 'error', 'error_description', 'state', 'code'),
  ...query('/api/palette', 'q'),
  ...query('/nothing', 'unknown'),
  ...['', '/api/auth/begin', '/api/auth/callback', '/media', '/files', '/courses'].map(inPath),
]
const ADMINS: readonly Address[] = [
  ...query('/admin/people', 'q', 'role', 'state', 'sort', 'cursor', 'done'),
  ...query('/admin/people/invitations', 'cursor', 'done'),
  ...query('/admin/audit', 'person', 'action', 'target', 'from', 'to', 'cursor'),
  ...['/admin/roles', '/admin/brand', '/admin/settings', '/account'].flatMap((path) => query(path, 'done')),
  ...query('/account/security', 'done', 'error', 'provider', 'linking'),
  ...['/admin/people', '/admin/roles'].map(inPath),
]
const PLATFORMS: readonly Address[] = [
  ...query('/platform', 'q', 'plan', 'status', 'sort', 'cursor'),
  ...query('/platform/audit', 'q', 'cursor'),
  ...query(`/platform/schools/${closedSchool(0).id}`, 'done', 'cursor'),
  ...query('/sign-up', 'sent'),
  ...query('/sign-up/confirm', 'token'),
  ...query('/account', 'done'),
  ...['/platform/schools', ''].map(inPath),
]

const TYPED = packed(VECTORS, 96)

describe.runIf(CHROMIUM && isDue(1, 3))('hostile addresses', () => {
  beforeAll(async () => {
    await makeHostileSchool()
    pair = await openPair()
  })

  afterEach(async () => {
    expect(await metBy(pair)).toEqual([])
  })

  afterAll(async () => {
    await closePair(pair)
    await removeHostileSchool()
  })

  const visit = async (host: string, addresses: readonly Address[]): Promise<void> => {
    const all = addresses.flatMap((address) => some([...VECTORS, ...TYPED], 1).map(address))
    await shareOut(pair, all, (watcher, path) => watcher.go(urlOf(host, path), 'domcontentloaded'))
  }

  test('are nothing but addresses, whoever follows them', async () => {
    await visit(HOST, ANYBODYS)
    await asAdmin()
    await visit(HOST, ADMINS)
    await asPlatform()
    await visit('localhost', PLATFORMS)
    expect(pair[0].opened + pair[1].opened).toBeGreaterThanOrEqual(
      [...ANYBODYS, ...ADMINS, ...PLATFORMS].length,
    )
  })

  test('come back as what was searched for', async () => {
    await asAdmin()
    await asPlatform()
    const searches = [
      ...[
        urlOf(HOST, '/admin/people?q='),
        urlOf('localhost', '/platform?q='),
        urlOf('localhost', '/platform/audit?q='),
      ],
      ...[urlOf(HOST, '/admin/audit?person='), urlOf(HOST, '/admin/audit?target=')],
    ]
    const asked = searches.flatMap((address) => some(TYPED, 2).map((text) => [address, text] as const))
    await shareOut(pair, asked, async (watcher, [address, text]) => {
      await watcher.go(`${address}${encodeURIComponent(text)}`, 'domcontentloaded')
      const name = new URL(address).search.slice(1, -1)
      const field = watcher.page.locator(`main search input[name=${name}]`)
      expect(shown(await field.inputValue())).toBe(shown(text))
    })
  })

  test('of a page that wants somebody signed in wait on the way in, as what they are', async () => {
    await shareOut(pair, some(VECTORS, 8), async (watcher, text) => {
      await watcher.go(at(`/admin/people?q=${encodeURIComponent(text)}`), 'domcontentloaded')
      expect(new URL(watcher.page.url()).pathname).toBe('/sign-in')
      const next = await watcher.page.locator('main form input[name=next]').first().inputValue()
      expect(new URL(next, watcher.page.url()).searchParams.get('q')).toBe(text)
    })
  })
})
