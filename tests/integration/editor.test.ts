import { beforeAll, describe, expect, test } from 'vitest'
import type { LessonDocument } from '#lib/content/document'
import type { Reader } from '#lib/db/queries/catalog'
import { recordFile } from '#lib/db/queries/files'
import { withTenant } from '#lib/db/tenant'
import { type SaveRequest, saveRequest } from '#lib/editor/contract'
import { loadLessonToEdit } from '#lib/editor/load-lesson'
import { saveLesson } from '#lib/editor/save-lesson'
import { AppError } from '#lib/errors'
import { testDatabase } from '#tests/support/database'
import { makeCourse, makeEnrollments, makePeople, makeSchool } from '#tests/support/factories'
import { fingerprint } from './fingerprint'

const { owner } = await testDatabase({ SMARTLMS_SECRET: 'a secret of at least thirty-two letters' })

const text = (...lines: string[]): LessonDocument => ({
  type: 'doc',
  content: lines.map((line) => ({ type: 'paragraph', content: [{ type: 'text', text: line }] })),
})

const teacher: Reader = { userId: 'tea0', everyCourse: false }
const colleague: Reader = { userId: 'tea1', everyCourse: false }
const admin: Reader = { userId: 'adm0', everyCourse: true }

const timeZone = 'UTC'
const load = (lessonId: string, reader: Reader = teacher, school = 'north', courseId = 'sky') =>
  withTenant(school, (db) => loadLessonToEdit(db, { courseId, lessonId, reader, timeZone }))

type Changes = Partial<SaveRequest['changes']>

async function save(
  lessonId: string,
  changes: Changes,
  more: Readonly<{ reader?: Reader; seen?: string; school?: string }> = {},
) {
  const { reader = teacher, school = 'north' } = more
  const seen = more.seen ?? (await load(lessonId)).state.seen
  const request = saveRequest.parse({ seen, changes })
  return withTenant(school, (db) => saveLesson(db, { lessonId, reader, timeZone, locale: 'en', ...request }))
}

/** The fields that a refusal names. */
async function refusal(work: Promise<unknown>): Promise<string[]> {
  const error: unknown = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof AppError)) throw new Error('It was not refused.')
  return [error.code, ...Object.keys(error.fields)]
}

async function row(id: string) {
  const { rows } = await owner.query<Record<string, unknown>>('SELECT * FROM "Lesson" WHERE id = $1', [id])
  return rows[0] ?? {}
}

beforeAll(async () => {
  await makeSchool(owner, 'north', { timeZone: 'UTC' })
  await makeSchool(owner, 'south')
  await makePeople(owner, 'north', 'tea', { role: 'INSTRUCTOR', count: 2 })
  await makePeople(owner, 'north', 'adm', { role: 'ADMIN' })
  await makePeople(owner, 'north', 'stu', { count: 2 })
  await makePeople(owner, 'south', 'sou', { role: 'ADMIN' })
  await makeCourse(owner, 'north', 'sky', { instructorId: 'tea0', modules: 1, lessons: 8 })
  await makeCourse(owner, 'north', 'sea', { instructorId: 'tea1', modules: 1, lessons: 1 })
  await owner.query(`UPDATE "Course" SET "timeZone" = 'Asia/Tokyo' WHERE id = 'sky'`)
})

describe('a save', () => {
  test('writes the text, its version and its words, and nothing else', async () => {
    const saved = await save('skym0l0', { document: text('The moon is round.') })
    expect(saved).toMatchObject({ kind: 'saved', text: true, after: {} })
    expect(await row('skym0l0')).toMatchObject({
      contentText: 'The moon is round.',
      contentVersion: 1,
      title: 'Lesson 0.0',
    })
    expect((await load('skym0l0')).state.document).toEqual(text('The moon is round.'))
  })

  test('that somebody else was quicker than changes nothing and gives theirs', async () => {
    const { seen } = (await load('skym0l1')).state
    await save('skym0l1', { document: text('theirs'), title: 'Theirs' }, { reader: admin, seen })
    const answer = await save('skym0l1', { document: text('mine') }, { seen })
    expect(answer).toMatchObject({
      kind: 'conflict',
      theirs: { title: 'Theirs', document: text('theirs'), seen: (await load('skym0l1')).state.seen },
    })
    expect((await load('skym0l1')).state.document).toEqual(text('theirs'))
  })

  test('of twenty editors at once is one, and nineteen see it', async () => {
    const { seen } = (await load('skym0l2')).state
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, n) => save('skym0l2', { document: text(`version ${n}`) }, { seen })),
    )
    const won = answers.findIndex(({ kind }) => kind === 'saved')
    expect(answers.filter(({ kind }) => kind === 'saved')).toHaveLength(1)
    for (const answer of answers)
      if (answer.kind === 'conflict') expect(answer.theirs.document).toEqual(text(`version ${won}`))
  })

  test('of what is no lesson is refused', async () => {
    const bad = [
      { type: 'doc', content: [{ type: 'script' }] },
      { type: 'doc', content: [{ type: 'paragraph', content: [{ type: 'text', text: 'a\u0000' }] }] },
      { type: 'doc', content: [] },
      null,
    ]
    for (const document of bad)
      expect(await refusal(save('skym0l0', { document }))).toEqual(['invalid_input', 'document'])
  })
})

describe('who may', () => {
  const missing = ['not_found']

  test.each([
    ['a colleague of another course', colleague, 'north'],
    ['a visitor', null, 'north'],
    ['an administrator of another school', { userId: 'sou0', everyCourse: true }, 'south'],
  ] as const)('not: %s', async (_who, reader, school) => {
    const { seen } = (await load('skym0l0')).state
    const before = await fingerprint(owner, 'north')
    expect(await refusal(load('skym0l0', reader, school))).toEqual(missing)
    expect(await refusal(save('skym0l0', { title: 'Mine now' }, { reader, seen, school }))).toEqual(missing)
    expect(await fingerprint(owner, 'north')).toEqual(before)
  })

  test('whoever is in charge of all courses', async () => {
    expect(await save('skym0l0', { title: 'Round' }, { reader: admin })).toMatchObject({
      kind: 'saved',
      before: { title: 'Lesson 0.0' },
      after: { title: 'Round' },
    })
  })

  test('a lesson isn’t found under another course', async () => {
    expect(await refusal(load('skym0l0', admin, 'north', 'sea'))).toEqual(missing)
  })
})

describe('settings', () => {
  test('a moment is told in the course’s zone, whatever the school’s', async () => {
    await save('skym0l3', { releaseAt: '2026-12-24T09:30' })
    expect((await row('skym0l3'))['releaseAt']).toEqual(new Date('2026-12-24T00:30:00Z'))
    expect((await load('skym0l3')).state.releaseAt).toBe('2026-12-24T09:30')
    await save('skym0l3', { releaseAt: null })
    expect((await row('skym0l3'))['releaseAt']).toBeNull()
  })

  test('a lesson waits for no lesson of another course, not for itself, and for none that waits for it', async () => {
    const wrong = ['invalid_input', 'releaseAfterId']
    expect(await refusal(save('skym0l4', { releaseAfterId: 'skym0l4' }))).toEqual(wrong)
    expect(await refusal(save('skym0l4', { releaseAfterId: 'seam0l0' }))).toEqual(wrong)
    expect(await refusal(save('skym0l4', { releaseAfterId: 'nothing' }))).toEqual(wrong)
    await save('skym0l5', { releaseAfterId: 'skym0l4' })
    await save('skym0l6', { releaseAfterId: 'skym0l5' })
    expect(await refusal(save('skym0l4', { releaseAfterId: 'skym0l6' }))).toEqual(wrong)
    expect((await row('skym0l4'))['releaseAfterId']).toBeNull()
  })

  test('two lessons can’t be made to wait for each other at the same moment', async () => {
    await save('skym0l4', { releaseAfterId: null })
    await save('skym0l3', { releaseAfterId: null })
    await Promise.allSettled([
      save('skym0l4', { releaseAfterId: 'skym0l3' }),
      save('skym0l3', { releaseAfterId: 'skym0l4' }),
    ])
    const [one, other] = [await row('skym0l3'), await row('skym0l4')]
    expect([one['releaseAfterId'], other['releaseAfterId']].filter((id) => id !== null)).toHaveLength(1)
  })

  test('a lesson without a film isn’t completed by watching it, nor does one so completed lose its film', async () => {
    expect(await refusal(save('skym0l7', { completion: 'WATCHED' }))).toEqual(['invalid_input', 'completion'])
    await save('skym0l7', { videoUrl: 'https://vimeo.com/76979871', completion: 'WATCHED' })
    expect(await refusal(save('skym0l7', { videoUrl: null }))).toEqual(['invalid_input', 'videoUrl'])
  })

  test('another rule counts for those who were there before', async () => {
    const [enrollment] = await makeEnrollments(owner, 'north', 'sky', ['stu0'])
    await owner.query(
      `INSERT INTO "LessonProgress" ("tenantId", "enrollmentId", "userId", "lessonId", "viewedAt")
       VALUES ('north', $1, 'stu0', 'skym0l0', now())`,
      [enrollment],
    )
    await save('skym0l0', { completion: 'VIEWED' })
    const { rows } = await owner.query<{ progress: number }>(
      `SELECT progress FROM "Enrollment" WHERE "tenantId" = 'north' AND id = $1`,
      [enrollment],
    )
    expect(rows[0]?.progress).toBe(12.5)
  })
})

describe('files of a lesson', () => {
  const file = (key: string): LessonDocument => ({
    type: 'doc',
    content: [{ type: 'file', attrs: { key, name: 'Sheet.pdf', bytes: 12 } }],
  })
  const booked = 'north/private/lessons/0a.pdf'

  beforeAll(async () => {
    const record = {
      kind: 'lesson',
      contentType: 'application/pdf',
      bytes: 12,
      sha256: '',
      uploadedById: null,
    }
    await withTenant('north', (db) => recordFile(db, { ...record, key: booked }, null))
    await withTenant('north', (db) =>
      recordFile(db, { ...record, key: 'north/private/submissions/0b.pdf' }, null),
    )
    await withTenant('south', (db) =>
      recordFile(db, { ...record, key: 'south/private/lessons/0c.pdf' }, null),
    )
  })

  test('are links that open for a while, to what the school’s books hold', async () => {
    await save('skym0l1', { document: file(booked) })
    const { urls } = await load('skym0l1')
    expect(urls[booked]).toMatch(/^\/files\/lessons\/0a\.pdf\?e=\d+&s=/)
  })

  test.each([
    'north/private/lessons/ff.pdf',
    'south/private/lessons/0c.pdf',
    'north/private/submissions/0b.pdf',
    'north/private/lessons/../submissions/0b.pdf',
  ])('%s opens nothing', async (key) => {
    expect(await refusal(save('skym0l1', { document: file(key) }))).toEqual(['invalid_input', 'document'])
    expect(await refusal(save('skym0l1', { videoUrl: key }))).toEqual(['invalid_input', 'videoUrl'])
    expect(await refusal(save('skym0l1', { captions: key }))).toEqual(['invalid_input', 'captions'])
  })

  test.each(['https://evil.test/film.mp4', 'javascript:alert(1)', 'north/public/pictures/0.webp'])(
    'a film can’t be %s',
    async (videoUrl) => {
      expect(await refusal(save('skym0l1', { videoUrl }))).toEqual(['invalid_input', 'videoUrl'])
    },
  )
})
