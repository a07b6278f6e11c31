export type ByteRange = Readonly<{ start: number; end: number }>

/**
 * Reads a Range header for one range of a file (RFC 9110, 14.1.2). Both ends of the result are included.
 * @returns 'whole' without a range or with one that is to be ignored, null when it can't be satisfied (416)
 */
export function parseRange(header: string | null, size: number): ByteRange | 'whole' | null {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header ?? '')
  if (match === null) return 'whole'
  const [, from = '', to = ''] = match
  if (from === '' && to === '') return 'whole'
  if (from === '') {
    const length = Math.min(Number(to), size)
    return length === 0 ? null : { start: size - length, end: size - 1 }
  }
  const start = Number(from)
  const end = to === '' ? size - 1 : Math.min(Number(to), size - 1)
  if (to !== '' && Number(to) < start) return 'whole'
  return start >= size ? null : { start, end }
}
