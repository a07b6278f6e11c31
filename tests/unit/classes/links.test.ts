import { describe, expect, test } from 'vitest'
import { doorOf } from '#lib/classes/rules/door'
import { linkFault, webLink } from '#lib/classes/rules/links'

// Where a class may be held, and when it may be entered.

describe('a meeting’s link', () => {
  test.each([
    ['ZOOM', 'https://zoom.us/j/1'],
    ['ZOOM', 'https://school.zoom.us/j/1?pwd=x'],
    ['GOOGLE_MEET', 'https://meet.google.com/abc-defg-hij'],
    ['MICROSOFT_TEAMS', 'https://teams.microsoft.com/l/meetup-join/19%3a'],
    ['MICROSOFT_TEAMS', 'https://teams.live.com/meet/1'],
    ['OTHER', 'https://meet.example/1'],
  ] as const)('of %s is taken: %s', (platform, link) => {
    expect(linkFault(platform, link)).toBeNull()
  })

  test.each([
    [
      'ZOOM',
      'https://meet.google.com/abc',
      { kind: 'wrongHost', host: 'meet.google.com', hint: 'GOOGLE_MEET' },
    ],
    [
      'ZOOM',
      'https://zoom.us.evil.example/j/1',
      { kind: 'wrongHost', host: 'zoom.us.evil.example', hint: 'OTHER' },
    ],
    ['ZOOM', 'https://notzoom.us/j/1', { kind: 'wrongHost', host: 'notzoom.us', hint: 'OTHER' }],
    ['GOOGLE_MEET', 'https://google.com/meet', { kind: 'wrongHost', host: 'google.com', hint: 'OTHER' }],
    ['OTHER', 'http://meet.example/1', { kind: 'noLink' }],
    ['OTHER', 'javascript:alert(1)', { kind: 'noLink' }],
    ['OTHER', 'https://user:secret@meet.example/', { kind: 'noLink' }],
    ['OTHER', 'https://meet.example/a b', { kind: 'noLink' }],
    ['OTHER', 'https://localhost/1', { kind: 'noLink' }],
    ['OTHER', `https://meet.example/${'x'.repeat(2_000)}`, { kind: 'noLink' }],
  ] as const)('of %s isn’t taken: %s', (platform, link, fault) => {
    expect(linkFault(platform, link)).toEqual(fault)
  })

  test('keeps no line break that could end a header', () => {
    expect(webLink('https://meet.example/1\r\nSet-Cookie: a=b')).toBeNull()
  })
})

test('the door opens with the first instant and is closed with the last', () => {
  const scheduledAt = new Date('2027-01-12T17:00:00Z')
  const state = (now: string, cancelledAt: Date | null = null) =>
    doorOf({ scheduledAt, duration: 60, cancelledAt }, new Date(now)).state
  expect(state('2027-01-12T16:44:59.999Z')).toBe('early')
  expect(state('2027-01-12T16:45:00Z')).toBe('open')
  expect(state('2027-01-12T18:29:59.999Z')).toBe('open')
  expect(state('2027-01-12T18:30:00Z')).toBe('over')
  expect(state('2027-01-12T17:00:00Z', scheduledAt)).toBe('cancelled')
})
