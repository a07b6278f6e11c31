import { randomBytes } from 'node:crypto'
import { mkdtemp, rm, utimes } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { storage } from '#lib/adapters/storage/storage'
import { recordFile, storageUsed } from '#lib/db/queries/files'
import { tellInvitations } from '#lib/db/queries/people-changes'
import { withTenant } from '#lib/db/tenant'
import { purge, sweepFiles } from '#lib/jobs/tidy'
import { addressOf, testDatabase } from '#tests/support/database'
import { makeCourse, makeEnrollments, makePeople, makeSchool } from '#tests/support/factories'

const folder = await mkdtemp(join(tmpdir(), 'purge-'))
const { owner, ownerUrl, appUrl } = await testDatabase({ STORAGE_DIR: folder })
const worker = new pg.Pool({
  connectionString: addressOf(new URL(ownerUrl).pathname.slice(1), 'test_worker'),
  max: 2,
})

afterAll(async () => {
  await worker.end()
  await rm(folder, { recursive: true, force: true })
})

async function ids(table: string, school: string): Promise<string[]> {
  const { rows } = await owner.query<{ id: string }>(
    `SELECT id FROM "${table}" WHERE "tenantId" = $1 ORDER BY id`,
    [school],
  )
  return rows.map(({ id }) => id)
}

async function deleted(table: string, id: string, days: number): Promise<void> {
  await owner.query(`UPDATE "${table}" SET "deletedAt" = now() - $2::int * interval '1 day' WHERE id = $1`, [
    id,
    days,
  ])
}

async function invitation(school: string, by: string, expiresIn: string): Promise<void> {
  await owner.query(
    `INSERT INTO "Invitation" (id, "tenantId", email, "invitedById", "expiresAt")
     VALUES ($1 || 'i', $2, $1 || 'i@example.org', $1, now() + $3::interval)`,
    [by, school, expiresIn],
  )
}

const log = (school: string): Promise<string[]> =>
  owner
    .query<{ text: string }>(
      `SELECT action || ' ' || "targetId" AS text FROM "AuditLog" WHERE "tenantId" = $1 ORDER BY 1`,
      [school],
    )
    .then(({ rows }) => rows.map(({ text }) => text))

beforeAll(async () => {
  for (const school of ['north', 'south']) {
    await makeSchool(owner, school)
    const [teacher = ''] = await makePeople(owner, school, `${school}t`, { role: 'INSTRUCTOR' })
    const students = await makePeople(owner, school, `${school}s`, { count: 4 })
    for (const course of ['old', 'young']) {
      await makeCourse(owner, school, school + course, { instructorId: teacher, modules: 2, lessons: 2 })
      await makeEnrollments(owner, school, school + course, students)
    }
  }
})

describe('what was deleted', () => {
  test('29 days ago stays; 31 days ago it goes for good, with what hangs on it, and the log says so', async () => {
    await makePeople(owner, 'north', 'gone', { count: 2 })
    await withTenant('north', (db) =>
      recordFile(
        db,
        {
          ...{ key: 'north/public/avatars/a.webp', kind: 'avatar', contentType: 'image/webp', bytes: 700 },
          ...{ sha256: 'ab', uploadedById: 'gone0' },
        },
        null,
      ),
    )
    for (const days of [29, 31]) {
      await deleted('User', 'gone0', days)
      await deleted('User', 'norths0', days)
      await deleted('Course', 'northold', days)
      await deleted('Lesson', 'northyoungm0l1', days)
      await deleted('Module', 'northyoungm1', days)
      if (days === 31) break
      const before = await ids('User', 'north')
      await purge({}, worker)
      expect(await ids('User', 'north')).toEqual(before)
      expect(await ids('Course', 'north')).toEqual(['northold', 'northyoung'])
    }
    const south = await Promise.all(['User', 'Course', 'Lesson', 'Enrollment'].map((t) => ids(t, 'south')))
    await purge({}, worker)
    expect(await ids('User', 'north')).toEqual(['gone1', 'norths1', 'norths2', 'norths3', 'northt0'])
    expect(await ids('Course', 'north')).toEqual(['northyoung'])
    expect(await ids('Module', 'north')).toEqual(['northyoungm0'])
    expect(await ids('Lesson', 'north')).toEqual(['northyoungm0l0'])
    expect((await ids('Enrollment', 'north')).length).toBe(3)
    expect(await ids('StoredFile', 'north')).toEqual([])
    expect(await withTenant('north', (db) => storageUsed(db))).toBe(0)
    expect(await log('north')).toEqual([
      'course.purge northold',
      'people.purge gone0',
      'people.purge norths0',
    ])
    expect(await log('south')).toEqual([])
    expect(await Promise.all(['User', 'Course', 'Lesson', 'Enrollment'].map((t) => ids(t, 'south')))).toEqual(
      south,
    )
    await purge({}, worker)
    expect((await log('north')).length).toBe(3)
  })

  test('waits while somebody still teaches a course, or their invitation can still be followed', async () => {
    await makePeople(owner, 'south', 'open', { count: 2, role: 'ADMIN' })
    await invitation('south', 'open0', '1 day')
    await invitation('south', 'open1', '-1 day')
    for (const id of ['southt0', 'open0', 'open1']) await deleted('User', id, 31)
    await purge({}, worker)
    const people = await ids('User', 'south')
    expect(people).toContain('southt0')
    expect(people).toContain('open0')
    expect(people).not.toContain('open1')
    expect(await ids('Invitation', 'south')).toEqual(['open0i'])
  })

  test('nobody but the worker can purge, or ask which schools there are', async () => {
    const app = new pg.Client({ connectionString: appUrl })
    await app.connect()
    try {
      for (const call of ['smartlms_purge()', 'smartlms_school_ids()'])
        await expect(app.query(`SELECT * FROM ${call}`), call).rejects.toMatchObject({ code: '42501' })
    } finally {
      await app.end()
    }
  })
})

describe('the sweep of the store', () => {
  test('goes through every school; one whose name in the store is broken keeps the others from nothing', async () => {
    const name = randomBytes(16).toString('hex')
    const keys = ['north', 'south'].map((school) => `${school}/public/covers/${name}-960.webp`)
    for (const key of keys) await storage().put(key, Buffer.from('x'), { contentType: 'image/webp' })
    await sweepFiles({}, worker)
    for (const key of keys) expect(await storage().open(key), 'younger than a day').not.toBeNull()

    const old = new Date(Date.now() - 25 * 3_600_000)
    for (const key of keys) await utimes(join(folder, key), old, old)
    await sweepFiles({}, worker)
    for (const key of keys) expect(await storage().open(key), key).toBeNull()
  })
})

test('an upload that nobody finished for a day gives its room back, and a younger one keeps it', async () => {
  for (const name of ['old', 'new']) {
    const key = `south/private/uploads/${name}/${name}.mp4`
    const file = { key, kind: 'upload', contentType: 'video/mp4', bytes: 500, sha256: '', uploadedById: null }
    await withTenant('south', (db) => recordFile(db, file, null))
  }
  await owner.query(
    `UPDATE "StoredFile" SET "createdAt" = now() - interval '25 hours' WHERE key LIKE '%/old.mp4'`,
  )
  await sweepFiles({}, worker)
  expect(await withTenant('south', (db) => storageUsed(db))).toBe(500)
})

describe('many letters at once', () => {
  test('are queued in one statement, each once, in the transaction of the change', async () => {
    const { rows: before } = await owner.query('SELECT FROM graphile_worker._private_jobs')
    await withTenant('north', (db) =>
      tellInvitations(
        db,
        Array.from({ length: 500 }, (_, n) => `i${n}`),
      ),
    )
    const { rows } = await owner.query<{ tenant: string; outbox: string }>(
      `SELECT payload ->> 'tenantId' AS tenant, payload ->> 'outboxId' AS outbox FROM graphile_worker._private_jobs`,
    )
    expect(rows.length - before.length).toBe(500)
    expect(new Set(rows.map(({ tenant }) => tenant))).toEqual(new Set(['north']))
    expect(rows.map(({ outbox }) => outbox).sort()).toEqual(await ids('Outbox', 'north'))
    await withTenant('north', (db) => tellInvitations(db, []))
    expect((await owner.query('SELECT FROM graphile_worker._private_jobs')).rows.length).toBe(rows.length)
  })

  test('take no row of another school, not even among many of their own', async () => {
    const [own] = await ids('Outbox', 'north')
    await withTenant('south', (db) => tellInvitations(db, ['i1']))
    const [foreign] = await ids('Outbox', 'south')
    const app = new pg.Client({ connectionString: appUrl })
    await app.connect()
    try {
      await app.query(`BEGIN; SELECT set_config('app.tenant_id', 'north', true)`)
      await expect(app.query('SELECT smartlms_enqueue_many($1)', [[own, foreign]])).rejects.toThrow(
        /no such row/,
      )
    } finally {
      await app.end()
    }
  })
})
