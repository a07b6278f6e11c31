import { beforeAll, describe, expect, test } from 'vitest'
import { issueCertificate } from '#lib/awards/issue-certificate'
import { findCertificate, getOwnCertificate, listCertificates } from '#lib/db/queries/certificates'
import { createLesson } from '#lib/db/queries/lessons'
import { recomputeCourseProgress, recordLessonProgress } from '#lib/db/queries/progress'
import { withTenant } from '#lib/db/tenant'
import { testDatabase } from '#tests/support/database'
import { makeCourse, makeEnrollments, makePeople, makeSchool } from '#tests/support/factories'
import { fingerprint } from './fingerprint'
import { statementsOf } from './statements'

const { owner } = await testDatabase()
const north = <T>(query: Parameters<typeof withTenant<T>>[1]) => withTenant('north', query)
const issue = (userId: string, courseId: string) => north((db) => issueCertificate(db, { userId, courseId }))
const mine = async (userId: string) =>
  (await north((db) => listCertificates(db, { userId, cursor: null, limit: 20 }))).rows

let courses = 0
/** A course of its own for a test, which ann0 has completed and ann1 has not. */
async function completed(): Promise<string> {
  courses += 1
  const id = await makeCourse(owner, 'north', `c${String(courses)}x`, {
    instructorId: 'tea0',
    modules: 1,
    lessons: 1,
  })
  await makeEnrollments(owner, 'north', id, ['ann0', 'ann1'])
  const marks = [{ lessonId: `${id}m0l0`, position: null, completed: true }]
  await north((db) => recordLessonProgress(db, { userId: 'ann0', courseId: id, marks }))
  return id
}

beforeAll(async () => {
  for (const school of ['north', 'south']) await makeSchool(owner, school)
  await makePeople(owner, 'north', 'tea', { role: 'INSTRUCTOR' })
  await makePeople(owner, 'north', 'ann', { count: 2 })
})

describe('a certificate', () => {
  test('is issued once, however often and at once it is asked for', async () => {
    const id = await completed()
    const issued = await Promise.all(Array.from({ length: 50 }, () => issue('ann0', id)))
    expect(issued.filter((one) => one.issued)).toHaveLength(1)
    expect(new Set(issued.map((one) => one.courseTitle))).toEqual(new Set([`Course ${id}`]))
    expect((await mine('ann0')).filter(({ courseTitle }) => courseTitle === `Course ${id}`)).toHaveLength(1)
  })

  test('is issued to nobody who hasn’t completed the course', async () => {
    const id = await completed()
    const before = await fingerprint(owner, 'north')
    for (const userId of ['ann1', 'tea0']) {
      await expect(issue(userId, id)).rejects.toMatchObject({ code: 'not_found' })
    }
    await expect(
      withTenant('south', (db) => issueCertificate(db, { userId: 'ann0', courseId: id })),
    ).rejects.toMatchObject({ code: 'not_found' })
    expect(await fingerprint(owner, 'north')).toBe(before)
  })

  test('keeps the names of its day, and stands when the course gains lessons or goes', async () => {
    const id = await completed()
    await issue('ann0', id)
    const code = (await mine('ann0'))[0]?.code ?? ''
    const names = { learnerName: 'Person ann0', courseTitle: `Course ${id}`, instructorName: 'Person tea0' }
    expect(await north((db) => findCertificate(db, code))).toMatchObject({ ...names, revokedAt: null })
    await north(async (db) => {
      await createLesson(db, { moduleId: `${id}m0`, title: 'One more' })
      await recomputeCourseProgress(db, id)
    })
    await owner.query(`UPDATE "Course" SET title = 'Another name' WHERE id = $1`, [id])
    expect(await north((db) => findCertificate(db, code))).toMatchObject({ ...names, revokedAt: null })
    await owner.query(`DELETE FROM "Course" WHERE id = $1`, [id])
    expect(await north((db) => findCertificate(db, code))).toMatchObject(names)
  })

  test('has a code that nobody guesses, and is found by it in its own school alone', async () => {
    const codes = new Set<string>()
    for (let n = 0; n < 3; n += 1) {
      await issue('ann0', await completed())
      for (const { code } of await mine('ann0')) codes.add(code)
    }
    for (const code of codes) expect(code).toMatch(/^[A-Za-z0-9_-]{22}$/)
    const [code = ''] = codes
    expect(await withTenant('south', (db) => findCertificate(db, code))).toBeNull()
    expect(await north((db) => findCertificate(db, [...code].reverse().join('')))).toBeNull()
  })

  test('is downloaded by its holder alone', async () => {
    await issue('ann0', await completed())
    const code = (await mine('ann0'))[0]?.code ?? ''
    expect(await north((db) => getOwnCertificate(db, { userId: 'ann0', code }))).toMatchObject({ code })
    await expect(north((db) => getOwnCertificate(db, { userId: 'ann1', code }))).rejects.toMatchObject({
      code: 'not_found',
    })
  })

  test('costs one statement to issue, to list and to check', async () => {
    const id = await completed()
    expect(await statementsOf(() => issue('ann0', id))).toHaveLength(1)
    expect(await statementsOf(() => mine('ann0'))).toHaveLength(1)
    expect(await statementsOf(() => north((db) => findCertificate(db, 'x'.repeat(22))))).toHaveLength(1)
  })
})
