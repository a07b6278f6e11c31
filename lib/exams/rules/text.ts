import { RE2JS } from 're2js'

/** How a text is compared: with the learner's case and accents, or regardless of them. */
export type Sensitivity = Readonly<{ caseSensitive: boolean; accentSensitive: boolean }>

/** Instructions that a pattern may compile to, and characters of an answer that it is tried on: time is their product. */
const PATTERN_MAX = 500
const PATTERN_TEXT_MAX = 500

/** Marks that sit on a letter of Latin, Greek, Cyrillic, Hebrew or Arabic. In other scripts a mark is a letter's own. */
const ACCENTS = /[\u0300-\u036F\u1AB0-\u1AFF\u1DC0-\u1DFF\u0591-\u05BD\u064B-\u0652\u0670]/gu

/** What keyboards and phones write differently without meaning anything by it. */
const ALIKE: readonly (readonly [RegExp, string])[] = [
  [/[\u2018\u2019\u201B\u02BC\uFF07]/gu, "'"],
  [/[\u201C\u201D\u201E\u201F\uFF02]/gu, '"'],
  [/[\u2010\u2011]/gu, '-'],
  [/[\u00AD\u200B\u2060\uFEFF]/gu, ''],
]

function plain(text: string, accentSensitive: boolean): string {
  const alike = ALIKE.reduce((one, [pattern, by]) => one.replace(pattern, by), text)
  return (accentSensitive ? alike : alike.normalize('NFD').replace(ACCENTS, '')).normalize('NFC')
}

const spaced = (text: string): string => text.trim().replace(/\s+/gu, ' ')

/**
 * A text in the form in which two that mean the same are equal: white space trimmed and collapsed, composed (NFC),
 * typographic quotes and hyphens as typed ones. Without case it is folded in full, so that `STRASSE` is `straße`;
 * without accents what Unicode takes apart is left without its marks, so that `Ångström` is `angstrom` (`ø` stays `ø`).
 */
export function comparable(text: string, { caseSensitive, accentSensitive }: Sensitivity): string {
  const one = plain(spaced(text), accentSensitive)
  return caseSensitive ? one : one.toUpperCase().toLowerCase().normalize('NFC')
}

/** Why a pattern can't be used: it can't be read, or trying it would take too long. */
export type PatternFault = 'syntax' | 'too-large'

type Compiled = RE2JS | PatternFault

function compile(source: string, { caseSensitive, accentSensitive }: Sensitivity): Compiled {
  try {
    const flags = caseSensitive ? 0 : RE2JS.CASE_INSENSITIVE
    const made = RE2JS.compile(plain(source, accentSensitive), flags)
    return made.programSize() > PATTERN_MAX ? 'too-large' : made
  } catch {
    return 'syntax'
  }
}

// Grading again after a changed key tries one pattern on thousands of answers.
const known = new Map<string, Compiled>()
const KNOWN_MAX = 500

function compiled(source: string, how: Sensitivity): Compiled {
  const name = `${Number(how.caseSensitive)}${Number(how.accentSensitive)}${source}`
  const found = known.get(name)
  if (found !== undefined) return found
  if (known.size >= KNOWN_MAX) known.clear()
  const made = compile(source, how)
  known.set(name, made)
  return made
}

/**
 * What is wrong with a regular expression, for whoever writes it; null when it can be used. The syntax is RE2's: no
 * look-around, no back-references.
 */
export function patternFault(source: string): PatternFault | null {
  const made = compiled(source, { caseSensitive: false, accentSensitive: true })
  const folded = compiled(source, { caseSensitive: false, accentSensitive: false })
  if (typeof made === 'string') return made
  return typeof folded === 'string' ? folded : null
}

/**
 * Whether a regular expression takes the whole of a text, in time linear in the text. One that can't be used takes
 * nothing, and nothing longer than 500 characters is taken. The text is trimmed and composed as for `comparable`;
 * without accents they are taken off the pattern as well.
 */
export function fitsPattern(source: string, text: string, how: Sensitivity): boolean {
  const given = plain(spaced(text), how.accentSensitive)
  if (given.length > PATTERN_TEXT_MAX) return false
  const made = compiled(source, how)
  return typeof made !== 'string' && made.matches(given)
}
