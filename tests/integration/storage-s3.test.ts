import { randomBytes } from 'node:crypto'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { localStore } from '#lib/adapters/storage/local'
import { s3Store } from '#lib/adapters/storage/s3'
import { type Store, storeOf } from '#lib/adapters/storage/storage'
import { collect } from '#tests/support/collect'
import { s3Server } from './s3-server'

const { settings, requests } = await s3Server()
const folder = await mkdtemp(join(tmpdir(), 'store-'))
afterAll(() => rm(folder, { recursive: true, force: true }))

const WEBP = { contentType: 'image/webp' }
const MP4 = { contentType: 'video/mp4' }

async function bytesOf(stream: ReadableStream<Uint8Array>): Promise<Buffer> {
  return Buffer.concat(await collect(stream))
}

async function read(store: Store, key: string, start?: number, end?: number): Promise<Buffer | null> {
  const found = await store.open(key)
  return found === null ? null : bytesOf(found.read(start ?? 0, end ?? found.size - 1))
}

async function keysIn(store: Store, prefix: string): Promise<string[]> {
  return (await collect(store.list(prefix))).map(({ key }) => key).sort()
}

/** Chunks of sizes that fit no part; breaks off before the end if it is told to. */
function streamOf(bytes: Buffer, breakAfter = Infinity): ReadableStream<Uint8Array> {
  let position = 0
  return new ReadableStream({
    pull(controller) {
      if (position >= breakAfter) throw new Error('The sender went away.')
      const chunk = bytes.subarray(position, position + 777_777)
      position += chunk.byteLength
      if (chunk.byteLength > 0) controller.enqueue(chunk)
      else controller.close()
    },
  })
}

const STORES: readonly (readonly [string, Store])[] = [
  ['the local store', localStore(folder)],
  ['an S3 store', s3Store(settings)],
  ['the store that a bucket’s configuration asks for', storeOf({ s3: settings, storageDir: folder })],
]

describe.each(STORES)('%s', (_name, store) => {
  const school = `s${randomBytes(6).toString('hex')}`
  const key = (name: string) => `${school}/public/${name}`

  test('gives back what was put, with its size and the type of its extension', async () => {
    const bytes = randomBytes(100_001)
    await store.put(key('a/one.webp'), bytes, WEBP)
    expect(await store.open(key('a/one.webp'))).toMatchObject({ size: 100_001, contentType: 'image/webp' })
    expect((await read(store, key('a/one.webp')))?.equals(bytes)).toBe(true)
  })

  test.each([
    [0, 0],
    [5, 9],
    [70_000, 99_999],
    [99_999, 99_999],
    [0, 99_999],
  ])('reads bytes %i to %i and no other', async (start, end) => {
    const bytes = randomBytes(100_000)
    await store.put(key('range.mp4'), bytes, MP4)
    expect((await read(store, key('range.mp4'), start, end))?.equals(bytes.subarray(start, end + 1))).toBe(
      true,
    )
  })

  test('takes a stream of any length, also one that is longer than a part', async () => {
    for (const size of [1, 700_000, 20_000_000]) {
      const bytes = randomBytes(size)
      await store.put(key('film.mp4'), streamOf(bytes), MP4)
      expect((await store.open(key('film.mp4')))?.size).toBe(size)
      expect((await read(store, key('film.mp4')))?.equals(bytes)).toBe(true)
    }
  })

  test('stores nothing of a stream that breaks off, and keeps what was there', async () => {
    const bytes = randomBytes(20_000_000)
    for (const breakAfter of [1_000_000, 18_000_000]) {
      await expect(store.put(key('broken.mp4'), streamOf(bytes, breakAfter), MP4)).rejects.toThrow(
        'went away',
      )
      expect(await store.open(key('broken.mp4'))).toBeNull()
      await expect(store.put(key('film.mp4'), streamOf(bytes, breakAfter), MP4)).rejects.toThrow('went away')
      expect((await store.open(key('film.mp4')))?.size).toBe(20_000_000)
    }
  })

  test('replaces a file whole', async () => {
    await store.put(key('twice.webp'), Buffer.from('a longer first text'), WEBP)
    await store.put(key('twice.webp'), Buffer.from('second'), WEBP)
    expect((await read(store, key('twice.webp')))?.toString()).toBe('second')
  })

  test('knows nothing of what isn’t there or was removed, a folder included', async () => {
    await store.put(key('gone/x.webp'), Buffer.from('x'), WEBP)
    await store.remove(key('gone/x.webp'))
    await store.remove(key('gone/x.webp'))
    for (const name of ['gone/x.webp', 'gone', 'a', 'a/one.webp/deeper.webp', 'never.webp'])
      expect(await store.open(key(name))).toBeNull()
  })

  test('refuses an empty file and a type that isn’t the extension’s', async () => {
    const empty = { code: 'invalid_input' }
    await expect(store.put(key('e.webp'), Buffer.alloc(0), WEBP)).rejects.toMatchObject(empty)
    await expect(store.put(key('e.mp4'), streamOf(Buffer.alloc(0)), MP4)).rejects.toMatchObject(empty)
    await expect(
      store.put(key('e.svg'), Buffer.from('<svg/>'), { contentType: 'image/svg+xml' }),
    ).rejects.toThrow()
    expect(await store.open(key('e.webp'))).toBeNull()
  })

  test('lists one folder of one school, and no half-written file', async () => {
    const other = `${school}x`
    await store.put(`${other}/public/l/x.webp`, Buffer.from('x'), WEBP)
    await store.put(key('l/1.webp'), Buffer.from('x'), WEBP)
    await store.put(key('l/deep/2.webp'), Buffer.from('x'), WEBP)
    await store.put(`${school}/private/l/3.webp`, Buffer.from('x'), WEBP)
    expect(await keysIn(store, key('l/'))).toEqual([key('l/1.webp'), key('l/deep/2.webp')])
    expect(await keysIn(store, `${school}/private/`)).toEqual([`${school}/private/l/3.webp`])
    expect(await keysIn(store, `${other}/`)).toEqual([`${other}/public/l/x.webp`])
    expect(await keysIn(store, `${school}y/`)).toEqual([])
    expect((await keysIn(store, `${school}/`)).every((one) => one.startsWith(`${school}/`))).toBe(true)
  })

  test.each([
    '../secret.webp',
    `${school}/public/../../secret.webp`,
    `${school}/public/./x.webp`,
    `${school}/public//x.webp`,
    `${school}/public/`,
    `${school}/public`,
    `${school}/else/x.webp`,
    `/${school}/public/x.webp`,
    `${school}/public/.hidden.webp`,
    `${school}/public/..%2fx.webp`,
    `${school}/public/a\\b.webp`,
    `${school}/public/X.webp`,
    `${school}/public/x.webp\0.png`,
    `${school}/public/x.webp?uploads`,
    '.incoming/public/x.webp',
    '',
  ])('refuses %j before anything is asked of the disk or the server', async (bad) => {
    await writeFile(join(folder, 'secret.webp'), 'secret')
    const before = requests.length
    await expect(store.open(bad)).rejects.toThrow('no storage key')
    await expect(store.remove(bad)).rejects.toThrow('no storage key')
    await expect(store.put(bad, Buffer.from('x'), WEBP)).rejects.toThrow('no storage key')
    expect(requests).toHaveLength(before)
  })

  test.each(['', '/', '../', school, `${school}/../`, `${school}//`])('lists no %j', async (prefix) => {
    await expect(keysIn(store, prefix)).rejects.toThrow('no folder of a school')
  })
})

test('the local store leaves no half-written file behind', async () => {
  expect(await readdir(join(folder, '.incoming'))).toEqual([])
})

test('the local store answers a full or broken disk as unavailable', async () => {
  const store = localStore(join(folder, 'secret.webp'))
  const refusal = { code: 'unavailable' }
  await expect(store.put('acme/public/x.webp', Buffer.from('x'), WEBP)).rejects.toMatchObject(refusal)
})

test('an S3 listing goes on beyond its first page', async () => {
  const store = s3Store(settings)
  const numbers = Array.from({ length: 1_003 }, (_, n) => n)
  const put = (n: number) => store.put(`many/private/${String(n)}.webp`, Buffer.from('x'), WEBP)
  while (numbers.length > 0) await Promise.all(numbers.splice(0, 20).map(put))
  expect(await keysIn(store, 'many/')).toHaveLength(1_003)
})

async function refusalsOf(store: Store): Promise<unknown[]> {
  const key = 'acme/public/x.webp'
  const results = await Promise.allSettled([
    store.put(key, Buffer.from('x'), WEBP),
    store.put('acme/public/x.mp4', streamOf(randomBytes(17_000_000)), MP4),
    store.open(key),
    store.remove(key),
    keysIn(store, 'acme/'),
  ])
  return results.map((result): unknown => (result.status === 'rejected' ? result.reason : 'no refusal'))
}

describe('when S3 doesn’t do its work', () => {
  test('a server that is down is unavailable, for everything', async () => {
    const down = s3Store({ ...settings, endpoint: 'http://127.0.0.1:1' })
    for (const refusal of await refusalsOf(down)) expect(refusal).toMatchObject({ code: 'unavailable' })
  })

  test('a server that breaks is unavailable, for everything', async () => {
    const broken = createServer((request, response) => {
      request.resume()
      response.writeHead(500).end('<Error><Code>InternalError</Code></Error>')
    })
    await new Promise<void>((resolve) => broken.listen(0, '127.0.0.1', resolve))
    const address = broken.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    const store = s3Store({ ...settings, endpoint: `http://127.0.0.1:${String(port)}` })
    for (const refusal of await refusalsOf(store)) expect(refusal).toMatchObject({ code: 'unavailable' })
    broken.closeAllConnections()
    broken.close()
  })

  test('wrong credentials are a fault of the installation, told without what the server said', async () => {
    const { accessKeyId } = settings.credentials
    const stranger = s3Store({ ...settings, credentials: { accessKeyId, secretAccessKey: 'wrong' } })
    for (const refusal of await refusalsOf(stranger)) {
      expect(String(refusal)).toMatch(/^Error: The file store refused: \w+, 403\.$/)
      expect(refusal).not.toHaveProperty('code')
    }
  })
})
