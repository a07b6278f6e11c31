import { beforeAll, describe, expect, test } from 'vitest'
import type { LessonDocument } from '#lib/content/document'
import {
  createLesson,
  deleteLesson,
  getLesson,
  moveLesson,
  reorderLessons,
  updateLesson,
} from '#lib/db/queries/lessons'
import { createModule, deleteModule, renameModule, reorderModules } from '#lib/db/queries/modules'
import { withTenant } from '#lib/db/tenant'
import { testDatabase } from '#tests/support/database'
import { makeCourse, makePeople, makeSchool } from '#tests/support/factories'
import { fingerprint } from './fingerprint'
import { statementsOf } from './statements'

const { owner } = await testDatabase()
const north = <T>(query: Parameters<typeof withTenant<T>>[1]) => withTenant('north', query)
const south = <T>(query: Parameters<typeof withTenant<T>>[1]) => withTenant('south', query)
const text = (words: string): LessonDocument => ({
  type: 'doc',
  content: [{ type: 'paragraph', content: [{ type: 'text', text: words }] }],
})

let courses = 0
/** A course of its own for a test: modules `m0`, `m1` and lessons `m0l0` … behind its id. */
async function course(modules: number, lessons: number): Promise<string> {
  courses += 1
  return makeCourse(owner, 'north', `course${courses}`, { instructorId: 'tea0', modules, lessons })
}

async function living(table: 'Module' | 'Lesson', parent: 'courseId' | 'moduleId', id: string) {
  const found = await owner.query<{ id: string; order: number }>(
    `SELECT id, "order" FROM "${table}" WHERE "${parent}" = $1 AND "deletedAt" IS NULL ORDER BY "order"`,
    [id],
  )
  return found.rows
}

const lessonsOf = async (moduleId: string) =>
  (await living('Lesson', 'moduleId', moduleId)).map((row) => row.id)

beforeAll(async () => {
  await makeSchool(owner, 'north')
  await makeSchool(owner, 'south')
  await makePeople(owner, 'north', 'tea', { role: 'INSTRUCTOR' })
})

describe('adding', () => {
  test('twenty lessons at once stand at positions 0 to 19', async () => {
    const id = await course(1, 0)
    const made = await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        north((db) => createLesson(db, { moduleId: `${id}m0`, title: `Lesson ${n}` })),
      ),
    )
    const positions = Array.from({ length: 20 }, (_, n) => n)
    expect(made.map((lesson) => lesson.order).sort((a, b) => a - b)).toEqual(positions)
    expect((await living('Lesson', 'moduleId', `${id}m0`)).map((row) => row.order)).toEqual(positions)
  })

  test('modules at once do so too, and a deleted one frees no place twice', async () => {
    const id = await course(1, 0)
    await Promise.all(
      Array.from({ length: 8 }, (_, n) =>
        north((db) => createModule(db, { courseId: id, title: `Module ${n}` })),
      ),
    )
    await north((db) => deleteModule(db, `${id}m0`))
    expect((await north((db) => createModule(db, { courseId: id, title: 'Last' }))).order).toBe(9)
  })

  test('is refused below what is deleted or unknown', async () => {
    const id = await course(1, 1)
    await north((db) => deleteModule(db, `${id}m0`))
    await expect(north((db) => createLesson(db, { moduleId: `${id}m0`, title: 'x' }))).rejects.toMatchObject({
      code: 'not_found',
    })
    await expect(north((db) => getLesson(db, `${id}m0l0`))).rejects.toMatchObject({ code: 'not_found' })
    await expect(north((db) => createModule(db, { courseId: 'nothing', title: 'x' }))).rejects.toMatchObject({
      code: 'not_found',
    })
  })
})

describe('reordering', () => {
  test('takes the wanted order in one writing statement, for ten lessons and for three hundred', async () => {
    for (const count of [10, 300]) {
      const id = await course(1, count)
      const lessonIds = (await lessonsOf(`${id}m0`)).reverse()
      const sent = await statementsOf(() =>
        north((db) => reorderLessons(db, { moduleId: `${id}m0`, lessonIds })),
      )
      expect(sent).toHaveLength(2)
      expect(await lessonsOf(`${id}m0`)).toEqual(lessonIds)
    }
  })

  test('is a conflict for any list but the living one, and then changes nothing', async () => {
    const id = await course(3, 3)
    const [a, b, c] = [`${id}m0l0`, `${id}m0l1`, `${id}m0l2`]
    const lists = [[a, b], [a, b, c, c], [a, b, b], [a, b, c, `${id}m1l0`], [a, b, 'nothing'], []]
    for (const lessonIds of lists) {
      const attempt = north((db) => reorderLessons(db, { moduleId: `${id}m0`, lessonIds }))
      if (lessonIds.length === 0) await attempt
      else await expect(attempt).rejects.toMatchObject({ code: 'conflict' })
    }
    expect(await lessonsOf(`${id}m0`)).toEqual([a, b, c])
    const moduleIds = [`${id}m1`, `${id}m0`]
    // The two that are named could trade places without disturbing the third.
    const partial = north((db) => reorderModules(db, { courseId: id, moduleIds }))
    await expect(partial).rejects.toMatchObject({ code: 'conflict' })
    await north((db) => reorderModules(db, { courseId: id, moduleIds: [...moduleIds, `${id}m2`] }))
    expect((await living('Module', 'courseId', id)).map((row) => row.id)).toEqual([...moduleIds, `${id}m2`])
  })

  test('by two editors at once ends in the order of one of them, and nothing in between', async () => {
    const id = await course(1, 30)
    const forwards = await lessonsOf(`${id}m0`)
    const backwards = [...forwards].reverse()
    const reorder = (lessonIds: string[]) =>
      north((db) => reorderLessons(db, { moduleId: `${id}m0`, lessonIds }))
    await Promise.all(Array.from({ length: 10 }, (_, n) => reorder(n % 2 === 0 ? backwards : forwards)))
    const rows = await living('Lesson', 'moduleId', `${id}m0`)
    expect(rows.map((row) => row.order)).toEqual(forwards.map((_, n) => n))
    expect([forwards, backwards]).toContainEqual(rows.map((row) => row.id))
  })

  test('loses no lesson that somebody adds meanwhile', async () => {
    const id = await course(1, 5)
    const lessonIds = (await lessonsOf(`${id}m0`)).reverse()
    const results = await Promise.allSettled([
      north((db) => createLesson(db, { moduleId: `${id}m0`, title: 'New' })),
      north((db) => reorderLessons(db, { moduleId: `${id}m0`, lessonIds })),
    ])
    expect(results[0].status).toBe('fulfilled')
    const rows = await living('Lesson', 'moduleId', `${id}m0`)
    expect(rows.map((row) => row.order)).toEqual([0, 1, 2, 3, 4, 5])
  })
})

describe('moving a lesson', () => {
  test('puts it where it is wanted, in its own module and in another, and closes the gap', async () => {
    const id = await course(2, 3)
    const [a, b, c] = [`${id}m0l0`, `${id}m0l1`, `${id}m0l2`]
    const [x, y, z] = [`${id}m1l0`, `${id}m1l1`, `${id}m1l2`]
    const move = (lessonId: string, module: string, position: number) =>
      north((db) => moveLesson(db, { lessonId, moduleId: `${id}${module}`, position }))
    await move(a, 'm0', 2)
    expect(await lessonsOf(`${id}m0`)).toEqual([b, c, a])
    await move(c, 'm0', 0)
    expect(await lessonsOf(`${id}m0`)).toEqual([c, b, a])
    await move(b, 'm1', 1)
    expect(await lessonsOf(`${id}m0`)).toEqual([c, a])
    expect(await lessonsOf(`${id}m1`)).toEqual([x, b, y, z])
    await move(c, 'm1', 99)
    expect(await living('Lesson', 'moduleId', `${id}m1`)).toEqual(
      [x, b, y, z, c].map((lesson, order) => ({ id: lesson, order })),
    )
    expect(await living('Lesson', 'moduleId', `${id}m0`)).toEqual([{ id: a, order: 0 }])
  })

  test('stays inside its course', async () => {
    const [one, other] = [await course(1, 1), await course(1, 1)]
    const attempt = north((db) =>
      moveLesson(db, { lessonId: `${one}m0l0`, moduleId: `${other}m0`, position: 0 }),
    )
    await expect(attempt).rejects.toMatchObject({ code: 'not_found' })
    expect(await lessonsOf(`${one}m0`)).toEqual([`${one}m0l0`])
  })
})

describe('changing a lesson', () => {
  test('writes the document, its version and its plain text together', async () => {
    const id = await course(1, 1)
    const lessonId = `${id}m0l0`
    const { updatedAt } = await north((db) => getLesson(db, lessonId))
    const changes = { content: text('Tides follow the moon.'), preview: true }
    const next = await north((db) => updateLesson(db, { lessonId, seen: updatedAt, changes }))
    const select = `SELECT content, "contentVersion" AS version, "contentText" AS words, preview, title FROM "Lesson" WHERE id = $1`
    const stored = (await owner.query<{ content: string }>(select, [lessonId])).rows[0]
    expect(stored).toMatchObject({
      version: 1,
      words: 'Tides follow the moon.',
      preview: true,
      title: 'Lesson 0.0',
    })
    expect(JSON.parse(stored?.content ?? '')).toEqual(changes.content)
    await expect(
      north((db) => updateLesson(db, { lessonId, seen: updatedAt, changes })),
    ).rejects.toMatchObject({ code: 'conflict' })
    await north((db) =>
      updateLesson(db, { lessonId, seen: next.updatedAt, changes: { content: null, duration: 90 } }),
    )
    expect((await owner.query(select, [lessonId])).rows[0]).toMatchObject({
      content: null,
      words: null,
      preview: true,
    })
  })
})

test('another school can’t see or change the structure of these courses', async () => {
  const id = await course(2, 2)
  const [moduleId, lessonId] = [`${id}m0`, `${id}m0l0`]
  const { updatedAt } = await north((db) => getLesson(db, lessonId))
  const before = await fingerprint(owner, 'north')
  const gone = { code: 'not_found' }
  await expect(south((db) => getLesson(db, lessonId))).rejects.toMatchObject(gone)
  await expect(south((db) => createModule(db, { courseId: id, title: 'x' }))).rejects.toMatchObject(gone)
  await expect(south((db) => createLesson(db, { moduleId, title: 'x' }))).rejects.toMatchObject(gone)
  await expect(south((db) => renameModule(db, { moduleId, title: 'x' }))).rejects.toMatchObject(gone)
  await expect(south((db) => deleteModule(db, moduleId))).rejects.toMatchObject(gone)
  await expect(south((db) => deleteLesson(db, lessonId))).rejects.toMatchObject(gone)
  const change = { lessonId, seen: updatedAt, changes: { title: 'Taken' } }
  await expect(south((db) => updateLesson(db, change))).rejects.toMatchObject(gone)
  await expect(
    south((db) => reorderModules(db, { courseId: id, moduleIds: [`${id}m1`, moduleId] })),
  ).rejects.toMatchObject(gone)
  const lessonIds = [`${id}m0l1`, lessonId]
  await expect(south((db) => reorderLessons(db, { moduleId, lessonIds }))).rejects.toMatchObject(gone)
  await expect(south((db) => moveLesson(db, { lessonId, moduleId, position: 1 }))).rejects.toMatchObject(gone)
  expect(await fingerprint(owner, 'north')).toBe(before)
  await north((db) => renameModule(db, { moduleId, title: 'Renamed' }))
  await north((db) => deleteLesson(db, lessonId))
  expect(await lessonsOf(moduleId)).toEqual([`${id}m0l1`])
})
