import { readdirSync } from 'node:fs'
import sharp from 'sharp'
import { beforeAll, describe, expect, inject, test } from 'vitest'
import { CHUNK_BYTES, MOST_BYTES, SAVE_BYTES } from '#lib/editor/contract'
import { MAX_IMAGE_BYTES } from '#lib/files/contract'
import { endpoints } from '#tests/support/endpoints'
import { type Answer, ask, hostOf } from '#tests/support/http'
import { contentOfTables, owner } from '#tests/support/served'
import { loadWorld, type World } from './rows/world'
import { cookieOf, signIn } from './sign-in'

// The routes that the lesson editor calls: who may, what they take, and that a refusal leaves neither row nor file.

/** `teacher` teaches the lesson's course, `colleague` another one; `stranger` is another school's admin. */
type Who = 'anonymous' | 'student' | 'teacher' | 'colleague' | 'admin' | 'stranger' | 'root'

type Send = Readonly<{ path: string; method?: string; body?: string | Buffer }>

/** What a call is about: a lesson of the teacher's, and an upload that they have begun. */
type Target = Readonly<{ lessonId: string; uploadId: string; seen: string }>

let world: World
let picture: Buffer
let uploadId: string
const cookies: Partial<Record<Who, Record<string, string>>> = {}

const UPLOADS = '/api/editor/uploads'
const FILE = { kind: 'file', name: 'notes.pdf', bytes: CHUNK_BYTES + 1_000 } as const

/** The file in its two parts; no stretch of it is like another one. */
const TEXT = `%PDF-1.7\n${Array.from({ length: CHUNK_BYTES / 8 + 200 }, (_, n) => String(n).padStart(8)).join('')}`
const CONTENT = TEXT.slice(0, FILE.bytes)
const FIRST = CONTENT.slice(0, CHUNK_BYTES)
const LAST = CONTENT.slice(CHUNK_BYTES)

const json = (value: unknown): string => JSON.stringify(value)
const part = (id: string, offset: number | string, body: string): Send => ({
  ...{ method: 'PUT', path: `${UPLOADS}/${id}?offset=${String(offset)}`, body },
})
const finish = (id: string, body = json({ name: FILE.name })): Send => ({
  ...{ method: 'POST', path: `${UPLOADS}/${id}`, body },
})
const begin = (lessonId: string, more: Readonly<Record<string, unknown>> = {}): Send => ({
  ...{ method: 'POST', path: UPLOADS, body: json({ lessonId, ...FILE, ...more }) },
})
const state = (id: string): Send => ({ path: `${UPLOADS}/${id}` })
const cancel = (id: string): Send => ({ method: 'DELETE', path: `${UPLOADS}/${id}` })
const save = (lessonId: string, body: string): Send => ({
  ...{ method: 'PUT', path: `/api/editor/lessons/${lessonId}`, body },
})
const store = (lessonId: string, body: string | Buffer): Send => ({
  ...{ method: 'POST', path: `/api/editor/pictures?lessonId=${lessonId}`, body },
})

/** One call of each route that would be taken from the teacher. */
const CALLS: Readonly<Record<string, (target: Target) => Send>> = {
  'editor.save': ({ lessonId, seen }) => save(lessonId, json({ seen, changes: { preview: false } })),
  'editor.picture': ({ lessonId }) => store(lessonId, picture),
  'editor.upload': ({ lessonId }) => begin(lessonId),
  'editor.upload-state': (target) => state(target.uploadId),
  // The small one: whoever has no session is refused for a large body’s size before anything is asked.
  'editor.upload-part': (target) => part(target.uploadId, CHUNK_BYTES, LAST),
  'editor.upload-finish': (target) => finish(target.uploadId),
  'editor.upload-cancel': (target) => cancel(target.uploadId),
}

const ROUTES = Object.entries(CALLS)
const OF_UPLOADS = ROUTES.filter(([id]) => id.startsWith('editor.upload-'))
const OF_LESSONS = ROUTES.filter(([id]) => !id.startsWith('editor.upload-'))

function send(
  who: Who,
  call: Send,
  more: Readonly<{ origin?: string; host?: string }> = {},
): Promise<Answer> {
  const { host = hostOf('acme'), origin } = more
  return ask({
    ...{ host, ...call },
    headers: { ...cookies[who], ...(origin === undefined ? {} : { origin }) },
  })
}

function dataOf(answer: Answer): Record<string, unknown> {
  const value: unknown = JSON.parse(answer.body)
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {}
}

async function target(): Promise<Target> {
  const { lessonId } = world.taught
  const { rows } = await owner().query<{ updatedAt: Date }>(
    'select "updatedAt" from "Lesson" where id = $1',
    [lessonId],
  )
  return { lessonId, uploadId, seen: rows[0]?.updatedAt.toISOString() ?? '' }
}

async function started(who: Who, lessonId: string): Promise<string> {
  const answer = await send(who, begin(lessonId))
  expect(answer.status).toBe(201)
  expect(dataOf(answer)).toMatchObject({ chunkBytes: CHUNK_BYTES, received: [] })
  return String(dataOf(answer)['uploadId'])
}

const filesStored = (): string[] =>
  readdirSync(inject('served').storageDir, { recursive: true, encoding: 'utf8' }).sort()

/** What a refusal must leave as it was: every row, every file. */
const everything = async () => ({ rows: await contentOfTables(), files: filesStored() })

async function expectRefused(work: () => Promise<Answer>, status: number): Promise<Answer> {
  const before = await everything()
  const answer = await work()
  expect(answer.status).toBe(status)
  expect(await everything()).toEqual(before)
  return answer
}

beforeAll(async () => {
  world = await loadWorld()
  const { acme, globex, taught, unenrolled } = world
  const one = async (sql: string, values: readonly string[]): Promise<string> => {
    const { rows } = await owner().query<{ id: string }>(sql, [...values])
    return rows[0]?.id ?? ''
  }
  const colleague = await one('select "instructorId" as id from "Course" where id = $1', [
    unenrolled.courseId,
  ])
  const root = await one(`select id from "User" where role = 'SUPER_ADMIN' limit 1`, [])
  cookies.student = cookieOf(await signIn(acme.id, acme.studentId))
  cookies.teacher = cookieOf(await signIn(acme.id, acme.instructorId))
  cookies.colleague = cookieOf(await signIn(acme.id, colleague))
  cookies.admin = cookieOf(await signIn(acme.id, acme.adminId))
  cookies.stranger = cookieOf(await signIn(globex.id, globex.adminId))
  cookies.root = cookieOf(await signIn('platform', root))
  picture = await sharp({ create: { width: 8, height: 8, channels: 3, background: '#2c5282' } })
    .png()
    .toBuffer()
  uploadId = await started('teacher', taught.lessonId)
})

test('no route of the editor is left out', () => {
  const wanted = endpoints().filter(({ kind, id }) => kind === 'route' && id.startsWith('editor.'))
  expect(ROUTES.map(([id]) => id).sort()).toEqual(wanted.map(({ id }) => id).sort())
})

const REFUSED = [
  ['anonymous', 401],
  ['student', 403],
  // Of one’s own school, with the right to edit courses, and not this one.
  ['colleague', 404],
  ['stranger', 401],
  ['root', 401],
] as const

describe.each(ROUTES)('%s', (_id, call) => {
  test.each(REFUSED)('refuses %s with %i', async (who, status) => {
    const wanted = call(await target())
    const answer = await expectRefused(() => send(who, wanted), status)
    expect(answer.headers['cache-control']).toMatch(/no-store/)
    expect(answer.body).not.toContain(world.acme.canary)
  })

  test('has nothing of this school on another one’s host', async () => {
    const wanted = call(await target())
    const host = hostOf('globex')
    await expectRefused(() => send('stranger', wanted, { host }), 404)
    await expectRefused(() => send('teacher', wanted, { host }), 401)
  })

  test('knows no other parameters', async () => {
    const wanted = call(await target())
    const path = `${wanted.path}${wanted.path.includes('?') ? '&' : '?'}tenantId=${world.acme.id}`
    await expectRefused(() => send('teacher', { ...wanted, path }), 422)
  })

  test.each([
    ['another site', () => 'https://evil.test'],
    ['another school', () => `http://${hostOf('globex')}`],
    ['a sandboxed frame', () => 'null'],
  ])('from a page of %s changes nothing and tells nothing', async (_name, origin) => {
    const wanted = call(await target())
    const reads = wanted.method === undefined
    const answer = await expectRefused(() => send('teacher', wanted, { origin: origin() }), reads ? 200 : 403)
    // What reads is answered, and no other origin’s script gets to see it.
    expect(answer.headers['access-control-allow-origin']).toBeUndefined()
  })
})

describe.each(OF_LESSONS)('%s', (id, call) => {
  test.each(['teacher', 'admin'] as const)('lets in the %s', async (who) => {
    const answer = await send(who, call(await target()))
    expect(answer.status).toBe(id === 'editor.upload' ? 201 : 200)
    expect(answer.headers['cache-control']).toMatch(/no-store/)
  })
})

describe.each(OF_UPLOADS)('%s', (_id, call) => {
  test('is for whoever began the upload, and for no admin', async () => {
    const wanted = call(await target())
    await expectRefused(() => send('admin', wanted), 404)
  })
})

type Broken = readonly [name: string, call: (target: Target) => Send, status: number]

const LESSONS: readonly Broken[] = [
  ['no JSON', ({ lessonId }) => save(lessonId, '{"seen":'), 422],
  ['nothing', ({ lessonId }) => save(lessonId, ''), 422],
  ['a list', ({ lessonId }) => save(lessonId, '[]'), 422],
  ['no moment', ({ lessonId }) => save(lessonId, json({ changes: {} })), 422],
  ['an unknown key', ({ lessonId, seen }) => save(lessonId, json({ seen, changes: {}, tenantId: 'x' })), 422],
  [
    'a field that no form changes',
    ({ lessonId, seen }) => save(lessonId, json({ seen, changes: { moduleId: 'x' } })),
    422,
  ],
  [
    'a document of another kind',
    ({ lessonId, seen }) => save(lessonId, json({ seen, changes: { document: { html: '<p>' } } })),
    422,
  ],
  [
    'another school’s film',
    ({ lessonId, seen }) => {
      const videoUrl = `${world.globex.id}/private/lessons/${'0'.repeat(32)}.mp4`
      return save(lessonId, json({ seen, changes: { videoUrl } }))
    },
    422,
  ],
  [
    'a film that the books don’t know',
    ({ lessonId, seen }) => {
      const videoUrl = `${world.acme.id}/private/lessons/${'0'.repeat(32)}.mp4`
      return save(lessonId, json({ seen, changes: { videoUrl } }))
    },
    422,
  ],
  [
    'another school’s lesson to wait for',
    ({ lessonId, seen }) => save(lessonId, json({ seen, changes: { releaseAfterId: world.globex.closed } })),
    422,
  ],
  ['more than a lesson may have', ({ lessonId }) => save(lessonId, ' '.repeat(SAVE_BYTES + 1)), 413],
  ['more than any request may have', ({ lessonId }) => save(lessonId, ' '.repeat(9_000_001)), 413],
  [
    'another school’s lesson',
    ({ seen }) => save(world.globex.closed, json({ seen, changes: { title: 'Mine' } })),
    404,
  ],
  ['a colleague’s lesson', ({ seen }) => save(world.unenrolled.lessonId, json({ seen, changes: {} })), 404],
  ['no id of a lesson', ({ seen }) => save('NO-ID', json({ seen, changes: {} })), 422],
]

const PICTURES: readonly Broken[] = [
  ['nothing', ({ lessonId }) => store(lessonId, ''), 422],
  ['no picture', ({ lessonId }) => store(lessonId, 'a picture, honestly'), 422],
  [
    'a drawing that could run scripts',
    ({ lessonId }) => store(lessonId, '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'),
    422,
  ],
  ['half a picture', ({ lessonId }) => store(lessonId, picture.subarray(0, 60)), 422],
  ['more than a picture may have', ({ lessonId }) => store(lessonId, Buffer.alloc(MAX_IMAGE_BYTES + 1)), 413],
  ['another school’s lesson', () => store(world.globex.closed, picture), 404],
  ['a colleague’s lesson', () => store(world.unenrolled.lessonId, picture), 404],
  ['no id of a lesson', () => store('NO-ID', picture), 422],
  ['no lesson', () => ({ method: 'POST', path: '/api/editor/pictures', body: picture }), 422],
]

const BEGINNINGS: readonly Broken[] = [
  ['no JSON', () => ({ method: 'POST', path: UPLOADS, body: 'name=film' }), 422],
  ['an unknown key', ({ lessonId }) => begin(lessonId, { key: 'x/private/lessons/y.pdf' }), 422],
  ['an unknown kind', ({ lessonId }) => begin(lessonId, { kind: 'program' }), 422],
  ['a name of another kind', ({ lessonId }) => begin(lessonId, { name: 'notes.html' }), 422],
  ['no bytes', ({ lessonId }) => begin(lessonId, { bytes: 0 }), 422],
  ['half a byte', ({ lessonId }) => begin(lessonId, { bytes: 1.5 }), 422],
  ['more than a file may have', ({ lessonId }) => begin(lessonId, { bytes: MOST_BYTES.file + 1 }), 413],
  ['more than the request may have', ({ lessonId }) => begin(lessonId, { name: 'x'.repeat(10_000) }), 413],
  ['another school’s lesson', () => begin(world.globex.closed), 404],
  ['a colleague’s lesson', () => begin(world.unenrolled.lessonId), 404],
]

const PARTS: readonly Broken[] = [
  ['no place', (to) => ({ method: 'PUT', path: `${UPLOADS}/${to.uploadId}`, body: FIRST }), 422],
  ['a place before the file', (to) => part(to.uploadId, '-1', FIRST), 422],
  ['a place between two parts', (to) => part(to.uploadId, 1, FIRST), 422],
  ['a place behind the file', (to) => part(to.uploadId, 2 * CHUNK_BYTES, LAST), 422],
  ['too little', (to) => part(to.uploadId, 0, FIRST.slice(1)), 422],
  ['more than is left', (to) => part(to.uploadId, CHUNK_BYTES, FIRST), 422],
  ['more than a part may have', (to) => part(to.uploadId, 0, `${FIRST} `), 413],
  ['the beginning of another kind', (to) => part(to.uploadId, 0, FIRST.replace('%PDF', '<htm')), 422],
  ['an upload that there isn’t', () => part('0'.repeat(32), 0, FIRST), 404],
  ['no id of an upload', () => part('x', 0, FIRST), 422],
  ['an end while parts are missing', (to) => finish(to.uploadId), 409],
  ['an end without a name', (to) => finish(to.uploadId, '{}'), 422],
  ['an end that is no JSON', (to) => finish(to.uploadId, 'done'), 422],
  ['an end with an unknown key', (to) => finish(to.uploadId, json({ name: 'a.pdf', bytes: 1 })), 422],
  ['an end larger than it may be', (to) => finish(to.uploadId, ' '.repeat(10_001)), 413],
]

describe.each([
  ['a lesson', LESSONS],
  ['a picture', PICTURES],
  ['the beginning of an upload', BEGINNINGS],
  ['an upload', PARTS],
] as const)('%s', (_name, broken) => {
  test.each(broken)('with %s is refused', async (_what, call, status) => {
    const wanted = call(await target())
    await expectRefused(() => send('teacher', wanted), status)
  })
})

test('a lesson that somebody else saved meanwhile stays theirs, and is shown', async () => {
  const { lessonId } = await target()
  const old = save(lessonId, json({ seen: '2020-01-01T00:00:00.000Z', changes: { title: 'Too late' } }))
  const answer = await expectRefused(() => send('teacher', old), 409)
  expect(dataOf(answer)).toMatchObject({ conflict: { preview: false } })
})

test('nobody without a session’s cookie can make the server hold a large body', async () => {
  const { lessonId } = await target()
  await expectRefused(() => send('anonymous', store(lessonId, Buffer.alloc(1_000_001))), 413)
})

describe('an upload', () => {
  test('of two parts, sent out of order and twice, becomes one file that a signed link saves', async () => {
    const { lessonId } = await target()
    const id = await started('teacher', lessonId)
    expect((await send('teacher', part(id, CHUNK_BYTES, LAST))).status).toBe(200)
    expect(dataOf(await send('teacher', state(id)))).toMatchObject({ received: [CHUNK_BYTES] })
    expect((await send('teacher', finish(id))).status).toBe(409)
    for (let time = 0; time < 2; time += 1)
      expect((await send('teacher', part(id, 0, FIRST))).status).toBe(200)
    const done = dataOf(await send('teacher', finish(id)))
    expect(done).toMatchObject({ name: FILE.name, bytes: FILE.bytes })
    // The answer may get lost: asked again, it is the same file, and one in the books and in the log.
    expect(dataOf(await send('teacher', finish(id)))).toMatchObject({ key: done['key'], bytes: FILE.bytes })
    const { rows } = await owner().query(
      `select f.kind, f.bytes::int as bytes, f."uploadedById", (select count(*)::int from "AuditLog" a
         where a."tenantId" = f."tenantId" and a.action = 'lesson.upload' and a."actorId" = f."uploadedById"
           and a.after ->> 'file' = f.key) as logged
       from "StoredFile" f where f."tenantId" = $1 and f.key like $2`,
      [world.acme.id, `%${id}%`],
    )
    expect(rows).toEqual([
      { kind: 'lesson', bytes: FILE.bytes, uploadedById: world.acme.instructorId, logged: 1 },
    ])
    expect(filesStored().filter((name) => name.includes(`${id}-`))).toEqual([])

    const path = String(done['url'])
    const saved = await ask({ host: hostOf('acme'), path })
    expect(saved.status).toBe(200)
    expect(saved.body === CONTENT).toBe(true)
    expect(saved.headers).toMatchObject({
      'content-type': 'application/pdf',
      'cache-control': 'private, no-store, no-transform',
      'content-length': String(FILE.bytes),
      'x-content-type-options': 'nosniff',
    })
    expect(saved.headers['content-disposition']).toMatch(/^attachment(?:;|$)/)
    expect(saved.headers['content-security-policy']).toContain('sandbox')
    expect((await ask({ host: hostOf('globex'), path })).status).toBe(404)
    expect((await ask({ host: hostOf('acme'), path: path.replace(/\?.*/, '') })).status).toBe(404)
    expect((await send('teacher', state(id))).status).toBe(404)
  })

  test('that was given up leaves nothing', async () => {
    const { lessonId } = await target()
    const before = filesStored()
    const id = await started('teacher', lessonId)
    expect((await send('teacher', part(id, 0, FIRST))).status).toBe(200)
    expect((await send('teacher', cancel(id))).status).toBe(200)
    for (const call of [state(id), part(id, 0, FIRST), finish(id), cancel(id)])
      await expectRefused(() => send('teacher', call), 404)
    const { rows } = await owner().query('select from "StoredFile" where key like $1', [`%${id}%`])
    expect(rows).toEqual([])
    expect(filesStored().filter((name) => /\.[a-z]+$/.test(name))).toEqual(
      before.filter((name) => /\.[a-z]+$/.test(name)),
    )
  })
})
