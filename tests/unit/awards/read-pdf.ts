import { inflateSync } from 'node:zlib'

/** The decompressed streams of a PDF as pdfkit writes it. */
function streamsOf(pdf: Uint8Array): string[] {
  const text = Buffer.from(pdf).toString('latin1')
  return [...text.matchAll(/<<([^]*?)>>\s*stream\r?\n([^]*?)\r?\nendstream/g)].map(
    ([, head = '', body = '']) =>
      head.includes('FlateDecode') ? inflateSync(Buffer.from(body, 'latin1')).toString('latin1') : body,
  )
}

/** Code → text, of a ToUnicode map. */
function lettersOf(map: string): Map<number, string> {
  const letters = new Map<number, string>()
  for (const [, first = '', entries = ''] of map.matchAll(/<([0-9a-f]{4})> <[0-9a-f]{4}> \[([^\]]*)\]/gi)) {
    const start = Number.parseInt(first, 16)
    for (const [n, [, hex = '']] of [...entries.matchAll(/<([0-9a-f ]*)>/gi)].entries()) {
      letters.set(start + n, Buffer.from(hex.replaceAll(' ', ''), 'hex').swap16().toString('utf16le'))
    }
  }
  return letters
}

/**
 * What a reader selects and copies: the text that a page shows, through each font's own map. It knows just enough of
 * the format for a page of pdfkit's.
 */
export function textOf(pdf: Uint8Array): string {
  const source = Buffer.from(pdf).toString('latin1')
  const streams = streamsOf(pdf)
  const maps = streams.filter((stream) => stream.includes('beginbfrange')).map(lettersOf)
  const names = [...source.matchAll(/\/(F\d+) \d+ 0 R/g)].map(([, name = '']) => name)
  const order = [...new Set(names)].sort((a, b) => Number(a.slice(1)) - Number(b.slice(1)))
  const page = streams.find((stream) => stream.includes('BT')) ?? ''
  let font: Map<number, string> | undefined
  let text = ''
  for (const [, name, array] of page.matchAll(/\/(F\d+) [\d.]+ Tf|\[([^\]]*)\] TJ/g)) {
    if (name !== undefined) font = maps[order.indexOf(name)]
    for (const [, hex = ''] of (array ?? '').matchAll(/<([0-9a-f]*)>/gi)) {
      for (const code of hex.match(/.{4}/g) ?? []) text += font?.get(Number.parseInt(code, 16)) ?? '\u{fffd}'
    }
    if (array !== undefined) text += '|'
  }
  return text
}
