import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseHost } from '#lib/tenancy/host'

const ROOT = 'smartlms.example'

describe('a Host header names exactly the root domain, exactly one school, or nothing', () => {
  it.each([
    ['smartlms.example', 'smartlms.example'],
    ['SMARTLMS.example:3000', 'smartlms.example:3000'],
    ['smartlms.example.', 'smartlms.example'],
    ['www.smartlms.example', 'www.smartlms.example'],
  ])('%s is the root host', (header, host) => {
    expect(parseHost(header, ROOT)).toEqual({ kind: 'root', host })
  })

  it.each([
    ['acme.smartlms.example', 'acme', 'acme.smartlms.example'],
    ['ACME.SmartLMS.Example:8080', 'acme', 'acme.smartlms.example:8080'],
    ['acme.smartlms.example.', 'acme', 'acme.smartlms.example'],
    ['a-1.smartlms.example', 'a-1', 'a-1.smartlms.example'],
  ])('%s is the school %s', (header, subdomain, host) => {
    expect(parseHost(header, ROOT)).toEqual({ kind: 'school', subdomain, host })
  })

  it.each([
    null,
    undefined,
    '',
    ' ',
    ':3000',
    '.',
    '..',
    '.smartlms.example',
    'acme..smartlms.example',
    'a.b.smartlms.example',
    'acme.smartlms.example..',
    'smartlms.example.evil.test',
    'acmesmartlms.example',
    'evil.test',
    'acme',
    'localhost',
    '127.0.0.1',
    '[::1]',
    '[::1]:3000',
    '::1',
    'user@acme.smartlms.example',
    'acme.smartlms.example:port',
    'acme.smartlms.example:123456',
    'acme.smartlms.example, globex.smartlms.example',
    'acme.smartlms.example/..',
    '-acme.smartlms.example',
    'acme-.smartlms.example',
    'ac_me.smartlms.example',
    'аcme.smartlms.example',
    'acme%2esmartlms.example',
    `${'a'.repeat(64)}.smartlms.example`,
    `${'a.'.repeat(200)}smartlms.example`,
  ])('%s is nobody', (header) => {
    expect(parseHost(header, ROOT)).toEqual({ kind: 'unknown' })
  })

  it('loopback addresses stand for the root host only where the root domain is localhost', () => {
    expect(parseHost('127.0.0.1:3000', 'localhost')).toEqual({ kind: 'root', host: '127.0.0.1:3000' })
    expect(parseHost('[::1]:3000', 'localhost')).toEqual({ kind: 'root', host: '[::1]:3000' })
    expect(parseHost('127.0.0.1', ROOT)).toEqual({ kind: 'unknown' })
  })

  it('no text yields a subdomain that is not one plain label of itself', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ maxLength: 80 }),
          fc.webAuthority({ withPort: true, withIPv4: true, withIPv6: true }),
        ),
        (text) => {
          const target = parseHost(`${text}.${ROOT}`, ROOT)
          if (target.kind !== 'school') return
          expect(target.subdomain).toMatch(/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/)
          expect(text.toLowerCase()).toBe(target.subdomain)
        },
      ),
    )
  })
})
