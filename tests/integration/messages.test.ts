import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readLetters } from '#lib/adapters/mail/read-letters'
import { withTenant } from '#lib/db/tenant'
import { messageForm } from '#lib/insight/contract'
import { MESSAGES_AN_HOUR } from '#lib/insight/contract/constants'
import { loadCourseInsight, loadPersonInsight } from '#lib/insight/load-course'
import { writeMessage } from '#lib/insight/write-message'
import { LETTERS } from '#lib/mail/prepare-letter'
import { testDatabase } from '#tests/support/database'
import { makeCourse, makeEnrollments, makePeople, makeSchool } from '#tests/support/factories'
import { SETTINGS } from './account-support'

// Whoever teaches writes to a learner: once, kept, and without giving their own address away unasked.

const folder = await mkdtemp(join(tmpdir(), 'message-letters-'))
const { owner } = await testDatabase({ ...SETTINGS, MAIL_DIR: folder, SMTP_URL: '' })
afterAll(() => rm(folder, { recursive: true, force: true }))
const north = <T>(query: Parameters<typeof withTenant<T>>[1]) => withTenant('north', query)
const gone = { code: 'not_found' }

type Sent = Readonly<{ userId?: string; key?: string; body?: string; replies?: 'on'; fromId?: string }>

const write = ({
  userId = 'ann0',
  key = randomUUID(),
  body = 'How are you?',
  replies,
  fromId = 'tea0',
}: Sent = {}) => {
  const form = messageForm.parse({
    courseId: 'maths',
    userId,
    key,
    body,
    ...(replies === undefined ? {} : { replies }),
  })
  return north((db) => writeMessage(db, { form, fromId, locale: 'en' }))
}

const count = async (text: string, ...values: string[]): Promise<number> => {
  const { rows } = await owner.query<{ count: number }>(`SELECT count(*)::int AS count FROM ${text}`, values)
  return rows[0]?.count ?? -1
}
const told = (id: string) =>
  count(`"Outbox" WHERE kind = 'mail.message' AND payload ->> 'messageId' = $1`, id)

/** Sends a message's letter, as the worker does; null when there was none to send. */
async function letterOf(messageId: string) {
  const id = randomUUID().replaceAll('-', '')
  const sending = await north((db) => LETTERS['mail.message'](db, { id, payload: { messageId } }))
  await sending?.()
  return (await readLetters('north', 100)).find((letter) => letter.messageId.startsWith(id)) ?? null
}

beforeAll(async () => {
  for (const school of ['north', 'south']) await makeSchool(owner, school)
  await makePeople(owner, 'north', 'tea', { role: 'INSTRUCTOR', count: 3 })
  const people = await makePeople(owner, 'north', 'ann', { count: 4 })
  await makePeople(owner, 'south', 'sue')
  await makeCourse(owner, 'north', 'maths', { instructorId: 'tea0' })
  await makeEnrollments(owner, 'north', 'maths', people.slice(0, 3))
})

describe('a message', () => {
  test('is kept once and told once, however often its form is sent, also at the same moment', async () => {
    const key = randomUUID()
    const presses = await Promise.all([1, 2, 3, 4].map(() => write({ key })))
    const [id = ''] = new Set(presses.map((press) => press.id))
    expect(new Set(presses.map((press) => press.id)).size).toBe(1)
    expect(presses.filter(({ isNew }) => isNew)).toHaveLength(1)
    expect([await count(`"Message" WHERE key = $1`, key), await told(id)]).toEqual([1, 1])
    // The same form can’t be turned on somebody else.
    await expect(write({ key, userId: 'ann1' })).rejects.toMatchObject({ code: 'conflict' })
  })

  test('reaches a learner of the course alone: nobody of another school, nobody who isn’t enrolled, disabled or gone', async () => {
    const before = await count('"Message"')
    for (const userId of ['sue0', 'ann3', 'tea1', 'nobody'])
      await expect(write({ userId })).rejects.toMatchObject(gone)
    await owner.query(`UPDATE "User" SET "disabledAt" = now() WHERE id = 'ann2'`)
    await expect(write({ userId: 'ann2' })).rejects.toMatchObject(gone)
    await owner.query(`UPDATE "User" SET "disabledAt" = NULL, "deletedAt" = now() WHERE id = 'ann2'`)
    await expect(write({ userId: 'ann2' })).rejects.toMatchObject(gone)
    expect(await count('"Message"')).toBe(before)
  })

  test('becomes a letter without the writer’s address, unless the writer wants answers', async () => {
    const { id } = await write({ body: 'First line\n\nSecond <b>line</b>' })
    const letter = await letterOf(id)
    expect(letter).toMatchObject({
      to: { address: 'ann0@north.example' },
      subject: 'Person tea0 wrote to you about “Course maths”',
    })
    expect(letter?.replyTo).toBeUndefined()
    expect(JSON.stringify(letter)).not.toContain('tea0@north.example')
    expect(letter?.text).toContain('First line\n\nSecond <b>line</b>')
    expect(letter?.html).toContain('Second &lt;b&gt;line&lt;/b&gt;')
    const open = await letterOf((await write({ replies: 'on' })).id)
    expect(open?.replyTo).toEqual({ name: 'Person tea0', address: 'tea0@north.example' })
  })

  test('of which the reader or the writer is gone by then is no letter', async () => {
    const { id } = await write({ userId: 'ann1', fromId: 'tea1' })
    for (const who of ['ann1', 'tea1']) {
      await owner.query(`UPDATE "User" SET "disabledAt" = now() WHERE id = $1`, [who])
      expect([who, await letterOf(id)]).toEqual([who, null])
      await owner.query(`UPDATE "User" SET "disabledAt" = NULL WHERE id = $1`, [who])
    }
    expect(await letterOf(id)).not.toBeNull()
    expect(
      await withTenant('south', (db) => LETTERS['mail.message'](db, { id: 'x', payload: { messageId: id } })),
    ).toBeNull()
  })

  test('is limited to so many an hour, each writer for themselves, also when they are sent all at once', async () => {
    const all = await Promise.allSettled(
      Array.from({ length: MESSAGES_AN_HOUR + 4 }, () => write({ fromId: 'tea2' })),
    )
    expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(MESSAGES_AN_HOUR)
    const refusals = all.filter((one) => one.status === 'rejected')
    for (const { reason } of refusals)
      expect(reason).toMatchObject({
        code: 'rate_limited',
        fields: { form: expect.stringContaining('30') as string },
      })
    expect(await count(`"Message" WHERE "fromId" = 'tea2'`)).toBe(MESSAGES_AN_HOUR)
    await expect(write()).resolves.toMatchObject({ isNew: true })
    await owner.query(`UPDATE "Message" SET "sentAt" = now() - interval '61 minutes' WHERE "fromId" = 'tea2'`)
    await expect(write({ fromId: 'tea2' })).resolves.toMatchObject({ isNew: true })
  })

  test('stands in the list beside its learner, with who wrote and when, and is kept when its writer is erased', async () => {
    await owner.query(`UPDATE "Enrollment" SET "enrolledAt" = now() - interval '9 days'`)
    const asked = { courseId: 'maths', isOpen: true, now: new Date() }
    const { warnings } = await north((db) => loadCourseInsight(db, { ...asked, signal: null, page: 1 }))
    const of = (userId: string) => warnings.find((line) => line.userId === userId)?.written
    expect(of('ann0')).toEqual({ at: expect.any(Date) as Date, by: 'Person tea2' })
    expect(of('ann1')?.by).toBe('Person tea1')
    await owner.query(`DELETE FROM "User" WHERE id = 'tea1'`)
    const { messages } = await north((db) => loadPersonInsight(db, { ...asked, userId: 'ann1' }))
    expect(messages).toMatchObject([{ body: 'How are you?', by: null }])
  })
})
