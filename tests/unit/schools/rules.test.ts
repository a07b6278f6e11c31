import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  mayBecome,
  SCHOOL_STATUSES,
  skeletonOf,
  SUBDOMAIN_MAX,
  subdomainFault,
  suggestSubdomain,
  usageLines,
} from '#lib/schools/rules'

describe('a subdomain', () => {
  test.each(['acme', 'abc', 'north-hill-school', '4th-form', 'a'.repeat(40), 'school-1848'])(
    '%s may be had',
    (name) => expect(subdomainFault(name)).toBeNull(),
  )

  test.each([
    ['', 'short'],
    ['ab', 'short'],
    ['a'.repeat(41), 'long'],
    ['-north', 'hyphens'],
    ['north-', 'hyphens'],
    ['north--hill', 'hyphens'],
    ['xn--bcher-kva', 'hyphens'],
    ['---', 'hyphens'],
    ['North', 'letters'],
    ['no.rth', 'letters'],
    ['no_rth', 'letters'],
    ['münchen', 'letters'],
    // Cyrillic а
    ['аcme', 'letters'],
    ['north\n', 'letters'],
  ] as const)('%j may not: %s', (name, fault) => expect(subdomainFault(name)).toBe(fault))

  test.each([
    ...['www', 'api', 'admin', 'platform', 'smartlms', 'sign-in', 'localhost', 'staging'],
    ...[
      'smart-lms',
      'sma-rt-lms',
      '5martlms',
      'srnartlms',
      'adm1n',
      'adrnin',
      'p1atform',
      'l0gin',
      'vvvvw',
      'smartlms-support',
      'my-5martlms',
      'a-p-i',
    ],
  ])('%s is a reserved name, or passes for one', (name) => expect(subdomainFault(name)).toBe('reserved'))

  test('has the skeleton of all that is mistaken for it', () => {
    for (const name of ['acme-hill', 'acrne-hill', 'acmehill', 'acme-h1ll', 'acme-hi1l', 'acm-eh-ill'])
      expect(skeletonOf(name)).toBe(skeletonOf('acme-hill'))
    expect(skeletonOf('acme-hall')).not.toBe(skeletonOf('acme-hill'))
  })
})

describe('a suggestion', () => {
  test.each([
    ['Acme Academy', 'acme-academy'],
    ['  École d’Été – Genève ', 'ecole-dete-geneve'],
    ['Straße & Söhne', 'strasse-and-sohne'],
    ['St. John’s, 4th form', 'st-johns-4th-form'],
    ['Łódź', 'lodz'],
    ['北京学校', ''],
    ['The Very Long Name of a School in a Small Town', 'the-very-long-name-of-a-school-in-a'],
    ['a'.repeat(60), 'a'.repeat(40)],
  ])('for %j is %j', (name, suggested) => expect(suggestSubdomain(name)).toBe(suggested))

  test('has no fault but that it is short or reserved, whatever the name', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 120 }), (name) => {
        const suggested = suggestSubdomain(name)
        expect(suggested.length).toBeLessThanOrEqual(SUBDOMAIN_MAX)
        expect([null, 'short', 'reserved']).toContain(subdomainFault(suggested))
      }),
    )
  })
})

describe('a status', () => {
  test('never stays itself by a change, and a closed school is only ever reopened', () => {
    for (const status of SCHOOL_STATUSES) expect(mayBecome(status, status)).toBe(false)
    expect(SCHOOL_STATUSES.filter((next) => mayBecome('INACTIVE', next))).toEqual(['ACTIVE'])
    expect(mayBecome('ACTIVE', 'SUSPENDED')).toBe(true)
    expect(mayBecome('SUSPENDED', 'ACTIVE')).toBe(true)
  })
})

describe('usage', () => {
  test('is near from four fifths on, reached at the limit, and over only beyond it', () => {
    const states = (people: number) => {
      const [line] = usageLines('FREE', { people, courses: 0, storageBytes: 0 })
      return [line?.state, line?.over]
    }
    expect(states(79)).toEqual(['ok', false])
    expect(states(80)).toEqual(['near', false])
    expect(states(100)).toEqual(['reached', false])
    expect(states(101)).toEqual(['reached', true])
  })

  test('is never over a plan without limits', () => {
    const much = { people: 1e6, courses: 1e6, storageBytes: 1e15 }
    expect(usageLines('ENTERPRISE', much).map(({ state, over }) => [state, over])).toEqual(
      Array.from({ length: 3 }, () => ['ok', false]),
    )
  })
})
