import { describe, expect, it } from 'vitest'
import { PART_BYTES } from '#lib/files/contract/part-bytes'
import { BODY_LIMIT, refusalOf } from '#lib/tenancy/acceptable'

const school = { kind: 'school', host: 'acme.smartlms.example', subdomain: 'acme' } as const

const plain = { kind: 'school', host: 'acme.localhost:3000', subdomain: 'acme' } as const

function asked(method: string, headers: Record<string, string>, pathname = '/'): number | null {
  return refusalOf({ method, headers: new Headers(headers), nextUrl: { pathname } }, school, true)
}

/** The same over plain http, as the demo is served. */
function askedPlainly(origin: string): number | null {
  const headers = new Headers({ origin, 'content-length': '10' })
  return refusalOf({ method: 'POST', headers, nextUrl: { pathname: '/' } }, plain, false)
}

describe('before a request is looked at', () => {
  it('reading is never refused, wherever it comes from', () => {
    expect(asked('GET', { origin: 'https://evil.test' })).toBeNull()
  })

  it('a change from the school’s own pages passes', () => {
    expect(asked('POST', { origin: 'https://acme.smartlms.example', 'content-length': '10' })).toBeNull()
    expect(asked('POST', { 'content-length': '10' })).toBeNull()
  })

  it.each([
    'https://globex.smartlms.example',
    'https://evil.test',
    'null',
    'acme.smartlms.example',
    'http://acme.smartlms.example',
    'http://acme.smartlms.example:443',
    'https://acme.smartlms.example:8443',
  ])('a change from %s does not', (origin) => {
    expect(asked('POST', { origin, 'content-length': '10' })).toBe(403)
  })

  it('a change over plain http passes from pages of that scheme alone', () => {
    expect(askedPlainly('http://acme.localhost:3000')).toBeNull()
    expect(askedPlainly('https://acme.localhost:3000')).toBe(403)
  })

  it('a host that names the scheme’s own port is the host without it', () => {
    const headers = new Headers({ origin: 'https://acme.smartlms.example', 'content-length': '10' })
    const request = { method: 'POST', headers, nextUrl: { pathname: '/' } }
    expect(refusalOf(request, { ...school, host: 'acme.smartlms.example:443' }, true)).toBeNull()
  })

  it('a body must say its length, and may not be large', () => {
    expect(asked('POST', { 'transfer-encoding': 'chunked' })).toBe(411)
    expect(asked('POST', { 'content-length': 'many' })).toBe(411)
    expect(asked('POST', { 'content-length': String(BODY_LIMIT + 1) })).toBe(413)
  })

  it('a page that takes files takes larger bodies, from somebody who holds a session’s cookie', () => {
    const large = { 'content-length': '8000000', cookie: `smartlms.session=${'a'.repeat(43)}` }
    expect(asked('POST', large, '/account')).toBeNull()
    const part = { ...large, 'content-length': String(PART_BYTES) }
    for (const address of ['/api/assignments/file', '/api/exams/file'])
      expect(asked('POST', part, address)).toBeNull()
    expect(asked('POST', large, '/sign-in')).toBe(413)
    expect(asked('POST', { 'content-length': '8000000' }, '/account')).toBe(413)
    expect(asked('POST', { ...large, 'content-length': '9000001' }, '/account')).toBe(413)
  })

  it('a browser’s policy report comes from wherever the browser is', () => {
    expect(asked('POST', { origin: 'null', 'content-length': '10' }, '/api/csp-report')).toBeNull()
  })
})
