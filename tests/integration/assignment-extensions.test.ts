import { beforeAll, describe, expect, test } from 'vitest'
import { workForm } from '#lib/assignments/contract'
import { extensionForm, extensionsSearch } from '#lib/assignments/contract/extensions'
import { giveExtension, removeExtension } from '#lib/assignments/extend'
import { loadAssignment } from '#lib/assignments/load-assignment'
import { loadExtensions } from '#lib/assignments/load-extensions'
import { handIn } from '#lib/assignments/write-work'
import { deleteExtension, findExtension, listExtensions, putExtension } from '#lib/db/queries/extensions'
import { AppError } from '#lib/errors'
import { testDatabase } from '#tests/support/database'
import { makeCourse, makePeople } from '#tests/support/factories'
import { gone, makeExamWorld, north, south } from './exam-support'
import { fingerprint } from './fingerprint'
import { statementsOf } from './statements'

// Dates of their own: for the enrolled of this course, later than everybody's, at once, and written down once.

const { owner } = await testDatabase()
const place = { timeZone: 'Europe/Berlin', locale: 'en' }
const by = { userId: 'tea0', everyCourse: false }
const courseId = 'maths'
const head = {
  ...{ id: courseId, title: 'Maths', status: 'PUBLISHED' as const, previewHref: null, people: true },
}
/** Everybody's: 18:00 in Berlin. */
const DUE = '2030-03-28T17:00:00Z'
let count = 0

async function make(due: string | null = DUE, late: Readonly<Record<string, unknown>> = {}): Promise<string> {
  count += 1
  const id = `extended${String(count)}`
  await owner.query(
    `INSERT INTO "Assignment" (id, "tenantId", "courseId", title, settings, "dueDate", "publishedAt")
     VALUES ($1, 'north', 'maths', 'Essay', $2, $3, now())`,
    [id, JSON.stringify({ late }), due],
  )
  return id
}

type Sent = Readonly<{ userId?: string; dueDate?: string; note?: string; courseId?: string }>

const formOf = (assignmentId: string, sent: Sent = {}) =>
  extensionForm.parse({
    ...{ courseId, assignmentId, userId: 'ann0', dueDate: '2030-04-02T18:00', note: '', ...sent },
  })
const give = (assignmentId: string, sent: Sent = {}, who = by) =>
  north((db) => giveExtension(db, { form: formOf(assignmentId, sent), by: who, ...place }))
const take = (assignmentId: string, userId = 'ann0', who = by) =>
  north((db) => removeExtension(db, { courseId, assignmentId, userId, by: who, ...place }))
const view = (assignmentId: string, search: Readonly<Record<string, string>> = {}) =>
  north((db) =>
    loadExtensions(db, {
      ...{ course: head, assignmentId, timeZone: place.timeZone, search: extensionsSearch.parse(search) },
    }),
  )
const look = (assignmentId: string, userId = 'ann0') =>
  north((db) => loadAssignment(db, { assignmentId, userId, timeZone: place.timeZone }))

async function fields(work: Promise<unknown>): Promise<string> {
  try {
    await work
  } catch (error) {
    return error instanceof AppError ? `${error.code} ${JSON.stringify(error.fields)}` : String(error)
  }
  return 'done'
}

beforeAll(async () => {
  await makeExamWorld(owner)
  await makePeople(owner, 'north', 'col', { role: 'INSTRUCTOR' })
  await makeCourse(owner, 'north', 'greek', { instructorId: 'tea0' })
})

describe('an extension', () => {
  test('is given, changed and taken back, and its learner sees each at once', async () => {
    const id = await make()
    expect(await give(id, { note: 'Ill.\r\nTold us in time. ' })).toEqual({
      before: null,
      after: { dueDate: '2030-04-02T16:00:00.000Z', note: '…' },
      changed: true,
    })
    expect(await look(id)).toMatchObject({ extended: true, dueAt: new Date('2030-04-02T16:00:00Z') })
    expect(JSON.stringify(await look(id))).not.toContain('Told us')
    expect((await look(id, 'ann1')).extended).toBe(false)
    expect(await view(id, { person: 'ann0' })).toMatchObject({
      ...{ timeZone: 'Europe/Berlin', dueDate: new Date(DUE) },
      people: [
        { userId: 'ann0', note: 'Ill.\nTold us in time.', enrolled: true, counts: true, handedIn: null },
      ],
      chosen: { has: true, dueAt: '2030-04-02T18:00', note: 'Ill.\nTold us in time.' },
    })
    expect(await give(id, { dueDate: '2030-04-05T18:00' })).toEqual({
      before: { dueDate: '2030-04-02T16:00:00.000Z', note: '…' },
      after: { dueDate: '2030-04-05T16:00:00.000Z', note: null },
      changed: true,
    })
    expect((await view(id)).people).toHaveLength(1)
    expect(await take(id)).toEqual({ dueDate: '2030-04-05T16:00:00.000Z', note: null })
    expect(await take(id)).toBeNull()
    expect((await view(id)).people).toEqual([])
    expect(await look(id)).toMatchObject({ extended: false, dueAt: new Date(DUE) })
  })

  test('by the same form again changes nothing, also when five are sent at once', async () => {
    const id = await make()
    const all = await Promise.all(Array.from({ length: 5 }, () => give(id, { note: 'Once' })))
    expect(all.filter(({ changed }) => changed)).toHaveLength(1)
    const stamps = () =>
      owner.query(`SELECT id, "updatedAt"::text FROM "AssignmentExtension" WHERE "assignmentId" = $1`, [id])
    const { rows } = await stamps()
    expect((await give(id, { note: 'Once' })).changed).toBe(false)
    expect((await stamps()).rows).toEqual(rows)
    expect(rows).toHaveLength(1)
  })

  test('is later than everybody’s date, which there has to be', async () => {
    const id = await make()
    for (const dueDate of ['2030-03-28T18:00', '2030-03-27T18:00'])
      expect(await fields(give(id, { dueDate }))).toMatch(
        /^invalid_input {"dueDate":"Everybody’s date is March 28, 2030 at 6:00 PM. Give a later one."}/,
      )
    expect((await give(id, { dueDate: '2030-03-28T18:01' })).changed).toBe(true)
    expect(await fields(give(await make(null)))).toMatch(/^invalid_input {"dueDate":".*no due date/)
    for (const dueDate of ['', 'soon', '2030-04-02'])
      expect(extensionForm.safeParse({ ...formOf(id), dueDate }).success).toBe(false)
    expect(extensionForm.safeParse({ ...formOf(id), note: 'x'.repeat(2_001) }).success).toBe(false)
  })

  test('never is at an hour that clocks skip, and at the second of one that comes twice', async () => {
    const id = await make()
    expect(await fields(give(id, { dueDate: '2030-03-31T02:30' }))).toMatch(
      /^invalid_input {"dueDate":".*skip this time/,
    )
    expect(await fields(give(id, { dueDate: '2030-04-31T12:00' }))).toMatch(/^invalid_input {"dueDate":/)
    const twice = { dueDate: '2030-10-27T02:30' }
    expect((await give(id, twice)).after.dueDate).toBe('2030-10-27T01:30:00.000Z')
    // The first of the two, which only another way in can have stored, stays while its text isn't touched.
    await owner.query(
      `UPDATE "AssignmentExtension" SET "dueDate" = '2030-10-27T00:30:00Z' WHERE "assignmentId" = $1`,
      [id],
    )
    expect((await give(id, { ...twice, note: 'Other' })).after.dueDate).toBe('2030-10-27T00:30:00.000Z')
  })

  test('makes what was handed in late be on time, and late again once it is taken back', async () => {
    const late = { percentPerDay: '10' }
    const days = (some: number) => new Date(Date.now() + some * 86_400_000).toISOString()
    const id = await make(days(-2.5), late)
    const form = workForm.parse({
      ...{ assignmentId: id, intent: 'hand-in', content: 'Mine', link: '', seen: '', key: 'e'.repeat(32) },
    })
    expect(await north((db) => handIn(db, { ...place, userId: 'ann0', form }))).toMatchObject({ daysLate: 3 })
    await give(id, { dueDate: days(1).slice(0, 16) })
    expect((await look(id)).versions[0]?.daysLate).toBe(0)
    const [shown] = (await view(id)).people
    expect(shown?.handedIn).toMatchObject({ daysLate: 0, daysLateWithout: 3 })
    // Everybody's date moves beyond it: it stands there and counts for nothing.
    await owner.query(`UPDATE "Assignment" SET "dueDate" = $2 WHERE id = $1`, [id, days(9)])
    expect((await view(id)).people).toMatchObject([{ counts: false, handedIn: { daysLate: 0 } }])
    await owner.query(`UPDATE "Assignment" SET "dueDate" = NULL WHERE id = $1`, [id])
    expect((await view(id)).people).toMatchObject([{ counts: false }])
    await owner.query(`UPDATE "Assignment" SET "dueDate" = $2 WHERE id = $1`, [id, days(-2.5)])
    await take(id)
    expect((await look(id)).versions[0]?.daysLate).toBe(3)
  })

  test('opens a closed assignment for its person alone', async () => {
    const id = await make(new Date(Date.now() - 86_400_000).toISOString(), { daysOpen: 0 })
    expect((await look(id)).state).toBe('closed')
    await give(id)
    expect([(await look(id)).state, (await look(id, 'ann1')).state]).toEqual(['open', 'closed'])
  })
})

describe('who', () => {
  test('is found by a part of the name or address among the enrolled, and begins at everybody’s date', async () => {
    const id = await make()
    expect((await view(id)).found).toEqual([])
    const { found, chosen } = await view(id, { q: 'ANN1', person: 'ann1' })
    expect(found.map(({ userId }) => userId)).toEqual(['ann1', 'ann10'])
    expect(chosen).toMatchObject({ userId: 'ann1', has: false, dueAt: '2030-03-28T18:00', note: null })
    expect((await view(id, { q: 'tea' })).found).toEqual([])
  })

  test('isn’t in the course gets none, and whoever leaves it is only taken back', async () => {
    const id = await make()
    for (const userId of ['ann11', 'tea0', 'nobody']) {
      await expect(give(id, { userId })).rejects.toMatchObject(gone)
      await expect(view(id, { person: userId })).rejects.toMatchObject(gone)
    }
    await give(id, { userId: 'ann9' })
    await owner.query(`DELETE FROM "Enrollment" WHERE "courseId" = $1 AND "userId" = 'ann9'`, [courseId])
    expect((await view(id)).people).toMatchObject([{ userId: 'ann9', enrolled: false }])
    await expect(give(id, { userId: 'ann9' })).rejects.toMatchObject(gone)
    expect(await take(id, 'ann9')).not.toBeNull()
  })

  test('many have one is read page by page, with as many statements as for few', async () => {
    const id = await make()
    await give(id)
    const few = (await statementsOf(() => view(id))).length
    await owner.query(
      `WITH people AS (INSERT INTO "User" (id, "tenantId", email, name, role, password)
         SELECT 'ext' || n, 'north', 'ext' || n || '@north.test', 'Ext ' || n, 'STUDENT', '-' FROM generate_series(1, 120) n RETURNING id)
       INSERT INTO "AssignmentExtension" ("tenantId", "assignmentId", "userId", "dueDate", "createdAt")
       SELECT 'north', $1, id, '2031-01-01Z', now() - interval '1 day' FROM people`,
      [id],
    )
    const seen: string[] = []
    let cursor: string | null = ''
    while (cursor !== null) {
      const page: Awaited<ReturnType<typeof view>> = await view(id, cursor === '' ? {} : { cursor })
      seen.push(...page.people.map(({ userId }) => userId))
      cursor = page.nextCursor
    }
    expect([seen.length, new Set(seen).size, seen[0]]).toEqual([121, 121, 'ann0'])
    expect([few, (await statementsOf(() => view(id))).length]).toEqual([2, 2])
  })
})

test('a colleague, another course’s address and another school reach none of it and change nothing', async () => {
  const id = await make()
  await give(id, { note: 'Ours' })
  const before = [await fingerprint(owner, 'north'), await fingerprint(owner, 'south')]
  const colleague = { userId: 'col0', everyCourse: false }
  await expect(give(id, { dueDate: '2030-05-01T12:00' }, colleague)).rejects.toMatchObject({
    code: 'forbidden',
  })
  await expect(take(id, 'ann0', colleague)).rejects.toMatchObject({ code: 'forbidden' })

  await expect(give(id, { courseId: 'greek' })).rejects.toMatchObject(gone)
  const crossed = { courseId: 'greek', assignmentId: id, userId: 'ann0' }
  await expect(north((db) => removeExtension(db, { ...crossed, by, ...place }))).rejects.toMatchObject(gone)
  expect(await north((db) => findExtension(db, { ...crossed, timeZone: 'UTC' }))).toBeNull()
  expect(await north((db) => deleteExtension(db, crossed))).toBe(false)
  const put = { dueDate: new Date('2031-01-01Z'), note: null }
  expect(await north((db) => putExtension(db, { ...crossed, ...put }))).toBe(false)

  const boss = { userId: 'sam0', everyCourse: true }
  const abroad = { courseId, assignmentId: id, userId: 'ann0' }
  const form = formOf(id)
  await expect(south((db) => giveExtension(db, { form, by: boss, ...place }))).rejects.toMatchObject(gone)
  await expect(south((db) => removeExtension(db, { ...abroad, by: boss, ...place }))).rejects.toMatchObject(
    gone,
  )
  const search = extensionsSearch.parse({})
  const asked = { course: head, assignmentId: id, timeZone: 'UTC', search }
  await expect(south((db) => loadExtensions(db, asked))).rejects.toMatchObject(gone)
  const list = await south((db) => listExtensions(db, { ...abroad, cursor: null, limit: 9 }))
  expect(list.rows).toEqual([])
  expect(await south((db) => deleteExtension(db, abroad))).toBe(false)
  expect(await south((db) => putExtension(db, { ...abroad, ...put }))).toBe(false)
  expect([await fingerprint(owner, 'north'), await fingerprint(owner, 'south')]).toEqual(before)
})
