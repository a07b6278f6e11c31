/** Where the marks of a chart stand. Numbers alone: what draws them is components/insight. */

/** The top of an axis that shows `most`: a small number times a power of ten, at least 2, so that its half can be read. */
export function niceTop(most: number): number {
  if (most <= 2) return 2
  const power = 10 ** Math.floor(Math.log10(most))
  const step = [1, 2, 3, 4, 5, 6, 8, 10].find((one) => one * power >= most) ?? 10
  return step * power
}

export type Bar = Readonly<{ x: number; y: number; width: number; height: number }>

/**
 * Upright bars of equal width that fill a box, a fifth of each place left empty. `top` is the value at the box's upper
 * edge; values below 0 stand as 0.
 */
export function barsOf(
  values: readonly number[],
  { width, height, top }: Readonly<{ width: number; height: number; top: number }>,
): Bar[] {
  const place = width / Math.max(1, values.length)
  return values.map((value, index) => {
    const tall = (Math.min(Math.max(0, value), top) / top) * height
    return {
      x: round(index * place + place * 0.1),
      y: round(height - tall),
      width: round(place * 0.8),
      height: round(tall),
    }
  })
}

/** Hundredths: an SVG needs no more, and a page stays small. */
function round(value: number): number {
  return Math.round(value * 100) / 100
}

/** A share in whole percent that never says all or none where it isn't. */
export function percentOf(part: number, whole: number): number {
  if (whole <= 0 || part <= 0) return 0
  if (part >= whole) return 100
  return Math.min(99, Math.max(1, Math.round((part / whole) * 100)))
}
