import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { accentFacts, hexOf, PAPER } from '../../../components/admin/accent-facts'

const THEMES = ['light', 'dark'] as const
const colour = fc.integer({ min: 0, max: 0xffffff }).map((n) => `#${n.toString(16).padStart(6, '0')}`)

describe('the preview of a school’s colour', () => {
  test('stands on the paper of the design system, in both themes', () => {
    const tokens = readFileSync(resolve(import.meta.dirname, '../../../app/tokens.css'), 'utf8')
    for (const name of ['bg', 'line', 'text', 'soft'] as const)
      expect(tokens).toContain(`--${name}: light-dark(${PAPER.light[name]}, ${PAPER.dark[name]});`)
  })

  test('promises readable buttons and links for every colour there is', () => {
    fc.assert(
      fc.property(colour, fc.constantFrom(...THEMES), (hex, theme) => {
        const { button, link } = accentFacts(hex, theme)
        expect(button).toBeGreaterThanOrEqual(4.5)
        expect(link).toBeGreaterThanOrEqual(4.5)
      }),
    )
  })

  test('says that a colour was kept only if nobody could tell, and blames its contrast only if that is too low', () => {
    expect(accentFacts('#ffff00', 'light').verdict).toBe('darker')
    expect(accentFacts('#000080', 'dark').verdict).toBe('lighter')
    fc.assert(
      fc.property(colour, fc.constantFrom(...THEMES), (hex, theme) => {
        const { verdict, own } = accentFacts(hex, theme)
        if (verdict === 'darker' || verdict === 'lighter') expect(own).toBeLessThan(4.5)
        if (verdict === 'adjusted') expect(own).toBeGreaterThanOrEqual(4.5)
        expect(['exact', 'darker', 'lighter', 'adjusted']).toContain(verdict)
      }),
    )
  })

  test('follows a colour as it is typed, and nothing that is none', () => {
    expect(['#0AE', '0aE', ' #00aaee '].map(hexOf)).toEqual(['#00aaee', '#00aaee', '#00aaee'])
    expect(['', '#', '#12', '#1234', 'red', 'Acme', '#00aaeeff'].map(hexOf)).toEqual(Array(7).fill(null))
  })
})
