import { setTimeout as sleep } from 'node:timers/promises'
import { beforeAll, describe, expect, test } from 'vitest'
import type { BoardOrder } from '#lib/leaderboard/contract'
import { joinBoard, leaveBoard } from '#lib/leaderboard/join'
import { loadBoard } from '#lib/leaderboard/load-board'
import { changeBoard, removeFromBoard } from '#lib/leaderboard/manage'
import { getTaughtBoard, holdBoard, writeEntry } from '#lib/db/queries/leaderboard'
import { withTenant } from '#lib/db/tenant'
import { testDatabase } from '#tests/support/database'
import { makeCourse, makeEnrollments, makePeople, makeSchool } from '#tests/support/factories'
import { fingerprint } from './fingerprint'
import { statementsOf } from './statements'

// Leaderboards: only who joined is seen or counted, by who joined; nobody is last; gone is gone.

const { owner } = await testDatabase()
const north = <T>(query: Parameters<typeof withTenant<T>>[1]) => withTenant('north', query)
/** A Wednesday. */
const NOW = new Date('2026-03-11T12:00Z')
const teacher = { userId: 'tea0', everyCourse: false }

const join = (courseId: string, userId: string, nickname: string | null = null) =>
  north((db) => joinBoard(db, { courseId, userId, nickname, locale: 'en' }))
const leave = (courseId: string, userId: string) => north((db) => leaveBoard(db, { courseId, userId }))
const board = (courseId: string, userId: string, by: BoardOrder = 'week', now = NOW) =>
  north((db) => loadBoard(db, { courseId, userId, ownName: 'Me', by, now }))
const switched = (courseId: string, on: boolean, by = teacher) =>
  north((db) => changeBoard(db, { courseId, by, on }))
/** Name, place and score of each line, the reader's with a star. */
const lines = async (...asked: Parameters<typeof board>) =>
  (await board(...asked)).lines.map(({ name, place, score, mine }) => [
    `${name}${mine ? '*' : ''}`,
    place,
    score,
  ])

let courses = 0
/** A published course with a leaderboard and learners, who have completed so many lessons on the day before. */
async function course(done: readonly number[], on = true): Promise<{ id: string; people: string[] }> {
  courses += 1
  const id = `c${courses}x`
  await makeCourse(owner, 'north', id, { instructorId: 'tea0', modules: 1, lessons: 40 })
  const people = await makePeople(owner, 'north', `p${courses}x`, { count: done.length })
  await makeEnrollments(owner, 'north', id, people)
  for (const [index, count] of done.entries())
    if (count > 0) await complete(id, people[index] ?? '', 0, count)
  if (on) await switched(id, true)
  return { id, people }
}

async function complete(
  courseId: string,
  userId: string,
  from: number,
  to: number,
  at = '2026-03-10T12:00Z',
) {
  await owner.query(
    `INSERT INTO "LessonProgress" ("tenantId", "enrollmentId", "userId", "lessonId", completed, "completedAt")
     SELECT 'north', $1 || 'e' || $2, $2, $1 || 'm0l' || n, true, $5 FROM generate_series($3::int, $4::int - 1) n`,
    [courseId, userId, from, to, at],
  )
}

beforeAll(async () => {
  for (const school of ['north', 'south']) await makeSchool(owner, school)
  await makePeople(owner, 'north', 'tea', { count: 2, role: 'INSTRUCTOR' })
  await makePeople(owner, 'south', 'sam')
})

describe('who is seen', () => {
  test('is who joined, by who joined: others aren’t there, and aren’t counted', async () => {
    const { id, people } = await course([3, 9, 5, 1])
    const [one = '', two = '', three = ''] = people
    expect(await board(id, one)).toMatchObject({ joined: false, participants: 0, lines: [] })
    await join(id, one)
    await join(id, three, 'Night owl')
    expect(await board(id, two)).toMatchObject({ joined: false, participants: 2, lines: [] })
    const seen = await board(id, one)
    expect(seen).toMatchObject({ joined: true, participants: 2 })
    expect(JSON.stringify(seen)).not.toMatch(/p1x[123]|Person p1x2/)
    expect(seen.lines).toEqual([
      { name: 'Night owl', score: 5, place: 1, mine: false, lead: null },
      { name: 'Person p1x0', score: 3, place: null, mine: true, lead: 2 },
    ])
  })

  test('vanishes at once who leaves, is unenrolled, disabled or deleted', async () => {
    const { id, people } = await course([9, 8, 7, 6, 5])
    for (const userId of people) await join(id, userId)
    const [, left = '', unenrolled = '', disabled = '', gone = ''] = people
    await leave(id, left)
    await owner.query(`DELETE FROM "Enrollment" WHERE "courseId" = $1 AND "userId" = $2`, [id, unenrolled])
    await owner.query(`UPDATE "User" SET "disabledAt" = now() WHERE id = $1`, [disabled])
    await owner.query(`UPDATE "User" SET "deletedAt" = now() WHERE id = $1`, [gone])
    expect(await board(id, people[0] ?? '')).toMatchObject({ participants: 1 })
    expect(await lines(id, people[0] ?? '')).toEqual([[`Person ${people[0] ?? ''}*`, 1, 9]])
    // Enrolled again, nobody stands on it without having joined again.
    await makeEnrollments(owner, 'north', id, [unenrolled])
    expect(await board(id, unenrolled)).toMatchObject({ joined: false })
    expect(await leave(id, left)).toBe(false)
  })

  test('is nobody once it was switched off, also after it is on again', async () => {
    const { id, people } = await course([4, 2])
    for (const userId of people) await join(id, userId)
    await expect(switched(id, false, { userId: 'tea1', everyCourse: false })).rejects.toMatchObject({
      code: 'forbidden',
    })
    expect(await switched(id, false)).toEqual({ left: 2 })
    expect(await switched(id, false)).toBeNull()
    const gone = { code: 'not_found' }
    await expect(board(id, people[0] ?? '')).rejects.toMatchObject(gone)
    await expect(join(id, people[0] ?? '')).rejects.toMatchObject(gone)
    expect(await switched(id, true)).toEqual({ left: 0 })
    expect(await board(id, people[0] ?? '')).toMatchObject({ joined: false, participants: 0 })
  })

  test('joining while it is being switched off leaves nobody on it', async () => {
    const { id, people } = await course([1])
    const [userId = ''] = people
    const [held, go] = [Promise.withResolvers<undefined>(), Promise.withResolvers<undefined>()]
    const joining = north(async (db) => {
      await holdBoard(db, { courseId: id, userId })
      held.resolve(undefined)
      await go.promise
      await writeEntry(db, { courseId: id, userId, nickname: null })
    })
    await held.promise
    const off = switched(id, false)
    await Promise.race([off, sleep(300)])
    go.resolve(undefined)
    await Promise.all([joining, off])
    const { rows } = await owner.query(`SELECT 1 FROM "LeaderboardEntry" WHERE "courseId" = $1`, [id])
    expect(rows).toEqual([])
  })
})

describe('places', () => {
  test('are shared by equal numbers, and the next one counts those above it', async () => {
    const { id, people } = await course([5, 8, 5, 2, 1])
    for (const userId of people) await join(id, userId)
    expect((await lines(id, people[0] ?? '')).map(([, place, score]) => [place, score])).toEqual([
      ...[[1, 8] as const, [2, 5] as const, [2, 5] as const, [4, 2] as const],
    ])
  })

  test('are none for who did least, or nothing: to others they aren’t shown, to themselves without a place', async () => {
    const { id, people } = await course([5, 3, 0, 1])
    for (const userId of people) await join(id, userId)
    const [first = '', , idle = '', least = ''] = people
    expect((await lines(id, first)).map(([, place]) => place)).toEqual([1, 2, 3])
    expect((await lines(id, idle)).map(([name, place]) => [name, place]).at(-1)).toEqual([
      ...[`Person ${idle}*`, null],
    ])
    await leave(id, idle)
    expect((await lines(id, first)).map(([name]) => name)).not.toContain(`Person ${least}`)
    expect((await board(id, least)).lines.at(-1)).toMatchObject({ mine: true, place: null, lead: 2 })
  })

  test('are all the first where all did the same, and none on a Monday morning', async () => {
    const { id, people } = await course([4, 4, 4])
    for (const userId of people) await join(id, userId)
    expect((await lines(id, people[2] ?? '')).map(([, place]) => place)).toEqual([1, 1, 1])
    const monday = new Date('2026-03-16T06:00Z')
    expect(await lines(id, people[2] ?? '', 'week', monday)).toEqual([
      [`Person ${people[2] ?? ''}*`, null, 0],
    ])
    expect(await lines(id, people[2] ?? '', 'course', monday)).toHaveLength(3)
  })

  test('are the first ten and two to each side of one’s own', async () => {
    const { id, people } = await course(Array.from({ length: 30 }, (_, index) => 35 - index))
    for (const userId of people) await join(id, userId)
    const seen = await lines(id, people[19] ?? '')
    expect(seen.map(([, place]) => place)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 18, 19, 20, 21, 22])
    expect(await lines(id, people[0] ?? '')).toHaveLength(10)
    // At the very end: those above, and oneself without a place.
    expect((await lines(id, people[29] ?? '')).slice(10).map(([, place]) => place)).toEqual([28, 29, null])
  })

  test('count days by the wall of the course, and this week from its Monday on', async () => {
    const { id, people } = await course([0, 0])
    const [ann = '', bob = ''] = people
    for (const userId of people) await join(id, userId)
    await owner.query(`UPDATE "Course" SET "timeZone" = 'Asia/Tokyo' WHERE id = $1`, [id])
    // 14:59Z and 15:00Z are two days in Tokyo; 8 March 15:00Z is Monday there.
    await complete(id, ann, 0, 1, '2026-03-10T14:59Z')
    await complete(id, ann, 1, 3, '2026-03-10T15:00Z')
    await complete(id, bob, 0, 1, '2026-03-08T14:59Z')
    await complete(id, bob, 1, 2, '2026-03-08T15:00Z')
    const scores = async (by: BoardOrder) =>
      (await board(id, bob, by)).lines.map(({ name, score }) => [name, score])
    expect(await scores('days')).toEqual([
      [`Person ${ann}`, 2],
      [`Person ${bob}`, 1],
    ])
    expect(await scores('week')).toEqual([
      [`Person ${ann}`, 3],
      [`Person ${bob}`, 1],
    ])
    expect(await scores('course')).toEqual([
      [`Person ${ann}`, 3],
      [`Person ${bob}`, 2],
    ])
  })
})

describe('a name', () => {
  const refused = { code: 'invalid_input', fields: { nickname: expect.any(String) as string } }

  test('is one’s own or a nickname, and can be changed; pressed twice one joins once', async () => {
    const { id, people } = await course([2, 1])
    const [ann = ''] = people
    expect(await join(id, ann, '  Night   owl ')).toEqual({ joined: true, nickname: 'Night owl' })
    expect(await join(id, ann, 'Night owl')).toEqual({ joined: false, nickname: 'Night owl' })
    expect(await join(id, ann)).toEqual({ joined: false, nickname: null })
    const twice = await Promise.all([join(id, people[1] ?? '', 'Bob'), join(id, people[1] ?? '', 'Bob')])
    expect(twice.filter(({ joined }) => joined)).toHaveLength(1)
  })

  test('is no address or mark-up, neither too short nor too long, and nobody else’s there', async () => {
    const { id, people } = await course([2, 1])
    const [ann = '', bob = ''] = people
    await join(id, ann, 'Owl')
    for (const bad of [
      '',
      'x',
      'y'.repeat(31),
      'see evil.example',
      '<b>bob</b>',
      'a@b',
      'owl',
      `person ${ann}`,
    ])
      await expect(join(id, bob, bad)).rejects.toMatchObject(refused)
    expect(await board(id, bob)).toMatchObject({ joined: false })
    // Somebody's name that isn't on it is no secret given away: it is simply free.
    expect(await join(id, bob, 'Person p1x3')).toMatchObject({ joined: true })
  })

  test('is shown to the instructor with the real one, who can take it off', async () => {
    const { id, people } = await course([2, 1])
    const [ann = '', bob = ''] = people
    await join(id, ann, 'Owl')
    await join(id, bob)
    const taught = () => north((db) => getTaughtBoard(db, { courseId: id, limit: 1 }))
    expect(await taught()).toMatchObject({
      ...{ on: true, count: 2, participants: [{ userId: ann, name: `Person ${ann}`, nickname: 'Owl' }] },
    })
    await north((db) => removeFromBoard(db, { courseId: id, by: teacher, userId: ann }))
    await expect(
      north((db) => removeFromBoard(db, { courseId: id, by: teacher, userId: ann })),
    ).rejects.toMatchObject({ code: 'not_found' })
    expect(await taught()).toMatchObject({ count: 1 })
  })
})

test('nobody who isn’t enrolled, of another course or of another school finds or joins it', async () => {
  const { id, people } = await course([2])
  const other = await course([3])
  const closed = await course([3], false)
  await join(id, people[0] ?? '')
  const gone = { code: 'not_found' }
  const before = await fingerprint(owner, 'north')
  const tries = [
    ...[
      [id, other.people[0]],
      [id, 'tea0'],
      [id, 'sam0'],
      [closed.id, closed.people[0]],
      ['none', people[0]],
    ],
  ] as [string, string][]
  for (const [courseId, userId] of tries) {
    await expect(board(courseId, userId)).rejects.toMatchObject(gone)
    await expect(join(courseId, userId)).rejects.toMatchObject(gone)
  }
  const south = <T>(query: Parameters<typeof withTenant<T>>[1]) => withTenant('south', query)
  const userId = people[0] ?? ''
  await expect(
    south((db) => loadBoard(db, { courseId: id, userId, ownName: '', by: 'week', now: NOW })),
  ).rejects.toMatchObject(gone)
  expect(await south((db) => leaveBoard(db, { courseId: id, userId }))).toBe(false)
  await expect(
    south((db) => changeBoard(db, { courseId: id, by: teacher, on: false })),
  ).rejects.toMatchObject(gone)
  expect(await fingerprint(owner, 'north')).toBe(before)
})

test('the page costs two statements, and shows sixteen lines at most, for ten who take part and for a thousand', async () => {
  const costs: number[] = []
  for (const size of [10, 1_000]) {
    const { id, people } = await course(Array.from({ length: size }, () => 0))
    await owner.query(
      `INSERT INTO "LeaderboardEntry" ("tenantId", "userId", "courseId") SELECT 'north', unnest($1::text[]), $2`,
      [people, id],
    )
    await owner.query(
      `INSERT INTO "LessonProgress" ("tenantId", "enrollmentId", "userId", "lessonId", completed, "completedAt")
       SELECT 'north', $1 || 'e' || p.id, p.id, $1 || 'm0l' || n, true, '2026-03-10T12:00Z'
       FROM unnest($2::text[]) WITH ORDINALITY p(id, place), generate_series(0, (place % 30)::int) n`,
      [id, people],
    )
    let found = 0
    costs.push(
      (
        await statementsOf(async () => {
          found = (await board(id, people[size / 2] ?? '')).lines.length
        })
      ).length,
    )
    expect(found).toBeLessThanOrEqual(16)
    expect(found).toBeGreaterThanOrEqual(8)
  }
  expect(costs).toEqual([2, 2])
})
