import { createHash } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { storage } from '#lib/adapters/storage/storage'
import { removeDraftFile } from '#lib/assignments/draft-files'
import { type TakenFile, workForm } from '#lib/assignments/contract'
import { FILE_BYTES_MAX } from '#lib/assignments/contract/limits'
import { forgetUnhanded } from '#lib/assignments/forget-unhanded'
import { loadAssignment } from '#lib/assignments/load-assignment'
import { loadSubmission } from '#lib/assignments/load-submissions'
import { takeWorkFile } from '#lib/assignments/take-work-file'
import { handIn, saveDraft } from '#lib/assignments/write-work'
import { recordedKeys, recordFile, storageUsed } from '#lib/db/queries/files'
import { AppError } from '#lib/errors'
import { PART_BYTES } from '#lib/files/contract/part-bytes'
import type { Part } from '#lib/files/contract/parts'
import { removeUnrecorded } from '#lib/files/remove-unrecorded'
import { testDatabase } from '#tests/support/database'
import { gone, makeExamWorld, north } from './exam-support'

// Files of assignments at the school `north`, course `maths`, by `ann0` …, all enrolled but the last.

const folder = await mkdtemp(join(tmpdir(), 'work-files-'))
const { owner } = await testDatabase({
  STORAGE_DIR: folder,
  SMARTLMS_SECRET: 'a secret of at least thirty-two letters',
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const place = { timeZone: 'Europe/Berlin', locale: 'en' }
const PDF = '%PDF-1.7 my essay'
let count = 0

async function assignment(
  shape: Readonly<{ due?: string; late?: object; times?: number; accepts?: string }> = {},
): Promise<string> {
  count += 1
  const { due = null, late = {}, times = null, accepts = '{TEXT,FILE}' } = shape
  const id = `filework${String(count)}`
  await owner.query(
    `INSERT INTO "Assignment" (id, "tenantId", "courseId", title, points, accepts, settings, "dueDate", "publishedAt")
     VALUES ($1, 'north', 'maths', 'Essay ' || $1, 50, $2::"SubmissionKind"[], $3, now() + $4::interval, now())`,
    [id, accepts, JSON.stringify({ late, times }), due],
  )
  return id
}

type Body = string | Uint8Array | ReadableStream<Uint8Array>

function streamOf(body: Body): ReadableStream<Uint8Array> {
  if (body instanceof ReadableStream) return body
  return new Blob([typeof body === 'string' ? body : new Uint8Array(body)]).stream()
}

type Sent = Readonly<{
  userId?: string
  name?: string
  seen?: string
  body?: Body
  limitBytes?: number | null
  tenantId?: string
  part?: Part
}>

function sendPart(assignmentId: string, sent: Sent): Promise<TakenFile | null> {
  const { userId = 'ann0', name = 'My Essay.pdf', seen = '', body = PDF, part } = sent
  const { limitBytes = null, tenantId = 'north' } = sent
  return takeWorkFile({
    ...{ tenantId, userId, timeZone: place.timeZone, limitBytes, body: streamOf(body) },
    query: { assignmentId, name, seen, part },
    record: () => Promise.resolve(),
  })
}

async function send(assignmentId: string, sent: Sent = {}): Promise<TakenFile> {
  const taken = await sendPart(assignmentId, sent)
  if (taken === null) throw new Error('More parts have to come.')
  return taken
}

let keys = 0
type Form = Readonly<{ content?: string; files?: readonly string[]; seen?: string; key?: string }>
function formOf(assignmentId: string, form: Form) {
  keys += 1
  const { content = '', files = [], seen = '', key = String(keys).padStart(32, '0') } = form
  return workForm.parse({ assignmentId, intent: 'save', content, files, key, seen })
}
const hand = (assignmentId: string, form: Form, userId = 'ann0') =>
  north((db) => handIn(db, { ...place, userId, form: formOf(assignmentId, form) }))
const keep = (assignmentId: string, form: Form, userId = 'ann0') =>
  north((db) => saveDraft(db, { ...place, userId, form: formOf(assignmentId, form) }))
const look = (assignmentId: string, userId = 'ann0') =>
  north((db) => loadAssignment(db, { assignmentId, userId, timeZone: place.timeZone }))
const remove = (assignmentId: string, key: string, seen: string, userId = 'ann0') =>
  north((db) => removeDraftFile(db, { userId, timeZone: place.timeZone, query: { assignmentId, key, seen } }))

/** Why it was refused: the reason, or what is said about which field. */
async function why(work: Promise<unknown>): Promise<unknown> {
  try {
    await work
  } catch (error) {
    if (!(error instanceof AppError)) return String(error)
    return error.reason ?? (Object.keys(error.fields).join() || error.code)
  }
  return 'done'
}

const used = () => north((db) => storageUsed(db))
async function stored(): Promise<number> {
  let found = 0
  for await (const one of storage().list('north/')) found += one.key.length > 0 ? 1 : 0
  return found
}

beforeAll(async () => {
  await makeExamWorld(owner)
})

describe('a file that is sent', () => {
  test('belongs to the draft at once, is charged, and is handed in with the version', async () => {
    const id = await assignment()
    const before = await used()
    const first = await send(id)
    expect(first).toMatchObject({ name: 'my-essay.pdf', bytes: PDF.length })
    expect(first.seen).not.toBeNull()
    expect(first.key).toMatch(
      new RegExp(`^north/private/submissions/${id}/ann0/[0-9a-f]{32}-my-essay\\.pdf$`),
    )
    expect(first.url).toMatch(/^\/files\/submissions\//)
    expect(await used()).toBe(before + PDF.length)
    const second = await send(id, { name: 'notes.txt', body: 'Notes', seen: first.seen ?? '' })
    const { draft } = await look(id)
    expect(draft?.files.map(({ name, bytes }) => [name, bytes])).toEqual([
      ['my-essay.pdf', PDF.length],
      ['notes.txt', 5],
    ])
    expect(draft?.savedAt.toISOString()).toBe(second.seen)

    const files = [first.key, second.key]
    const key = 'e'.repeat(32)
    const handed = { number: 1, daysLate: 0, files: 2, fresh: true }
    expect(await hand(id, { files, key, seen: second.seen ?? '' })).toEqual(handed)
    expect(await hand(id, { files, key })).toMatchObject({ number: 1, fresh: false })
    const after = await look(id)
    expect(after.draft).toBeNull()
    expect(after.versions.map((version) => version.files.map(({ key: one }) => one))).toEqual([files])
    const { rows } = await owner.query(
      `SELECT "fileUrl", files FROM "Submission" WHERE "assignmentId" = $1 UNION ALL
       SELECT v."fileUrl", v.files FROM "SubmissionVersion" v JOIN "Submission" s ON s.id = v."submissionId" WHERE s."assignmentId" = $1`,
      [id],
    )
    expect(rows).toEqual(Array.from({ length: 2 }, () => ({ fileUrl: first.key, files })))
  })

  test('after a first version begins a draft with what was handed in, and the older version stays', async () => {
    const id = await assignment()
    const first = await send(id)
    await hand(id, { content: 'Text', files: [first.key], seen: first.seen ?? '' })
    const second = await send(id, { name: 'more.md', body: '# More' })
    const { draft } = await look(id)
    expect([draft?.content, draft?.files.length]).toEqual(['Text', 2])
    await hand(id, { files: [second.key], seen: second.seen ?? '' })
    const { versions } = await look(id)
    expect(versions.map(({ files }) => files.map(({ key }) => key))).toEqual([[second.key], [first.key]])
    const { rows } = await owner.query<{ id: string }>(
      `SELECT id FROM "Submission" WHERE "assignmentId" = $1`,
      [id],
    )
    const course = {
      id: 'maths',
      title: 'Maths',
      status: 'PUBLISHED' as const,
      previewHref: null,
      people: true,
    }
    const view = await north((db) =>
      loadSubmission(db, {
        ...{ course, assignmentId: id, submissionId: rows[0]?.id ?? '', timeZone: place.timeZone },
      }),
    )
    expect(view.versions[0]?.files).toMatchObject([{ name: 'more.md', bytes: 6 }])
    expect(view.versions[0]?.files[0]?.url).toMatch(/^\/files\/submissions\//)
  })

  test('can be taken out again; a page that is behind is told so by its next save', async () => {
    const id = await assignment()
    const { key, seen } = await send(id)
    await keep(id, { content: 'Another tab', files: [key], seen: seen ?? '' })
    const late = await send(id, { name: 'b.txt', body: 'b', seen: seen ?? '' })
    expect(late.seen).toBeNull()
    expect(await why(keep(id, { content: 'Behind', files: [late.key], seen: seen ?? '' }))).toBe('content')
    const draft = (await look(id)).draft
    expect([draft?.content, draft?.files.length]).toEqual(['Another tab', 2])
    const now = draft?.savedAt.toISOString() ?? ''
    expect((await remove(id, key, now)).seen).toEqual(expect.any(String))
    expect((await look(id)).draft?.files.map((file) => file.key)).toEqual([late.key])
    expect(await north((db) => recordedKeys(db, [key]))).toEqual([key])
  })

  test('is refused by kind, content, size and number, and leaves nothing then', async () => {
    const id = await assignment()
    const before = [await used(), await stored()]
    expect(await why(send(id, { name: 'page.html', body: '<script>' }))).toBe('type')
    expect(await why(send(id, { name: 'none', body: 'x' }))).toBe('type')
    expect(await why(send(id, { body: 'no pdf at all' }))).toBe('type')
    expect(await why(send(id, { name: 'a.png', body: 'GIF89a' }))).toBe('type')
    expect(await why(send(id, { body: '' }))).toBe('empty')
    expect(await why(send(id, { name: 'a.txt', body: new Uint8Array(FILE_BYTES_MAX + 1).fill(65) }))).toBe(
      'size',
    )
    const cut = new ReadableStream<Uint8Array>({
      start(controller) {
        controller.enqueue(new TextEncoder().encode(PDF))
      },
      pull(controller) {
        controller.error(new Error('The connection broke off.'))
      },
    })
    expect(await why(send(id, { body: cut }))).not.toBe('done')
    expect([await used(), await stored()]).toEqual(before)
    expect((await look(id)).draft).toBeNull()
  })

  test('ten at once: five are in the draft and no more are charged', async () => {
    const id = await assignment()
    const before = [await used(), await stored()] as const
    const all = await Promise.all(
      Array.from({ length: 8 }, (_, index) => why(send(id, { name: `${String(index)}.pdf` }))),
    )
    expect(all.filter((one) => one === 'done')).toHaveLength(5)
    expect(all.filter((one) => one === 'too-many')).toHaveLength(3)
    expect((await look(id)).draft?.files).toHaveLength(5)
    expect([await used(), await stored()]).toEqual([before[0] + 5 * PDF.length, before[1] + 5])
  })

  test('goes beyond no plan, also when many come at once', async () => {
    const id = await assignment()
    const before = await stored()
    const limitBytes = (await used()) + 2 * PDF.length
    const all = await Promise.all(Array.from({ length: 5 }, () => why(send(id, { limitBytes }))))
    expect(all.toSorted()).toEqual(['done', 'done', 'no-room', 'no-room', 'no-room'])
    expect([await used(), await stored()]).toEqual([limitBytes, before + 2])
    expect(await why(send(id, { limitBytes }))).toBe('no-room')
  })
})

describe('a file in parts', () => {
  const whole = Buffer.concat([Buffer.from(PDF), Buffer.alloc(2 * PART_BYTES, 'essay ')])
  const size = whole.byteLength
  const partOf = (upload: string, offset: number, sent: Sent = {}): Sent => ({
    part: { upload: upload.repeat(32), offset, size },
    body: whole.subarray(offset, offset + PART_BYTES),
    ...sent,
  })
  const offsets = [0, PART_BYTES, 2 * PART_BYTES]

  test('is one file once the last has come; a part may come twice, and none of them stays', async () => {
    const id = await assignment()
    const before = await stored()
    const [first = 0, second = 0, last = 0] = offsets
    for (const offset of [first, second, second]) expect(await sendPart(id, partOf('a', offset))).toBeNull()
    expect((await look(id)).draft).toBeNull()
    const taken = await send(id, partOf('a', last))
    expect(taken.bytes).toBe(size)
    const file = await storage().open(taken.key)
    const hash = createHash('sha256')
    for await (const chunk of file?.read(0, size - 1) ?? []) hash.update(chunk)
    expect(hash.digest('hex')).toBe(createHash('sha256').update(whole).digest('hex'))
    expect(await stored()).toBe(before + 1)
  })

  test('is refused where one is missing, cut off, too much for the plan or too large', async () => {
    const id = await assignment()
    const [first = 0, second = 0, last = 0] = offsets
    await sendPart(id, partOf('a', first))
    expect(await why(sendPart(id, partOf('a', last)))).toBe('conflict')
    // Another upload of the same person's takes its place; theirs can't be gone on with by somebody else.
    await sendPart(id, partOf('b', first))
    await sendPart(id, partOf('b', second))
    expect(await why(sendPart(id, partOf('b', last, { userId: 'ann1' })))).toBe('conflict')
    expect(await why(sendPart(id, partOf('b', last, { body: 'cut' })))).toBe('invalid_input')
    expect(await why(sendPart(id, partOf('c', first, { limitBytes: (await used()) + size - 1 })))).toBe(
      'no-room',
    )
    const large = { upload: 'd'.repeat(32), offset: 0, size: FILE_BYTES_MAX + 1 }
    expect(await why(sendPart(id, { part: large }))).toBe('size')
    expect((await look(id)).draft).toBeNull()
    expect((await send(id, partOf('b', last))).bytes).toBe(size)
  })
})

describe('whose files they are', () => {
  test('others’, another assignment’s and invented ones are refused, kept or handed in', async () => {
    const [id, other] = [await assignment(), await assignment()]
    const own = await send(id)
    const theirs = await send(id, { userId: 'ann1' })
    const elsewhere = await send(other)
    const south = own.key.replace('north/', 'south/')
    const invented = own.key.replace(/[0-9a-f]{32}/, 'f'.repeat(32))
    const unbooked = `${own.key}/../x`
    for (const key of [theirs.key, elsewhere.key, south, invented, unbooked]) {
      expect(await why(hand(id, { files: [own.key, key] }))).toBe('files')
      expect(await why(keep(id, { files: [key], seen: own.seen ?? '' }))).toBe('files')
    }
    expect((await look(id)).versions).toEqual([])
    expect((await look(id)).draft?.files.map(({ key }) => key)).toEqual([own.key])
    await north((db) =>
      recordFile(
        db,
        {
          ...{ key: `north/private/lessons/${id}.pdf`, kind: 'lesson', contentType: 'application/pdf' },
          ...{ bytes: 1, sha256: '', uploadedById: null },
        },
        null,
      ),
    )
    expect(await why(hand(id, { files: [`north/private/lessons/${id}.pdf`] }))).toBe('files')
  })

  test('nothing is taken from whoever isn’t enrolled, where no files are taken, and once it has closed', async () => {
    const id = await assignment()
    await expect(send(id, { userId: 'ann11' })).rejects.toMatchObject(gone)
    await expect(send('nothing')).rejects.toMatchObject(gone)
    await expect(send(id, { tenantId: 'south' })).rejects.toMatchObject(gone)
    await expect(send(await assignment({ accepts: '{TEXT}' }))).rejects.toMatchObject(gone)
    await expect(remove(id, 'x', '', 'ann11')).rejects.toMatchObject(gone)
    const shut = await assignment({ due: '-3 days', late: { daysOpen: 1 } })
    expect(await why(send(shut))).toBe('closed')
    const once = await assignment({ times: 1 })
    await hand(once, { content: 'Once' })
    expect(await why(send(once))).toBe('closed')
    expect(await why(hand(await assignment({ accepts: '{FILE}' }), {}))).toBe('files')
  })
})

test('files that were never handed in go a week later; what was handed in and what is in a draft stays', async () => {
  await owner.query(`delete from "StoredFile" where kind = 'submission'`)
  const id = await assignment()
  const first = await send(id)
  await hand(id, { files: [first.key], seen: first.seen ?? '' })
  const second = await send(id, { name: 'b.pdf' })
  await hand(id, { files: [second.key], seen: second.seen ?? '' })
  const out = await send(id, { name: 'out.pdf' })
  await remove(id, out.key, out.seen ?? '')
  const draft = await send(id, { name: 'draft.pdf' })
  expect(await forgetUnhanded('north')).toBe(0)
  await owner.query(
    `update "StoredFile" set "createdAt" = now() - interval '8 days' where kind = 'submission'`,
  )
  const before = await used()
  expect(await forgetUnhanded('north')).toBe(1)
  const all = [first.key, second.key, out.key, draft.key]
  const left = await north((db) => recordedKeys(db, all))
  expect(left.toSorted()).toEqual([first.key, second.key, draft.key].toSorted())
  expect(await used()).toBe(before - PDF.length)
  // Their bytes follow, and no others.
  await removeUnrecorded('north', new Date(Date.now() + 2 * 86_400_000))
  expect(await storage().open(out.key)).toBeNull()
  expect(await storage().open(first.key)).not.toBeNull()
  expect(await why(hand(id, { files: [out.key] }))).toBe('files')
})
