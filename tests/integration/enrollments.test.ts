import { beforeAll, describe, expect, test } from 'vitest'
import {
  enroll,
  getEnrollment,
  listEnrollments,
  listMyEnrollments,
  unenroll,
} from '#lib/db/queries/enrollments'
import { withTenant } from '#lib/db/tenant'
import { testDatabase } from '#tests/support/database'
import { makeCourse, makeEnrollments, makePeople, makeSchool } from '#tests/support/factories'
import { fingerprint } from './fingerprint'
import { statementsOf } from './statements'
import { walk } from './walk'

const { owner } = await testDatabase()
const north = <T>(query: Parameters<typeof withTenant<T>>[1]) => withTenant('north', query)
const south = <T>(query: Parameters<typeof withTenant<T>>[1]) => withTenant('south', query)
const gone = { code: 'not_found' }

beforeAll(async () => {
  for (const school of ['north', 'south']) await makeSchool(owner, school)
  await makePeople(owner, 'north', 'tea', { role: 'INSTRUCTOR' })
  await makePeople(owner, 'south', 'sam', { count: 2, role: 'INSTRUCTOR' })
  const people = await makePeople(owner, 'north', 'ann', { count: 1_001 })
  for (const id of ['open', 'full', 'small'])
    await makeCourse(owner, 'north', id, { instructorId: 'tea0', modules: 1, lessons: 2 })
  await makeCourse(owner, 'north', 'draft', { instructorId: 'tea0', status: 'DRAFT' })
  await makeCourse(owner, 'north', 'old', { instructorId: 'tea0', status: 'ARCHIVED' })
  await makeCourse(owner, 'south', 'abroad', { instructorId: 'sam0' })
  await makeEnrollments(owner, 'north', 'full', people.slice(1))
  await makeEnrollments(owner, 'north', 'small', people.slice(1, 11))
})

describe('enrolling', () => {
  test('fifty times at once makes one enrollment, and exactly one of them made it', async () => {
    const membership = { userId: 'ann0', courseId: 'open' }
    const results = await Promise.all(Array.from({ length: 50 }, () => north((db) => enroll(db, membership))))
    expect(new Set(results.map((result) => result.id)).size).toBe(1)
    expect(results.filter((result) => result.created)).toHaveLength(1)
    const stored = await owner.query(
      `SELECT FROM "Enrollment" WHERE "userId" = 'ann0' AND "courseId" = 'open'`,
    )
    expect(stored.rowCount).toBe(1)
  })

  test('is for people and published courses of the same school', async () => {
    for (const courseId of ['draft', 'old', 'abroad', 'nothing']) {
      await expect(north((db) => enroll(db, { userId: 'ann1', courseId }))).rejects.toMatchObject(gone)
    }
    await expect(north((db) => enroll(db, { userId: 'sam0', courseId: 'open' }))).rejects.toMatchObject(gone)
    await expect(south((db) => enroll(db, { userId: 'ann1', courseId: 'open' }))).rejects.toMatchObject(gone)
    await expect(south((db) => enroll(db, { userId: 'sam0', courseId: 'open' }))).rejects.toMatchObject(gone)
  })

  test('can be ended, and begun again', async () => {
    const membership = { userId: 'ann2', courseId: 'open' }
    const { id } = await north((db) => enroll(db, membership))
    await north((db) => unenroll(db, membership))
    await expect(north((db) => getEnrollment(db, membership))).rejects.toMatchObject(gone)
    await expect(north((db) => unenroll(db, membership))).rejects.toMatchObject(gone)
    expect((await north((db) => enroll(db, membership))).id).not.toBe(id)
  })
})

describe('lists', () => {
  test('show each learner once in both directions, at equal instants too', async () => {
    await owner.query(
      `UPDATE "Enrollment" SET "enrolledAt" = '2026-03-01Z' WHERE "courseId" = 'small' AND "userId" <> 'ann5'`,
    )
    const { forwards, backwards } = await walk((cursor) =>
      north((db) => listEnrollments(db, { courseId: 'small', cursor, limit: 3 })),
    )
    expect(new Set(forwards).size).toBe(10)
    expect(forwards).toHaveLength(10)
    expect(backwards).toEqual(forwards)
  })

  test('leave out deleted people and deleted courses', async () => {
    await owner.query(`UPDATE "User" SET "deletedAt" = now() WHERE id = 'ann1000'`)
    const learners = await north((db) => listEnrollments(db, { courseId: 'full', cursor: null, limit: 1 }))
    expect(learners.rows.map((row) => row.userId)).toEqual(['ann999'])
    const mine = () => north((db) => listMyEnrollments(db, { userId: 'ann3', cursor: null, limit: 10 }))
    expect((await mine()).rows.map((row) => row.courseId).sort()).toEqual(['full', 'small'])
    await owner.query(`UPDATE "Course" SET "deletedAt" = now() WHERE id = 'small'`)
    expect((await mine()).rows.map((row) => row.courseId)).toEqual(['full'])
    await owner.query(`UPDATE "Course" SET "deletedAt" = NULL WHERE id = 'small'`)
  })

  test('cost one statement, for ten learners and for a thousand', async () => {
    for (const courseId of ['small', 'full']) {
      const list = () => north((db) => listEnrollments(db, { courseId, cursor: null, limit: 1_000 }))
      expect(await statementsOf(list)).toHaveLength(1)
    }
    const mine = () => north((db) => listMyEnrollments(db, { userId: 'ann3', cursor: null, limit: 10 }))
    expect(await statementsOf(mine)).toHaveLength(1)
  })
})

test('another school finds none of these enrollments and ends none', async () => {
  const before = await fingerprint(owner, 'north')
  const membership = { userId: 'ann3', courseId: 'full' }
  await expect(south((db) => unenroll(db, membership))).rejects.toMatchObject(gone)
  await expect(south((db) => getEnrollment(db, membership))).rejects.toMatchObject(gone)
  expect(
    (await south((db) => listEnrollments(db, { courseId: 'full', cursor: null, limit: 10 }))).rows,
  ).toEqual([])
  expect(
    (await south((db) => listMyEnrollments(db, { userId: 'ann3', cursor: null, limit: 10 }))).rows,
  ).toEqual([])
  expect(await fingerprint(owner, 'north')).toBe(before)
})
