import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { runOutbox } from '#lib/jobs/run-outbox'
import { answerAbout } from '#lib/grades/change-grades'
import { withTenant } from '#lib/db/tenant'
import { testDatabase } from '#tests/support/database'
import { makeCourse, makePeople, makeSchool } from '#tests/support/factories'
import { SETTINGS } from './account-support'

// People are told of what concerns them: once, and nobody else.

const { owner } = await testDatabase({ ...SETTINGS })
const by = { userId: 'tea0', everyCourse: false }

async function answer(): Promise<boolean> {
  const form = { courseId: 'tides', userId: 'ann0', item: 'course', questionId: 'why', answer: 'Because.' }
  return withTenant('north', (db) => answerAbout(db, { by, locale: 'en', timeZone: 'UTC', form }))
}

async function outboxOf(school: string): Promise<string[]> {
  const { rows } = await owner.query<{ id: string }>(
    `SELECT id FROM "Outbox" WHERE "tenantId" = $1 AND kind LIKE 'notice.%' ORDER BY "createdAt"`,
    [school],
  )
  return rows.map(({ id }) => id)
}

type Told = { tenantId: string; userId: string; type: string; title: string; message: string; link: string }

async function told(): Promise<Told[]> {
  const { rows } = await owner.query<Told>(
    `SELECT "tenantId", "userId", type, title, message, link FROM "Notification" ORDER BY "userId"`,
  )
  return rows
}

beforeAll(async () => {
  for (const school of ['north', 'south']) await makeSchool(owner, school)
  await makePeople(owner, 'north', 'tea', { role: 'INSTRUCTOR' })
  await makePeople(owner, 'north', 'ann', { count: 3 })
  await makeCourse(owner, 'north', 'tides', { instructorId: 'tea0', modules: 1, lessons: 1 })
  await owner.query(
    `INSERT INTO "Enrollment" (id, "tenantId", "userId", "courseId") VALUES ('e0', 'north', 'ann0', 'tides')`,
  )
})

beforeEach(async () => {
  for (const table of ['Outbox', 'Notification', 'GradeQuestion']) await owner.query(`DELETE FROM "${table}"`)
  await owner.query(
    `INSERT INTO "GradeQuestion" (id, "tenantId", "courseId", "userId", item, key, body)
     VALUES ('why', 'north', 'tides', 'ann0', 'course', 'one', 'Why?')`,
  )
})

describe('an answer about a grade', () => {
  test('is told to whoever asked, once, however often it is pressed or delivered', async () => {
    expect(await answer()).toBe(true)
    expect(await answer()).toBe(false)
    const [outboxId = '', ...more] = await outboxOf('north')
    expect(more).toEqual([])
    await runOutbox({ tenantId: 'north', outboxId })
    await owner.query(`UPDATE "Outbox" SET "deliveredAt" = NULL`)
    await runOutbox({ tenantId: 'north', outboxId })
    const [notice, ...others] = await told()
    expect(others).toEqual([])
    expect(notice).toMatchObject({
      ...{ tenantId: 'north', userId: 'ann0', type: 'GRADE_RELEASED', link: '/courses/tides/grades' },
      title: 'Your question about a grade has an answer',
    })
    expect(notice?.message).toContain('tides')
  })

  test('is told to nobody who is disabled by then', async () => {
    await answer()
    await owner.query(`UPDATE "User" SET "disabledAt" = now() WHERE id = 'ann0'`)
    for (const outboxId of await outboxOf('north')) await runOutbox({ tenantId: 'north', outboxId })
    await owner.query(`UPDATE "User" SET "disabledAt" = NULL WHERE id = 'ann0'`)
    expect(await told()).toEqual([])
  })
})
