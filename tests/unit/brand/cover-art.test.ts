import { describe, expect, it } from 'vitest'
import { PATTERNS } from '../../../components/ui/cover-patterns'
import { seededRandom } from '../../../components/ui/seeded-random'

const SEEDS = Array.from({ length: 60 }, (_, index) => `course-${index}`)

describe('generated covers', () => {
  it('draw the same picture for the same id, every time', () => {
    for (const pattern of PATTERNS) {
      expect(pattern(seededRandom('a course'))).toEqual(pattern(seededRandom('a course')))
    }
  })

  it('stay below 2 kB each, with every number finite', () => {
    for (const [index, pattern] of PATTERNS.entries()) {
      for (const seed of SEEDS) {
        const layers = pattern(seededRandom(seed))
        const size = layers.reduce((bytes, layer) => bytes + layer.d.length + 60, 140)
        expect(size, `pattern ${index}, ${seed}`).toBeLessThanOrEqual(2048)
        expect(layers.map((layer) => layer.d).join('')).not.toMatch(/NaN|Infinity|undefined|\d\.\d{3}/)
      }
    }
  })

  it('spread courses over all patterns', () => {
    const chosen = new Set(SEEDS.map((seed) => Math.floor(seededRandom(seed)() * PATTERNS.length)))
    expect(chosen.size).toBe(PATTERNS.length)
  })
})
