import { expect, test } from 'vitest'
import { Keep } from '#lib/exams/keep'

test('forgets what was not asked for for longest, by weight, and never the newest', () => {
  const keep = new Keep<string>(6, (text) => text.length)
  keep.set('a', 'xx')
  keep.set('b', 'xx')
  keep.set('c', 'xx')
  expect(keep.get('a')).toBe('xx')
  keep.set('d', 'xx')
  expect(keep.get('b')).toBeUndefined()
  expect(keep.get('a')).toBe('xx')
  keep.set('e', 'x'.repeat(100))
  expect(['a', 'c', 'd'].map((key) => keep.get(key))).toEqual([undefined, undefined, undefined])
  expect(keep.get('e')).toHaveLength(100)
  keep.set('e', 'x')
  keep.set('f', 'xxxxx')
  expect([keep.get('e'), keep.get('f')]).toEqual(['x', 'xxxxx'])
})
