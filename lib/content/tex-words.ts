import { FRACTIONS, LETTERS, SIGNS, SPACES } from './tex-symbols'

/** A fraction whose parts hold no braces of their own; nested ones are read from the inside out. */
const FRACTION = new RegExp(`\\\\(?:${[...FRACTIONS].join('|')})\\s*\\{([^{}]*)\\}\\s*\\{([^{}]*)\\}`, 'gu')

const ROOT = /\\sqrt\s*\{([^{}]*)\}/gu
const SCRIPT = /([\^_])\s*\{([^{}]*)\}/gu

function part(text: string): string {
  return /^[\p{L}\p{N}.]*$/u.test(text.trim()) ? text.trim() : `(${text.trim()})`
}

function over(_whole: string, top: string, bottom: string): string {
  return ` ${part(top)}/${part(bottom)} `
}

function sign(_whole: string, name: string): string {
  if (SPACES.has(name)) return ' '
  // What a formula calls by its name (sin, sqrt) is read by it; a name that only shapes what follows is not.
  return LETTERS.get(name) ?? SIGNS.get(name) ?? (SILENT.has(name) ? '' : `${name} `)
}

const SILENT = new Set(
  'left right big Big text mathrm operatorname textbf mathbf bar overline hat vec dot tilde'.split(' '),
)

/**
 * A formula as somebody would type it on one line: `\\frac{a}{b} \\le \\alpha` is `a/b ≤ α`. For search and excerpts;
 * what it can't read it leaves as it is.
 */
export function texWords(tex: string): string {
  let text = tex
  for (let before = ''; before !== text;) {
    before = text
    text = text
      .replace(SCRIPT, (_whole, mark: string, inner: string) => `${mark}${part(inner)}`)
      .replace(ROOT, (_whole, inner: string) => `√${part(inner)}`)
      .replace(FRACTION, over)
  }
  return text
    .replace(/\\([A-Za-z]+|[^A-Za-z])/gu, sign)
    .replace(/[{}]/gu, '')
    .replace(/\s+/gu, ' ')
    .trim()
}
