import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { askForAddress } from '#lib/account/ask-for-address'
import { linkToken } from '#lib/adapters/keys/keys'
import { readLetters } from '#lib/adapters/mail/read-letters'
import { withRealm } from '#lib/db/tenant'
import { changeAddressByLink } from '#lib/identity/change-address'
import { LETTERS } from '#lib/mail/prepare-letter'
import { testDatabase } from '#tests/support/database'
import { makePeople, makeSchool } from '#tests/support/factories'
import { givePassword, PASSWORD, SETTINGS, signIn } from './account-support'

// Who a letter about a changed address really goes to, at the time when the worker gets to it: long after, and perhaps
// when the account is somebody else's by now.

const folder = await mkdtemp(join(tmpdir(), 'notices-'))
const { owner } = await testDatabase({ ...SETTINGS, MAIL_DIR: folder, SMTP_URL: '' })
const CLIENT = { ip: '192.0.2.9', userAgent: null, requestId: null }

beforeAll(async () => {
  await makeSchool(owner, 'north')
  await makePeople(owner, 'north', 'ann', { count: 4 })
})

afterAll(() => rm(folder, { recursive: true, force: true }))

type Notice = Readonly<{ id: string; payload: Readonly<Record<string, unknown>> }>

/** Sends what the outbox holds for a person. @returns the address that each kind of notice went to */
async function deliver(userId: string): Promise<Record<string, string>> {
  const { rows } = await owner.query<Notice>(
    `SELECT id, payload FROM "Outbox" WHERE kind = 'mail.account-notice' AND payload->>'userId' = $1`,
    [userId],
  )
  const went: Record<string, string> = {}
  for (const news of rows) {
    const sending = await withRealm('north', (db) => LETTERS['mail.account-notice'](db, news))
    await sending?.()
    const letter = (await readLetters('north', 100)).find(({ messageId }) => messageId.startsWith(news.id))
    went[String(news.payload['what'])] = letter?.to.address ?? 'nobody'
  }
  return went
}

/** Asks for another address, and follows the link in the letter to it. */
async function move(userId: string, email: string): Promise<void> {
  await givePassword(owner, 'north', userId)
  const { account } = await signIn('north', userId)
  await askForAddress(account, { email, current: PASSWORD })
  const { rows } = await owner.query<{ id: string }>(
    `SELECT id FROM "VerificationToken" WHERE "userId" = $1 AND "usedAt" IS NULL`,
    [userId],
  )
  const token = linkToken('change-email', 'north', rows[0]?.id ?? '')
  const input = { token, sessionId: null, client: CLIENT, locale: 'en' }
  await changeAddressByLink((query) => withRealm('north', query), input)
}

test('both notices go to the old address, also when they are sent after the change', async () => {
  await move('ann0', 'thief@elsewhere.example')
  expect(await deliver('ann0')).toEqual({
    'email-change-asked': 'ann0@north.example',
    'email-changed': 'ann0@north.example',
    'email-welcome': 'thief@elsewhere.example',
  })
})

test('each of two changes in a row is told to the address that it took', async () => {
  await move('ann1', 'first@elsewhere.example')
  await owner.query(`DELETE FROM "Outbox" WHERE payload->>'userId' = 'ann1'`)
  await move('ann1', 'second@elsewhere.example')
  expect(await deliver('ann1')).toMatchObject({
    'email-change-asked': 'first@elsewhere.example',
    'email-changed': 'first@elsewhere.example',
  })
})

test('they reach somebody who was disabled since, and nobody who was removed', async () => {
  await move('ann2', 'third@elsewhere.example')
  await owner.query(`UPDATE "User" SET "disabledAt" = now() WHERE id = 'ann2'`)
  expect(await deliver('ann2')).toMatchObject({ 'email-changed': 'ann2@north.example' })
  await move('ann3', 'fourth@elsewhere.example')
  await owner.query(`UPDATE "User" SET "deletedAt" = now() WHERE id = 'ann3'`)
  expect(await deliver('ann3')).toMatchObject({ 'email-changed': 'nobody' })
})

test('a notice of another person’s change is nobody’s', async () => {
  const { rows } = await owner.query<{ id: string }>(
    `SELECT id FROM "VerificationToken" WHERE "userId" = 'ann0' AND purpose = 'CHANGE_EMAIL'`,
  )
  const payload = { userId: 'ann1', what: 'email-changed', tokenId: rows[0]?.id }
  const news = { id: 'forged', payload }
  expect(await withRealm('north', (db) => LETTERS['mail.account-notice'](db, news))).toBeNull()
})
