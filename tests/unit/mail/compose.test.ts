// @vitest-environment jsdom
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compose, type LetterData, type LetterKind } from '#lib/mail/compose'
import type { Sender } from '#lib/mail/render'
import { parseHTML } from './parse-html'

const school: Sender = {
  name: 'Acme Academy',
  accentColor: '#22D3EE',
  locale: 'en-GB',
  timeZone: 'Europe/Berlin',
  origin: 'https://acme.lms.example',
}

const link = { token: 'c123.m-ac_', expiresAt: new Date('2026-12-01T13:00:00Z') }

/** One letter of each kind, to somebody of this name. Of a message the lines are its writer's: two here, whatever is in them. */
function letters(name: string, sender: Sender = school) {
  const said = `So ${name.replaceAll('\n', ' ')}`
  const data: LetterData = {
    'mail.verify-email': { name, ...link },
    'mail.reset-password': { name, ...link },
    'mail.magic-link': { name, ...link },
    'mail.change-email': { name, ...link },
    'mail.invitation': { name, inviter: name, byThemselves: false, ...link },
    'mail.school-request': { name, schoolName: name, schoolAddress: 'new.lms.example', ...link },
    'mail.account-notice': { name, what: 'password-changed' },
    'mail.certificate': { name, courseTitle: name, code: 'aBc-123_x', revoked: true },
    'mail.message': {
      ...{ name, by: name, courseId: 'c1', courseTitle: name, body: `${said}\n\n${said}`, replies: true },
    },
    'mail.limit-near': { name, kind: 'people', used: 81, limit: 100 },
    'mail.notice': {
      name,
      notice: { title: 'Graded', message: name, link: '/assignments/a1' },
      stop: '/unsubscribe?x=1',
    },
    'mail.notices': {
      name,
      notices: [
        { title: 'Graded', message: name, link: '/assignments/a1' },
        { title: 'Badge', message: '', link: null },
      ],
      stop: '/unsubscribe?x=1',
    },
  }
  return Object.keys(data).map((key) => {
    const kind = key as LetterKind
    return { kind, ...compose(kind, sender, data[kind]) }
  })
}

describe('every kind of letter', () => {
  it('says the same in plain text and in HTML', () => {
    for (const { kind, text, html, subject } of letters('Ann Kim')) {
      const shown = parseHTML(html)
      expect([kind, shown.title]).toEqual([kind, subject])
      const lines = text.split('\n').filter((line) => line !== '' && line !== '-- ')
      const said = [shown.text, ...shown.links].join('\n')
      for (const line of lines) expect(said, kind).toContain(line.replace(/:$/, ''))
    }
  })

  it('links to the sender’s own host alone, in both forms', () => {
    for (const { kind, text, html } of letters('see https://evil.example/x or //evil.example')) {
      const { links, loads } = parseHTML(html)
      expect(links.length, kind).toBeGreaterThan(0)
      expect(new Set(links.map((href) => new URL(href).origin))).toEqual(new Set([school.origin]))
      expect(loads).toEqual([])
      expect(text).toContain(links[0] ?? 'no link')
    }
  })

  it('shows what people call themselves and their school as text, whatever it is made of', () => {
    const hostile = fc.oneof(
      fc.string({ unit: 'binary', minLength: 1, maxLength: 60 }),
      fc.constantFrom(
        '<script>alert(1)</script>',
        '"><img src=x onerror=alert(1)>',
        "' onmouseover='x",
        '</style></body>',
        '{name} <b>{sender}</b> ’{’',
        '&lt;b&gt;',
      ),
    )
    const plain = letters('Ann', { ...school, name: 'Acme' }).map(({ html }) => parseHTML(html).elements)
    fc.assert(
      fc.property(hostile, hostile, (name, schoolName) => {
        const found = letters(name, { ...school, name: schoolName }).map(
          ({ html }) => parseHTML(html).elements,
        )
        expect(found).toEqual(plain)
      }),
      { numRuns: 20 },
    )
  }, 30_000)

  it('has a subject and text without a hole', () => {
    for (const { kind, subject, text } of letters('Ann')) {
      expect([kind, subject]).not.toEqual([kind, ''])
      expect(`${subject}\n${text}`, kind).not.toMatch(/undefined|null|NaN|\{|\}/)
    }
  })
})

describe('a letter', () => {
  it('says until when its link works, in the reader’s zone and with the zone’s name', () => {
    const { text } = compose('mail.reset-password', school, { name: 'Ann', ...link })
    expect(text).toMatch(/Tue,? 1 Dec 2026,? (at )?14:00 (CET|GMT\+1)/)
  })

  it('to somebody whose name nobody knows greets nobody by it', () => {
    const { text } = compose('mail.invitation', school, {
      ...{ name: null, inviter: null, byThemselves: true, ...link },
    })
    expect(text).toMatch(/^Hello,\n/)
  })

  it('about a limit never says that all is used while something is left', () => {
    const near = compose('mail.limit-near', school, {
      name: 'Ann',
      kind: 'people',
      used: 1_999,
      limit: 2_000,
    })
    expect(near.subject).toBe('Acme Academy has used 99% of its places for people')
    const size = { kind: 'storage', used: 1.75 * 1024 ** 3, limit: 2 * 1024 ** 3 } as const
    expect(compose('mail.limit-near', school, { name: 'Ann', ...size }).text).toContain('1.8 GB')
  })
})
