import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { foldMarks } from '#lib/db/queries/insight-fold'
import { recordLessonProgress } from '#lib/db/queries/progress'
import { rows } from '#lib/db/handle'
import { sql } from '#lib/db/sql'
import { withTenant } from '#lib/db/tenant'
import { foldSchool } from '#lib/insight/fold-marks'
import { isDeep, testDatabase } from '#tests/support/database'
import { makeCourse, makeEnrollments, makeExam, makePeople, makeSchool } from '#tests/support/factories'
import { History, ZONES } from './insight-history'

const { owner } = await testDatabase()

let schools = 0

/** A school of its own for one history: two courses of four lessons, five people, an exam and an assignment each. */
async function school(timeZone: string): Promise<string> {
  schools += 1
  const id = await makeSchool(owner, `h${schools}x`, { timeZone })
  const [teacher = ''] = await makePeople(owner, id, `${id}t`, { role: 'INSTRUCTOR' })
  await makePeople(owner, id, `${id}p`, { count: 5 })
  for (const course of ['a', 'b']) {
    const courseId = await makeCourse(owner, id, `${id}${course}`, {
      ...{ instructorId: teacher, modules: 1, lessons: 4 },
    })
    await makeExam(owner, id, `${courseId}x`, { courseId })
    await owner.query(
      `INSERT INTO "Assignment" (id, "tenantId", "courseId", title) VALUES ($1, $2, $3, 'Work')`,
      [`${courseId}h`, id, courseId],
    )
  }
  return id
}

const person = fc.nat({ max: 4 })
const course = fc.constantFrom('a', 'b')
const lesson = fc.nat({ max: 3 })
/** Minutes from the turn of a clock, two days to both sides. */
const minutes = fc.integer({ min: -2_880, max: 2_880 })
const step = fc.oneof(
  fc.record({ kind: fc.constant('enroll' as const), person, course }),
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('touch' as const),
      person,
      course,
      lesson,
      minutes,
      done: fc.constantFrom(true, false, null),
      from: fc.nat({ max: 50 }),
      length: fc.nat({ max: 30 }),
    }),
  },
  fc.record({ kind: fc.constant('leave' as const), person, course }),
  fc.record({ kind: fc.constant('rule' as const), course, lesson }),
  fc.record({ kind: fc.constant('delete' as const), course, lesson }),
  fc.record({ kind: fc.constant('exam' as const), person, course, minutes }),
  fc.record({ kind: fc.constant('hand-in' as const), person, course, minutes }),
  fc.record({ kind: fc.constant('erase' as const), person }),
  fc.record({ kind: fc.constant('fold' as const), most: fc.integer({ min: 1, max: 4 }) }),
)

describe('what is folded', () => {
  test('equals a recount of everything, whatever happened, in whatever parts it was folded', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...ZONES),
        fc.array(fc.array(step, { minLength: 1, maxLength: 14 }), { minLength: 1, maxLength: 4 }),
        fc.integer({ min: 1, max: 9 }),
        async ([zone, turn], batches, most) => {
          const id = await school(zone)
          const history = new History(owner, id, zone, Date.parse(turn))
          for (const batch of batches) {
            for (const one of batch) {
              if (one.kind === 'fold') await withTenant(id, (db) => foldMarks(db, one.most))
              // Who is erased was deleted a month ago: what they did last has been folded since.
              if (one.kind === 'erase') await foldSchool(id)
              if (one.kind !== 'fold') await history.take(one)
            }
            while ((await withTenant(id, (db) => foldMarks(db, most))) > 0);
            expect(await history.folded()).toEqual(await history.recounted())
          }
        },
      ),
      { numRuns: isDeep ? 400 : 40 },
    )
  })

  test('is nothing twice and misses nothing that is committed late, while learners go on and several workers fold', async () => {
    const id = await school('Europe/Berlin')
    const history = new History(owner, id, 'Europe/Berlin', 0)
    for (const who of [0, 1, 2, 3, 4]) await history.take({ kind: 'enroll', person: who, course: 'a' })
    // Opened first, committed last: by its time of writing it stands before everything that is folded meanwhile.
    const late = await owner.connect()
    await late.query('BEGIN')
    await late.query(
      `INSERT INTO "LessonProgress" (id, "tenantId", "enrollmentId", "lessonId", "userId", "updatedAt", completed, "completedAt")
       SELECT 'late' || $1, $1, e.id, $1 || 'am0l3', e."userId", now(), true, now() FROM "Enrollment" e WHERE e."tenantId" = $1 AND e."userId" = $1 || 'p4'`,
      [id],
    )
    let on = true
    const folding = [0, 1].map(async () => {
      while (on) await foldSchool(id)
    })
    await Promise.all(
      [0, 1, 2, 3].map(async (who) => {
        for (let n = 0; n < 25; n += 1) {
          await withTenant(id, (db) =>
            recordLessonProgress(db, {
              ...{ userId: `${id}p${who}`, courseId: `${id}a` },
              marks: [
                {
                  lessonId: `${id}am0l${n % 3}`,
                  position: n,
                  completed: n % 2 === 0,
                  viewed: true,
                  watched: [[n, n + 3]],
                },
              ],
            }),
          )
        }
      }),
    )
    on = false
    await Promise.all(folding)
    await foldSchool(id)
    const before = await history.tallied()
    expect(before).toEqual(await history.counted())
    await late.query('COMMIT')
    late.release()
    expect(await foldSchool(id)).toBe(1)
    const after = await history.tallied()
    expect(after).toEqual(await history.counted())
    expect(after).not.toEqual(before)
  })

  test('is of one school alone', async () => {
    const [one, other] = [await school('UTC'), await school('UTC')]
    for (const id of [one, other]) {
      const history = new History(owner, id, 'UTC', 0)
      await history.take({ kind: 'enroll', person: 0, course: 'a' })
      await history.take({
        kind: 'touch',
        person: 0,
        course: 'a',
        lesson: 0,
        minutes: 0,
        done: true,
        from: 0,
        length: 9,
      })
    }
    const marks = () =>
      owner.query<{ count: number }>(
        `SELECT count(*)::int AS count FROM "ProgressMark" WHERE "tenantId" = $1`,
        [other],
      )
    const before = (await marks()).rows
    expect(await foldSchool(one)).toBe(1)
    expect((await marks()).rows).toEqual(before)
    // The function is given a name; the walls decide what it reaches.
    const took = await withTenant(one, (db) => rows(db, sql`select smartlms_fold(${other}, 10) as took`))
    expect(took).toEqual([{ took: 0 }])
    expect((await marks()).rows).toEqual(before)
  })

  test('a recount from nothing gives the tallies that folding gave', async () => {
    const id = await school('America/New_York')
    const history = new History(owner, id, 'America/New_York', Date.parse('2026-03-08T07:00:00Z'))
    for (const who of [0, 1, 2]) {
      await history.take({ kind: 'enroll', person: who, course: 'a' })
      for (const n of [0, 1, 2])
        await history.take({
          kind: 'touch',
          person: who,
          course: 'a',
          lesson: n,
          minutes: n * 700 + who,
          done: n < 2,
          from: n,
          length: 20,
        })
    }
    await history.take({ kind: 'exam', person: 4, course: 'a', minutes: 90 })
    await history.take({ kind: 'hand-in', person: 3, course: 'a', minutes: 2_000 })
    await foldSchool(id)
    const folded = await history.folded()
    await owner.query('SELECT smartlms_recount($1)', [id])
    expect(await history.folded()).toEqual(folded)
    expect(folded).toEqual(await history.recounted())
  })
})

describe('erasing', () => {
  beforeAll(async () => {
    await makeSchool(owner, 'goner')
    const [teacher = ''] = await makePeople(owner, 'goner', 'gonert', { role: 'INSTRUCTOR' })
    const people = await makePeople(owner, 'goner', 'gonerp', { count: 2 })
    await makeCourse(owner, 'goner', 'gonerc', { instructorId: teacher, modules: 1, lessons: 1 })
    await makeEnrollments(owner, 'goner', 'gonerc', people)
    await owner.query(
      `INSERT INTO "LessonProgress" (id, "tenantId", "enrollmentId", "lessonId", "userId")
       SELECT id || 'p', "tenantId", id, 'gonercm0l0', "userId" FROM "Enrollment" WHERE "tenantId" = 'goner'`,
    )
    await foldSchool('goner')
  })

  test('a school goes with its marks and tallies, though taking away leaves marks', async () => {
    await owner.query(`DELETE FROM "Tenant" WHERE id = 'goner'`)
    for (const table of ['ProgressMark', 'LessonTally', 'LearnerTally', 'PersonTally', 'SchoolActivity'])
      expect((await owner.query(`SELECT 1 FROM "${table}" WHERE "tenantId" = 'goner'`)).rows).toEqual([])
  })
})
