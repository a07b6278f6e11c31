import { randomBytes } from 'node:crypto'
import { mkdtemp, readdir, rm, stat, utimes } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { storage } from '#lib/adapters/storage/storage'
import {
  forgetFile,
  forgetFiles,
  recordFile,
  recordFiles,
  recordedKeys,
  storageUsed,
} from '#lib/db/queries/files'
import { affected, firstRow } from '#lib/db/handle'
import { sql } from '#lib/db/sql'
import { withTenant } from '#lib/db/tenant'
import { AppError } from '#lib/errors'
import { signedUrl } from '#lib/files/links'
import { removeUnrecorded } from '#lib/files/remove-unrecorded'
import { variantUrl } from '#lib/files/rules'
import { servePublicFile } from '#lib/files/serve-public-file'
import { serveSignedFile } from '#lib/files/serve-signed-file'
import { forgetImage, prepareImage, removeObjects, storeImage, writeImage } from '#lib/files/store-image'
import { testDatabase } from '#tests/support/database'
import { makePeople, makeSchool } from '#tests/support/factories'
import { fingerprint } from './fingerprint'
import { statementsOf } from './statements'

const folder = await mkdtemp(join(tmpdir(), 'files-'))
const { owner } = await testDatabase({
  STORAGE_DIR: folder,
  SMARTLMS_SECRET: 'a secret of at least thirty-two letters',
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const file = (key: string, bytes: number) => ({
  ...{ key, kind: 'essay', contentType: 'application/pdf', bytes },
  ...{ sha256: 'ab', uploadedById: null },
})

/** What the counter says and what the files come to; both must always be the same. */
async function books(school: string): Promise<{ counted: number; summed: number; files: number }> {
  const { rows } = await owner.query<{ counted: number; summed: number; files: number }>(
    `SELECT coalesce((SELECT amount FROM "UsageCounter" WHERE "tenantId" = $1 AND kind = 'storage'), 0)::float8 AS counted,
       coalesce(sum(bytes), 0)::float8 AS summed, count(*)::int AS files FROM "StoredFile" WHERE "tenantId" = $1`,
    [school],
  )
  const [row] = rows
  if (row === undefined) throw new Error('No row.')
  return row
}

async function codes(work: readonly Promise<unknown>[]): Promise<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const result of await Promise.allSettled(work)) {
    const code =
      result.status === 'fulfilled'
        ? 'stored'
        : result.reason instanceof AppError
          ? result.reason.code
          : 'fault'
    counts[code] = (counts[code] ?? 0) + 1
  }
  return counts
}

beforeAll(async () => {
  for (const school of ['north', 'south', 'racing', 'filling', 'pictures', 'other', 'sweeping', 'signing'])
    await makeSchool(owner, school)
  await makePeople(owner, 'pictures', 'ann', { count: 2 })
})

describe('the books', () => {
  test('of fifty uploads at once of which one fits, hold exactly one', async () => {
    const uploads = Array.from({ length: 50 }, (_, n) =>
      withTenant('racing', (db) => recordFile(db, file(`racing/private/${String(n)}.pdf`, 600), 1_000)),
    )
    expect(await codes(uploads)).toEqual({ stored: 1, limit_reached: 49 })
    expect(await books('racing')).toEqual({ counted: 600, summed: 600, files: 1 })
  })

  test('are filled to the last byte and not beyond, while files come and go', async () => {
    const at = (n: number) => `filling/private/${String(n)}.pdf`
    const upload = (n: number) => withTenant('filling', (db) => recordFile(db, file(at(n), 100), 1_000))
    expect(await codes(Array.from({ length: 30 }, (_, n) => upload(n)))).toEqual({
      stored: 10,
      limit_reached: 20,
    })
    expect(await books('filling')).toEqual({ counted: 1_000, summed: 1_000, files: 10 })
    const { rows } = await owner.query<{ key: string }>(
      `SELECT key FROM "StoredFile" WHERE "tenantId" = 'filling'`,
    )
    const some = rows.slice(0, 6).map(({ key }) => key)
    const removals = some.map((key) => withTenant('filling', (db) => forgetFile(db, key)))
    const twice = some.map((key) => withTenant('filling', (db) => forgetFile(db, key)))
    const more = Array.from({ length: 20 }, (_, n) => upload(100 + n))
    await codes([...removals, ...twice, ...more])
    const after = await books('filling')
    expect(after.counted).toBe(after.summed)
    expect(after.counted).toBeLessThanOrEqual(1_000)
    expect(await withTenant('filling', storageUsed)).toBe(after.summed)
  })

  test('take several files together or none of them', async () => {
    const files = [file('north/private/a.pdf', 60), file('north/private/b.pdf', 60)]
    const refused = withTenant('north', (db) => recordFiles(db, files, 100))
    await expect(refused).rejects.toMatchObject({ code: 'limit_reached', status: 409 })
    expect(await books('north')).toEqual({ counted: 0, summed: 0, files: 0 })
    await withTenant('north', (db) => recordFiles(db, files, 120))
    expect(await books('north')).toEqual({ counted: 120, summed: 120, files: 2 })
  })

  test('charge nothing for a key that is taken', async () => {
    const again = withTenant('north', (db) => recordFile(db, file('north/private/a.pdf', 5), null))
    await expect(again).rejects.toMatchObject({ code: 'conflict' })
    expect(await books('north')).toMatchObject({ counted: 120, summed: 120 })
  })

  test('have no limit where the plan has none, and count beyond four gigabytes', async () => {
    const large = 3 * 1024 ** 4
    await withTenant('south', (db) => recordFile(db, file('south/private/film.mp4', large), null))
    expect(await withTenant('south', storageUsed)).toBe(large)
    const more = withTenant('south', (db) => recordFile(db, file('south/private/x.pdf', 1), large))
    await expect(more).rejects.toMatchObject({ code: 'limit_reached' })
  })

  test('of one school are out of another’s reach', async () => {
    const before = await fingerprint(owner, 'south')
    await withTenant('north', async (db) => {
      expect(await forgetFiles(db, ['south/private/film.mp4'])).toEqual([])
      expect(await recordedKeys(db, ['south/private/film.mp4', 'north/private/a.pdf'])).toEqual([
        'north/private/a.pdf',
      ])
      expect(await storageUsed(db)).toBe(120)
    })
    const foreign = withTenant('north', (db) => recordFile(db, file('south/private/mine.pdf', 1), null))
    await expect(foreign).rejects.toThrow()
    expect(await fingerprint(owner, 'south')).toEqual(before)
    expect(await withTenant('other', storageUsed)).toBe(0)
  })

  test('cost one statement a change, for one file and for many', async () => {
    const files = Array.from({ length: 40 }, (_, n) => file(`other/private/${String(n)}.pdf`, 1))
    const sent = await statementsOf(() => withTenant('other', (db) => recordFiles(db, files, 1_000)))
    expect(sent).toHaveLength(1)
    const keys = files.map(({ key }) => key)
    expect(await statementsOf(() => withTenant('other', (db) => forgetFiles(db, keys)))).toHaveLength(1)
    expect(await books('other')).toEqual({ counted: 0, summed: 0, files: 0 })
  })
})

const photo = (colour: string) =>
  sharp({ create: { width: 300, height: 300, channels: 3, background: colour } })
    .jpeg()
    .toBuffer()

const exists = (key: string) =>
  stat(join(folder, key)).then(
    () => true,
    () => false,
  )

/** Stores an avatar as an action would: the column and the books change together. */
async function setAvatar(userId: string, colour: string, limitBytes: number | null, fail = false) {
  const image = await prepareImage('pictures', 'avatar', await photo(colour))
  const result = await storeImage(image, { uploadedById: userId, limitBytes }, async (db, key) => {
    const mine = sql`"tenantId" = ${db.tenantId} and id = ${userId}`
    const row = await firstRow<{ avatar: string | null }>(db, sql`select avatar from "User" where ${mine}`)
    await affected(db, sql`update "User" set avatar = ${key} where ${mine}`)
    if (fail) throw new AppError('conflict', 'Somebody else was faster.')
    return { replaced: row?.avatar ?? null, result: 'done' }
  })
  expect(result).toBe('done')
  return image
}

async function avatarOf(userId: string): Promise<string | null> {
  const { rows } = await owner.query<{ avatar: string | null }>(`SELECT avatar FROM "User" WHERE id = $1`, [
    userId,
  ])
  return rows[0]?.avatar ?? null
}

const avatarsOnDisk = () => readdir(join(folder, 'pictures/public/avatars'))

describe('a picture', () => {
  test('is stored in all sizes, booked, and served to its own school', async () => {
    const image = await setAvatar('ann0', 'red', null)
    const total = image.variants.reduce((sum, { bytes }) => sum + bytes.byteLength, 0)
    expect(image.key).toMatch(/^pictures\/public\/avatars\/[0-9a-f]{32}-256\.webp$/)
    expect(await books('pictures')).toEqual({ counted: total, summed: total, files: 2 })
    for (const size of [96, 256]) {
      const path = variantUrl('pictures', image.key, size)?.slice('/media/'.length).split('/') ?? []
      const answer = await servePublicFile('pictures', path, new Request('http://x'))
      expect((await sharp(Buffer.from(await answer.arrayBuffer())).metadata()).width).toBe(size)
      await expect(servePublicFile('other', path, new Request('http://x'))).rejects.toMatchObject({
        code: 'not_found',
      })
    }
  })

  test('that replaces another gives its bytes back and removes it, also at the limit', async () => {
    const old = (await avatarOf('ann0')) ?? ''
    const { counted } = await books('pictures')
    const image = await setAvatar('ann0', 'lime', counted + 200)
    expect(await exists(old)).toBe(false)
    expect(await exists(old.replace('256', '96'))).toBe(false)
    expect(await exists(image.key)).toBe(true)
    const after = await books('pictures')
    expect(after).toMatchObject({ files: 2, counted: after.summed })
  })

  test('beyond the limit leaves neither rows nor objects', async () => {
    const before = [await books('pictures'), await avatarsOnDisk()]
    const refused = setAvatar('ann1', 'blue', 1)
    await expect(refused).rejects.toMatchObject({ code: 'limit_reached' })
    expect([await books('pictures'), await avatarsOnDisk()]).toEqual(before)
    expect(await avatarOf('ann1')).toBeNull()
  })

  test('whose unit of work fails leaves neither rows nor objects', async () => {
    const before = [await books('pictures'), await avatarsOnDisk()]
    await expect(setAvatar('ann1', 'blue', null, true)).rejects.toMatchObject({ code: 'conflict' })
    expect([await books('pictures'), await avatarsOnDisk()]).toEqual(before)
    expect(await avatarOf('ann1')).toBeNull()
  })

  test('that is taken away gives its bytes back; a file that was never booked stays', async () => {
    const image = await setAvatar('ann1', 'navy', null)
    const gone = await withTenant('pictures', (db) => forgetImage(db, image.key))
    expect(gone.sort()).toEqual(image.variants.map(({ key }) => key).sort())
    await removeObjects(gone)
    expect(await exists(image.key)).toBe(false)
    await storage().put('pictures/public/sql/cover.webp', Buffer.from('x'), { contentType: 'image/webp' })
    expect(await withTenant('pictures', (db) => forgetImage(db, 'pictures/public/sql/cover.webp'))).toEqual(
      [],
    )
  })

  test('gets a name that nobody can guess, a new one each time', async () => {
    const bytes = await photo('red')
    const keys = await Promise.all(
      [1, 2, 3].map(async () => (await prepareImage('north', 'logo', bytes)).key),
    )
    expect(new Set(keys).size).toBe(3)
  })
})

test('the sweep removes uploads that no books hold, once they are a day old, and nothing else', async () => {
  const now = new Date()
  const webp = { contentType: 'image/webp' }
  const bytes = await photo('red')
  const [orphan, young, booked] = await Promise.all(
    [1, 2, 3].map(async () => {
      const image = await prepareImage('sweeping', 'cover', bytes)
      await writeImage(image)
      return image
    }),
  )
  if (orphan === undefined || young === undefined || booked === undefined) throw new Error('Three were made.')
  const files = booked.variants.map(({ key }) => file(key, 1))
  await withTenant('sweeping', (db) => recordFiles(db, files, null))
  await storage().put('sweeping/public/sql/cover.webp', bytes, webp)
  await storage().put('other/public/covers/0123456789abcdef0123456789abcdef-960.webp', bytes, webp)
  const old = new Date(now.getTime() - 25 * 3_600_000)
  const aged = [...orphan.variants, ...booked.variants].map(({ key }) => key)
  for (const key of [
    ...aged,
    'sweeping/public/sql/cover.webp',
    'other/public/covers/0123456789abcdef0123456789abcdef-960.webp',
  ])
    await utimes(join(folder, key), old, old)
  expect(await removeUnrecorded('sweeping', now)).toBe(2)
  for (const { key } of orphan.variants) expect(await exists(key)).toBe(false)
  for (const { key } of [...young.variants, ...booked.variants]) expect(await exists(key)).toBe(true)
  expect(await exists('sweeping/public/sql/cover.webp')).toBe(true)
  expect(await exists('other/public/covers/0123456789abcdef0123456789abcdef-960.webp')).toBe(true)
  expect(await removeUnrecorded('sweeping', now)).toBe(0)
})

describe('a signed link', () => {
  const content = randomBytes(5_000)

  async function follow(
    key: string,
    options: Readonly<{ name?: string; on?: string; request?: Request }> = {},
  ) {
    const { name, on = 'signing', request = new Request('http://x') } = options
    const link = signedUrl('signing', key, {
      now: new Date(),
      seconds: 60,
      ...(name === undefined ? {} : { name }),
    })
    const url = new URL(link, 'http://x')
    const of = (parameter: string) => url.searchParams.get(parameter) ?? ''
    return serveSignedFile(
      on,
      url.pathname.slice('/files/'.length).split('/'),
      { e: of('e'), s: of('s'), n: of('n') },
      request,
    )
  }

  beforeAll(async () => {
    const put = (name: string, contentType: string) =>
      storage().put(`signing/private/${name}`, content, { contentType })
    await put('film.mp4', 'video/mp4')
    await put('essay.pdf', 'application/pdf')
    await put('page.html', 'application/octet-stream')
    await put('drawing.svg', 'application/octet-stream')
    await storage().put('other/private/film.mp4', content, { contentType: 'video/mp4' })
  })

  test('answers whole, in parts, and for HEAD without a body', async () => {
    const whole = await follow('signing/private/film.mp4')
    expect(whole.status).toBe(200)
    expect(Buffer.from(await whole.arrayBuffer()).equals(content)).toBe(true)
    const part = await follow('signing/private/film.mp4', {
      request: new Request('http://x', { headers: { Range: 'bytes=100-199' } }),
    })
    expect([part.status, part.headers.get('Content-Range')]).toEqual([206, 'bytes 100-199/5000'])
    expect(Buffer.from(await part.arrayBuffer()).equals(content.subarray(100, 200))).toBe(true)
    const beyond = await follow('signing/private/film.mp4', {
      request: new Request('http://x', { headers: { Range: 'bytes=5000-' } }),
    })
    expect([beyond.status, beyond.headers.get('Content-Range')]).toEqual([416, 'bytes */5000'])
    const head = await follow('signing/private/film.mp4', {
      request: new Request('http://x', { method: 'HEAD' }),
    })
    expect([head.body, head.headers.get('Content-Length')]).toEqual([null, '5000'])
  })

  test.each([
    ['film.mp4', 'video/mp4', 'inline'],
    ['essay.pdf', 'application/pdf', 'attachment'],
    ['page.html', 'application/octet-stream', 'attachment'],
    ['drawing.svg', 'application/octet-stream', 'attachment'],
  ])('lets nothing run and nothing be kept: %s as %s, %s', async (name, type, disposition) => {
    const { headers } = await follow(`signing/private/${name}`, { name })
    expect(headers.get('Content-Type')).toBe(type)
    expect(headers.get('Content-Disposition')).toBe(
      `${disposition}; filename="${name}"; filename*=UTF-8''${name}`,
    )
    expect(headers.get('X-Content-Type-Options')).toBe('nosniff')
    expect(headers.get('Cache-Control')).toBe('private, no-store, no-transform')
  })

  test('opens nothing on another school’s host, though the same file lies there, and nothing that is gone', async () => {
    const gone = { code: 'not_found' }
    await expect(follow('signing/private/film.mp4', { on: 'other' })).rejects.toMatchObject(gone)
    await expect(follow('signing/private/never.mp4')).rejects.toMatchObject(gone)
  })
})

test('the public folder never serves what could run or wasn’t made public', async () => {
  await storage().put('signing/public/x.svg', Buffer.from('<svg/>'), {
    contentType: 'application/octet-stream',
  })
  for (const path of [['x.svg'], ['..', 'private', 'film.mp4'], ['../private/film.mp4'], ['a/x.webp'], []])
    await expect(servePublicFile('signing', path, new Request('http://x'))).rejects.toMatchObject({
      code: 'not_found',
    })
})
