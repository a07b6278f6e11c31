import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { readLetters } from '#lib/adapters/mail/read-letters'
import { judgeCertificate } from '#lib/awards/judge-certificate'
import { withTenant } from '#lib/db/tenant'
import { LETTERS } from '#lib/mail/prepare-letter'
import { testDatabase } from '#tests/support/database'
import { makeCourse, makePeople, makeSchool } from '#tests/support/factories'
import { SETTINGS } from './account-support'

// Whoever holds a certificate learns from their school when its word is taken away, and when it is given back.

const folder = await mkdtemp(join(tmpdir(), 'certificate-letters-'))
const { owner } = await testDatabase({ ...SETTINGS, MAIL_DIR: folder, SMTP_URL: '' })
const north = <T>(query: Parameters<typeof withTenant<T>>[1]) => withTenant('north', query)

const judge = (revoked: boolean) =>
  north((db) =>
    judgeCertificate(db, {
      ...{ courseId: 'tides', userId: 'ann0', revoked },
      by: { userId: 'tea0', everyCourse: false },
    }),
  )

type News = Readonly<{ id: string; payload: unknown }>

async function told(): Promise<News[]> {
  const { rows } = await owner.query<News>(
    `SELECT id, payload FROM "Outbox" WHERE kind = 'mail.certificate' ORDER BY "createdAt"`,
  )
  return rows
}

/** Sends one piece of news, as the worker does. @returns the letter; null when there was none to send */
async function send(news: News, school = 'north') {
  const sending = await withTenant(school, (db) => LETTERS['mail.certificate'](db, news))
  await sending?.()
  return (await readLetters('north', 100)).find(({ messageId }) => messageId.startsWith(news.id)) ?? null
}

async function first(): Promise<News> {
  const [news] = await told()
  if (news === undefined) throw new Error('Nothing was told.')
  return news
}

beforeAll(async () => {
  for (const school of ['north', 'south']) await makeSchool(owner, school)
  await makePeople(owner, 'north', 'tea', { role: 'INSTRUCTOR' })
  await makePeople(owner, 'north', 'ann')
  await makeCourse(owner, 'north', 'tides', { instructorId: 'tea0', modules: 1, lessons: 1 })
  await owner.query(
    `INSERT INTO "Certificate" (id, "tenantId", "userId", "courseId", code, "learnerName", "courseTitle", "instructorName", "completedAt")
     VALUES ('cert', 'north', 'ann0', 'tides', 'code-of-twenty-two-let', 'Ann of that day', 'Tides of that day', 'T', now())`,
  )
})

beforeEach(async () => {
  await owner.query(`DELETE FROM "Outbox"`)
  await owner.query(`UPDATE "Certificate" SET "revokedAt" = NULL`)
  await owner.query(`UPDATE "User" SET "disabledAt" = NULL WHERE id = 'ann0'`)
})

afterAll(() => rm(folder, { recursive: true, force: true }))

describe('a certificate that is revoked or restored', () => {
  test('is told once each time, with ids alone, and not for a press that changes nothing', async () => {
    for (const revoked of [true, true, false, false]) await judge(revoked)
    expect((await told()).map(({ payload }) => payload)).toEqual([
      { certificateId: 'cert', revoked: true },
      { certificateId: 'cert', revoked: false },
    ])
  })

  test('is written about to its holder, by the course’s name, with the way to its page', async () => {
    await judge(true)
    const gone = await send(await first())
    expect(gone?.to.address).toBe('ann0@north.example')
    expect(gone?.subject).toBe('Your certificate of “Tides of that day” has been revoked')
    expect(gone?.text).toContain('/certificates/code-of-twenty-two-let')
    await owner.query(`DELETE FROM "Outbox"`)
    await judge(false)
    expect((await send(await first()))?.subject).toBe(
      'Your certificate of “Tides of that day” is valid again',
    )
  })

  test('isn’t told when the change is undone', async () => {
    const attempt = north(async (db) => {
      const by = { userId: 'tea0', everyCourse: false }
      await judgeCertificate(db, { courseId: 'tides', userId: 'ann0', by, revoked: true })
      throw new Error('Something later in the unit failed.')
    })
    await expect(attempt).rejects.toThrow('later')
    expect(await told()).toEqual([])
  })

  test('is not written about when it has changed again since: only the last letter is true', async () => {
    await judge(true)
    await judge(false)
    const [gone, back] = await told()
    if (gone === undefined || back === undefined) throw new Error('Two were told.')
    expect(await send(gone)).toBeNull()
    expect((await send(back))?.subject).toContain('valid again')
  })

  test('is not written about to somebody who was disabled, or by another school', async () => {
    await judge(true)
    const news = await first()
    expect(await withTenant('south', (db) => LETTERS['mail.certificate'](db, news))).toBeNull()
    await owner.query(`UPDATE "User" SET "disabledAt" = now() WHERE id = 'ann0'`)
    expect(await send(news)).toBeNull()
  })
})
