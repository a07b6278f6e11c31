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
  for (const id of ['open', 'full', 'small', 'keyed', 'invited', 'narrow'])
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

  test('asks for the course’s key where it has one, whatever its capitals, and for none from those who manage it', async () => {
    await owner.query(
      `UPDATE "Course" SET enrollment = 'KEY', "enrollmentKey" = 'Blue Whale' WHERE id = 'keyed'`,
    )
    const enter = (userId: string, key: string | null) =>
      north((db) => enroll(db, { userId, courseId: 'keyed', key }))
    for (const key of [null, '', 'blue', 'blue whale 2'])
      await expect(enter('ann30', key)).rejects.toMatchObject({ code: 'invalid_input' })
    expect(await enter('ann30', '  BLUE whale ')).toMatchObject({ created: true })
    // Whoever is in stays in, whatever they type.
    expect(await enter('ann30', 'wrong')).toMatchObject({ created: false })
    const staff = { userId: 'ann40', courseId: 'keyed', byStaff: true }
    expect(await north((db) => enroll(db, staff))).toMatchObject({ created: true })
  })

  test('is not for learners in a course by invitation, nor in a draft; those who manage it may', async () => {
    await owner.query(`UPDATE "Course" SET enrollment = 'INVITED' WHERE id = 'invited'`)
    const entry = { userId: 'ann30', courseId: 'invited' }
    await expect(north((db) => enroll(db, entry))).rejects.toMatchObject({ code: 'forbidden' })
    expect(await north((db) => enroll(db, { ...entry, byStaff: true }))).toMatchObject({ created: true })
    const draft = { userId: 'ann30', courseId: 'draft', byStaff: true }
    expect(await north((db) => enroll(db, draft))).toMatchObject({ created: true })
  })

  test('gives the last place to exactly one of fifty', async () => {
    await owner.query(`UPDATE "Course" SET capacity = 3 WHERE id = 'narrow'`)
    for (const userId of ['ann1', 'ann2']) await north((db) => enroll(db, { userId, courseId: 'narrow' }))
    const tries = Array.from({ length: 50 }, (_, n) =>
      north((db) => enroll(db, { userId: `ann${n + 10}`, courseId: 'narrow' })),
    )
    const codes = (await Promise.allSettled(tries)).map((one) =>
      one.status === 'fulfilled' ? 'in' : (one.reason as { code: string }).code,
    )
    expect(codes.filter((code) => code === 'in')).toHaveLength(1)
    expect(new Set(codes)).toEqual(new Set(['in', 'limit_reached']))
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
