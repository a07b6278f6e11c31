/**
 * A repeatable stream of numbers from 0 (inclusive) to 1 (exclusive) for one text: the same id draws the same cover
 * on every server and in every year. FNV-1a spreads the text, mulberry32 (Tommy Ettinger's public-domain
 * generator) makes the stream. Good enough for pictures, for nothing else.
 */
export function seededRandom(text: string): () => number {
  let state = 0x811c9dc5
  for (let index = 0; index < text.length; index++) {
    state = Math.imul(state ^ text.charCodeAt(index), 0x01000193)
  }
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}
