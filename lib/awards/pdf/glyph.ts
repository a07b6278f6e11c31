/** An outline as a TrueType glyph: the `glyf` entry of a simple glyph (OpenType 1.9, “glyf — Glyph Data”). */

export type Command = Readonly<{ command: string; args: readonly number[] }>
type Point = Readonly<{ x: number; y: number; on: boolean }>

const point = (x = 0, y = 0, on = true): Point => ({ x: Math.round(x), y: Math.round(y), on })

function pointsOf({ command, args }: Command): readonly Point[] {
  const [a, b, c, d] = args
  switch (command) {
    case 'moveTo':
    case 'lineTo':
      return [point(a, b)]
    case 'quadraticCurveTo':
      return [point(a, b, false), point(c, d)]
    case 'closePath':
      return []
    default:
      throw new Error(`A TrueType outline has no ${command}.`)
  }
}

/** A contour ends where it began; said twice, the end would be a point too many. */
function opened(contour: readonly Point[]): readonly Point[] {
  const [first, last] = [contour[0], contour.at(-1)]
  const repeated = contour.length > 1 && last?.on === true && first?.x === last.x && first.y === last.y
  return repeated ? contour.slice(0, -1) : contour
}

function contoursOf(commands: readonly Command[]): readonly (readonly Point[])[] {
  const contours: Point[][] = []
  for (const command of commands) {
    if (command.command === 'moveTo') contours.push([])
    contours.at(-1)?.push(...pointsOf(command))
  }
  return contours.map(opened).filter((contour) => contour.length > 0)
}

function differences(values: readonly number[]): readonly number[] {
  return values.map((value, n) => value - (n === 0 ? 0 : (values[n - 1] ?? 0)))
}

/** The bytes of a glyph with this outline, without hints, padded to four; none for an empty one such as a space. */
export function encodeGlyph(commands: readonly Command[]): Uint8Array {
  const contours = contoursOf(commands)
  const points = contours.flat()
  if (points.length === 0) return new Uint8Array(0)
  const [xs, ys] = [points.map(({ x }) => x), points.map(({ y }) => y)]
  const ends = contours.map((_, n) => contours.slice(0, n + 1).flat().length - 1)
  const head = [
    contours.length,
    Math.min(...xs),
    Math.min(...ys),
    Math.max(...xs),
    Math.max(...ys),
    ...ends,
    0,
  ]
  const size = head.length * 2 + points.length * 5
  const bytes = new Uint8Array(Math.ceil(size / 4) * 4)
  const view = new DataView(bytes.buffer)
  head.forEach((value, n) => view.setInt16(n * 2, value))
  const flags = head.length * 2
  points.forEach(({ on }, n) => view.setUint8(flags + n, on ? 1 : 0))
  const coordinates = flags + points.length
  for (const [n, value] of [...differences(xs), ...differences(ys)].entries()) {
    view.setInt16(coordinates + n * 2, value)
  }
  return bytes
}
