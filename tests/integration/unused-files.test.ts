import { randomBytes } from 'node:crypto'
import { mkdtemp, rm, utimes } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { contentTypeOf } from '#lib/adapters/storage/keys'
import { storage } from '#lib/adapters/storage/storage'
import { recordFile, storageUsed } from '#lib/db/queries/files'
import { keepFiles } from '#lib/db/queries/lesson-files'
import { withTenant } from '#lib/db/tenant'
import { sweepFiles } from '#lib/jobs/tidy'
import { duplicateCourse } from '#lib/teach/duplicate-course'
import { addressOf, testDatabase } from '#tests/support/database'
import { makeCourse, makePeople, makeSchool } from '#tests/support/factories'

// What was taken out of a lesson gives its room back, but not while anything may still bring it back.

const folder = await mkdtemp(join(tmpdir(), 'unused-'))
const { owner, ownerUrl } = await testDatabase({ STORAGE_DIR: folder })
const worker = new pg.Pool({
  connectionString: addressOf(new URL(ownerUrl).pathname.slice(1), 'test_worker'),
  max: 2,
})

const BYTES = 1_000
const PICTURE = 'openm0l0'
const FILM = 'openm0l1'

type Kind = 'picture' | 'lesson' | 'cover'

/** A file in the books and in the store, both old enough for any sweep. */
async function file(school: string, kind: Kind, extension = 'pdf'): Promise<string> {
  const name = randomBytes(16).toString('hex')
  const key = {
    picture: `${school}/public/pictures/${name}-1600.webp`,
    lesson: `${school}/private/lessons/${name}.${extension}`,
    cover: `${school}/public/covers/${name}-960.webp`,
  }[kind]
  const contentType = contentTypeOf(key)
  const record = { key, kind, contentType, bytes: BYTES, sha256: '', uploadedById: null }
  await withTenant(school, (db) => recordFile(db, record, null))
  await storage().put(key, Buffer.alloc(BYTES), { contentType })
  const old = new Date(Date.now() - 90 * 86_400_000)
  await utimes(join(folder, key), old, old)
  await owner.query(`UPDATE "StoredFile" SET "createdAt" = $2 WHERE key = $1`, [key, old])
  return key
}

const documentOf = (...nodes: readonly object[]) => JSON.stringify({ type: 'doc', content: nodes })
const image = (src: string) => ({
  type: 'image',
  attrs: { src, alt: 'x', decorative: false, caption: null, width: 1, height: 1 },
})
const attached = (key: string) => ({ type: 'file', attrs: { key, name: 'x', bytes: BYTES } })
const NOTHING = documentOf({ type: 'paragraph' })

async function set(lesson: string, column: 'content' | 'videoUrl' | 'captions', value: string | null) {
  await owner.query(`UPDATE "Lesson" SET "${column}" = $2 WHERE id = $1`, [lesson, value])
}

/** So many nights, with a sweep in each. */
async function nights(count: number): Promise<void> {
  for (let n = 0; n < count; n += 1) {
    await owner.query(`UPDATE "StoredFile" SET "unusedSince" = "unusedSince" - interval '1 day'`)
    await sweepFiles({}, worker)
  }
}

async function stays(key: string): Promise<boolean> {
  const { rows } = await owner.query(`SELECT FROM "StoredFile" WHERE key = $1`, [key])
  const stored = (await storage().open(key)) !== null
  expect(stored, 'the books and the store say the same').toBe(rows.length > 0)
  return stored
}

const used = (school: string) => withTenant(school, (db) => storageUsed(db))

beforeAll(async () => {
  for (const school of ['north', 'south']) {
    await makeSchool(owner, school)
    await makePeople(owner, school, `${school}t`, { role: 'INSTRUCTOR' })
  }
  await makeCourse(owner, 'north', 'open', { instructorId: 'northt0', modules: 1, lessons: 4 })
  await makeCourse(owner, 'south', 'abroad', { instructorId: 'southt0', modules: 1, lessons: 1 })
})

beforeEach(async () => {
  for (const lesson of [PICTURE, FILM]) {
    await set(lesson, 'content', NOTHING)
    for (const column of ['videoUrl', 'captions'] as const) await set(lesson, column, null)
  }
  await owner.query(`DELETE FROM "StoredFile"`)
  await owner.query(`UPDATE "UsageCounter" SET amount = 0 WHERE kind = 'storage'`)
})

afterAll(async () => {
  await worker.end()
  await rm(folder, { recursive: true, force: true })
})

describe('a file that a lesson no longer names', () => {
  test('stays for a week, and then goes from the books, from the store and from what is counted', async () => {
    const [picture, pdf] = [await file('north', 'picture'), await file('north', 'lesson')]
    await set(PICTURE, 'content', documentOf(image(picture), attached(pdf)))
    await nights(9)
    expect([await stays(picture), await stays(pdf)]).toEqual([true, true])
    await set(PICTURE, 'content', documentOf(attached(pdf)))
    await nights(7)
    expect(await stays(picture)).toBe(true)
    await nights(1)
    expect([await stays(picture), await stays(pdf)]).toEqual([false, true])
    expect(await used('north')).toBe(BYTES)
  })

  test('is kept by another lesson’s film or captions, by a copy of the course, and by a lesson in the bin', async () => {
    const [film, captions] = [await file('north', 'lesson', 'mp4'), await file('north', 'lesson', 'vtt')]
    const [copied, binned] = [await file('north', 'picture'), await file('north', 'lesson')]
    await set(FILM, 'videoUrl', film)
    await set(FILM, 'captions', captions)
    await set(PICTURE, 'content', documentOf(image(copied)))
    const by = { userId: 'northt0', everyCourse: false }
    const copy = { id: 'copy', courseId: 'open', by, limit: null, locale: 'en' }
    await withTenant('north', (db) => duplicateCourse(db, copy))
    await set(PICTURE, 'content', NOTHING)
    await set('openm0l2', 'content', documentOf(attached(binned)))
    await owner.query(`UPDATE "Lesson" SET "deletedAt" = now() WHERE id = 'openm0l2'`)
    await nights(10)
    for (const key of [film, captions, copied, binned]) expect(await stays(key), key).toBe(true)
    await owner.query(`DELETE FROM "Course" WHERE id = 'copy'`)
    await owner.query(`DELETE FROM "Lesson" WHERE id = 'openm0l2'`)
    await nights(8)
    expect([await stays(copied), await stays(binned), await stays(film)]).toEqual([false, false, true])
  })

  test('begins its week anew when it was named in between, also where no sweep has seen it', async () => {
    const key = await file('north', 'lesson')
    await nights(6)
    await set(PICTURE, 'content', documentOf(attached(key)))
    await nights(1)
    await set(PICTURE, 'content', NOTHING)
    await nights(6)
    expect(await stays(key)).toBe(true)
    // A save of a lesson that names it takes the note back in its own unit of work.
    expect(await withTenant('north', (db) => keepFiles(db, [key, 'north/none']))).toEqual([key])
    await nights(7)
    expect(await stays(key)).toBe(true)
    await nights(1)
    expect(await stays(key)).toBe(false)
  })

  test('goes nowhere while a lesson that begins to name it is being saved', async () => {
    const key = await file('north', 'lesson')
    await nights(1)
    await owner.query(`UPDATE "StoredFile" SET "unusedSince" = now() - interval '30 days' WHERE key = $1`, [
      key,
    ])
    const held = Promise.withResolvers<undefined>()
    const saved = withTenant('north', async (db) => {
      await keepFiles(db, [key])
      held.resolve(undefined)
      // Long enough for the sweep to wait at the row.
      await sleep(700)
    })
    await held.promise
    await Promise.all([saved, sweepFiles({}, worker)])
    expect(await stays(key)).toBe(true)
  })
})

test('what isn’t a lesson’s, and what only another school’s lesson names, is judged in its own school', async () => {
  const [cover, mine, theirs] = [
    await file('north', 'cover'),
    await file('north', 'lesson'),
    await file('south', 'lesson'),
  ]
  await set('abroadm0l0', 'content', documentOf(attached(theirs), attached(mine)))
  await nights(8)
  expect([await stays(cover), await stays(mine), await stays(theirs)]).toEqual([true, false, true])
  expect([await used('north'), await used('south')]).toEqual([BYTES, BYTES])
})
