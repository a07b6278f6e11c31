import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { contentDisposition } from '#lib/files/disposition'

const PDF = 'acme/private/essays/0a1b.pdf'

function parts(name: string, key = PDF) {
  const header = contentDisposition('attachment', key, name)
  const [, plain = '', extended = ''] =
    /^attachment; filename="([^"\\]*)"; filename\*=UTF-8''([\w!#$&+.^`|~%-]+)$/.exec(header) ?? []
  return { header, plain, name: decodeURIComponent(extended) }
}

describe('Content-Disposition', () => {
  it('carries a plain name, and a foreign one in both forms', () => {
    expect(contentDisposition('inline', PDF, null)).toBe('inline')
    expect(parts('Essay 1.pdf')).toMatchObject({ plain: 'Essay 1.pdf', name: 'Essay 1.pdf' })
    expect(parts('Überblick – 日本.pdf')).toMatchObject({
      plain: '_berblick _ __.pdf',
      name: 'Überblick – 日本.pdf',
    })
  })

  it.each([
    ['a quote that would end the name', 'a"; filename="evil.exe', 'a_; filename=_evil.exe.pdf'],
    ['a header of its own', 'a\r\nSet-Cookie: x=1.pdf', 'aSet-Cookie_ x=1.pdf'],
    ['a path', '../../etc/passwd.pdf', '_.._etc_passwd.pdf'],
    ['a Windows path', 'C:\\Windows\\x.pdf', 'C__Windows_x.pdf'],
    ['writing turned round', 'essay\u202efdp.exe', 'essayfdp.exe.pdf'],
    ['invisible letters', 'es\u200bsay\u0000.pdf', 'essay.pdf'],
    ['a hidden file', '...pdf.pdf', 'pdf.pdf'],
    ['half a letter', 'a\ud800b.pdf', 'a\ufffdb.pdf'],
    ['a kind that isn’t the file’s', 'report.html', 'report.html.pdf'],
    ['dots at the end, which Windows drops', 'report.exe. . .', 'report.exe.pdf'],
  ])('defuses %s', (_what, hostile, expected) => {
    expect(parts(hostile).name).toBe(expected)
  })

  it('leaves the name out when nothing of it remains', () => {
    expect(contentDisposition('attachment', PDF, '\u202e..\r\n')).toBe('attachment')
  })

  it('is one well-formed header line for every name, and short', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (name) => {
        const { header, plain } = parts(name)
        if (header === 'attachment') return
        expect(header).toMatch(/^[\x20-\x7e]+$/)
        expect(plain).toMatch(/\.pdf$/i)
        expect(header.length).toBeLessThan(3_000)
        expect(() => new Headers({ 'Content-Disposition': header })).not.toThrow()
      }),
    )
  })
})
