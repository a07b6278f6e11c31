import { describe, expect, test } from 'vitest'
import { letterSearch, signInSearch, tokenSearch } from '#lib/identity/contract'
import {
  domainAllowed,
  homePath,
  networkOf,
  placeOf,
  plainCode,
  slowDown,
  withNext,
} from '#lib/identity/rules'

describe('placeOf', () => {
  test.each([
    ['192.0.2.7', '192.0.2.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:DB8:1:2::9', '2001:db8:1:2::/64'],
    ['2001:0db8:0001:0002::', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['', ''],
  ])('%s counts as %s', (ip, place) => {
    expect(placeOf(ip)).toBe(place)
  })
})

describe('networkOf', () => {
  test.each([
    ['192.0.2.7', '192.0.2.0/24'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1::/48'],
    ['2001:0DB8:0001::', '2001:db8:1::/48'],
    ['::1', '0:0:0::/48'],
    ['', ''],
  ])('%s lies in %s', (ip, network) => {
    expect(networkOf(ip)).toBe(network)
  })
})

describe('domainAllowed', () => {
  test('lets every address in where no domain is named', () => {
    expect(domainAllowed('a@anywhere.example', [])).toBe(true)
  })

  test.each([
    ['a@school.example', true],
    ['a@SCHOOL.example', true],
    ['a@sub.school.example', false],
    ['a@school.example.evil.test', false],
    ['a@evilschool.example', false],
    ['"a@school.example"@evil.test', false],
  ])('of a named domain: %s is %s', (email, allowed) => {
    expect(domainAllowed(email, ['School.example'])).toBe(allowed)
  })
})

test('a code is the same however it is spaced, joined or written', () => {
  expect(plainCode(' AbCd-12 34\t')).toBe('abcd1234')
})

test('an answer is never held back by more than four seconds, and by nothing while tries are few', () => {
  expect([0, 20].map((failures) => slowDown(failures, 20))).toEqual([0, 0])
  expect(slowDown(21, 20)).toBe(0.25)
  expect(slowDown(1_000, 20)).toBe(4)
})

test('the way back stands in an address only where it isn’t where one goes anyway', () => {
  const home = homePath({})
  expect(withNext('/magic-link', home, home)).toBe('/magic-link')
  expect(withNext('/magic-link', '/learn/a?b=c&d', home)).toBe('/magic-link?next=%2Flearn%2Fa%3Fb%3Dc%26d')
  expect(homePath(null)).toBe('/platform')
})

test('whatever an address says that the page doesn’t know is left alone, not refused', () => {
  expect(signInSearch.parse({ error: 'made-up', done: ['a', 'b'], next: 'x'.repeat(501) })).toEqual({})
  expect(letterSearch.parse({ done: 'yes' })).toEqual({})
  expect(tokenSearch.parse({ token: ['one', 'two'] })).toEqual({})
})
