import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { accentCss, accentScale, accentVariables, DEFAULT_ACCENT } from '#lib/brand/accent'

/** WCAG 2.2, "relative luminance" and "contrast ratio", on the 8-bit colours that a browser paints. */
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a)
  return (light + 0.05) / (dark + 0.05)
}

/** The darkest light and the lightest dark ground of tokens.css (`--sunken`, `--surface`), as painted. */
const GROUNDS = { light: ['#f4f1ed', '#fbfaf7', '#fffefd'], dark: ['#120f0c', '#171411', '#1f1c18'] } as const

const anyColour = fc
  .integer({ min: 0, max: 0xffffff })
  .map((value) => `#${value.toString(16).padStart(6, '0')}`)

describe('a school’s colour', () => {
  it('keeps text readable and controls visible in both themes, whatever the colour', () => {
    fc.assert(
      fc.property(anyColour, fc.constantFrom('light' as const, 'dark' as const), (hex, theme) => {
        const scale = accentScale(hex)
        const step = (number: number) => scale[theme][number - 1] ?? ''
        const tints = [1, 2, 3, 4].map(step)
        for (const ground of [...GROUNDS[theme], ...tints]) {
          expect(contrast(step(11), ground)).toBeGreaterThanOrEqual(4.5)
          expect(contrast(step(12), ground)).toBeGreaterThanOrEqual(4.5)
        }
        for (const ground of [...GROUNDS[theme], ...tints.slice(0, 3)]) {
          expect(contrast(step(8), ground)).toBeGreaterThanOrEqual(3)
          expect(contrast(step(9), ground)).toBeGreaterThanOrEqual(3)
        }
        expect(contrast(scale.onSolid[theme], step(9))).toBeGreaterThanOrEqual(4.5)
        expect(contrast(scale.onSolid[theme], step(10))).toBeGreaterThanOrEqual(4.5)
        if (theme === 'light') expect(contrast(scale.onSolid.light, step(11))).toBeGreaterThanOrEqual(4.5)
      }),
      { numRuns: 400 },
    )
  })

  it('falls back to the default for everything that is not a hex colour', () => {
    fc.assert(
      fc.property(
        fc.string().filter((text) => !/^#(?:[0-9a-f]{3}|[0-9a-f]{6})$/i.test(text)),
        (text) => {
          expect(accentCss(text)).toBe(accentCss(DEFAULT_ACCENT))
        },
      ),
    )
  })

  it('lets no CSS or HTML of a stored value through', () => {
    for (const hostile of [
      'red;}body{display:none',
      '</style><script>',
      'url(https://evil.example)',
      '#fff;',
      '#12345g',
      '',
    ]) {
      expect(accentCss(hostile)).toMatch(
        /^:root\{(--[a-z0-9-]+:(#[0-9a-f]{6}|light-dark\(#[0-9a-f]{6},#[0-9a-f]{6}\));?)+\}$/,
      )
    }
  })

  it('reads short and upper-case hex as the same colour', () => {
    expect(accentCss('#0AF')).toBe(accentCss('#00aaff'))
  })

  it('gives a grey school a grey scale', () => {
    for (const colour of accentScale('#777777').light) {
      const [r, g, b] = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16))
      expect(Math.max(r ?? 0, g ?? 0, b ?? 0) - Math.min(r ?? 0, g ?? 0, b ?? 0)).toBeLessThanOrEqual(1)
    }
  })

  it('is the one that the style sheet starts from', () => {
    const css = readFileSync('app/tokens.css', 'utf8')
    for (const [name, value] of Object.entries(accentVariables(DEFAULT_ACCENT))) {
      expect(css).toContain(`${name}: ${value.replace(',', ', ')};`)
    }
  })
})
