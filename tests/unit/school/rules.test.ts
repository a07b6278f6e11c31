import { describe, expect, test } from 'vitest'
import { parseStrictly } from '#lib/auth/parse'
import { PLANS } from '#lib/plans/rules'
import { brandForm, brandSearch, signInForm } from '#lib/school/contract'
import { changedOnly, isTimeZone, MOST_DOMAINS, readDomains, usageMeters } from '#lib/school/rules'

describe('mail domains', () => {
  test('are read one a line, in small letters, each once, without an @', () => {
    expect(readDomains('North.example\n\n @north.example \r\nmail.south.example')).toEqual({
      domains: ['north.example', 'mail.south.example'],
      problem: null,
    })
    expect(readDomains(' \n ')).toEqual({ domains: [], problem: null })
    expect(readDomains('xn--bcher-kva.example').domains).toEqual(['xn--bcher-kva.example'])
  })

  test('with letters that addresses spell differently are never converted silently, but named', () => {
    expect(readDomains('bücher.example').problem).toEqual({
      ...{ kind: 'letters', domain: 'bücher.example', ascii: 'xn--bcher-kva.example' },
    })
    // Cyrillic о; the Kelvin sign, which lower-cases to an ordinary k.
    for (const domain of ['nоrth.example', '\u212aelvin.example']) {
      const { domains, problem } = readDomains(domain)
      expect(domains).toEqual([])
      expect(problem?.kind).toBe('letters')
    }
  })

  test.each([
    'north',
    'north.',
    '.example',
    'a..example',
    '-a.example',
    'a-.example',
    'a.b/c',
    'a@b.example',
    '10.0.0.1',
    'a.e',
    `${'x'.repeat(64)}.example`,
    '"a".example',
    '*.example',
  ])('refuse %j', (domain) => {
    expect(readDomains(`fine.example\n${domain}`)).toEqual({
      domains: [],
      problem: { kind: 'format', domain },
    })
  })

  test('are at most fifty', () => {
    const list = (count: number) => Array.from({ length: count }, (_, n) => `d${n}.example`).join('\n')
    expect(readDomains(list(MOST_DOMAINS)).domains).toHaveLength(MOST_DOMAINS)
    expect(readDomains(list(MOST_DOMAINS + 1))).toEqual({ domains: [], problem: { kind: 'many' } })
  })
})

describe('the forms of the school', () => {
  const seen = '2026-03-01T10:00:00.000Z'
  const brand = {
    name: 'North',
    description: '',
    accentColor: '#0e7490',
    timeZone: 'UTC',
    locale: 'en',
    seen,
  }
  const signIn = { signUp: 'OPEN', mailDomains: '', seen }

  test('write a colour in one way, however it was typed', () => {
    for (const typed of ['#0e7490', '0E7490', ' #0E7490 '])
      expect(parseStrictly(brandForm, { ...brand, accentColor: typed }).accentColor).toBe('#0E7490')
    expect(parseStrictly(brandForm, { ...brand, accentColor: '#0ae' }).accentColor).toBe('#00AAEE')
  })

  test.each([
    [{ name: '' }],
    [{ name: ' \t ' }],
    [{ name: 'a\nb' }],
    [{ name: 'x'.repeat(121) }],
    [{ description: 'x'.repeat(501) }],
    [{ accentColor: 'red' }],
    [{ accentColor: '#12345' }],
    [{ accentColor: 'url(//evil)' }],
    [{ timeZone: '+05:00' }],
    [{ timeZone: '' }],
    [{ locale: 'en_GB!' }],
    [{ seen: '' }],
    [{ tenantId: 'south' }],
    [{ plan: 'ENTERPRISE' }],
    [{ status: 'ACTIVE' }],
    [{ subdomain: 'south' }],
    [{ logo: 'south/public/x.webp' }],
  ])('refuse %j in the brand', (more) => {
    expect(() => parseStrictly(brandForm, { ...brand, ...more })).toThrow('did not parse')
  })

  test.each([
    [{ signUp: 'ANYBODY' }],
    [{ signUp: '' }],
    [{ staffSecondFactor: 'true' }],
    [{ mailDomains: 'x'.repeat(13_001) }],
    [{ mailDomains: ['a.example', 'b.example'] }],
    [{ name: 'North' }],
    [{ userId: 'u1' }],
  ])('refuse %j in the sign-in settings', (more) => {
    expect(() => parseStrictly(signInForm, { ...signIn, ...more })).toThrow('did not parse')
  })

  test('an unticked box is a no', () => {
    expect(parseStrictly(signInForm, signIn).staffSecondFactor).toBe(false)
    expect(parseStrictly(signInForm, { ...signIn, staffSecondFactor: 'on' }).staffSecondFactor).toBe(true)
  })

  test('an address that says something odd is done shows the page without it', () => {
    expect(brandSearch.parse({ done: '<b>' })).toEqual({ done: undefined })
  })
})

test('only what is different stands in the audit log, on both sides', () => {
  expect(changedOnly({ a: 1, b: ['x'], c: null }, { a: 1, b: ['y'], c: null })).toEqual({
    before: { b: ['x'] },
    after: { b: ['y'] },
  })
  expect(changedOnly({ a: 1, z: 2 }, { a: 1 })).toBeNull()
})

test('an open invitation holds a place, and a plan without a limit is never near one', () => {
  const used = { people: 60, invitations: 40, courses: 8, storageBytes: 5, aiMessages: 399 }
  expect(usageMeters('FREE', used)).toEqual([
    { kind: 'people', used: 100, limit: 100, state: 'reached' },
    { kind: 'courses', used: 8, limit: 10, state: 'near' },
    { kind: 'storage', used: 5, limit: PLANS.FREE.storageBytes, state: 'ok' },
    { kind: 'aiMessages', used: 399, limit: 500, state: 'ok' },
  ])
  expect(usageMeters('ENTERPRISE', used).map(({ state }) => state)).toEqual(['ok', 'ok', 'ok', 'ok'])
})

test('a zone is one that dates can be written in', () => {
  expect(['UTC', 'Europe/Berlin', 'Asia/Kolkata'].every(isTimeZone)).toBe(true)
  expect(['Mars/Olympus', '', 'Europe'].some(isTimeZone)).toBe(false)
})
