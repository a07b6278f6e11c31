import { beforeAll, describe, expect, test } from 'vitest'
import {
  archiveCourse,
  createCourse,
  deleteCourse,
  getCourse,
  listCourses,
  publishCourse,
  updateCourse,
} from '#lib/db/queries/courses'
import { withTenant } from '#lib/db/tenant'
import { testDatabase } from '#tests/support/database'
import { makeCourse, makePeople, makeSchool } from '#tests/support/factories'
import { fingerprint } from './fingerprint'
import { statementsOf } from './statements'
import { walk } from './walk'

const { owner } = await testDatabase()
const north = <T>(query: Parameters<typeof withTenant<T>>[1]) => withTenant('north', query)
const south = <T>(query: Parameters<typeof withTenant<T>>[1]) => withTenant('south', query)
const all = { q: '', status: null, instructorId: null, cursor: null, limit: 20 } as const
const maths = { instructorId: 'tea0', title: 'Maths', description: null }

beforeAll(async () => {
  for (const school of ['north', 'south', 'large', 'small']) {
    await makeSchool(owner, school)
  }
  await makePeople(owner, 'north', 'tea', { count: 2, role: 'INSTRUCTOR' })
  await makePeople(owner, 'north', 'ann')
  await makePeople(owner, 'south', 'sam', { role: 'INSTRUCTOR' })
  await makeCourse(owner, 'north', 'algebra', { instructorId: 'tea0', modules: 2, lessons: 3 })
  await makeCourse(owner, 'north', 'draft', { instructorId: 'tea1', status: 'DRAFT' })
  for (const [school, count] of [
    ['small', 10],
    ['large', 1_000],
  ] as const) {
    await makePeople(owner, school, `${school}t`, { role: 'INSTRUCTOR' })
    await owner.query(
      `INSERT INTO "Course" (id, "tenantId", "instructorId", title, "createdAt") SELECT $1 || n, $1, $1 || 't0', 'Course ' || n, '2026-01-01Z'
       FROM generate_series(1, $2::int) n`,
      [school, count],
    )
  }
})

describe('list', () => {
  test('filters by status, teacher and title, and counts modules and lessons', async () => {
    const page = await north((db) => listCourses(db, { ...all, status: 'PUBLISHED' }))
    expect(page.rows).toMatchObject([
      { id: 'algebra', moduleCount: 2, lessonCount: 6, instructorName: 'Person tea0' },
    ])
    const taught = await north((db) => listCourses(db, { ...all, instructorId: 'tea1' }))
    expect(taught.rows.map((row) => row.id)).toEqual(['draft'])
    const found = await north((db) => listCourses(db, { ...all, q: 'ALGE' }))
    expect(found.rows.map((row) => row.id)).toEqual(['algebra'])
  })

  test('shows each course once in both directions when all were made at the same instant', async () => {
    const { forwards, backwards, pages } = await walk((cursor) =>
      withTenant('small', (db) => listCourses(db, { ...all, cursor, limit: 3 })),
    )
    expect(pages).toBe(4)
    expect(new Set(forwards).size).toBe(10)
    expect(forwards).toHaveLength(10)
    expect(backwards).toEqual(forwards)
  })

  test('costs one statement, for ten courses and for a thousand', async () => {
    for (const school of ['small', 'large']) {
      const sent = await statementsOf(() =>
        withTenant(school, (db) => listCourses(db, { ...all, limit: 1_000 })),
      )
      expect(sent).toHaveLength(1)
    }
  })
})

describe('one course', () => {
  test('begins as a draft of somebody who may teach', async () => {
    const { id } = await north((db) => createCourse(db, maths))
    expect(await north((db) => getCourse(db, id))).toMatchObject({
      status: 'DRAFT',
      publishedAt: null,
      title: 'Maths',
    })
    for (const instructorId of ['ann0', 'sam0', 'nobody']) {
      await expect(north((db) => createCourse(db, { ...maths, instructorId }))).rejects.toMatchObject({
        code: 'not_found',
      })
    }
  })

  test('keeps the day of its first publication', async () => {
    const { id } = await north((db) => createCourse(db, maths))
    const { publishedAt } = await north((db) => publishCourse(db, id))
    const once = await north((db) => getCourse(db, id))
    expect((await north((db) => publishCourse(db, id))).publishedAt).toEqual(publishedAt)
    expect((await north((db) => getCourse(db, id))).updatedAt).toEqual(once.updatedAt)
    await north((db) => archiveCourse(db, id))
    expect(await north((db) => getCourse(db, id))).toMatchObject({ status: 'ARCHIVED', publishedAt })
    expect((await north((db) => publishCourse(db, id))).publishedAt).toEqual(publishedAt)
  })

  test('is not overwritten by a form that was opened before the last change', async () => {
    const { id, updatedAt } = await north((db) => createCourse(db, maths))
    const change = (title: string) =>
      north((db) => updateCourse(db, { courseId: id, seen: updatedAt, changes: { title } }))
    const results = await Promise.allSettled([change('One'), change('Two')])
    expect(results.map((result) => result.status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(results.find((result) => result.status === 'rejected')).toMatchObject({
      reason: { code: 'conflict' },
    })
  })

  test('leaves alone what a change does not name, and empties what it sets to null', async () => {
    const { id, updatedAt } = await north((db) => createCourse(db, { ...maths, description: 'Numbers' }))
    const next = await north((db) =>
      updateCourse(db, { courseId: id, seen: updatedAt, changes: { thumbnail: 'a.webp' } }),
    )
    expect(await north((db) => getCourse(db, id))).toMatchObject({
      title: 'Maths',
      description: 'Numbers',
      thumbnail: 'a.webp',
    })
    await north((db) =>
      updateCourse(db, { courseId: id, seen: next.updatedAt, changes: { description: null } }),
    )
    expect(await north((db) => getCourse(db, id))).toMatchObject({ description: null, thumbnail: 'a.webp' })
  })

  test('is gone for everybody once deleted', async () => {
    const { id, updatedAt } = await north((db) => createCourse(db, maths))
    await north((db) => deleteCourse(db, id))
    const gone = { code: 'not_found' }
    await expect(north((db) => getCourse(db, id))).rejects.toMatchObject(gone)
    await expect(north((db) => publishCourse(db, id))).rejects.toMatchObject(gone)
    await expect(
      north((db) => updateCourse(db, { courseId: id, seen: updatedAt, changes: {} })),
    ).rejects.toMatchObject(gone)
    const listed = await north((db) => listCourses(db, { ...all, limit: 100 }))
    expect(listed.rows.map((row) => row.id)).not.toContain(id)
  })
})

test('another school finds none of these courses and changes nothing of them', async () => {
  const before = await fingerprint(owner, 'north')
  const { updatedAt } = await north((db) => getCourse(db, 'algebra'))
  const gone = { code: 'not_found' }
  await expect(south((db) => getCourse(db, 'algebra'))).rejects.toMatchObject(gone)
  await expect(south((db) => publishCourse(db, 'draft'))).rejects.toMatchObject(gone)
  await expect(south((db) => archiveCourse(db, 'algebra'))).rejects.toMatchObject(gone)
  await expect(south((db) => deleteCourse(db, 'algebra'))).rejects.toMatchObject(gone)
  const change = { courseId: 'algebra', seen: updatedAt, changes: { title: 'Taken' } }
  await expect(south((db) => updateCourse(db, change))).rejects.toMatchObject(gone)
  expect((await south((db) => listCourses(db, all))).rows).toEqual([])
  expect(await fingerprint(owner, 'north')).toBe(before)
})
