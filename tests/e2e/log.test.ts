import { beforeAll, describe, expect, test } from 'vitest'
import { ask, hostOf, rootHost } from '#tests/support/http'
import { logLineOf, logLines, logSize, logText } from '#tests/support/served'
import { schoolFacts, type SchoolFacts } from './world'

// Each request leaves one line: which endpoint, whose, how it ended, how long it took. Nothing about a person.

let acme: SchoolFacts
let initech: SchoolFacts

beforeAll(async () => {
  ;[acme, initech] = await Promise.all([schoolFacts('acme'), schoolFacts('initech')])
})

const LINES: readonly (readonly [string, () => string, string, number, () => string | null])[] = [
  ['/', () => hostOf('acme'), 'school.front', 200, () => acme.id],
  ['/courses?q=secret-search', () => hostOf('acme'), 'school.catalogue', 200, () => acme.id],
  ['/courses/none', () => hostOf('acme'), 'school.course', 404, () => acme.id],
  ['/api/palette?q=secret-search', () => hostOf('acme'), 'palette.search', 200, () => acme.id],
  ['/icon.svg', () => hostOf('acme'), 'brand.icon', 200, () => acme.id],
  ['/media/none.webp', () => hostOf('acme'), 'media.public', 404, () => acme.id],
  ['/', () => hostOf('initech'), 'state.suspended', 403, () => initech.id],
  ['/', () => hostOf('nobody'), 'state.unknown', 404, () => null],
  ['/', () => rootHost(), 'site.landing', 200, () => null],
  ['/healthz', () => rootHost(), 'health.alive', 200, () => null],
]

describe('the line of a request', () => {
  test.each(LINES)('to %s on %s', async (path, host, route, status, tenant) => {
    const from = logSize()
    const answer = await ask({
      host: host(),
      path,
      headers: { 'user-agent': 'secret-agent', cookie: 'a=secret' },
    })
    const id = String(answer.headers['x-request-id'])
    const line = await logLineOf(id, from)
    expect(line).toMatchObject({ level: 'info', id, route, status, method: 'GET', tenant: tenant() })
    expect(line['ms']).toBeTypeOf('number')
    expect(Date.parse(String(line['time']))).not.toBeNaN()
    expect(logLines(from).filter((entry) => entry['id'] === id && 'ms' in entry)).toHaveLength(1)
    expect(logText(from)).not.toContain('secret')
  })
})

test('a report of a browser leaves its rule and origin, and no address', async () => {
  const from = logSize()
  const answer = await ask({
    host: hostOf('acme'),
    path: '/api/csp-report',
    method: 'POST',
    headers: { 'content-type': 'application/csp-report' },
    body: JSON.stringify({
      'csp-report': {
        'document-uri': 'http://acme.localhost/courses?q=private-word',
        referrer: 'http://acme.localhost/private-word',
        'effective-directive': 'script-src-elem',
        'blocked-uri': 'https://cdn.test/private-word.js?x=private-word',
      },
    }),
  })
  expect(answer.status).toBe(204)
  await logLineOf(String(answer.headers['x-request-id']), from)
  expect(logText(from)).toContain('script-src-elem')
  expect(logText(from)).not.toContain('private-word')
})

test('a report that is too long or none is refused', async () => {
  const send = (body: string): ReturnType<typeof ask> =>
    ask({ host: hostOf('acme'), path: '/api/csp-report', method: 'POST', body })
  expect((await send('x'.repeat(20_000))).status).toBe(413)
  expect((await send('not json')).status).toBe(422)
  expect((await send('[]')).status).toBe(422)
})

test('a line break that a client sends makes no line of its own', async () => {
  const from = logSize()
  const answer = await ask({ host: hostOf('acme'), path: '/courses%0a%7b%22forged%22:1%7d?q=%0aforged' })
  await logLineOf(String(answer.headers['x-request-id']), from)
  expect(logText(from)).not.toContain('forged')
})

test('after the server has started, the log holds JSON lines only', async () => {
  const from = logSize()
  await ask({ host: hostOf('acme'), path: '/nothing' })
  await ask({ host: hostOf('acme'), method: 'POST', headers: { 'next-action': '0'.repeat(42) } })
  const last = await ask({ host: hostOf('acme') })
  await logLineOf(String(last.headers['x-request-id']), from)
  const others = logText(from)
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('{'))
  expect(others).toEqual([])
})
