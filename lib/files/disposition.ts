import { contentTypeOf } from '#lib/adapters/storage/keys'

/** Longest name, in characters, without the ending that may be added. */
const LONGEST = 150

/**
 * A file name as a person gave it, made harmless: no path, no control or invisible characters (among them those that
 * turn the direction of writing, by which `cod.exe` reads as `exe.doc`), no dot in front.
 */
function harmless(name: string): string {
  const plain = name
    .toWellFormed()
    .normalize('NFC')
    .replace(/[/\\:*?"<>|]/g, '_')
    .replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '')
    .replace(/^[.\s]+|[.\s]+$/g, '')
  return [...plain].slice(-LONGEST).join('')
}

/** RFC 8187: everything that isn't an attr-char goes as UTF-8 in percents. */
function extended(name: string): string {
  return encodeURIComponent(name).replace(/['()*]/g, (letter) => `%${letter.charCodeAt(0).toString(16)}`)
}

/**
 * The Content-Disposition of a stored file (RFC 6266).
 * @param key whose kind the name must have: `report.html` of a stored PDF is saved as `report.html.pdf`
 * @param name as a person gave it, hostile or not; null: the browser makes one from the address
 */
export function contentDisposition(kind: 'inline' | 'attachment', key: string, name: string | null): string {
  const wanted = harmless(name ?? '')
  if (wanted === '') return kind
  const ending = /\.[^.]*$/.exec(key)?.[0] ?? ''
  const full = contentTypeOf(wanted) === contentTypeOf(key) ? wanted : `${wanted}${ending}`
  // For what doesn't know the second form. A percent sign could be read as an escape.
  const ascii = full.replace(/[^\x20-\x7e]|[%"\\;]/g, '_')
  return `${kind}; filename="${ascii}"; filename*=UTF-8''${extended(full)}`
}
