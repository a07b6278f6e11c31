import { beforeAll, describe, expect, test } from 'vitest'
import { listStructure } from '#lib/db/queries/teach'
import { withTenant } from '#lib/db/tenant'
import { addLesson, removeLesson, renameLesson, restoreLesson } from '#lib/teach/change-lessons'
import { addModule, removeModule, renameModule, restoreModule } from '#lib/teach/change-modules'
import { arrangeOutline } from '#lib/teach/arrange-outline'
import { readOutline } from '#lib/teach/outline'
import { type Arrangement, arrangementOf, readArrangement, writeArrangement } from '#lib/teach/rules'
import { testDatabase } from '#tests/support/database'
import { makeCourse, makeEnrollments, makePeople, makeSchool } from '#tests/support/factories'
import { fingerprint } from './fingerprint'
import { statementsOf } from './statements'

// Two authors at one outline, authors of other courses, and learners whose progress hangs on it.

const { owner } = await testDatabase()
const north = <T>(query: Parameters<typeof withTenant<T>>[1]) => withTenant('north', query)
const south = <T>(query: Parameters<typeof withTenant<T>>[1]) => withTenant('south', query)
const tea0 = { userId: 'tea0', everyCourse: false }
const tea1 = { userId: 'tea1', everyCourse: false }
const head = { userId: 'tea1', everyCourse: true }

const everything = async () => [await fingerprint(owner, 'north'), await fingerprint(owner, 'south')]

let courses = 0
async function course(modules: number, lessons: number): Promise<string> {
  courses += 1
  return makeCourse(owner, 'north', `c${courses}x`, { instructorId: 'tea0', modules, lessons })
}

async function order(courseId: string): Promise<string> {
  return writeArrangement(arrangementOf(await north((db) => readOutline(db, courseId))))
}

function read(text: string): Arrangement {
  const arrangement = readArrangement(text)
  if (arrangement === null) throw new Error(`Not an arrangement: ${text}`)
  return arrangement
}

const arrange = (courseId: string, seen: string, wanted: string, by = tea0) =>
  north((db) => arrangeOutline(db, { courseId, by, seen: read(seen), wanted: read(wanted) }))

async function progress(enrollmentId: string): Promise<number> {
  const { rows } = await owner.query<{ progress: number }>(
    'select progress from "Enrollment" where id = $1',
    [enrollmentId],
  )
  return rows[0]?.progress ?? -1
}

beforeAll(async () => {
  await makeSchool(owner, 'north')
  await makeSchool(owner, 'south')
  await makePeople(owner, 'north', 'tea', { count: 2, role: 'INSTRUCTOR' })
  await makePeople(owner, 'north', 'ann')
  await makePeople(owner, 'south', 'sam', { role: 'INSTRUCTOR' })
  await makeCourse(owner, 'south', 'south1', { instructorId: 'sam0', modules: 1, lessons: 1 })
})

describe('whose course it is', () => {
  test('a colleague is refused, whoever is in charge of all is not, and another school’s is nowhere', async () => {
    const id = await course(1, 1)
    const before = await everything()
    const changes = (courseId: string, by = tea1) => [
      () => north((db) => addModule(db, { id: 'new1', courseId, by, title: 'x' })),
      () => north((db) => removeModule(db, { courseId, moduleId: `${id}m0`, by })),
      () => north((db) => addLesson(db, { id: 'new2', courseId, moduleId: `${id}m0`, by, title: 'x' })),
      () =>
        north((db) =>
          renameLesson(db, { courseId, lessonId: `${id}m0l0`, by, title: 'x', seen: 'Lesson 0.0' }),
        ),
      () => north((db) => arrangeOutline(db, { courseId, by, seen: [], wanted: [] })),
    ]
    for (const change of changes(id)) await expect(change()).rejects.toMatchObject({ code: 'forbidden' })
    for (const change of changes('south1', head))
      await expect(change()).rejects.toMatchObject({ code: 'not_found' })
    for (const change of changes('nothing', head))
      await expect(change()).rejects.toMatchObject({ code: 'not_found' })
    expect(await everything()).toEqual(before)
    const { modules } = await north((db) =>
      addModule(db, { id: 'byhead', courseId: id, by: head, title: 'Mine' }),
    )
    expect(modules.map(({ title }) => title)).toEqual(['Module 0', 'Mine'])
  })

  test('modules and lessons of another course can’t be reached through one’s own', async () => {
    const own = await course(1, 1)
    const other = await course(1, 1)
    const before = await everything()
    const attempts = [
      () => north((db) => removeModule(db, { courseId: own, moduleId: `${other}m0`, by: tea0 })),
      () => north((db) => restoreModule(db, { courseId: own, moduleId: `${other}m0`, by: tea0 })),
      () => north((db) => removeLesson(db, { courseId: own, lessonId: `${other}m0l0`, by: tea0 })),
      () => north((db) => restoreLesson(db, { courseId: own, lessonId: `${other}m0l0`, by: tea0 })),
      () =>
        north((db) =>
          addLesson(db, { id: 'n3', courseId: own, moduleId: `${other}m0`, by: tea0, title: 'x' }),
        ),
      () =>
        south((db) => addLesson(db, { id: 'n4', courseId: own, moduleId: `${own}m0`, by: head, title: 'x' })),
    ]
    for (const attempt of attempts) await expect(attempt()).rejects.toMatchObject({ code: 'not_found' })
    expect(await everything()).toEqual(before)
  })
})

describe('arranging', () => {
  test('moves lessons between modules and modules among themselves, in as many statements for 200 as for 4', async () => {
    for (const lessons of [2, 100]) {
      const id = await course(2, lessons)
      const seen = await order(id)
      const [first, second] = read(seen)
      if (first === undefined || second === undefined) throw new Error('Two modules were made.')
      const [moved = '', ...left] = first.lessons
      const wanted = [
        { ...second, lessons: [...second.lessons, moved] },
        { ...first, lessons: left },
      ]
      const sent = await statementsOf(() => arrange(id, seen, writeArrangement(wanted)))
      expect(sent).toHaveLength(5)
      expect(await order(id)).toBe(writeArrangement(wanted))
    }
  })

  test('by two at once: one is done, the other is told, and none of it is mixed', async () => {
    const id = await course(2, 3)
    const seen = await order(id)
    const [a, b] = read(seen)
    const lists = [
      writeArrangement([b, a].flatMap((module) => module ?? [])),
      writeArrangement(
        [a, b].flatMap((m) => (m === undefined ? [] : [{ ...m, lessons: m.lessons.toReversed() }])),
      ),
    ]
    const done = await Promise.allSettled(lists.map((wanted) => arrange(id, seen, wanted)))
    const kept = done.findIndex(({ status }) => status === 'fulfilled')
    expect(done.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(done.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'conflict' } })
    expect(await order(id)).toBe(lists[kept])
  })

  test('is a conflict once somebody added, removed or moved anything, and changes nothing then', async () => {
    const id = await course(2, 2)
    const seen = await order(id)
    const wanted = writeArrangement(read(seen).toReversed())
    await north((db) =>
      addLesson(db, { id: `${id}new`, courseId: id, moduleId: `${id}m1`, by: head, title: 'New' }),
    )
    const now = await order(id)
    await expect(arrange(id, seen, wanted)).rejects.toMatchObject({ code: 'conflict' })
    expect(await order(id)).toBe(now)
  })

  test('refuses an order that holds other parts than were seen', async () => {
    const id = await course(1, 2)
    const other = await course(1, 1)
    const seen = await order(id)
    for (const wanted of [
      `${id}m0:${id}m0l0`,
      `${seen};${other}m0:${other}m0l0`,
      `${id}m0:${id}m0l0,${id}m0l0`,
      '',
    ])
      await expect(arrange(id, seen, wanted)).rejects.toMatchObject({ code: 'invalid_input' })
    // Also when both lists agree about what isn't there.
    const foreign = `${seen};${other}m0:${other}m0l0`
    await expect(arrange(id, foreign, foreign)).rejects.toMatchObject({ code: 'conflict' })
  })
})

describe('adding and taking away', () => {
  test('twice with one id, also at once, adds one', async () => {
    const id = await course(1, 0)
    const module = { id: 'pressed1', courseId: id, by: tea0, title: 'Twice' }
    await Promise.all([1, 2, 3].map(() => north((db) => addModule(db, module))))
    const lesson = { id: 'pressed2', courseId: id, moduleId: 'pressed1', by: tea0, title: 'Twice' }
    await Promise.all([1, 2, 3].map(() => north((db) => addLesson(db, lesson))))
    expect(await order(id)).toBe(`${id}m0:;pressed1:pressed2`)
  })

  test('and undoing it gives everybody the progress they had, and the outline its order', async () => {
    const id = await course(2, 2)
    const [enrollment = ''] = await makeEnrollments(owner, 'north', id, ['ann0'])
    await owner.query(
      `insert into "LessonProgress" (id, "tenantId", "enrollmentId", "lessonId", "userId", completed, "completedAt")
       select l.id || 'p', 'north', $1, l.id, 'ann0', true, now() from "Lesson" l where l."moduleId" = $2`,
      [enrollment, `${id}m0`],
    )
    const whole = await order(id)
    const added = { id: `${id}extra`, courseId: id, moduleId: `${id}m1`, by: tea0, title: 'One more' }
    await north((db) => addLesson(db, added))
    expect(await progress(enrollment)).toBe(40)
    await north((db) => removeLesson(db, { courseId: id, lessonId: `${id}extra`, by: tea0 }))
    expect(await progress(enrollment)).toBe(50)
    await north((db) => removeModule(db, { courseId: id, moduleId: `${id}m1`, by: tea0 }))
    expect(await progress(enrollment)).toBe(100)
    await north((db) => restoreModule(db, { courseId: id, moduleId: `${id}m1`, by: tea0 }))
    expect(await progress(enrollment)).toBe(50)
    await north((db) => removeLesson(db, { courseId: id, lessonId: `${id}m0l0`, by: tea0 }))
    expect(await progress(enrollment)).toBe(33.33)
    await north((db) => restoreLesson(db, { courseId: id, lessonId: `${id}m0l0`, by: tea0 }))
    expect(await progress(enrollment)).toBe(50)
    expect(await order(id)).toBe(whole)
  })

  test('a lesson doesn’t come back into a module that is gone', async () => {
    const id = await course(1, 1)
    await north((db) => removeLesson(db, { courseId: id, lessonId: `${id}m0l0`, by: tea0 }))
    await north((db) => removeModule(db, { courseId: id, moduleId: `${id}m0`, by: tea0 }))
    const attempt = north((db) => restoreLesson(db, { courseId: id, lessonId: `${id}m0l0`, by: tea0 }))
    await expect(attempt).rejects.toMatchObject({ code: 'not_found' })
  })

  test('a new title is refused to whoever typed it over another one', async () => {
    const id = await course(1, 1)
    const module = { courseId: id, moduleId: `${id}m0`, by: tea0 }
    const lesson = { courseId: id, lessonId: `${id}m0l0`, by: tea0 }
    await north((db) => renameModule(db, { ...module, title: 'First', seen: 'Module 0' }))
    await north((db) => renameLesson(db, { ...lesson, title: 'First', seen: 'Lesson 0.0' }))
    for (const attempt of [
      () => north((db) => renameModule(db, { ...module, title: 'Second', seen: 'Module 0' })),
      () => north((db) => renameLesson(db, { ...lesson, title: 'Second', seen: 'Lesson 0.0' })),
    ])
      await expect(attempt()).rejects.toMatchObject({ code: 'conflict' })
    const rows = await north((db) => listStructure(db, id))
    expect(rows).toMatchObject([{ moduleTitle: 'First', lessonTitle: 'First' }])
  })
})
