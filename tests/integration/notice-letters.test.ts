import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { readFolder, type SentLetter } from '#lib/adapters/mail/folder'
import { insertNotices } from '#lib/db/queries/notices'
import { readAllNotices } from '#lib/db/queries/notifications'
import { tell } from '#lib/db/queries/outbox'
import { withTenant } from '#lib/db/tenant'
import { runOutbox } from '#lib/jobs/run-outbox'
import { stopLetters } from '#lib/notifications/settings'
import { testDatabase } from '#tests/support/database'
import { makePeople, makeSchool } from '#tests/support/factories'
import { SETTINGS } from './account-support'

// Letters about what people are told: as they chose, when they chose, once, and not of what they have read already.

const mailDir = mkdtempSync(join(tmpdir(), 'smartlms-notice-letters-'))
const { owner } = await testDatabase({
  ...SETTINGS,
  MAIL_DIR: mailDir,
  SMARTLMS_ORIGIN: 'https://lms.example',
})

const DUE = new Date('2099-01-01T07:00:00.000Z')

type Mail = 'never' | 'now' | Date

/** Tells Ann and Bob something. @returns how many were told */
function tellThem(key: string, mail: Mail, shown = true): Promise<number> {
  const notices = ['ann0', 'bob0'].map((userId) => ({
    ...{ userId, title: `Title ${key}`, message: `Message ${key}`, shown, mail },
  }))
  return withTenant('north', (db) =>
    insertNotices(db, { type: 'GRADE_RELEASED', key, link: '/assignments/a1', notices, priority: 10 }),
  )
}

type Row = { id: string; kind: string; payload: { userId?: string; noticeId?: string; at?: number } }

async function lettersDue(): Promise<Row[]> {
  const { rows } = await owner.query<Row>(
    `SELECT id, kind, payload FROM "Outbox" WHERE "deliveredAt" IS NULL ORDER BY payload->>'userId', kind, id`,
  )
  return rows
}

async function deliver(): Promise<void> {
  for (const { id: outboxId } of await lettersDue()) await runOutbox({ tenantId: 'north', outboxId })
}

async function sent(): Promise<SentLetter[]> {
  const letters = await readFolder(mailDir, 'north', 100)
  return letters.toSorted((a, b) => (a.to.address < b.to.address ? -1 : 1))
}

const jobs = async () =>
  (
    await owner.query<{ id: string; at: Date; priority: number }>(
      `SELECT payload->>'outboxId' AS id, run_at AS at, priority FROM graphile_worker._private_jobs ORDER BY 1`,
    )
  ).rows

async function choose(userId: string, choices: unknown): Promise<void> {
  await owner.query(
    `INSERT INTO "NotificationSettings" ("tenantId", "userId", choices) VALUES ('north', $1, $2)
     ON CONFLICT ("tenantId", "userId") DO UPDATE SET choices = excluded.choices`,
    [userId, JSON.stringify(choices)],
  )
}

beforeAll(async () => {
  await makeSchool(owner, 'north')
  await makePeople(owner, 'north', 'ann')
  await makePeople(owner, 'north', 'bob')
})

beforeEach(async () => {
  for (const table of ['Notification', 'Outbox', 'NotificationSettings'])
    await owner.query(`DELETE FROM "${table}"`)
  await owner.query('DELETE FROM graphile_worker._private_jobs')
  rmSync(join(mailDir, 'north'), { recursive: true, force: true })
})

afterAll(() => rmSync(mailDir, { recursive: true, force: true }))

describe('at once', () => {
  test('each is sent one letter, however often it is told, and it leads to the matter', async () => {
    expect(await tellThem('one', 'now')).toBe(2)
    expect(await tellThem('one', 'now')).toBe(0)
    expect(await lettersDue()).toHaveLength(2)
    await deliver()
    await deliver()
    const letters = await sent()
    expect(letters.map(({ to }) => to.address)).toEqual(['ann0@north.example', 'bob0@north.example'])
    expect(letters[0]?.subject).toBe('Title one')
    expect(letters[0]?.text).toContain('https://north.lms.example/assignments/a1')
  })

  test('what was read meanwhile isn’t sent, nor to somebody who has had enough since, or is disabled', async () => {
    await tellThem('one', 'now')
    await withTenant('north', (db) =>
      readAllNotices(db, { userId: 'ann0', until: new Date(Date.now() + 1_000) }),
    )
    await choose('bob0', { types: { GRADE_RELEASED: { mail: 'off' } } })
    await deliver()
    expect(await sent()).toEqual([])
    await tellThem('two', 'now')
    await owner.query(`UPDATE "User" SET "disabledAt" = now() WHERE id = 'ann0'`)
    await deliver()
    await owner.query(`UPDATE "User" SET "disabledAt" = NULL WHERE id = 'ann0'`)
    expect(await sent()).toEqual([])
  })

  test('nobody’s letter is queued when the change is undone', async () => {
    const undone = withTenant('north', async (db) => {
      await insertNotices(db, {
        ...{ type: 'SYSTEM', key: 'x', link: '/', priority: 10 },
        notices: [{ userId: 'ann0', title: 'X', message: '', shown: true, mail: 'now' }],
      })
      throw new Error('undone')
    })
    await expect(undone).rejects.toThrow('undone')
    expect([await lettersDue(), await jobs()]).toEqual([[], []])
  })

  test('stands behind what is for one person alone', async () => {
    await tellThem('one', 'now')
    const id = await withTenant('north', (db) =>
      tell(db, { kind: 'mail.reset-password', payload: { tokenId: 'x' } }),
    )
    const found = await jobs()
    expect(found.find((job) => job.id === id)?.priority).toBe(0)
    expect(found.filter((job) => job.id !== id).map(({ priority }) => priority)).toEqual([10, 10])
  })
})

describe('gathered', () => {
  test('all that waits for one moment is one letter, at that moment', async () => {
    for (const key of ['one', 'two', 'three']) await tellThem(key, DUE)
    const due = await lettersDue()
    expect(due.map(({ kind, payload }) => [kind, payload.userId, payload.at])).toEqual([
      ['mail.notices', 'ann0', DUE.getTime()],
      ['mail.notices', 'bob0', DUE.getTime()],
    ])
    expect((await jobs()).map(({ at }) => at)).toEqual([DUE, DUE])
    await deliver()
    const [ann, bob] = await sent()
    expect([ann?.to.address, bob?.to.address]).toEqual(['ann0@north.example', 'bob0@north.example'])
    for (const key of ['one', 'two', 'three']) expect(ann?.text).toContain(`Title ${key}`)
    expect(ann?.subject).toBe('3 things that happened at School north')
  })

  test('what was read meanwhile isn’t in it, and without anything left there is none', async () => {
    await tellThem('one', DUE)
    await withTenant('north', (db) =>
      readAllNotices(db, { userId: 'bob0', until: new Date(Date.now() + 1_000) }),
    )
    await owner.query(`UPDATE "Notification" SET read = true WHERE "userId" = 'ann0'`)
    await tellThem('two', DUE)
    await deliver()
    const letters = await sent()
    expect(letters.map(({ subject }) => subject)).toEqual(['Title two', 'Title two'])
    expect(letters[0]?.text).not.toContain('Title one')
    await owner.query('DELETE FROM "Outbox"')
    await tellThem('three', new Date(DUE.getTime() + 1_000))
    await owner.query(`UPDATE "Notification" SET read = true`)
    await deliver()
    expect(await sent()).toHaveLength(2)
  })

  test('a repeat says the same: what came since is the next letter’s', async () => {
    await tellThem('one', DUE)
    const [first] = await lettersDue()
    await deliver()
    // As if the process had died before it was noted.
    await owner.query('UPDATE "Outbox" SET "deliveredAt" = NULL')
    await tellThem('two', new Date(DUE.getTime() + 86_400_000))
    await runOutbox({ tenantId: 'north', outboxId: first?.id ?? '' })
    const texts = (await sent()).filter(({ messageId }) => messageId.startsWith(first?.id ?? 'x'))
    expect(texts).toHaveLength(2)
    expect(new Set(texts.map(({ text }) => text)).size).toBe(1)
    await deliver()
    expect((await sent()).filter(({ text }) => text.includes('Title two'))).toHaveLength(2)
  })

  test('somebody who wants it by mail alone is told once, and sees nothing under the bell', async () => {
    expect(await tellThem('one', DUE, false)).toBe(2)
    expect(await tellThem('one', DUE, false)).toBe(0)
    const { rows } = await owner.query(`SELECT smartlms_unread('north', 'ann0') AS count`)
    expect(rows).toEqual([{ count: 0 }])
    await deliver()
    expect(await sent()).toHaveLength(2)
  })
})

describe('the link that stops letters', () => {
  async function linkOf(): Promise<{ types: string; token: string; header: string; page: string }> {
    const [ann] = await sent()
    const header = new URL(ann?.unsubscribe ?? 'none:')
    const page = /https:\S+\/unsubscribe\?\S+/.exec(ann?.text ?? '')?.[0] ?? ''
    const { types = '', token = '' } = Object.fromEntries(header.searchParams)
    return { types, token, header: header.origin + header.pathname, page }
  }

  test('stands in the header for mail programs and in the letter for people, for one person and these types', async () => {
    await tellThem('one', 'now')
    await deliver()
    const { types, token, header, page } = await linkOf()
    expect(header).toBe('https://north.lms.example/api/notifications/unsubscribe')
    expect(page).toContain('https://north.lms.example/unsubscribe?types=GRADE_RELEASED&token=')
    const stop = (asked: { types: string; token: string }) =>
      withTenant('north', (db) => stopLetters(db, { ...asked, stop: true }))
    for (const asked of [
      { types, token: token.replace('ann0', 'bob0') },
      { types: 'SYSTEM', token },
      { types: `${types}.SYSTEM`, token },
      { types: `${types}.${types}`, token },
      { types, token: '' },
    ])
      await expect(stop(asked)).rejects.toMatchObject({ code: 'not_found' })
    for (let time = 0; time < 2; time += 1)
      expect(await stop({ types, token })).toEqual({
        userId: 'ann0',
        types: ['GRADE_RELEASED'],
        stopped: true,
      })
    const { rows } = await owner.query('SELECT "userId", choices FROM "NotificationSettings"')
    expect(rows).toEqual([{ userId: 'ann0', choices: { types: { GRADE_RELEASED: { mail: 'off' } } } }])
    const again = await withTenant('north', (db) => stopLetters(db, { types, token, stop: false }))
    expect(again.stopped).toBe(false)
    expect((await owner.query('SELECT choices FROM "NotificationSettings"')).rows).toEqual([{ choices: {} }])
  })

  test('means nothing in another school, and nothing of somebody who is gone', async () => {
    await tellThem('one', 'now')
    await deliver()
    const { types, token } = await linkOf()
    await makeSchool(owner, 'south')
    await makePeople(owner, 'south', 'ann').catch(() => undefined)
    const abroad = withTenant('south', (db) => stopLetters(db, { types, token, stop: true }))
    await expect(abroad).rejects.toMatchObject({ code: 'not_found' })
    await owner.query(`UPDATE "User" SET "deletedAt" = now() WHERE id = 'ann0'`)
    const gone = withTenant('north', (db) => stopLetters(db, { types, token, stop: true }))
    await expect(gone).rejects.toMatchObject({ code: 'not_found' })
    await owner.query(`UPDATE "User" SET "deletedAt" = NULL WHERE id = 'ann0'`)
  })
})
