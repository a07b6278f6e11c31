import { afterAll, describe, expect, test, vi } from 'vitest'
import { KNOWN_DAYS, newKnownBrowser, readKnownBrowser } from '#lib/adapters/keys/known-browser'

vi.stubEnv('SMARTLMS_SECRET', 'a secret of at least thirty-two letters')
afterAll(() => vi.unstubAllEnvs())

const ann = { tenantId: 'north', userId: 'ann' }
const DAY = 86_400_000

describe('a known browser', () => {
  test('is known for its person, each time as another one', () => {
    const [one, other] = [newKnownBrowser(ann), newKnownBrowser(ann)]
    expect(readKnownBrowser(one, ann)).not.toBeNull()
    expect(readKnownBrowser(one, ann)).not.toBe(readKnownBrowser(other, ann))
    expect(one).not.toContain('ann')
  })

  test('is worth nothing for anybody else, nor at another school', () => {
    const text = newKnownBrowser(ann)
    expect(readKnownBrowser(text, { ...ann, userId: 'ben' })).toBeNull()
    expect(readKnownBrowser(text, { ...ann, userId: '' })).toBeNull()
    expect(readKnownBrowser(text, { ...ann, tenantId: 'south' })).toBeNull()
    expect(readKnownBrowser(text, { tenantId: 'north/ann', userId: '' })).toBeNull()
  })

  test('is known for half a year, and no longer, whatever day its text says', () => {
    const now = Date.UTC(2026, 0, 1)
    const text = newKnownBrowser({ ...ann, now })
    expect(readKnownBrowser(text, { ...ann, now: now + KNOWN_DAYS * DAY })).not.toBeNull()
    expect(readKnownBrowser(text, { ...ann, now: now + (KNOWN_DAYS + 1) * DAY })).toBeNull()
    const later = text.replace(/^[^-]+/, 'zzzz')
    expect(readKnownBrowser(later, { ...ann, now })).toBeNull()
  })

  test.each(['', '.', 'x', 'a.b', `${'a'.repeat(300)}.${'b'.repeat(43)}`, '\u0000'])(
    'is nothing that says %j',
    (text) => {
      expect(readKnownBrowser(text, ann)).toBeNull()
    },
  )
})
