import { describe, expect, test } from 'vitest'
import { timeZones } from '#lib/account/contract'
import {
  dayPart,
  deviceOf,
  isFresh,
  letterParts,
  mayUnlink,
  profileOf,
  proofOf,
  zoneGroups,
} from '#lib/account/rules'

const at = (text: string) => new Date(text)

describe('a fresh sign-in', () => {
  test('is one of the last ten minutes, and none of the future', () => {
    const now = at('2026-05-01T12:00:00Z')
    expect(isFresh(at('2026-05-01T11:50:01Z'), now)).toBe(true)
    expect(isFresh(at('2026-05-01T11:50:00Z'), now)).toBe(false)
    expect(isFresh(at('2026-05-01T12:00:01Z'), now)).toBe(false)
  })

  test('never stands for a password that somebody has', () => {
    const now = at('2026-05-01T12:00:00Z')
    expect(proofOf({ hasPassword: true, signedInAt: now }, now)).toBe('password')
    expect(proofOf({ hasPassword: false, signedInAt: now }, now)).toBe('fresh')
    expect(proofOf({ hasPassword: false, signedInAt: at('2026-05-01T11:00:00Z') }, now)).toBe('stale')
  })
})

test('a profile shows nothing of a person but what the page needs', () => {
  const now = new Date()
  const person = { name: 'Ann', email: 'a@x.test', timeZone: null, hasPassword: true, signedInAt: now }
  const shown = profileOf({ ...person, ...{ sessionId: 'secret', role: 'ADMIN' } }, null, now)
  expect(shown).toEqual({
    name: 'Ann',
    email: 'a@x.test',
    timeZone: null,
    avatarUrl: null,
    proof: 'password',
  })
})

describe('a device', () => {
  const gecko = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'
  const webkit = 'AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36'
  test.each([
    [gecko, 'Firefox', 'Linux'],
    [`Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${webkit} Edg/140.0.0.0`, 'Edge', 'Windows'],
    [`Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${webkit}`, 'Chrome', 'Windows'],
    [
      `Mozilla/5.0 (Linux; Android 10; K) ${webkit.replace('Chrome', 'SamsungBrowser/28.0 Chrome')}`,
      'Samsung Internet',
      'Android',
    ],
    [`Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) ${webkit}`, 'Chrome', 'ChromeOS'],
    [
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1',
      'Safari',
      'iPhone',
    ],
    [
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/140.0 Mobile/15E148 Safari/604.1',
      'Chrome',
      'iPhone',
    ],
    [
      'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15',
      'Safari',
      'macOS',
    ],
    ['curl/8.5.0', null, null],
    ['<script>alert(1)</script>', null, null],
  ])('%s is named as its owner knows it', (userAgent, browser, system) => {
    expect(deviceOf(userAgent)).toEqual({ browser, system })
  })

  test('that says nothing has no name, and a text without end costs nothing', () => {
    expect(deviceOf(null)).toEqual({ browser: null, system: null })
    expect(deviceOf('Version/1'.repeat(100_000))).toEqual({ browser: null, system: null })
  })
})

test('the last way in can’t be unlinked', () => {
  expect(mayUnlink({ hasPassword: false, identities: 1 })).toBe(false)
  expect(mayUnlink({ hasPassword: false, identities: 2 })).toBe(true)
  expect(mayUnlink({ hasPassword: true, identities: 1 })).toBe(true)
})

test('every time zone stands in exactly one group, under a name in plain words', () => {
  const groups = zoneGroups(timeZones())
  const ids = groups.flatMap(({ zones }) => zones.map(({ id }) => id))
  expect([...ids].sort()).toEqual([...timeZones()].sort())
  const america = groups.find(({ region }) => region === 'America')?.zones ?? []
  expect(
    america.find(({ id }) => id === 'America/Argentina/Buenos_Aires' || id === 'America/New_York')?.city,
  ).not.toMatch(/[_/]/)
  expect(groups.find(({ region }) => region === 'UTC')?.zones.map(({ id }) => id)).toContain('UTC')
})

describe('a letter', () => {
  const site = 'http://localhost:3000/'
  const links = (text: string) => letterParts(text, site).flatMap(({ href }) => (href === null ? [] : [href]))

  test('keeps every character of its text', () => {
    const text =
      'See http://acme.localhost:3000/verify?token=a.b-c_d, or (http://evil.example/x).\n\nBye http://localhost:3000/'
    expect(
      letterParts(text, site)
        .map((part) => part.text)
        .join(''),
    ).toBe(text)
    expect(links(text)).toEqual(['http://acme.localhost:3000/verify?token=a.b-c_d', 'http://localhost:3000/'])
  })

  test.each([
    'http://evil.example/',
    'https://acme.localhost:3000/',
    'http://acme.localhost:3001/',
    'http://localhost:3000@evil.example/',
    'http://me:secret@localhost:3000/',
    'http://evillocalhost:3000/',
    'http://localhost:3000.evil.example/',
    'javascript:alert(1)',
    'http://[/',
  ])('never makes a link of %s', (address) => {
    expect(links(`Dear ${address} !`)).toEqual([])
  })
})

test.each([
  ['2026-05-01T03:59:00Z', 'UTC', 'evening'],
  ['2026-05-01T04:00:00Z', 'UTC', 'morning'],
  ['2026-05-01T12:00:00Z', 'UTC', 'afternoon'],
  ['2026-05-01T18:00:00Z', 'UTC', 'evening'],
  ['2026-05-01T00:30:00Z', 'Asia/Tokyo', 'morning'],
])('%s in %s is %s', (now, timeZone, part) => {
  expect(dayPart(at(now), timeZone)).toBe(part)
})
