import { beforeAll, describe, expect, inject, test } from 'vitest'
import { type Answer, ask, askRaw, hostOf, rootHost, visit } from '#tests/support/http'
import { found, schoolFacts, type SchoolFacts, secretsOf } from './world'

// A host header decides which school answers. Nothing else that a client can send may have a say in it.

let acme: SchoolFacts
let globex: SchoolFacts
let secretsOfGlobex: string[]
let secretsOfAll: string[]

beforeAll(async () => {
  ;[acme, globex] = await Promise.all([schoolFacts('acme'), schoolFacts('globex')])
  const initech = await schoolFacts('initech')
  secretsOfGlobex = await secretsOf(globex)
  secretsOfAll = [...(await secretsOf(acme)), ...secretsOfGlobex, ...(await secretsOf(initech))]
})

function isAcme(answer: Answer): void {
  expect(answer.status).toBe(200)
  expect(answer.body).toContain('Acme Academy')
  expect(found(answer.whole, secretsOfGlobex)).toBeNull()
}

function isNobody(answer: Readonly<{ status: number; whole: string }>): void {
  expect(answer.status).toBeGreaterThanOrEqual(400)
  expect(answer.status).toBeLessThan(500)
  expect(found(answer.whole, secretsOfAll)).toBeNull()
}

describe('spellings of one host', () => {
  test.each([
    ['as it stands', 'acme.localhost'],
    ['upper case', 'ACME.LocalHost'],
    ['a trailing dot', 'acme.localhost.'],
    ['a trailing dot and upper case', 'Acme.LOCALHOST.'],
    ['another port', 'acme.localhost:1'],
    ['no port', 'acme.localhost'],
  ])('%s reaches the school itself', async (_name, host) => {
    isAcme(await ask({ host }))
  })
})

describe('hosts that stand for nobody', () => {
  const long = 'a'.repeat(64)
  test.each([
    ['an unknown school', 'nobody.localhost'],
    ['the platform’s reserved name', 'platform.localhost'],
    ['a double subdomain', 'acme.globex.localhost'],
    ['a subdomain of a school', 'www.acme.localhost'],
    ['our domain in front of another', 'acme.localhost.evil.test'],
    ['our domain without its dot', 'acmelocalhost'],
    ['another domain', 'acme.example'],
    ['two dots', 'acme..localhost'],
    ['two trailing dots', 'acme.localhost..'],
    ['a leading dot', '.acme.localhost'],
    ['a wildcard', '*.localhost'],
    ['a pattern of SQL', '%.localhost'],
    ['an underscore of SQL', 'acm_.localhost'],
    ['userinfo', 'globex@acme.localhost'],
    ['userinfo with a password', 'user:pass@acme.localhost'],
    ['a list', 'acme.localhost, globex.localhost'],
    ['a list without a space', 'acme.localhost,globex.localhost'],
    ['a space', 'acme.localhost globex.localhost'],
    ['a tab', 'acme.localhost\tglobex'],
    ['a path', 'acme.localhost/school/globex'],
    ['a query', 'acme.localhost?x=globex.localhost'],
    ['a fragment', 'acme.localhost#globex'],
    ['a backslash', 'acme.localhost\\@globex.localhost'],
    ['an escaped dot', 'acme%2elocalhost'],
    ['a null byte, escaped', 'acme%00.localhost'],
    ['a port that is no number', 'acme.localhost:http'],
    ['a port that is too long', 'acme.localhost:123456'],
    ['two ports', 'acme.localhost:80:80'],
    ['an empty port', 'acme.localhost:'],
    ['punycode', 'xn--acm-dma.localhost'],
    ['a label that is too long', `${long}.localhost`],
    ['a name that is too long', `${`${long.slice(1)}.`.repeat(5)}localhost`],
    ['a leading dash', '-acme.localhost'],
    ['IPv4 of somebody else', '192.0.2.7'],
    ['IPv4 as one number', '2130706433'],
    ['IPv6 of somebody else', '[2001:db8::1]:80'],
    ['IPv6 without brackets', '::1'],
    ['IPv4 inside IPv6', '[::ffff:127.0.0.1]'],
    ['nothing but a port', ':80'],
    ['nothing', ''],
    ['__proto__', '__proto__.localhost'],
    ['constructor', 'constructor.localhost'],
  ])('%s', async (_name, host) => {
    isNobody(await ask({ host }))
  })

  test('letters beyond ASCII, as bytes and as look-alikes', async () => {
    for (const name of ['аcme', 'acmе', 'acme\u200b', 'ａcme']) {
      const bytes = Buffer.from(`${name}.localhost`, 'utf8').toString('latin1')
      isNobody(await ask({ host: bytes }))
    }
  })

  test('a header of 8,000 letters', async () => {
    isNobody(await ask({ host: `${'a'.repeat(8_000)}.localhost` }))
  })

  test('no Host header at all, by HTTP/1.1 and by HTTP/1.0', async () => {
    isNobody(await askRaw('GET / HTTP/1.1\r\nConnection: close\r\n\r\n'))
    isNobody(await askRaw('GET / HTTP/1.0\r\n\r\n'))
  })

  test('two Host headers', async () => {
    for (const [one, two] of [
      ['acme', 'globex'],
      ['globex', 'acme'],
    ]) {
      const answer = await askRaw(
        `GET / HTTP/1.1\r\nHost: ${String(one)}.localhost\r\nHost: ${String(two)}.localhost\r\nConnection: close\r\n\r\n`,
      )
      // Node refuses them, or takes the first one: never the second.
      expect(found(answer.whole, [two === 'acme' ? 'Acme Academy' : 'Globex Institute'])).toBeNull()
    }
  })

  test('an absolute address in the request line names no host', async () => {
    const answer = await askRaw(
      'GET http://globex.localhost/ HTTP/1.1\r\nHost: acme.localhost\r\nConnection: close\r\n\r\n',
    )
    expect(found(answer.whole, secretsOfGlobex)).toBeNull()
  })
})

describe('addresses of the root host', () => {
  test.each(['localhost', 'www.localhost', '127.0.0.1', '[::1]', 'LOCALHOST.'])('%s', async (name) => {
    const answer = await ask({ host: `${name}:${inject('served').port}` })
    expect(answer.status).toBe(200)
    expect(answer.body).toContain('SmartLMS')
  })

  test('the landing page links to the demo’s open schools on the port that was asked, and to no other', async () => {
    const { body } = await ask({ host: rootHost() })
    expect(body).toContain(`http://acme.localhost:${inject('served').port}/`)
    expect(body).not.toContain('initech')
    expect(body).not.toContain('platform.localhost')
  })
})

describe('headers that a client can add', () => {
  const forged: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
    ['X-Forwarded-Host', { 'x-forwarded-host': 'globex.localhost' }],
    ['X-Forwarded-Host as a list', { 'x-forwarded-host': 'globex.localhost, acme.localhost' }],
    ['Forwarded', { forwarded: 'host=globex.localhost;proto=https' }],
    ['X-Host and friends', { 'x-host': 'globex.localhost', 'x-original-host': 'globex.localhost' }],
    ['X-Original-URL', { 'x-original-url': '/school/globex', 'x-rewrite-url': '/school/globex' }],
    ['a subrequest of a proxy', { 'x-middleware-subrequest': 'proxy:proxy:proxy:proxy:proxy' }],
    [
      'a subrequest of the old middleware',
      { 'x-middleware-subrequest': 'src/middleware:middleware:pages/_middleware' },
    ],
    ['a rewrite', { 'x-middleware-rewrite': '/school/globex', 'x-middleware-invoke': '1' }],
    [
      'a rewrite with its next',
      { 'x-middleware-next': '1', 'x-middleware-override-headers': 'x-forwarded-host' },
    ],
    ['Next’s data requests', { 'x-nextjs-data': '1' }],
    ['Next’s matched path', { 'x-matched-path': '/school/globex', 'x-invoke-path': '/school/globex' }],
    ['Next’s invoke', { 'x-invoke-output': '/school/globex', 'x-invoke-status': '200' }],
    ['Next’s rewritten path', { 'x-nextjs-rewritten-path': '/school/globex', 'next-url': '/school/globex' }],
    ['our own names', { 'x-smartlms-path': '/school/globex', 'x-smartlms-site': 'https://evil.test/' }],
    ['our own state', { 'x-smartlms-state': '/state/suspended', 'x-smartlms-school': 'globex' }],
    [
      'our mark of a trusted proxy',
      { 'x-smartlms-trusted-peer': '1', 'x-forwarded-host': 'globex.localhost' },
    ],
    ['a nonce of one’s own', { 'x-nonce': 'evil', 'content-security-policy': "script-src 'nonce-evil'" }],
    ['an id of another request', { 'x-request-id': '00000000-0000-4000-8000-000000000000' }],
    ['RSC', { rsc: '1' }],
    ['RSC, prefetched', { rsc: '1', 'next-router-prefetch': '1' }],
    ['RSC, by segment', { rsc: '1', 'next-router-segment-prefetch': '/_tree', 'next-router-prefetch': '1' }],
  ]

  test.each(forged)('%s', async (_name, headers) => {
    for (const path of ['/', '/courses']) {
      const answer = await visit({ host: hostOf('acme'), path, headers })
      expect(answer.status).toBeLessThan(500)
      expect(found(answer.whole, secretsOfGlobex)).toBeNull()
      expect(answer.whole).not.toContain('evil')
      expect(answer.headers['x-request-id']).not.toBe(headers['x-request-id'])
    }
  })

  test.each(forged)('%s, on the root host, opens no school', async (_name, headers) => {
    const answer = await visit({ host: rootHost(), path: '/courses', headers })
    // What is fetched ahead is the shape of the route, whatever is behind it.
    if (!('rsc' in headers)) expect(answer.status).toBe(404)
    expect(found(answer.whole, secretsOfAll)).toBeNull()
  })

  test('a router state of another school opens nothing', async () => {
    const tree =
      '["",{"children":["school",{"children":[["subdomain","globex","d"],{"children":["__PAGE__",{}]}]}]}]'
    const headers = { rsc: '1', 'next-router-state-tree': encodeURIComponent(tree) }
    for (const host of [hostOf('acme'), rootHost()]) {
      const answer = await visit({ host, headers })
      expect(
        found(
          answer.whole,
          secretsOfGlobex.filter((text) => text !== globex.name),
        ),
      ).toBeNull()
      expect(answer.body).not.toMatch(/Error:| at /)
    }
  })

  test('X-Forwarded-Proto from a stranger changes no scheme', async () => {
    const answer = await ask({ host: hostOf('acme'), headers: { 'x-forwarded-proto': 'https' } })
    expect(answer.headers['strict-transport-security']).toBeUndefined()
    expect(answer.headers['content-security-policy']).not.toContain('upgrade-insecure-requests')
  })
})

describe('paths that name a school', () => {
  const paths = [
    '/school/globex',
    '/school/globex/courses',
    '/school/acme/../globex',
    '/SCHOOL/globex',
    '/school%2fglobex',
    '/%73chool/globex',
    '/school//globex',
    '//school/globex',
    '/./school/globex',
    '/x/../school/globex',
    '/..%2f',
    '/..%2fglobex',
    '/%2e%2e/globex',
    '/%2e%2e%2fglobex/courses',
    '/courses/..%2f..%2fglobex',
    '/courses/..%5c..%5cglobex',
    '/\\school\\globex',
    '/;/school/globex',
    '/school/globex?_rsc=1',
    '/_next/data/build/school/globex.json',
    '/_next/data/development/school/globex.json?subdomain=globex',
    '/school/globex.rsc',
    '/school/globex.segments/_tree.segment.rsc',
    '/courses?subdomain=globex',
    '/courses?nxtPsubdomain=globex',
    '/?nxtPsubdomain=globex',
    '/?subdomain=globex&rest=globex',
    '/[subdomain]',
    '/school/[subdomain]',
    '/_next/image?url=%2Fmedia%2Fx.webp&w=640&q=75',
    '/state/suspended',
    '/state/unavailable',
  ]
  test.each(paths)('%s, on another school’s host and on the root host', async (path) => {
    const onAcme = await visit({ host: hostOf('acme'), path })
    expect(onAcme.status).toBeLessThan(500)
    expect(found(onAcme.whole, secretsOfGlobex)).toBeNull()
    const rsc = await visit({ host: hostOf('acme'), path, headers: { rsc: '1' } })
    expect(rsc.status).toBeLessThan(500)
    expect(found(rsc.whole, secretsOfGlobex)).toBeNull()
    const onRoot = await visit({ host: rootHost(), path })
    expect(onRoot.status).toBeLessThan(500)
    // The landing page of the demo names its schools, and nothing else of them.
    const named = secretsOfAll.filter((secret) => ![acme.name, globex.name].includes(secret))
    expect(found(onRoot.whole, named)).toBeNull()
  })

  test.each(['/school/acme', '/school/acme/courses'])('%s is no second address of a school', async (path) => {
    expect((await ask({ host: hostOf('acme'), path })).status).toBe(404)
    isNobody(await ask({ host: rootHost(), path }))
    isNobody(await ask({ host: 'evil.test', path }))
  })
})

describe('a suspended school', () => {
  test.each([
    '/',
    '/courses',
    '/nothing',
    '/api/palette',
    '/api/csp-report',
    '/api/nothing',
    '/media/x.webp',
    '/icon.svg',
    '/school/initech',
    '/state/suspended',
    '/_next/image?url=%2Fx&w=640&q=75',
    '/favicon.ico',
    '/courses/',
  ])('is closed at %s', async (path) => {
    for (const headers of [{}, { rsc: '1' }]) {
      const answer = await visit({ host: hostOf('initech'), path, headers })
      expect(answer.status).toBe(403)
      const facts = await schoolFacts('initech')
      expect(found(answer.whole, [facts.id, facts.canary, facts.published, facts.preview])).toBeNull()
    }
  })

  test('is closed to every method', async () => {
    for (const method of ['POST', 'PUT', 'DELETE', 'PATCH', 'HEAD']) {
      expect((await ask({ host: hostOf('initech'), path: '/courses', method })).status).toBe(403)
    }
    // Next answers this one itself, without a word about the school.
    const options = await ask({ host: hostOf('initech'), path: '/courses', method: 'OPTIONS' })
    expect(options.status).toBeGreaterThanOrEqual(400)
    expect(options.body).toBe('')
  })

  test('says so on its front page', async () => {
    expect((await ask({ host: hostOf('initech') })).body).toContain('Initech is suspended')
  })
})

test.each(['/healthz', '/readyz'])('%s answers on every host', async (path) => {
  for (const host of [
    rootHost(),
    hostOf('acme'),
    hostOf('initech'),
    'nobody.localhost',
    'evil.test',
    '10.0.0.1',
  ]) {
    const answer = await ask({ host, path })
    expect(answer.status).toBe(200)
    expect(answer.headers['content-type']).toContain('application/json')
  }
})
