import { beforeAll, describe, expect, test } from 'vitest'
import { issueCertificate } from '#lib/awards/issue-certificate'
import { judgeCertificate } from '#lib/awards/judge-certificate'
import { loadCourseCertificates } from '#lib/awards/load-course-certificates'
import {
  findCertificate,
  getOwnCertificate,
  listCertificates,
  listCourseCertificates,
} from '#lib/db/queries/certificates'
import { unenroll } from '#lib/db/queries/enrollments'
import { createLesson } from '#lib/db/queries/lessons'
import { recomputeCourseProgress, recordLessonProgress } from '#lib/db/queries/progress'
import { withTenant } from '#lib/db/tenant'
import { testDatabase } from '#tests/support/database'
import { makeCourse, makeEnrollments, makePeople, makeSchool } from '#tests/support/factories'
import { fingerprint } from './fingerprint'
import { statementsOf } from './statements'
import { walk } from './walk'

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
  await makePeople(owner, 'north', 'tea', { count: 2, role: 'INSTRUCTOR' })
  await makePeople(owner, 'north', 'ann', { count: 2 })
  await makePeople(owner, 'south', 'sam', { role: 'INSTRUCTOR' })
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

describe('whoever edits a course', () => {
  const teacher = { userId: 'tea0', everyCourse: false }
  const judge = (courseId: string, revoked: boolean, more: { userId?: string; by?: typeof teacher } = {}) =>
    north((db) => judgeCertificate(db, { courseId, userId: 'ann0', by: teacher, revoked, ...more }))
  const held = (courseId: string) =>
    north((db) => loadCourseCertificates(db, { courseId, cursor: undefined }))
  const codeOf = async (courseId: string) => {
    const { rows } = await owner.query<{ code: string }>(
      `SELECT code FROM "Certificate" WHERE "courseId" = $1 AND "userId" = 'ann0'`,
      [courseId],
    )
    return rows[0]?.code ?? ''
  }

  test('revokes a certificate and lets it stand again; meanwhile it says so and has no file', async () => {
    const id = await completed()
    await issue('ann0', id)
    const code = await codeOf(id)
    const file = () => north((db) => getOwnCertificate(db, { userId: 'ann0', code }))
    expect(await judge(id, true)).toEqual({ changed: true })
    const { revokedAt } = (await north((db) => findCertificate(db, code))) ?? {}
    expect(revokedAt).toBeInstanceOf(Date)
    expect((await held(id)).certificates).toMatchObject([{ userId: 'ann0', name: 'Person ann0', revokedAt }])
    await expect(file()).rejects.toMatchObject({ code: 'not_found' })
    // Pressed twice, it keeps its first moment. Completing the course once more gives no new one.
    expect(await judge(id, true)).toEqual({ changed: false })
    expect((await issue('ann0', id)).issued).toBe(false)
    expect((await held(id)).certificates).toMatchObject([{ revokedAt }])
    expect(await judge(id, false)).toEqual({ changed: true })
    expect(await judge(id, false)).toEqual({ changed: false })
    expect((await held(id)).certificates).toMatchObject([{ revokedAt: null }])
    expect(await file()).toMatchObject({ code })
  })

  test('reaches those who have left the course; a colleague doesn’t, and who edits every course does', async () => {
    const id = await completed()
    await issue('ann0', id)
    await north((db) => unenroll(db, { userId: 'ann0', courseId: id }))
    const before = await fingerprint(owner, 'north')
    const by = { userId: 'tea1', everyCourse: false }
    await expect(judge(id, true, { by })).rejects.toMatchObject({ code: 'forbidden' })
    expect(await fingerprint(owner, 'north')).toBe(before)
    expect(await judge(id, true, { by: { userId: 'tea1', everyCourse: true } })).toEqual({ changed: true })
    expect((await held(id)).certificates).toHaveLength(1)
  })

  test('never touches another course’s or another school’s', async () => {
    const [id, other] = [await completed(), await completed()]
    await issue('ann0', id)
    const abroad = await makeCourse(owner, 'south', 'abroad', { instructorId: 'sam0' })
    const schools = async () => [await fingerprint(owner, 'north'), await fingerprint(owner, 'south')]
    const before = await schools()
    const everyCourse = { userId: 'tea0', everyCourse: true }
    for (const courseId of [other, abroad, 'nothing'])
      await expect(judge(courseId, true, { by: everyCourse })).rejects.toMatchObject({ code: 'not_found' })
    for (const userId of ['ann1', 'sam0', 'nobody'])
      await expect(judge(id, true, { userId })).rejects.toMatchObject({ code: 'not_found' })
    await expect(
      withTenant('south', (db) =>
        judgeCertificate(db, { courseId: id, userId: 'ann0', by: everyCourse, revoked: true }),
      ),
    ).rejects.toMatchObject({ code: 'not_found' })
    expect(await schools()).toEqual(before)
    expect((await held(other)).certificates).toEqual([])
    const south = await withTenant('south', (db) =>
      loadCourseCertificates(db, { courseId: id, cursor: undefined }),
    )
    expect(south.certificates).toEqual([])
  })

  test('reads who holds one in one statement, each once in both directions, and nobody who was deleted', async () => {
    const id = await makeCourse(owner, 'north', 'crowd', { instructorId: 'tea0' })
    const people = await makePeople(owner, 'north', 'cro', { count: 60 })
    await owner.query(
      `INSERT INTO "Certificate" (id, "tenantId", "userId", "courseId", code, "learnerName", "courseTitle", "instructorName", "completedAt", "issuedAt")
       SELECT 'cert' || p, 'north', p, $1, 'code-of-somebody-in-a-crowd-' || p, p, 'C', 'T', '2026-03-01Z', '2026-03-01Z' FROM unnest($2::text[]) p`,
      [id, people],
    )
    await owner.query(`UPDATE "User" SET "deletedAt" = now() WHERE id = 'cro7'`)
    expect(await statementsOf(() => held(id))).toHaveLength(1)
    const { forwards, backwards } = await walk((cursor) =>
      north((db) => listCourseCertificates(db, { courseId: id, cursor, limit: 7 })),
    )
    expect(new Set(forwards).size).toBe(59)
    expect(forwards).toHaveLength(59)
    expect(backwards).toEqual(forwards)
    expect(forwards).not.toContain('certcro7')
  })
})
