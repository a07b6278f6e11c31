import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isSafeHref, isSafeImageSource } from '#lib/content/links'

const GOOD = [
  'https://www.postgresql.org/docs/18/index.html',
  'http://example.org:8080/a?b=c#d',
  'HTTPS://example.org/',
  'mailto:teacher@acme.test',
  'mailto:teacher@acme.test?subject=Moon',
  '/courses',
  '/learn/abc/def?tab=notes#top',
  '/',
  '#exercise-2',
]

const HOSTILE = [
  'javascript:alert(1)',
  'JaVaScRiPt:alert(1)',
  ' javascript:alert(1)',
  'java\tscript:alert(1)',
  'java\nscript:alert(1)',
  'java\r\nscript:alert(1)',
  '\u0000javascript:alert(1)',
  '\u0001javascript:alert(1)',
  'javascript&colon;alert(1)',
  'javascript&#58;alert(1)',
  '&#106;avascript:alert(1)',
  'javascript%3Aalert(1)',
  'javascript://example.org/%0aalert(1)',
  'data:text/html,<script>alert(1)</script>',
  'DATA:text/html;base64,PHNjcmlwdD4=',
  'vbscript:msgbox(1)',
  'VbScRiPt:msgbox(1)',
  'blob:https://example.org/1',
  'file:///etc/passwd',
  'ftp://example.org/',
  'view-source:javascript:alert(1)',
  '//evil.example',
  '///evil.example',
  '/\\evil.example',
  '\\\\evil.example',
  '/\t/evil.example',
  '/\n/evil.example',
  'https:evil.example',
  'https:/evil.example',
  'https:///evil.example',
  'https:\\\\evil.example',
  'https://bank.example@evil.example/',
  'https://user:secret@evil.example/',
  'https://exa mple.org/',
  '\u200bjavascript:alert(1)',
  '\u202ejavascript:alert(1)',
  '\u00a0javascript:alert(1)',
  '\ufeffjavascript:alert(1)',
  '#\ud800',
  'mailto:',
  'mailto://evil.example',
  'mailto:a@b@c',
  'courses',
  '../admin',
  '?next=1',
  '',
]

/** What a browser makes of an address on a lesson's page, by the same parser that browsers use. */
function browserIsHarmless(href: string): boolean {
  const url = new URL(href, 'https://school.example/learn/')
  if (!/^(https?|mailto):/i.test(href)) return url.origin === 'https://school.example'
  return ['http:', 'https:', 'mailto:'].includes(url.protocol)
}

describe('addresses of links', () => {
  it.each(GOOD)('lets %j through', (href) => {
    expect(isSafeHref(href)).toBe(true)
  })

  it.each(HOSTILE)('refuses %j', (href) => {
    expect(isSafeHref(href)).toBe(false)
  })

  it('lets a browser find nothing but http, https and mailto behind what passes, and a bare path only on this site', () => {
    const noise = fc.string({
      unit: fc.constantFrom(
        '\t',
        '\n',
        '\r',
        ' ',
        '\u0000',
        '\\',
        '/',
        '&#58;',
        ':',
        '%3a',
        '@',
        'x',
        '.',
        '#',
        '?',
      ),
      maxLength: 4,
    })
    const scheme = fc.constantFrom(
      'javascript:',
      'Data:',
      'vbscript:',
      'https:',
      'http:',
      'mailto:',
      '/',
      '//',
      '#',
      '',
    )
    const rest = fc.constantFrom('evil.example', '//evil.example/a', 'alert(1)', 'a@b.test', '')
    fc.assert(
      fc.property(noise, scheme, noise, rest, (...parts) => {
        const href = parts.join('')
        expect(!isSafeHref(href) || browserIsHarmless(href)).toBe(true)
      }),
      { numRuns: 5_000 },
    )
  })
})

describe('addresses of images', () => {
  it.each(['ckt1/public/moon.webp', 'ckt1/public/a/b-c_d.800.webp', 'https://upload.example.org/moon.png'])(
    'lets %j through',
    (src) => {
      expect(isSafeImageSource(src)).toBe(true)
    },
  )

  it.each([
    ...HOSTILE,
    'http://example.org/plain.png',
    '/ckt1/public/moon.webp',
    'ckt1/../other/private.pdf',
    'ckt1/./x.png',
    'ckt1//x.png',
    'ckt1/.env',
    'moon.webp',
    'ckt1/public/moon.webp?x=1',
    '#moon',
  ])('refuses %j', (src) => {
    expect(isSafeImageSource(src)).toBe(false)
  })
})
