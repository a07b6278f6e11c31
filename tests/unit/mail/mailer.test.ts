import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { folderMailer, readFolder } from '#lib/adapters/mail/folder'
import { assertAddress, clean, oneLine, senderAddress } from '#lib/adapters/mail/headers'
import { type Letter, Undeliverable } from '#lib/adapters/mail/letter'

const letter: Letter = {
  messageId: 'c1@lms.example',
  fromName: 'Acme Academy',
  to: { name: 'Ann Kim', address: 'ann@acme.test' },
  subject: 'Hello',
  text: 'Hello Ann,\n',
  html: '<p>Hello Ann,</p>',
}

describe('what goes into headers', () => {
  it('is one line, whatever people typed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        const line = oneLine(text, 100)
        expect(line).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/u)
        expect(Array.from(line).length).toBeLessThanOrEqual(100)
      }),
    )
    expect(oneLine('Ann\r\nBcc: all@acme.test', 100)).toBe('Ann Bcc: all@acme.test')
  })

  it.each([
    'ann@acme.test\r\nBcc: all@acme.test',
    'ann@acme.test, bob@acme.test',
    'Ann <ann@acme.test>',
    'ann@',
    '@acme.test',
    'a b@acme.test',
    '"ann"@acme.test',
    `${'a'.repeat(65)}@acme.test`,
    `ann@${'a.'.repeat(130)}test`,
    'ann@acme.test\0',
  ])('is never an address such as %j, now or later', (address) => {
    expect(() => assertAddress(address)).toThrow(Undeliverable)
    expect(() => clean({ ...letter, to: { name: 'Ann', address } })).toThrow(Undeliverable)
  })

  it('is a Message-ID of our making or none', () => {
    expect(() => clean({ ...letter, messageId: 'c1@x>\r\nBcc: y' })).toThrow('malformed')
    expect(clean(letter)).toEqual(letter)
  })

  it('comes from the address in MAIL_FROM', () => {
    expect(senderAddress('SmartLMS <no-reply@lms.example>')).toBe('no-reply@lms.example')
    expect(senderAddress('no-reply@localhost')).toBe('no-reply@localhost')
    expect(() => senderAddress('SmartLMS')).toThrow('MAIL_FROM')
  })
})

describe('the folder mailer', () => {
  const folder = mkdtempSync(join(tmpdir(), 'smartlms-letters-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  const mailer = folderMailer(folder, 'no-reply@lms.example')

  it('keeps letters whole, newest first, each tenant’s apart, for this user alone', async () => {
    await mailer.send('north', letter)
    await new Promise((resolve) => setTimeout(resolve, 5))
    await mailer.send('north', { ...letter, messageId: 'c2@lms.example', subject: 'Later' })
    await mailer.send('south', { ...letter, messageId: 'c3@lms.example' })
    const [later, earlier, ...rest] = await readFolder(folder, 'north', 10)
    expect(rest).toEqual([])
    expect(later?.subject).toBe('Later')
    const { fromName, ...sent } = letter
    const from = { name: fromName, address: 'no-reply@lms.example' }
    expect(earlier).toEqual({ ...sent, from, sentAt: expect.stringMatching(/^2\d{3}-.*Z$/) as string })
    expect(await readFolder(folder, 'north', 1)).toHaveLength(1)
    expect((await readFolder(folder, 'south', 10)).map(({ messageId }) => messageId)).toEqual([
      'c3@lms.example',
    ])
    for (const name of readdirSync(join(folder, 'north'))) {
      expect(statSync(join(folder, 'north', name)).mode & 0o077).toBe(0)
    }
  })

  it('gives none where there are none, leaves out what is no letter, and leaves its folder for nobody', async () => {
    expect(await readFolder(folder, 'nobody', 10)).toEqual([])
    for (const [name, text] of [
      ['2099-01-01T00-00-00-000Z-x.json', '{"half'],
      ['2099-01-01T00-00-00-000Z-y.json', '{}'],
      ['notes.txt', 'x'],
    ] as const) {
      writeFileSync(join(folder, 'north', name), text)
    }
    expect(await readFolder(folder, 'north', 10)).toHaveLength(2)
    await expect(readFolder(folder, '../north', 10)).rejects.toThrow('malformed')
    await expect(mailer.send('../up', letter)).rejects.toThrow('malformed')
  })
})
