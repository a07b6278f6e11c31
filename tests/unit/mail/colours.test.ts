import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { buttonColours } from '#lib/mail/rules'

/** WCAG 2.2, from its own text, so that the rule isn't measured with itself. */
function contrast(one: string, other: string): number {
  const light = [one, other].map((hex) => {
    const [r = 0, g = 0, b = 0] = (hex.slice(1).match(/../g) ?? []).map((pair) => {
      const c = Number.parseInt(pair, 16) / 255
      return c <= 0.04045 ? c / 12.92 : Math.pow((c + 0.055) / 1.055, 2.4)
    })
    return 0.2126 * r + 0.7152 * g + 0.0722 * b
  })
  return (Math.max(...light) + 0.05) / (Math.min(...light) + 0.05)
}

describe('the button of a letter', () => {
  it('is readable in every school’s colour', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0xffffff }), (number) => {
        const { ground, ink } = buttonColours(`#${number.toString(16).padStart(6, '0')}`)
        expect(contrast(ground, ink)).toBeGreaterThanOrEqual(4.5)
      }),
    )
  })

  it('takes nothing for a colour that could be more than one', () => {
    for (const odd of ['red', '#fff', 'url(x)', '#12345g', '#123456;background:url(x)']) {
      expect(buttonColours(odd)).toEqual({ ground: '#3f3f46', ink: '#ffffff' })
    }
  })
})
