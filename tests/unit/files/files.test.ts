import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseRange } from '#lib/files/byte-range'
import { publicUrl, variantKeys, variantUrl } from '#lib/files/rules'

describe('byte ranges follow RFC 9110', () => {
  it.each([
    [null, 'whole'],
    ['bytes=0-9', { start: 0, end: 9 }],
    ['bytes=10-', { start: 10, end: 99 }],
    ['bytes=-10', { start: 90, end: 99 }],
    ['bytes=-1000', { start: 0, end: 99 }],
    ['bytes=90-1000', { start: 90, end: 99 }],
    ['bytes=100-', null],
    ['bytes=-0', null],
    ['bytes=9-0', 'whole'],
    ['bytes=0-1,5-6', 'whole'],
    ['lines=0-9', 'whole'],
    ['bytes=-', 'whole'],
  ])('%s', (header, expected) => {
    expect(parseRange(header, 100)).toEqual(expected)
  })

  it('never leave the file', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e9 }), fc.nat(2e9), fc.nat(2e9), (size, from, to) => {
        const range = parseRange(`bytes=${String(from)}-${String(to)}`, size)
        if (range === 'whole' || range === null) return
        expect(range.start).toBeLessThanOrEqual(range.end)
        expect(range.end).toBeLessThan(size)
      }),
    )
  })
})

describe('publicUrl', () => {
  it('gives an address for a school’s own public file only', () => {
    expect(publicUrl('acme', 'acme/public/sql/plan.webp')).toBe('/media/sql/plan.webp')
    expect(publicUrl('acme', 'globex/public/sql/plan.webp')).toBeNull()
    expect(publicUrl('acme', 'acme/private/essay.pdf')).toBeNull()
    expect(publicUrl('acme', 'https://evil.test/acme/public/x.webp')).toBeNull()
    expect(publicUrl('acme', null)).toBeNull()
  })
})

describe('sizes of a stored picture', () => {
  const id = '0123456789abcdef0123456789abcdef'
  const avatar = `acme/public/avatars/${id}-256.webp`

  it('are known from the key of one of them', () => {
    expect(variantKeys(avatar)).toEqual([`acme/public/avatars/${id}-96.webp`, avatar])
    expect(variantKeys('acme/public/sql/plan-256.webp')).toEqual(['acme/public/sql/plan-256.webp'])
  })

  it('are chosen by what is needed: the smallest that is large enough, or the largest', () => {
    expect(variantUrl('acme', avatar, 40)).toBe(`/media/avatars/${id}-96.webp`)
    expect(variantUrl('acme', avatar, 96)).toBe(`/media/avatars/${id}-96.webp`)
    expect(variantUrl('acme', avatar, 97)).toBe(`/media/avatars/${id}-256.webp`)
    expect(variantUrl('acme', avatar, 4_000)).toBe(`/media/avatars/${id}-256.webp`)
  })

  it('are the file itself where it has none, and nothing for another school’s', () => {
    expect(variantUrl('acme', 'acme/public/sql/cover.webp', 480)).toBe('/media/sql/cover.webp')
    expect(variantUrl('globex', avatar, 96)).toBeNull()
    expect(variantUrl('acme', null, 96)).toBeNull()
  })
})
