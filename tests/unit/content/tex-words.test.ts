import { describe, expect, it } from 'vitest'
import { texWords } from '#lib/content/tex-words'

describe('a formula on one line', () => {
  it.each([
    ['E = mc^2', 'E = mc^2'],
    ['\\frac{a}{b} \\le \\alpha', 'a/b ≤ α'],
    ['\\frac{a+b}{2}', '(a+b)/2'],
    ['\\frac{1}{\\frac{1}{x}}', '1/(1/x)'],
    ['\\sqrt{x^{2}}', '√(x^2)'],
    ['x_{n+1}', 'x_(n+1)'],
    ['\\text{speed} \\cdot t', 'speed ⋅ t'],
    ['\\left( \\sin x \\right)', '( sin x )'],
    ['a\\quad b\\,c', 'a b c'],
    ['\\unknown{y}', 'unknown y'],
    ['', ''],
  ])('%s', (tex, words) => {
    expect(texWords(tex)).toBe(words)
  })
})
