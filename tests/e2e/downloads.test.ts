import { beforeAll, expect, test } from 'vitest'
import { type Answer, ask, hostOf } from '#tests/support/http'
import { loadWorld, type World } from './rows/world'
import { cookieOf, signIn } from './sign-in'

// A browser shows how much of a file is still to come, and asks for the part that it is missing.

let world: World
let cookie: Record<string, string>

const UPLOADS = '/api/editor/uploads'
const CSV = Array.from({ length: 500 }, (_, n) => `${String(n)},the same words again and again`).join('\n')
const PDF = `%PDF-1.7\n${CSV}`

const call = (method: string, path: string, body: string): Promise<Answer> =>
  ask({ host: hostOf('acme'), method, path, body, headers: cookie })

/** Uploads a file to a lesson. @returns its signed link */
async function upload(name: string, content: string): Promise<string> {
  const begun = { lessonId: world.taught.lessonId, kind: 'file', name, bytes: content.length }
  const { uploadId } = JSON.parse((await call('POST', UPLOADS, JSON.stringify(begun))).body) as {
    uploadId: string
  }
  await call('PUT', `${UPLOADS}/${uploadId}?offset=0`, content)
  const done = await call('POST', `${UPLOADS}/${uploadId}`, JSON.stringify({ name }))
  return (JSON.parse(done.body) as { url: string }).url
}

const follow = (path: string, method = 'GET', headers: Record<string, string> = {}): Promise<Answer> =>
  ask({ host: hostOf('acme'), path, method, headers: { 'accept-encoding': 'gzip, br', ...headers } })

beforeAll(async () => {
  world = await loadWorld()
  cookie = cookieOf(await signIn(world.acme.id, world.acme.instructorId))
})

test.each([
  ['rows.csv', CSV],
  ['notes.pdf', PDF],
])('%s says how long it is, whole, in part and for HEAD, and comes as it is', async (name, content) => {
  const path = await upload(name, content)
  const whole = await follow(path)
  expect(whole.status).toBe(200)
  expect(whole.body).toBe(content)
  const [head, part] = [await follow(path, 'HEAD'), await follow(path, 'GET', { range: 'bytes=10-109' })]
  expect([head.status, part.status]).toEqual([200, 206])
  expect(part.body).toBe(content.slice(10, 110))
  expect(part.headers['content-range']).toBe(`bytes 10-109/${String(content.length)}`)
  for (const [answer, bytes] of [
    [whole, content.length],
    [head, content.length],
    [part, 100],
  ] as const) {
    expect(answer.headers['content-length']).toBe(String(bytes))
    expect(answer.headers['content-encoding']).toBeUndefined()
  }
})
