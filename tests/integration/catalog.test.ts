import { beforeAll, describe, expect, test } from 'vitest'
import { recordAudit } from '#lib/db/queries/audit'
import {
  findOpenLesson,
  findPublishedCourse,
  listOutline,
  listPublishedCourses,
} from '#lib/db/queries/catalog'
import { withTenant } from '#lib/db/tenant'
import { testDatabase } from '#tests/support/database'
import { makeCourse, makeEnrollments, makePeople, makeSchool } from '#tests/support/factories'
import { statementsOf } from './statements'
import { walk } from './walk'

const { owner } = await testDatabase()
const north = <T>(query: Parameters<typeof withTenant<T>>[1]) => withTenant('north', query)
const south = <T>(query: Parameters<typeof withTenant<T>>[1]) => withTenant('south', query)
const all = { q: '', cursor: null, limit: 50 } as const

beforeAll(async () => {
  for (const school of ['north', 'south', 'small', 'large']) {
    await makeSchool(owner, school)
    await makePeople(owner, school, `${school}t`, { role: 'INSTRUCTOR' })
  }
  await makeCourse(owner, 'north', 'maths', { instructorId: 'northt0', modules: 2, lessons: 3 })
  await makeCourse(owner, 'north', 'draft', {
    instructorId: 'northt0',
    status: 'DRAFT',
    modules: 1,
    lessons: 1,
  })
  await makeCourse(owner, 'north', 'old', { instructorId: 'northt0', status: 'ARCHIVED' })
  await owner.query(`UPDATE "Lesson" SET preview = true WHERE id IN ('mathsm0l1', 'draftm0l0')`)
  await makeEnrollments(owner, 'north', 'maths', await makePeople(owner, 'north', 'ann', { count: 3 }))
  for (const [school, count] of [
    ['small', 10],
    ['large', 1_000],
  ] as const) {
    await owner.query(
      `INSERT INTO "Course" (id, "tenantId", "instructorId", title, status, "publishedAt")
       SELECT $1 || n, $1, $1 || 't0', 'Course ' || n, 'PUBLISHED', '2026-01-01Z' FROM generate_series(1, $2::int) n`,
      [school, count],
    )
  }
})

describe('the catalogue', () => {
  test('holds published courses alone, with what they contain', async () => {
    const page = await north((db) => listPublishedCourses(db, all))
    expect(page.rows).toMatchObject([{ id: 'maths', moduleCount: 2, lessonCount: 6, durationSeconds: 360 }])
    expect((await north((db) => listPublishedCourses(db, { ...all, q: 'northT' }))).rows).toHaveLength(1)
    expect((await north((db) => listPublishedCourses(db, { ...all, q: '%' }))).rows).toEqual([])
    expect((await south((db) => listPublishedCourses(db, all))).rows).toEqual([])
  })

  test('shows each course once in both directions, at equal instants too', async () => {
    const { forwards, backwards } = await walk((cursor) =>
      withTenant('small', (db) => listPublishedCourses(db, { ...all, cursor, limit: 3 })),
    )
    expect(new Set(forwards).size).toBe(10)
    expect(forwards).toHaveLength(10)
    expect(backwards).toEqual(forwards)
  })

  test('costs one statement, for ten courses and for a thousand', async () => {
    for (const school of ['small', 'large']) {
      const sent = await statementsOf(() =>
        withTenant(school, (db) => listPublishedCourses(db, { ...all, limit: 1_000 })),
      )
      expect(sent).toHaveLength(1)
    }
  })
})

describe('a course', () => {
  test('is shown when it is published, with the number of its learners', async () => {
    expect(await north((db) => findPublishedCourse(db, 'maths', null))).toMatchObject({
      id: 'maths',
      learnerCount: 3,
    })
    for (const id of ['draft', 'old', 'nothing'])
      expect(await north((db) => findPublishedCourse(db, id, null))).toBeNull()
    expect(await south((db) => findPublishedCourse(db, 'maths', null))).toBeNull()
  })

  test('lists its lessons in order, and to its own school alone', async () => {
    const outline = await north((db) => listOutline(db, 'maths'))
    expect(outline.map((row) => row.lessonId)).toEqual([
      'mathsm0l0',
      'mathsm0l1',
      'mathsm0l2',
      'mathsm1l0',
      'mathsm1l1',
      'mathsm1l2',
    ])
    expect(await south((db) => listOutline(db, 'maths'))).toEqual([])
  })

  test('opens the lessons marked for it, in published courses', async () => {
    const find = (courseId: string, lessonId: string) =>
      north((db) => findOpenLesson(db, { courseId, lessonId, reader: null }))
    expect(await find('maths', 'mathsm0l1')).toMatchObject({
      title: 'Lesson 0.1',
      courseTitle: 'Course maths',
    })
    expect(await find('maths', 'mathsm0l0')).toBeNull()
    expect(await find('draft', 'draftm0l0')).toBeNull()
    expect(await find('old', 'mathsm0l1')).toBeNull()
    expect(
      await south((db) => findOpenLesson(db, { courseId: 'maths', lessonId: 'mathsm0l1', reader: null })),
    ).toBeNull()
  })
})

describe('what is open to whom', () => {
  const open = (userId: string, everyCourse = false, lessonId = 'mathsm0l0') =>
    north((db) => findOpenLesson(db, { courseId: 'maths', lessonId, reader: { userId, everyCourse } }))

  test('a lesson that is no preview opens to the enrolled, its instructor, and whoever is in charge of all courses', async () => {
    expect(await open('ann0')).toMatchObject({ id: 'mathsm0l0', opened: true })
    expect(await open('northt0')).toMatchObject({ opened: true })
    expect(await open('nobody', true)).toMatchObject({ opened: true })
  })

  test('to nobody else: not to a stranger, not to another course’s learner, not to another school’s person', async () => {
    await makePeople(owner, 'north', 'stranger')
    expect(await open('stranger0')).toBeNull()
    expect(await open('stranger0', false, 'mathsm0l1')).toMatchObject({ opened: false })
    expect(await open('southt0')).toBeNull()
  })

  test('a draft opens to nobody here, and a lesson under another course’s address neither', async () => {
    const reader = { userId: 'northt0', everyCourse: true }
    expect(
      await north((db) => findOpenLesson(db, { courseId: 'draft', lessonId: 'draftm0l0', reader })),
    ).toBeNull()
    expect(
      await north((db) => findOpenLesson(db, { courseId: 'draft', lessonId: 'mathsm0l0', reader })),
    ).toBeNull()
  })
})

test('the audit log keeps an entry if and only if the change it tells of is kept', async () => {
  const entry = {
    action: 'course.publish',
    actorId: 'northt0',
    targetType: 'Course',
    targetId: 'maths',
    after: { status: 'PUBLISHED' },
  }
  await north((db) => recordAudit(db, entry))
  const undone = north(async (db) => {
    await recordAudit(db, { ...entry, targetId: 'undone' })
    throw new Error('undone')
  })
  await expect(undone).rejects.toThrow('undone')
  const log = await owner.query(`SELECT "tenantId", "targetId", after FROM "AuditLog"`)
  expect(log.rows).toEqual([{ tenantId: 'north', targetId: 'maths', after: { status: 'PUBLISHED' } }])
})
