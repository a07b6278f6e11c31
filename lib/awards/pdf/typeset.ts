import 'server-only'
import type { Run, Writer } from './fonts'

/** Lines of text in several fonts, which pdfkit's own text boxes can't mix. All lengths in points. */

type Line = Readonly<{ runs: readonly Run[]; width: number }>

/** A text ready to be drawn. */
export type Block = Readonly<{ lines: readonly Line[]; size: number; height: number; complete: boolean }>

const LINE_HEIGHT = 1.25

function widthOf(document: PDFKit.PDFDocument, writer: Writer, runs: readonly Run[], size: number): number {
  return runs.reduce((width, run) => {
    writer.use(run.script)
    return width + document.fontSize(size).widthOfString(run.text)
  }, 0)
}

/** Breaks a text between words; a word that is too long by itself, between its letters. */
function broken(text: string, fits: (line: string) => boolean): readonly string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(/\s+/)) {
    const longer = line === '' ? word : `${line} ${word}`
    if (fits(longer)) {
      line = longer
      continue
    }
    if (line !== '') lines.push(line)
    line = ''
    for (const letter of word) {
      if (line !== '' && !fits(line + letter)) {
        lines.push(line)
        line = ''
      }
      line += letter
    }
  }
  return line === '' ? lines : [...lines, line]
}

/** Sets a text as large as it fits: the first of `sizes` in which it takes `mostLines`, else the last one. */
export function typeset(
  document: PDFKit.PDFDocument,
  writer: Writer,
  text: string,
  box: Readonly<{ width: number; sizes: readonly number[]; mostLines: number }>,
): Block {
  const { complete } = writer.runs(text)
  let block: Block = { lines: [], size: 0, height: 0, complete }
  for (const size of box.sizes) {
    const fits = (line: string) => widthOf(document, writer, writer.runs(line).runs, size) <= box.width
    const lines = broken(text, fits).map((line) => {
      const { runs } = writer.runs(line)
      return { runs, width: widthOf(document, writer, runs, size) }
    })
    block = { lines, size, height: lines.length * size * LINE_HEIGHT, complete }
    if (lines.length <= box.mostLines) break
  }
  return block
}

/** Draws a block with its upper left corner at a place. */
export function draw(
  document: PDFKit.PDFDocument,
  writer: Writer,
  block: Block,
  at: Readonly<{ x: number; y: number; color: string }>,
): void {
  block.lines.forEach((line, n) => {
    let x = at.x
    for (const run of line.runs) {
      writer.use(run.script)
      document
        .fontSize(block.size)
        .fillColor(at.color)
        .text(run.text, x, at.y + n * block.size * LINE_HEIGHT, { lineBreak: false })
      x += document.widthOfString(run.text)
    }
  })
}
