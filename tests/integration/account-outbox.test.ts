import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { listLetters } from '#lib/account/list-letters'
import { folderMailer } from '#lib/adapters/mail/folder'

const folder = await mkdtemp(join(tmpdir(), 'letters-'))
const SITE = 'http://localhost:3000/'

beforeAll(async () => {
  vi.stubEnv('MAIL_DIR', folder)
  vi.stubEnv('DATABASE_URL', 'postgresql://nobody@localhost/none')
  const mailer = folderMailer(folder, 'no-reply@localhost')
  for (const [school, text] of [
    ['north', 'Go to http://north.localhost:3000/verify?token=one, not to http://evil.example/.'],
    ['south', 'Of the south'],
  ] as const) {
    await mailer.send(school, {
      messageId: `${school}1@localhost`,
      fromName: `School ${school}`,
      to: { name: '<b>Ann</b>', address: 'ann@north.example' },
      subject: `Letter of ${school}`,
      text,
      html: '<script>alert(1)</script>',
    })
  }
})
afterAll(async () => {
  vi.unstubAllEnvs()
  await rm(folder, { recursive: true, force: true })
})

test('a school’s page shows its own letters and no other’s, and nothing of their HTML', async () => {
  const letters = await listLetters('north', SITE)
  expect(letters.map(({ subject }) => subject)).toEqual(['Letter of north'])
  expect(JSON.stringify(letters)).not.toContain('<script>')
  expect(letters[0]?.sentAt).toBeInstanceOf(Date)
})

test('only addresses of this installation are links', async () => {
  const [letter] = await listLetters('north', SITE)
  const links = letter?.parts.flatMap(({ href }) => (href === null ? [] : [href]))
  expect(links).toEqual(['http://north.localhost:3000/verify?token=one'])
})

test('a school without letters, and a name that is no school’s, show none', async () => {
  expect(await listLetters('west', SITE)).toEqual([])
  await expect(listLetters('../north', SITE)).rejects.toThrow()
})
