import 'server-only'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { type Command, encodeGlyph } from './glyph'

/** The reading face as files of the scripts it has, the commonest first. */
const SCRIPTS = [
  'latin',
  'latin-ext',
  'vietnamese',
  'cyrillic',
  'cyrillic-ext',
  'greek',
  'greek-ext',
] as const
type Script = (typeof SCRIPTS)[number]

const files = new Map<Script, Buffer>()

function fileOf(script: Script): Buffer {
  const known = files.get(script)
  if (known !== undefined) return known
  const folder = path.join(process.cwd(), 'node_modules/@fontsource-variable/literata/files')
  const bytes = readFileSync(path.join(folder, `literata-${script}-wght-normal.woff2`))
  files.set(script, bytes)
  return bytes
}

type Glyph = {
  path: { commands: Command[] }
  advanceWidth: number
  _getMetrics: () => { leftBearing: number }
}
type Subset = {
  font: { getGlyph: (id: number) => Glyph; hasGlyphForCodePoint: (codePoint: number) => boolean }
  glyf: Uint8Array[]
  loca: { offsets: number[] }
  hmtx: { metrics: { advance: number; bearing: number }[] }
  offset: number
}

function isSubset(value: unknown): value is Subset {
  return typeof value === 'object' && value !== null && 'font' in value && '_addGlyph' in value
}

function subsetOf(document: PDFKit.PDFDocument): Subset {
  const font: unknown = Reflect.get(document, '_font')
  const subset: unknown = typeof font === 'object' && font !== null ? Reflect.get(font, 'subset') : undefined
  if (!isSubset(subset)) throw new Error('pdfkit embeds its fonts in another way than it did.')
  return subset
}

/**
 * Adds a glyph to what is embedded. fontkit's own way copies its bytes out of the file, but in a WOFF2 file they are
 * packed; the outline is what they unpack to.
 */
function addFromOutline(this: Subset, id: number): number {
  const glyph = this.font.getGlyph(id)
  const bytes = encodeGlyph(glyph.path.commands)
  this.glyf.push(bytes)
  this.loca.offsets.push(this.offset)
  this.hmtx.metrics.push({ advance: glyph.advanceWidth, bearing: glyph._getMetrics().leftBearing })
  this.offset += bytes.length
  return this.glyf.length - 1
}

/** A part of a text that one font can write. */
export type Run = Readonly<{ script: Script; text: string }>

/** Cuts a text into runs, and says whether letters had to be left out because no file has them. */
export type Writer = Readonly<{
  runs: (text: string) => Readonly<{ runs: readonly Run[]; complete: boolean }>
  /** Makes the document write in a run's font. */
  use: (script: Script) => void
}>

/** The fonts of one document. A file is opened when a letter needs it. */
export function writerOf(document: PDFKit.PDFDocument): Writer {
  const open = new Map<Script, Subset>()
  const use = (script: Script): void => {
    if (open.has(script)) {
      document.font(script)
      return
    }
    document.registerFont(script, fileOf(script)).font(script)
    const subset = subsetOf(document)
    Reflect.set(subset, '_addGlyph', addFromOutline)
    open.set(script, subset)
  }
  const has = (script: Script, codePoint: number): boolean => {
    if (!open.has(script)) use(script)
    return open.get(script)?.font.hasGlyphForCodePoint(codePoint) ?? false
  }
  const scriptOf = (letter: string, last: Script | undefined): Script | undefined => {
    const codePoint = letter.codePointAt(0) ?? 0
    // A space belongs to the run it stands in.
    const order = last === undefined ? SCRIPTS : [last, ...SCRIPTS]
    return order.find((script) => has(script, codePoint))
  }
  const runs: Writer['runs'] = (text) => {
    const found: { script: Script; text: string }[] = []
    let complete = true
    for (const letter of text.normalize('NFC')) {
      const last = found.at(-1)
      const script = scriptOf(letter, last?.script)
      if (script === undefined) complete = false
      else if (last?.script === script) last.text += letter
      else found.push({ script, text: letter })
    }
    return { runs: found, complete }
  }
  return { runs, use }
}
