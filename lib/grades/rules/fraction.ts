/**
 * Exact fractions. A mean of points is a quotient: rounded in the middle of a sum it would make a total that nobody can
 * follow. `bottom` is above zero.
 */
export type Fraction = Readonly<{ top: bigint; bottom: bigint }>

const PLACES = 4
const UNIT = 10n ** BigInt(PLACES)
const DECIMAL = /^([+-]?)(\d+)(?:\.(\d{1,4}))?$/

function divisor(a: bigint, b: bigint): bigint {
  let [x, y] = [a < 0n ? -a : a, b]
  while (y !== 0n) [x, y] = [y, x % y]
  return x
}

/** @throws RangeError when `bottom` is zero */
export function fraction(top: bigint, bottom = 1n): Fraction {
  if (bottom === 0n) throw new RangeError('A fraction of nothing.')
  const [t, b] = bottom < 0n ? [-top, -bottom] : [top, bottom]
  const common = divisor(t, b)
  return common === 0n ? { top: 0n, bottom: 1n } : { top: t / common, bottom: b / common }
}

/** Decimal text of up to 4 places, as ten thousandths. @throws RangeError for anything else */
export function unitsOf(text: string): bigint {
  const match = DECIMAL.exec(text)
  if (match === null)
    throw new RangeError(`No decimal of up to ${String(PLACES)} places: ${text.slice(0, 40)}`)
  const [, sign, whole = '', places = ''] = match
  const units = BigInt(whole) * UNIT + BigInt(places.padEnd(PLACES, '0'))
  return sign === '-' ? -units : units
}

/** Decimal text of up to 4 places. */
export const decimal = (text: string): Fraction => fraction(unitsOf(text), UNIT)

export const plus = (a: Fraction, b: Fraction): Fraction =>
  fraction(a.top * b.bottom + b.top * a.bottom, a.bottom * b.bottom)
export const times = (a: Fraction, b: Fraction): Fraction => fraction(a.top * b.top, a.bottom * b.bottom)
/** @throws RangeError when `b` is zero */
export const over = (a: Fraction, b: Fraction): Fraction => fraction(a.top * b.bottom, a.bottom * b.top)

/** Decimal text with `places` places, rounded half up: a tie goes away from zero. */
export function rounded({ top, bottom }: Fraction, places: number): string {
  const scale = 10n ** BigInt(places)
  const size = top < 0n ? -top : top
  const units = (2n * size * scale + bottom) / (2n * bottom)
  const digits = units.toString().padStart(places + 1, '0')
  const text = places === 0 ? digits : `${digits.slice(0, -places)}.${digits.slice(-places)}`
  return top < 0n && units !== 0n ? `-${text}` : text
}
