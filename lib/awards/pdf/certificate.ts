import 'server-only'
import PDFDocument from 'pdfkit'
import { encode } from 'uqr'
import { formatter, translator } from '#lib/i18n/translate'
import { shippedLocale } from '#lib/i18n/locales'
import type { PublicCertificate } from '../contract'
import { writerOf, type Writer } from './fonts'
import { type Block, draw, typeset } from './typeset'

/** A4 on its side, in points. */
const PAGE = { width: 841.89, height: 595.28 } as const
const MARGIN = 64
const WIDTH = PAGE.width - 2 * MARGIN
const QR = 92
const INK = '#1f1d1a'
const SOFT = '#5c5852'

type Look = Readonly<{
  schoolName: string
  /** `#rrggbb`. It colours what nobody has to read. */
  accentColor: string
  locale: string
  /** IANA, the school's. */
  timeZone: string
}>

type Sheet = Readonly<{ document: PDFKit.PDFDocument; writer: Writer }>

function frame({ document }: Sheet, accent: string): void {
  document.rect(0, 0, PAGE.width, 14).fill(accent)
  document
    .lineWidth(1)
    .strokeColor(accent)
    .rect(32, 46, PAGE.width - 64, PAGE.height - 78)
    .stroke()
}

/** The code as squares; a reader's camera needs the four empty ones around it. */
function drawCode({ document }: Sheet, address: string, x: number, y: number): void {
  const { data, size } = encode(address, { ecc: 'M', border: 4 })
  const unit = QR / size
  document.rect(x, y, QR, QR).fill('#ffffff')
  data.forEach((row, down) => {
    row.forEach((dark, across) => {
      if (dark) document.rect(x + across * unit, y + down * unit, unit + 0.05, unit + 0.05)
    })
  })
  document.fill('#000000')
}

type Part = Readonly<{ kind: 'H1' | 'P'; text: string; sizes: readonly number[]; color: string; gap: number }>

/** What stands on the page, from the top. `gap`: space before it. */
function partsOf(certificate: PublicCertificate, look: Look): readonly Part[] {
  const t = translator(look.locale, 'awards.certificate')
  const { learnerName, courseTitle, instructorName } = certificate
  const small = [13]
  return [
    { kind: 'P', text: look.schoolName, sizes: [16, 13, 11], color: INK, gap: 0 },
    { kind: 'H1', text: t('heading'), sizes: [34], color: INK, gap: 26 },
    { kind: 'P', text: t('awarded'), sizes: small, color: SOFT, gap: 24 },
    { kind: 'P', text: learnerName, sizes: [36, 30, 24, 18], color: INK, gap: 4 },
    { kind: 'P', text: t('for'), sizes: small, color: SOFT, gap: 16 },
    { kind: 'P', text: courseTitle, sizes: [24, 20, 17, 14], color: INK, gap: 4 },
    { kind: 'P', text: t('taughtBy', { name: instructorName }), sizes: [13, 11], color: SOFT, gap: 8 },
  ]
}

type Marked = Parameters<PDFKit.PDFDocument['addStructure']>[0]

/** The text of a part, or what stands in its place when none of its letters can be written. */
function setPart(sheet: Sheet, part: Part, unwritable: string): Block {
  const { document, writer } = sheet
  const box = { width: WIDTH, sizes: part.sizes, mostLines: 2 }
  const block = typeset(document, writer, part.text, box)
  const empty = block.lines.every(({ runs }) => runs.every(({ text }) => !/[\p{L}\p{N}]/u.test(text)))
  if (block.complete || !empty) return block
  return { ...typeset(document, writer, unwritable, { ...box, sizes: [14] }), complete: false }
}

/** Draws from the top down. @returns whether every letter could be written */
function drawParts(sheet: Sheet, certificate: PublicCertificate, look: Look, root: Marked): boolean {
  const { document, writer } = sheet
  const unwritable = translator(look.locale, 'awards.certificate')('unwritable')
  let y = 74
  let complete = true
  for (const part of partsOf(certificate, look)) {
    const block = setPart(sheet, part, unwritable)
    const top = y + part.gap
    const tagged = document.struct(part.kind, { actual: part.text }, () =>
      draw(document, writer, block, { x: MARGIN, y: top, color: part.color }),
    )
    root.add(tagged)
    complete &&= block.complete
    y = top + block.height
  }
  return complete
}

/** Date, address and code at the foot of the page. */
function drawFoot(
  sheet: Sheet,
  certificate: PublicCertificate,
  look: Look,
  foot: Readonly<{ address: string; complete: boolean; root: Marked }>,
): void {
  const { document, writer } = sheet
  const { address, complete, root } = foot
  const t = translator(look.locale, 'awards.certificate')
  const date = formatter(look.locale, look.timeZone).dateTime(certificate.completedAt, { dateStyle: 'long' })
  const top = PAGE.height - 32 - 18 - QR
  const line = (text: string, y: number, size: number, color: string): void => {
    const block = typeset(document, writer, text, { width: WIDTH - QR - 24, sizes: [size, 9], mostLines: 1 })
    root.add(document.struct('P', {}, () => draw(document, writer, block, { x: MARGIN, y, color })))
  }
  line(t('completed'), top + 8, 10, SOFT)
  line(date, top + 21, 15, INK)
  line(t('verify'), top + 50, 10, SOFT)
  line(address, top + 63, 11, INK)
  if (!complete) line(t('partly'), top + 79, 9, SOFT)
  root.add(
    document.struct('Figure', { alt: `${t('scan')} ${address}` }, () =>
      drawCode(sheet, address, PAGE.width - MARGIN - QR, top),
    ),
  )
}

/**
 * A certificate as a PDF: one page, its text selectable and tagged. Letters of scripts that the reading face lacks are
 * left out, and the page says so; the address it names shows the names in full.
 * @param address where the certificate can be checked
 */
export async function certificatePdf(
  certificate: PublicCertificate,
  look: Look,
  address: string,
): Promise<Uint8Array<ArrayBuffer>> {
  const t = translator(look.locale, 'awards.certificate')
  const document = new PDFDocument({
    ...{ size: 'A4', layout: 'landscape', margin: 0, font: '', pdfVersion: '1.7' },
    ...{ tagged: true, displayTitle: true, lang: shippedLocale(look.locale) },
    info: {
      Title: `${t('heading')}: ${certificate.learnerName}, ${certificate.courseTitle}`,
      Author: look.schoolName,
      Subject: address,
      CreationDate: certificate.issuedAt,
    },
  })
  const chunks: Buffer[] = []
  const ended = new Promise<void>((resolve, reject) => {
    document
      .on('data', (chunk: Buffer) => chunks.push(chunk))
      .on('end', resolve)
      .on('error', reject)
  })
  const sheet = { document, writer: writerOf(document) }
  const root = document.struct('Document')
  document.addStructure(root)
  document.markContent('Artifact', { type: 'Layout' })
  frame(sheet, look.accentColor)
  document.endMarkedContent()
  const complete = drawParts(sheet, certificate, look, root)
  drawFoot(sheet, certificate, look, { address, complete, root })
  root.end()
  document.end()
  await ended
  return new Uint8Array(Buffer.concat(chunks))
}
