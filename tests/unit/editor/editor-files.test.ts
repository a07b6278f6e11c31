import { describe, expect, test } from 'vitest'
import { filmAddress, filmOf } from '#lib/content/films'
import { acceptOf, extensionOf, looksLike } from '#lib/editor/rules/file-types'

const bytes = (text: string) => Uint8Array.from([...text].map((letter) => letter.charCodeAt(0)))
const ZIP = 'PK\u0003\u0004'
const WEBM = '\u001aE\u00df\u00a3....matroska'

describe('a file’s first bytes', () => {
  test.each([
    ['mp4', '\u0000\u0000\u0000\u0020ftypisom', true],
    ['mp4', '<html><script>', false],
    ['mp4', 'ftyp', false],
    ['webm', '\u001aE\u00df\u00a3\u0001\u0042\u0082\u0084webm', true],
    ['webm', WEBM, false],
    ['vtt', 'WEBVTT\n\n00:00.000 --> 00:01.000\nHi', true],
    ['vtt', '\u00ef\u00bb\u00bfWEBVTT', true],
    ['vtt', 'WEBVTTX', false],
    ['vtt', 'WEBVTT\n\u00ff', false],
    ['pdf', '%PDF-1.7', true],
    ['pdf', '<svg>', false],
    ['zip', `${ZIP}rest`, true],
    ['docx', `${ZIP}[Content_Types].xml`, true],
    ['docx', 'MZ\u0090', false],
    ['odt', `${ZIP}${'.'.repeat(26)}mimetypeapplication/vnd.oasis.opendocument.text`, true],
    ['odt', `${ZIP}${'.'.repeat(26)}mimetypeapplication/vnd.oasis.opendocument.presentation`, false],
    ['csv', 'a,b\r\n1,2', true],
    ['txt', '\u0000\u0001', false],
    ['html', '<p>', false],
    ['constructor', '', false],
  ])('%s beginning %j: %s', (extension, head, expected) => {
    expect(looksLike(extension, bytes(head))).toBe(expected)
  })

  test('a character that the end of a part cuts off is no fault', () => {
    expect(looksLike('txt', new TextEncoder().encode('naïve').subarray(0, 3))).toBe(true)
  })
})

test.each([
  ['video', 'Talk.MP4', 'mp4'],
  ['video', 'talk.mov', null],
  ['file', 'talk.mp4', null],
  ['file', 'x.pdf.exe', null],
  ['file', 'x.svg', null],
  ['file', 'pdf', null],
  ['file', 'x.toString', null],
  ['captions', 'en.vtt', 'vtt'],
] as const)('as %s, %s is stored as %s', (kind, name, extension) => {
  expect(extensionOf(kind, name)).toBe(extension)
  if (extension !== null) expect(acceptOf(kind)).toContain(`.${extension}`)
})

describe('a film’s address', () => {
  test.each([
    ['https://www.youtube.com/watch?v=dQw4w9WgXcQ', 'youtube', 'dQw4w9WgXcQ'],
    ['https://www.youtube.com/watch?list=PL1&v=dQw4w9WgXcQ&t=3', 'youtube', 'dQw4w9WgXcQ'],
    ['https://youtu.be/dQw4w9WgXcQ?si=abc', 'youtube', 'dQw4w9WgXcQ'],
    ['https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ', 'youtube', 'dQw4w9WgXcQ'],
    [' https://vimeo.com/76979871 ', 'vimeo', '76979871'],
    ['https://player.vimeo.com/video/76979871', 'vimeo', '76979871'],
  ])('%s', (address, provider, id) => {
    const film = filmOf(address)
    expect(film).toEqual({ provider, id })
    if (film !== null) expect(filmOf(filmAddress(film))).toEqual(film)
  })

  test.each([
    'https://youtube.com.evil.test/watch?v=dQw4w9WgXcQ',
    'http://www.youtube.com/watch?v=dQw4w9WgXcQ',
    'https://evil.test/?https://youtu.be/dQw4w9WgXcQ',
    'javascript:alert("https://youtu.be/dQw4w9WgXcQ")',
    'https://vimeo.com/channels/staffpicks',
  ])('%s is none', (address) => {
    expect(filmOf(address)).toBeNull()
  })
})
