import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { changeNote, createNote, deleteNote, listCourseNotes, listNotes } from '#lib/db/queries/notes'
import { withTenant } from '#lib/db/tenant'
import { exportNotes } from '#lib/notes/export-notes'
import { writeNote } from '#lib/notes/write-note'
import { testDatabase } from '#tests/support/database'
import { makeCourse, makeEnrollments, makePeople, makeSchool } from '#tests/support/factories'
import { statementsOf } from './statements'

const { owner } = await testDatabase()
const north = <T>(query: Parameters<typeof withTenant<T>>[1]) => withTenant('north', query)
const south = <T>(query: Parameters<typeof withTenant<T>>[1]) => withTenant('south', query)

const lessonId = 'mathsm0l0'
const draft = { body: 'Mine', atSecond: null, quote: null, before: null, createdAt: null, most: 200 }
const form = { courseId: 'maths', lessonId, body: 'Mine', atSecond: '', quote: '', before: '', writtenAt: '' }
const ann = { userId: 'ann0', everyCourse: false }

beforeAll(async () => {
  for (const school of ['north', 'south']) {
    await makeSchool(owner, school)
    await makePeople(owner, school, `${school}t`, { role: 'INSTRUCTOR' })
  }
  await makePeople(owner, 'north', 'ann', { count: 3 })
  await makePeople(owner, 'south', 'eve')
  await makeCourse(owner, 'north', 'maths', { instructorId: 'northt0', modules: 2, lessons: 2 })
  await makeCourse(owner, 'south', 'music', { instructorId: 'southt0', modules: 1, lessons: 1 })
  await makeEnrollments(owner, 'north', 'maths', ['ann0', 'ann1'])
})

beforeEach(() => owner.query('delete from "LessonNote"'))

async function mine(): Promise<string> {
  const note = await north((db) => createNote(db, { ...draft, userId: 'ann0', lessonId }))
  return note?.id ?? ''
}

const kept = async () =>
  (await owner.query<{ body: string }>('select body from "LessonNote" order by "createdAt", id')).rows

describe('somebody’s notes', () => {
  test('are read by their author alone: not by a fellow learner, the course’s instructor, or another school', async () => {
    await mine()
    const asked = (userId: string) => ({ userId, lessonId, limit: 200 })
    expect(await north((db) => listNotes(db, asked('ann0')))).toHaveLength(1)
    for (const other of ['ann1', 'northt0', 'eve0'])
      expect(await north((db) => listNotes(db, asked(other)))).toEqual([])
    expect(await south((db) => listNotes(db, asked('ann0')))).toEqual([])
    expect(await south((db) => listCourseNotes(db, { userId: 'ann0', courseId: 'maths' }))).toEqual([])
  })

  test('are changed and deleted by their author alone', async () => {
    const noteId = await mine()
    const wrong = { code: 'not_found' }
    for (const userId of ['ann1', 'northt0']) {
      await expect(north((db) => changeNote(db, { userId, noteId, body: 'Theirs' }))).rejects.toMatchObject(
        wrong,
      )
      await expect(north((db) => deleteNote(db, { userId, noteId }))).rejects.toMatchObject(wrong)
    }
    await expect(south((db) => deleteNote(db, { userId: 'ann0', noteId }))).rejects.toMatchObject(wrong)
    expect(await kept()).toEqual([{ body: 'Mine' }])
    await north((db) => changeNote(db, { userId: 'ann0', noteId, body: 'Better' }))
    expect(await kept()).toEqual([{ body: 'Better' }])
    await north((db) => deleteNote(db, { userId: 'ann0', noteId }))
    expect(await kept()).toEqual([])
  })

  test('stand beside lessons that are open to their author, and no other', async () => {
    const write = (reader: typeof ann, note: typeof form) =>
      north((db) => writeNote(db, { reader, note, locale: 'en' }))
    const wrong = { code: 'not_found' }
    await expect(write({ ...ann, userId: 'ann2' }, form)).rejects.toMatchObject(wrong)
    await expect(write(ann, { ...form, courseId: 'music', lessonId: 'musicm0l0' })).rejects.toMatchObject(
      wrong,
    )
    await expect(write(ann, { ...form, lessonId: 'musicm0l0' })).rejects.toMatchObject(wrong)
    await owner.query(`update "Lesson" set "releaseAt" = now() + interval '1 day' where id = 'mathsm0l1'`)
    await expect(write(ann, { ...form, lessonId: 'mathsm0l1' })).rejects.toMatchObject(wrong)
    expect(await kept()).toEqual([])
    expect(await write(ann, { ...form, atSecond: '151' })).toMatchObject({
      body: 'Mine',
      atSecond: 151,
      quote: null,
    })
  })

  test('are as many as there can be, and then one is refused beside what was typed', async () => {
    await owner.query(
      `insert into "LessonNote" ("tenantId", "userId", "lessonId", body) select 'north', 'ann0', $1, 'n' from generate_series(1, 200)`,
      [lessonId],
    )
    const more = north((db) => writeNote(db, { reader: ann, note: form, locale: 'en' }))
    await expect(more).rejects.toMatchObject({ code: 'invalid_input', fields: { body: /200/ } })
    // Each lesson and each author has room of their own.
    await north((db) => writeNote(db, { reader: { ...ann, userId: 'ann1' }, note: form, locale: 'en' }))
    await north((db) =>
      writeNote(db, { reader: ann, note: { ...form, lessonId: 'mathsm1l0' }, locale: 'en' }),
    )
    expect(await kept()).toHaveLength(202)
  })

  test('come back with the day they were written, which is never one to come', async () => {
    const write = (writtenAt: string) =>
      north((db) => writeNote(db, { reader: ann, note: { ...form, writtenAt }, locale: 'en' }))
    expect(await write('2026-01-02T03:04:05.678Z')).toMatchObject({ writtenAt: '2026-01-02T03:04:05.678Z' })
    const later = await write('2999-01-01T00:00:00.000Z')
    expect(new Date(later.writtenAt).getFullYear()).toBeLessThan(2999)
  })

  test('leave as one file, in the course’s order, also when the course is closed to their author by now', async () => {
    const write = (note: Partial<typeof form>) =>
      north((db) => writeNote(db, { reader: ann, note: { ...form, ...note }, locale: 'en' }))
    await write({ lessonId: 'mathsm1l0', body: 'Last' })
    await write({ body: 'First', quote: 'a passage' })
    await owner.query(
      `insert into "LessonNote" ("tenantId", "userId", "lessonId", body) values ('north', 'ann1', $1, 'Not yours')`,
      [lessonId],
    )
    await owner.query(`delete from "Enrollment" where "userId" = 'ann0'`)
    const text = await north((db) => exportNotes(db, { userId: 'ann0', courseId: 'maths', locale: 'en' }))
    expect(text).toContain('## Lesson 0.0\n\n> a passage\n\nFirst\n\n## Lesson 1.0\n\nLast\n')
    expect(text).not.toContain('Not yours')
    const others = (userId: string) =>
      north((db) => exportNotes(db, { userId, courseId: 'maths', locale: 'en' }))
    await expect(others('northt0')).rejects.toMatchObject({ code: 'not_found' })
    await expect(
      south((db) => exportNotes(db, { userId: 'ann0', courseId: 'maths', locale: 'en' })),
    ).rejects.toMatchObject({ code: 'not_found' })
    await makeEnrollments(owner, 'north', 'maths', ['ann0'])
  })

  test('cost one statement, however many they are', async () => {
    for (const count of [10, 190]) {
      await owner.query(
        `insert into "LessonNote" ("tenantId", "userId", "lessonId", body) select 'north', 'ann0', $1, 'n' from generate_series(1, $2::int)`,
        [lessonId, count],
      )
      const statements = await statementsOf(() =>
        north((db) => listNotes(db, { userId: 'ann0', lessonId, limit: 200 })),
      )
      expect(statements).toHaveLength(1)
    }
  })
})
