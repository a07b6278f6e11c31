import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { storage } from '#lib/adapters/storage/storage'
import type { Reader } from '#lib/db/queries/catalog'
import { storageUsed } from '#lib/db/queries/files'
import { withTenant } from '#lib/db/tenant'
import { CHUNK_BYTES, type UploadKind } from '#lib/editor/contract'
import { storePicture } from '#lib/editor/store-picture'
import {
  beginUpload,
  cancelUpload,
  finishUpload,
  receivePart,
  type Sender,
  uploadState,
} from '#lib/editor/uploads'
import { AppError } from '#lib/errors'
import { testDatabase } from '#tests/support/database'
import { makeCourse, makePeople, makeSchool } from '#tests/support/factories'

const folder = await mkdtemp(join(tmpdir(), 'uploads-'))
const { owner } = await testDatabase({
  STORAGE_DIR: folder,
  SMARTLMS_SECRET: 'a secret of at least thirty-two letters',
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const sender = (tenantId: string, userId = 'tea0'): Sender => ({ tenantId, userId, locale: 'en' })
const reader = (userId = 'tea0'): Reader => ({ userId, everyCourse: false })

type Asked = Readonly<{
  school?: string
  userId?: string
  kind?: UploadKind
  name?: string
  bytes: number
  limitBytes?: number | null
}>

function begin({
  school = 'north',
  userId = 'tea0',
  kind = 'video',
  name = 'film.mp4',
  bytes,
  limitBytes = null,
}: Asked) {
  const lesson = { lessonId: `${school}m0l0`, reader: reader(userId), timeZone: 'UTC' }
  return withTenant(school, (db) =>
    beginUpload(db, sender(school, userId), { ...lesson, kind, name, bytes, limitBytes }),
  )
}

const used = (school: string) => withTenant(school, (db) => storageUsed(db))

const finish = (from: Sender, uploadId: string) =>
  finishUpload(from, uploadId, { name: 'film.mp4', limitBytes: null, record: async () => undefined })

async function codeOf(work: Promise<unknown>): Promise<string> {
  const error: unknown = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  )
  return error instanceof AppError ? error.code : String(error)
}

async function contentOf(key: string): Promise<Buffer> {
  const file = await storage().open(key)
  if (file === null) throw new Error('Nothing lies there.')
  return Buffer.from(await new Response(file.read(0, file.size - 1)).arrayBuffer())
}

/** A film as far as its first bytes go. */
function film(bytes: number): Buffer {
  const content = randomBytes(bytes)
  content.write('ftypisom', 4, 'latin1')
  return content
}

beforeAll(async () => {
  for (const school of ['north', 'south', 'small']) {
    await makeSchool(owner, school)
  }
  await makePeople(owner, 'north', 'tea', { role: 'INSTRUCTOR', count: 2 })
  await makePeople(owner, 'small', 'sma', { role: 'INSTRUCTOR' })
  await makeCourse(owner, 'north', 'north', { instructorId: 'tea0', modules: 1, lessons: 1 })
  await makeCourse(owner, 'small', 'small', { instructorId: 'sma0', modules: 1, lessons: 1 })
})

describe('an upload in parts', () => {
  const content = film(CHUNK_BYTES * 2 + 1_000)
  const part = (index: number) => ({
    offset: index * CHUNK_BYTES,
    bytes: content.subarray(index * CHUNK_BYTES, (index + 1) * CHUNK_BYTES),
  })

  test('comes out as it went in, in whatever order and however often parts were sent', async () => {
    const before = await used('north')
    const { uploadId } = await begin({ bytes: content.length })
    expect(await used('north')).toBe(before + content.length)
    await receivePart(sender('north'), uploadId, part(2))
    await receivePart(sender('north'), uploadId, part(0))
    expect((await uploadState(sender('north'), uploadId)).received).toEqual([0, 2 * CHUNK_BYTES])
    expect(await codeOf(finish(sender('north'), uploadId))).toBe('conflict')
    await receivePart(sender('north'), uploadId, part(1))
    await receivePart(sender('north'), uploadId, part(1))
    const file = await finish(sender('north'), uploadId)
    expect(file.key).toMatch(/^north\/private\/lessons\/[0-9a-f]{32}\.mp4$/)
    expect(await contentOf(file.key)).toEqual(content)
    expect(await used('north')).toBe(before + content.length)
    const left = []
    for await (const { key } of storage().list('north/private/uploads/')) left.push(key)
    expect(left).toEqual([])
  })

  test('finished twice, because an answer got lost, is one file', async () => {
    const { uploadId } = await begin({ bytes: 1_000 })
    await receivePart(sender('north'), uploadId, { offset: 0, bytes: film(1_000) })
    const before = await used('north')
    const [one, other] = [await finish(sender('north'), uploadId), await finish(sender('north'), uploadId)]
    expect(other).toMatchObject({ key: one.key, bytes: one.bytes })
    expect(await used('north')).toBe(before)
  })

  test('is nobody else’s', async () => {
    const { uploadId } = await begin({ bytes: 1_000 })
    for (const stranger of [sender('north', 'tea1'), sender('south')]) {
      expect(await codeOf(uploadState(stranger, uploadId))).toBe('not_found')
      expect(await codeOf(receivePart(stranger, uploadId, { offset: 0, bytes: film(1_000) }))).toBe(
        'not_found',
      )
      expect(await codeOf(finish(stranger, uploadId))).toBe('not_found')
      expect(await codeOf(cancelUpload(stranger, uploadId))).toBe('not_found')
    }
  })

  test('given up gives its room back', async () => {
    const before = await used('north')
    const { uploadId } = await begin({ bytes: 1_000 })
    await cancelUpload(sender('north'), uploadId)
    expect(await used('north')).toBe(before)
    expect(await codeOf(uploadState(sender('north'), uploadId))).toBe('not_found')
  })

  test('that nobody went on with for a day gives its room back to the next one', async () => {
    const before = await used('north')
    const { uploadId } = await begin({ bytes: 5_000 })
    await owner.query(`UPDATE "StoredFile" SET "createdAt" = now() - interval '25 hours' WHERE key LIKE $1`, [
      `%${uploadId}%`,
    ])
    expect(await codeOf(uploadState(sender('north'), uploadId))).toBe('not_found')
    const next = await begin({ bytes: 100 })
    expect(await used('north')).toBe(before + 100)
    await cancelUpload(sender('north'), next.uploadId)
  })

  test.each([
    ['of another length', { offset: 0, bytes: film(999) }],
    ['of another place', { offset: 7, bytes: film(993) }],
    ['behind the end', { offset: CHUNK_BYTES, bytes: film(1_000) }],
    ['that begins as no film does', { offset: 0, bytes: Buffer.from('<html><script>'.padEnd(1_000)) }],
  ])('takes no part %s', async (_what, wrong) => {
    const { uploadId } = await begin({ bytes: 1_000 })
    expect(await codeOf(receivePart(sender('north'), uploadId, wrong))).toBe('invalid_input')
    expect((await uploadState(sender('north'), uploadId)).received).toEqual([])
    await cancelUpload(sender('north'), uploadId)
  })
})

describe('room', () => {
  test('is taken when an upload begins: ten at once of which one fits are one', async () => {
    const limitBytes = 1_500
    const results = await Promise.allSettled(
      Array.from({ length: 10 }, () => begin({ school: 'small', userId: 'sma0', bytes: 1_000, limitBytes })),
    )
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(await used('small')).toBe(1_000)
  })

  test.each([
    ['an SVG', { kind: 'file', name: 'x.svg', bytes: 10 }, 'invalid_input'],
    ['a page', { kind: 'file', name: 'x.html', bytes: 10 }, 'invalid_input'],
    ['a film among the files', { kind: 'file', name: 'x.mp4', bytes: 10 }, 'invalid_input'],
    ['captions of 2 MB', { kind: 'captions', name: 'x.vtt', bytes: 2_000_000 }, 'payload_too_large'],
    ['a film of 3 GB', { kind: 'video', name: 'x.mp4', bytes: 3 * 1024 ** 3 }, 'payload_too_large'],
  ] as const)('is not made for %s', async (_what, asked, code) => {
    expect(await codeOf(begin(asked))).toBe(code)
  })

  test('is not made in somebody else’s lesson', async () => {
    expect(await codeOf(begin({ bytes: 10, userId: 'tea1' }))).toBe('not_found')
  })
})

describe('a picture', () => {
  const input = {
    ...{ tenantId: 'north', userId: 'tea0', lessonId: 'northm0l0', timeZone: 'UTC', limitBytes: null },
    record: async () => undefined,
  }

  test('is encoded anew with its true size, whatever it was, and booked', async () => {
    const bytes = await sharp({ create: { width: 2_000, height: 1_000, channels: 3, background: '#345' } })
      .withExif({ IFD0: { Copyright: 'SECRET PLACE' } })
      .jpeg()
      .toBuffer()
    const before = await used('north')
    const picture = await storePicture({ ...input, reader: reader(), bytes })
    expect(picture).toMatchObject({ width: 1_600, height: 800 })
    expect(picture.src).toMatch(/^north\/public\/pictures\/[0-9a-f]{32}-1600\.webp$/)
    const stored = await contentOf(picture.src)
    expect(stored.includes('SECRET')).toBe(false)
    expect(await used('north')).toBe(before + stored.length)
  })

  test('is not taken for somebody else’s lesson, nor is anything that isn’t one', async () => {
    const bytes = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')
    expect(await codeOf(storePicture({ ...input, reader: reader('tea1'), bytes }))).toBe('not_found')
    expect(await codeOf(storePicture({ ...input, reader: reader(), bytes }))).toBe('invalid_input')
  })
})
