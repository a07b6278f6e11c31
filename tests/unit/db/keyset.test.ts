import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cutPage, decodeCursor, encodeCursor } from '#lib/db/keyset'

const cursor = fc.record({
  at: fc
    .date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true })
    .map((date) => date.toISOString()),
  id: fc.stringMatching(/^[a-z0-9]{1,40}$/),
  go: fc.constantFrom('next' as const, 'previous' as const),
})

describe('cursors', () => {
  it('come back as they were', () => {
    fc.assert(
      fc.property(cursor, (value) => {
        expect(decodeCursor(encodeCursor(value))).toEqual(value)
      }),
    )
  })

  it('that were not ours are null, whatever they hold', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(decodeCursor(text)).toBeNull()
      }),
    )
    const forged = (value: unknown) => decodeCursor(Buffer.from(JSON.stringify(value)).toString('base64url'))
    expect(forged([1, "2026-01-01T00:00:00.000Z'; --", 'a'])).toBeNull()
    expect(forged([1, '2026-01-01T00:00:00.000Z', '../x'])).toBeNull()
    expect(forged([2, '2026-01-01T00:00:00.000Z', 'a'])).toBeNull()
    expect(forged({ at: '2026-01-01T00:00:00.000Z' })).toBeNull()
  })
})

describe('cutPage', () => {
  const at = new Date('2026-01-01T00:00:00.000Z')
  const rows = (...ids: string[]) => ids.map((id) => ({ id }))

  it('has no cursors when everything fits', () => {
    expect(cutPage(rows('a', 'b'), 2, null, () => at)).toEqual({
      rows: rows('a', 'b'),
      nextCursor: null,
      previousCursor: null,
    })
  })

  it('points on from the last row when one more was found', () => {
    const page = cutPage(rows('a', 'b', 'c'), 2, null, () => at)
    expect(page.rows).toEqual(rows('a', 'b'))
    expect(page.nextCursor === null ? null : decodeCursor(page.nextCursor)).toMatchObject({
      id: 'b',
      go: 'next',
    })
  })

  it('turns a page that was read backwards around', () => {
    const back = { at: at.toISOString(), id: 'd', go: 'previous' as const }
    const page = cutPage(rows('c', 'b', 'a'), 2, back, () => at)
    expect(page.rows).toEqual(rows('b', 'c'))
    expect(page.previousCursor === null ? null : decodeCursor(page.previousCursor)).toMatchObject({
      id: 'b',
      go: 'previous',
    })
    expect(page.nextCursor === null ? null : decodeCursor(page.nextCursor)).toMatchObject({
      id: 'c',
      go: 'next',
    })
  })
})
