import type { UploadKind } from '../contract'

/** Which files a lesson may carry, and how their first bytes look. What a browser says of a file's type counts nothing. */

type Look = (head: Uint8Array) => boolean

const ascii = (text: string): number[] => [...text].map((letter) => letter.charCodeAt(0))

function startsWith(head: Uint8Array, bytes: readonly number[], from = 0): boolean {
  return bytes.every((byte, index) => head[from + index] === byte)
}

function holds(head: Uint8Array, bytes: readonly number[], within: number): boolean {
  for (let from = 0; from + bytes.length <= Math.min(head.length, within); from += 1)
    if (startsWith(head, bytes, from)) return true
  return false
}

const isZip: Look = (head) => startsWith(head, [0x50, 0x4b, 0x03, 0x04])
const openDocument =
  (kind: string): Look =>
  (head) =>
    isZip(head) && startsWith(head, ascii(`mimetypeapplication/vnd.oasis.opendocument.${kind}`), 30)

/** UTF-8 without control characters; the last character may be cut off by the end of the part. */
const isText: Look = (head) => {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true })
    return !/[^\P{Cc}\t\n\f\r]/u.test(text)
  } catch {
    return false
  }
}

/** `WEBVTT` after an optional byte order mark, alone on its line or followed by a blank. */
const isWebVtt: Look = (head) => {
  const from = startsWith(head, [0xef, 0xbb, 0xbf]) ? 3 : 0
  const next = head[from + 6]
  const ends = next === undefined || next === 0x20 || next === 0x09 || next === 0x0a || next === 0x0d
  return startsWith(head, ascii('WEBVTT'), from) && ends && isText(head)
}

const TYPES: Readonly<Record<UploadKind, Readonly<Record<string, Look>>>> = {
  video: {
    mp4: (head) => startsWith(head, ascii('ftyp'), 4),
    webm: (head) => startsWith(head, [0x1a, 0x45, 0xdf, 0xa3]) && holds(head, ascii('webm'), 512),
  },
  captions: { vtt: isWebVtt },
  file: {
    pdf: (head) => holds(head, ascii('%PDF-'), 1_024),
    zip: isZip,
    docx: isZip,
    xlsx: isZip,
    pptx: isZip,
    odt: openDocument('text'),
    ods: openDocument('spreadsheet'),
    odp: openDocument('presentation'),
    txt: isText,
    csv: isText,
  },
}

/** For a file field's `accept`: `.mp4,.webm`. */
export function acceptOf(kind: UploadKind): string {
  return Object.keys(TYPES[kind])
    .map((extension) => `.${extension}`)
    .join(',')
}

/** The extension that a file of this kind is stored under, from its name; null for a kind of file that isn't taken. */
export function extensionOf(kind: UploadKind, name: string): string | null {
  const extension = /\.([A-Za-z0-9]{1,8})$/.exec(name)?.[1]?.toLowerCase() ?? ''
  return Object.hasOwn(TYPES[kind], extension) ? extension : null
}

/** Whether a file begins as its extension promises. `head`: its first part, the whole of a small file. */
export function looksLike(extension: string, head: Uint8Array): boolean {
  const look = Object.values(TYPES).find((types) => Object.hasOwn(types, extension))?.[extension]
  return look?.(head) ?? false
}
