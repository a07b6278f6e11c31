import { beforeEach, describe, expect, it, vi } from 'vitest'
import { checkLink, type LinkQuery, signedUrl } from '#lib/files/links'

beforeEach(() => {
  vi.stubEnv('SMARTLMS_SECRET', 'a secret of at least thirty-two letters')
})

const now = new Date('2026-11-24T12:00:00Z')
const after = (seconds: number) => new Date(now.getTime() + seconds * 1000)
const KEY = 'acme/private/essays/0a1b.pdf'

function made(options: Readonly<{ name?: string; seconds?: number }> = {}) {
  const url = new URL(signedUrl('acme', KEY, { now, seconds: 60, ...options }), 'http://acme.example')
  const path = url.pathname.slice('/files/'.length).split('/')
  const of = (name: string) => url.searchParams.get(name) ?? ''
  const query: LinkQuery = { e: of('e'), s: of('s'), n: of('n') }
  return { path, query, url }
}

describe('a signed link', () => {
  it('opens its file, with its name, until the second it expires', () => {
    const { path, query, url } = made({ name: 'Mia’s "essay".pdf' })
    expect(url.pathname).toBe('/files/essays/0a1b.pdf')
    expect(checkLink('acme', path, query, now)).toEqual({ key: KEY, name: 'Mia’s "essay".pdf' })
    expect(checkLink('acme', path, query, after(59.9))).not.toBeNull()
    expect(checkLink('acme', path, query, after(60))).toBeNull()
    expect(checkLink('acme', made().path, made().query, now)).toEqual({ key: KEY, name: null })
  })

  it('is worth nothing on another school’s host', () => {
    const { path, query } = made()
    expect(checkLink('globex', path, query, now)).toBeNull()
    expect(checkLink('acm', ['e', ...path], query, now)).toBeNull()
  })

  it.each<[string, (link: ReturnType<typeof made>) => readonly [readonly string[], LinkQuery]]>([
    ['another file', ({ query }) => [['essays', '0a1c.pdf'], query]],
    ['a file above', ({ query }) => [['0a1b.pdf'], query]],
    ['segments joined otherwise', ({ query }) => [['essays/0a1b.pdf'], query]],
    ['the public folder', ({ query }) => [['..', 'public', 'x.webp'], query]],
    ['a later end', ({ path, query }) => [path, { ...query, e: String(Number(query.e) + 1) }]],
    [
      'an end written otherwise',
      ({ path, query }) => [path, { ...query, e: `0x${Number(query.e).toString(16)}` }],
    ],
    ['no end', ({ path, query }) => [path, { ...query, e: '' }]],
    ['another name', ({ path, query }) => [path, { ...query, n: 'setup.exe' }]],
    ['no signature', ({ path, query }) => [path, { ...query, s: '' }]],
    ['a signature with a letter more', ({ path, query }) => [path, { ...query, s: `${query.s}A` }]],
    ['one letter of the signature changed', ({ path, query }) => [path, { ...query, s: flipped(query.s) }]],
    [
      'a part of the end moved into the name',
      ({ path, query }) => [path, { ...query, e: query.e.slice(0, -1), n: query.e.slice(-1) }],
    ],
  ])('opens nothing with %s', (_change, change) => {
    const link = made()
    const [path, query] = change(link)
    expect(checkLink('acme', link.path, link.query, now)).not.toBeNull()
    expect(checkLink('acme', path, query, now)).toBeNull()
  })

  it('made with another installation’s secret opens nothing', async () => {
    const { path, query } = made()
    vi.resetModules()
    vi.stubEnv('SMARTLMS_SECRET', 'another secret of thirty-two letters or more')
    const other = await import('#lib/files/links')
    expect(other.checkLink('acme', path, query, now)).toBeNull()
  })

  it('is only made for a private file of the school itself, for a day at most', () => {
    const options = { now, seconds: 60 }
    for (const key of ['acme/public/x.webp', 'globex/private/x.pdf', 'acme/private/../public/x.webp', ''])
      expect(() => signedUrl('acme', key, options)).toThrow('private file of the school')
    for (const seconds of [0, -1, 86_401, NaN, Infinity])
      expect(() => signedUrl('acme', KEY, { now, seconds })).toThrow('from a second to a day')
  })
})

function flipped(text: string): string {
  return `${text.startsWith('A') ? 'B' : 'A'}${text.slice(1)}`
}
