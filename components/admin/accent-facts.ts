import { converter, parse, wcagContrast } from 'culori'
import { accentScale } from '#lib/brand/accent'

/**
 * The paper of both themes, as app/tokens.css has it (tests/unit/school/accent-facts.test.ts compares). The build
 * resolves its light-dark() pairs at the root, so a panel of the other theme has to bring its own.
 */
export const PAPER = {
  light: {
    bg: 'oklch(0.985 0.004 85)',
    line: 'oklch(0.905 0.008 80)',
    text: 'oklch(0.235 0.012 65)',
    soft: 'oklch(0.46 0.014 70)',
  },
  dark: {
    bg: 'oklch(0.195 0.008 70)',
    line: 'oklch(0.3 0.01 70)',
    text: 'oklch(0.93 0.008 85)',
    soft: 'oklch(0.75 0.012 80)',
  },
} as const

/** What text needs against its ground (WCAG 2.2, 1.4.3). */
const READABLE = 4.5

/** A difference in lightness (OKLCH, 0 to 1) below this isn't seen. */
const UNSEEN = 0.02

const toOklch = converter('oklch')

export type AccentFacts = Readonly<{
  /** `#rrggbb` of buttons. */
  solid: string
  /** Contrasts, 1 to 21: the words of a button, a link, and what the chosen colour itself would have reached. */
  button: number
  link: number
  own: number
  verdict: 'exact' | 'darker' | 'lighter' | 'adjusted'
}>

/** `#rrggbb` of a hex colour as people type it; null for anything else. */
export function hexOf(text: string): string | null {
  const digits = /^#?([0-9a-f]{3}|[0-9a-f]{6})$/i.exec(text.trim())?.[1]?.toLowerCase()
  if (digits === undefined) return null
  return digits.length === 6 ? `#${digits}` : `#${[...digits].map((one) => one + one).join('')}`
}

/** What becomes of a chosen colour in one theme, and why. @param hex `#rrggbb` */
export function accentFacts(hex: string, theme: 'light' | 'dark'): AccentFacts {
  const scale = accentScale(hex)
  const solid = scale[theme][8] ?? hex
  const onSolid = scale.onSolid[theme]
  const [chosen, used] = [toOklch(parse(hex))?.l ?? 0, toOklch(parse(solid))?.l ?? 0]
  const own = wcagContrast(hex, onSolid)
  const moved = used < chosen ? 'darker' : 'lighter'
  return {
    solid,
    button: wcagContrast(solid, onSolid),
    link: wcagContrast(scale[theme][10] ?? solid, PAPER[theme].bg),
    own,
    verdict: Math.abs(used - chosen) < UNSEEN ? 'exact' : own < READABLE ? moved : 'adjusted',
  }
}
