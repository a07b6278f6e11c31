import { createHash } from 'node:crypto'

/** Hexadecimal SHA-256 of the parts, which a separator keeps apart: ('a', 'bc') is not ('ab', 'c'). */
export function digest(...parts: readonly (string | number)[]): string {
  return createHash('sha256').update(parts.join('\u0000')).digest('hex')
}

/**
 * The id of a row of the demo world, made from what the row is: the same on every machine and every run,
 * so that a second run finds its rows and links in a terminal stay good. 25 characters, shaped like a cuid.
 */
export function seedId(...parts: readonly (string | number)[]): string {
  return `c${digest('smartlms', ...parts).slice(0, 24)}`
}
