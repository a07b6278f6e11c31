import { clampChroma, formatHex, parse, converter } from 'culori'

/** SmartLMS's own accent: what a school has until it chooses one, and what an unreadable colour becomes. */
export const DEFAULT_ACCENT = '#22D3EE'

/** Lightness is fixed, so contrast can't depend on the school's taste; chroma is a share of the school's own. */
type Step = { readonly lightness: number; readonly chroma: number }

/**
 * Steps 1-2 page tints, 3-5 fills (rest, hover, pressed), 6-7 borders, 8 control edges (3:1),
 * 9-10 solid fills (rest, hover), 11-12 text. The lightness values were found by scanning the whole
 * sRGB gamut; the property test repeats that scan on random colours.
 */
const LIGHT: readonly Step[] = [
  { lightness: 0.985, chroma: 0.05 },
  { lightness: 0.972, chroma: 0.1 },
  { lightness: 0.947, chroma: 0.2 },
  { lightness: 0.92, chroma: 0.3 },
  { lightness: 0.888, chroma: 0.4 },
  { lightness: 0.85, chroma: 0.5 },
  { lightness: 0.79, chroma: 0.65 },
  { lightness: 0.58, chroma: 0.9 },
  { lightness: 0.53, chroma: 1 },
  { lightness: 0.48, chroma: 1 },
  { lightness: 0.47, chroma: 0.95 },
  { lightness: 0.3, chroma: 0.55 },
]

const DARK: readonly Step[] = [
  { lightness: 0.2, chroma: 0.07 },
  { lightness: 0.23, chroma: 0.14 },
  { lightness: 0.265, chroma: 0.25 },
  { lightness: 0.305, chroma: 0.33 },
  { lightness: 0.345, chroma: 0.4 },
  { lightness: 0.395, chroma: 0.45 },
  { lightness: 0.46, chroma: 0.55 },
  { lightness: 0.6, chroma: 0.8 },
  { lightness: 0.73, chroma: 0.9 },
  { lightness: 0.78, chroma: 0.9 },
  { lightness: 0.79, chroma: 0.75 },
  { lightness: 0.92, chroma: 0.25 },
]

/** Text that stands on steps 9 and 10: near-white in light mode, near-black in dark mode. */
const ON_SOLID = { light: '#fdfcfa', dark: '#171411' } as const

/** The pigments of generated covers. They are pictures, not text, so they keep their colour in both themes. */
const PIGMENTS: readonly (Step & { readonly name: string; readonly turn: number; readonly floor: number })[] =
  [
    { name: 'deep', lightness: 0.29, chroma: 0.5, turn: 8, floor: 0.02 },
    { name: 'mid', lightness: 0.47, chroma: 0.8, turn: 6, floor: 0.03 },
    { name: 'vivid', lightness: 0.77, chroma: 0.8, turn: -6, floor: 0.03 },
    { name: 'pale', lightness: 0.94, chroma: 0.2, turn: -14, floor: 0.012 },
  ]

/** The one spot of another colour on a cover: amber, or sky where the school's own colour is amber's neighbour. */
const AMBER = { lightness: 0.82, chroma: 0.12, hue: 72 } as const
const SKY = { lightness: 0.84, chroma: 0.075, hue: 230 } as const

/** Dark yellow reads as olive; turned towards red it reads as ochre, which is what a yellow school means. */
const OCHRE_TURN = -26

const toOklch = converter('oklch')

type AccentScale = {
  /** Twelve `#rrggbb` colours, step 1 first. */
  readonly light: readonly string[]
  readonly dark: readonly string[]
  /** Text colour on steps 9 and 10. */
  readonly onSolid: { readonly light: string; readonly dark: string }
}

/** `#rgb` or `#rrggbb`, any case; everything else (a name, a function, CSS that wants out) is not a colour here. */
function readHex(value: string): { chroma: number; hue: number } {
  const isHex = /^#(?:[0-9a-f]{3}|[0-9a-f]{6})$/i.test(value)
  const colour = toOklch(parse(isHex ? value : DEFAULT_ACCENT))
  return { chroma: colour?.c ?? 0, hue: colour?.h ?? 0 }
}

/** Hex rather than oklch(): the contrast is proved on exactly the colour that the browser paints. */
function paint(lightness: number, chroma: number, hue: number): string {
  return formatHex(clampChroma({ mode: 'oklch', l: lightness, c: chroma, h: (hue + 360) % 360 }, 'oklch'))
}

/**
 * The twelve steps of a school's colour in light and dark.
 * Takes what the school stored; anything but a hex colour counts as the default. Never throws.
 */
export function accentScale(hex: string): AccentScale {
  const { chroma, hue } = readHex(hex)
  const steps = (scale: readonly Step[]) =>
    scale.map((step) => paint(step.lightness, chroma * step.chroma, hue))
  return { light: steps(LIGHT), dark: steps(DARK), onSolid: ON_SOLID }
}

/**
 * The custom properties that the design system reads: `--accent-1` … `--accent-12` and `--on-accent` as
 * `light-dark()` pairs (the page's `color-scheme` picks one), and the cover pigments `--art-…`.
 */
export function accentVariables(hex: string): Record<string, string> {
  const scale = accentScale(hex)
  const { chroma, hue } = readHex(hex)
  const variables: Record<string, string> = {}
  for (const [index, light] of scale.light.entries()) {
    variables[`--accent-${index + 1}`] = `light-dark(${light},${scale.dark[index] ?? light})`
  }
  variables['--on-accent'] = `light-dark(${scale.onSolid.light},${scale.onSolid.dark})`
  for (const pigment of PIGMENTS) {
    const strength = Math.max(pigment.floor, chroma * pigment.chroma)
    const turn = hue > 75 && hue < 125 && pigment.lightness < 0.6 ? OCHRE_TURN : pigment.turn
    variables[`--art-${pigment.name}`] = paint(pigment.lightness, strength, hue + turn)
  }
  const spark = hue > 30 && hue < 125 && chroma > 0.04 ? SKY : AMBER
  variables['--art-spark'] = paint(spark.lightness, spark.chroma, spark.hue)
  return variables
}

/** The same as CSS text, for a `<style>` that carries the page's nonce. Holds nothing that the school typed. */
export function accentCss(hex: string): string {
  const body = Object.entries(accentVariables(hex))
    .map(([name, value]) => `${name}:${value}`)
    .join(';')
  return `:root{${body}}`
}
