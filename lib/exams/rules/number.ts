import Big from 'big.js'

/**
 * How a number that somebody typed is read.
 *
 * - Signs: `+`, `-` and every dash that a keyboard or a text program makes of it (`−3`, `–3`).
 * - Digits of Latin, full-width, Arabic, Persian and Devanagari writing.
 * - Thousands are parted by spaces of any width or apostrophes: `1 000,5`, `1’000.5`.
 * - A point and a comma together: the last is the decimal mark, the other parts thousands: `1,234.5`, `1.234,5`.
 * - One of them several times parts thousands: `1,234,567`. Groups have three digits (Indian: two, and three at the end).
 * - One of them once is the decimal mark: `1,5`, `1.5`, `.5`, `5.`.
 * - Ambiguous is one mark with one to three digits before it, not beginning with 0, and exactly three after it: `1,234`
 *   is read as 1.234 and as 1 234, and the answer is right when either is.
 * - Powers of ten: `2e3`, `2E-3`, `2×10^3`, `2·10³`, `10^6`; the exponent is between -300 and 300.
 *
 * Anything else is no number.
 */

const ZEROS = ['\uFF10', '\u0660', '\u06F0', '\u0966'].map((zero) => zero.codePointAt(0) ?? 0)
const RAISED = '⁰¹²³⁴⁵⁶⁷⁸⁹'
const EXPONENT_MAX = 300

function latinDigit(digit: string): string {
  const code = digit.codePointAt(0) ?? 0
  const zero = ZEROS.find((one) => code >= one && code < one + 10)
  return zero === undefined ? digit : String(code - zero)
}

function latin(text: string): string {
  return text
    .trim()
    .replace(/\p{Nd}/gu, latinDigit)
    .replace(/[⁰¹²³⁴⁵⁶⁷⁸⁹]/gu, (raised) => `^${RAISED.indexOf(raised)}`)
    .replace(/[\u2212\u2010-\u2014\uFE63\uFF0D\u207B]/gu, '-')
    .replace(/\uFF0B/gu, '+')
    .replace(/[\u066B\uFF0E]/gu, '.')
    .replace(/[\u066C\uFF0C]/gu, ',')
    .replace(/\s/gu, ' ')
}

/** Sign, digits with their marks, and a power: `e3`, `×10^3`, or raised digits, which stand here as `^3`, `-^1^2`. */
const WHOLE = /^([+-]?) ?([\d., '’]+?)(?:e([+-]?\d{1,4})| ?[×·x*] ?10(?:\^(-?\d{1,4})|(-?(?:\^\d){1,4})))?$/iu
/** A power of ten alone: `10^6`. */
const POWER = /^([+-]?) ?10(?=-?\^)/u
const GROUPED = /^\d{1,3}(?:([ '’])\d{2,3}(?:\1\d{2,3})*)?$/u

/** Digits of groups that are parted by a mark, without it; null when the groups have odd sizes. */
function ungrouped(digits: string, mark: string): string | null {
  const groups = digits.split(mark)
  const [first = '', ...rest] = groups
  const last = rest.at(-1)
  if (last === undefined) return /^\d*$/.test(digits) ? digits : null
  const fits =
    /^\d{1,3}$/.test(first) &&
    /^\d{3}$/.test(last) &&
    (rest.every((group) => /^\d{3}$/.test(group)) ||
      rest.slice(0, -1).every((group) => /^\d{2}$/.test(group)))
  return fits ? groups.join('') : null
}

/** A whole part and what follows the decimal mark, as decimal text. */
function decimal(whole: string | null, fraction: string): string[] {
  if (whole === null || !/^\d*$/.test(fraction) || whole + fraction === '') return []
  return [`${whole === '' ? '0' : whole}.${fraction === '' ? '0' : fraction}`]
}

/** Whole part whose thousands are parted by spaces or apostrophes. */
function spacedOut(whole: string): string | null {
  const mark = /[ '’]/u.exec(whole)?.[0]
  return mark === undefined ? ungrouped(whole, '\n') : GROUPED.test(whole) ? ungrouped(whole, mark) : null
}

function readingsOfMantissa(text: string): string[] {
  const marks = text.replace(/[^.,]/gu, '')
  const last = marks.at(-1)
  if (last === undefined) return decimal(spacedOut(text), '')
  const at = text.lastIndexOf(last)
  const [whole, fraction] = [text.slice(0, at), text.slice(at + 1)]
  const other = last === '.' ? ',' : '.'
  if (marks.length === 1) {
    const ambiguous = /^[1-9]\d{0,2}[.,]\d{3}$/.test(text)
    return [...decimal(spacedOut(whole), fraction), ...(ambiguous ? [whole + fraction] : [])]
  }
  if (!marks.includes(other)) return decimal(ungrouped(text, last), '')
  return marks.indexOf(last) === marks.length - 1 ? decimal(ungrouped(whole, other), fraction) : []
}

/** The numbers that a text can mean, the likeliest first: none when it is no number, two when it is ambiguous. */
export function readNumber(text: string): Big[] {
  const match = WHOLE.exec(latin(text).replace(POWER, (_, sign: string) => `${sign}1×10`))
  if (match === null) return []
  const [, sign = '', mantissa = '', e, typed, raised] = match
  const power = Number(e ?? typed ?? raised?.replaceAll('^', '') ?? 0)
  if (Math.abs(power) > EXPONENT_MAX) return []
  return readingsOfMantissa(mantissa.trim()).map((digits) => {
    const value = new Big(digits).times(new Big(`1e${power}`))
    return sign === '-' ? value.neg() : value
  })
}

/** A unit in the form in which two ways of writing it are equal: `m²` is `m2`, `µm` is `μm`; case matters (mW, MW). */
export function unitName(unit: string): string {
  return unit.normalize('NFKC').replace(/\s/gu, '')
}

/**
 * A text without the unit at its end, and which of the `units` that was; the unit is null where it ends in none.
 * The longest is tried first, so that `km` is not taken for `m`.
 */
export function splitUnit(
  text: string,
  units: readonly string[],
): Readonly<{ number: string; unit: string | null }> {
  const given = text.trim()
  const longest = [...units].sort((one, other) => other.length - one.length)
  for (const unit of longest) {
    for (let at = given.length - 1; at > 0; at -= 1) {
      if (unitName(given.slice(at)) !== unitName(unit)) continue
      if (readNumber(given.slice(0, at)).length > 0) return { number: given.slice(0, at), unit }
    }
  }
  return { number: given, unit: null }
}
