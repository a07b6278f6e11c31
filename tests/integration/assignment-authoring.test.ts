import { beforeAll, describe, expect, test } from 'vitest'
import * as use from '#lib/assignments/build'
import { assignmentSettingsSchema } from '#lib/assignments/contract'
import { editForm } from '#lib/assignments/contract/authoring'
import { loadAssignment } from '#lib/assignments/load-assignment'
import { getAuthoredAssignment, listAuthoredAssignments } from '#lib/db/queries/assignment-authoring'
import { AppError } from '#lib/errors'
import { testDatabase } from '#tests/support/database'
import { makePeople } from '#tests/support/factories'
import { gone, makeExamWorld, north, south } from './exam-support'

// Authors of assignments: their own courses and no others, no silent overwriting, nothing lost that was handed in.

const { owner } = await testDatabase()
const place = { timeZone: 'Europe/Berlin', locale: 'en' }
const by = { userId: 'tea0', everyCourse: false }
const courseId = 'maths'
let count = 0

async function make(): Promise<string> {
  count += 1
  const id = `made${String(count)}`
  await north((db) => use.createAssignment(db, { id, courseId, by, title: `Essay ${String(count)}` }))
  return id
}

const row = (assignmentId: string) =>
  north((db) => getAuthoredAssignment(db, { courseId, assignmentId, ...place }))

const PLAIN = {
  ...{ title: 'Essay', description: '', points: '20', text: 'on', link: '', dueDate: '', graceMinutes: '' },
  ...{ percentPerDay: '', floorPercent: '', daysOpen: '', times: '' },
}

async function change(assignmentId: string, more: Readonly<Record<string, string>> = {}, seen?: string) {
  const stamp = seen ?? (await row(assignmentId)).updatedAt.toISOString()
  const form = editForm.parse({ ...PLAIN, courseId, assignmentId, seen: stamp, ...more })
  return north((db) => use.changeAssignment(db, { form, by, ...place }))
}

async function fields(work: Promise<unknown>): Promise<string> {
  try {
    await work
  } catch (error) {
    return error instanceof AppError ? `${error.code} ${JSON.stringify(error.fields)}` : String(error)
  }
  return 'done'
}

const look = (assignmentId: string) =>
  north((db) => loadAssignment(db, { assignmentId, userId: 'ann0', timeZone: place.timeZone }))

beforeAll(async () => {
  await makeExamWorld(owner)
  await makePeople(owner, 'north', 'col', { role: 'INSTRUCTOR' })
})

describe('building', () => {
  test('makes one draft however often the form is sent; learners see it once it is published', async () => {
    const id = await make()
    const again = await north((db) => use.createAssignment(db, { id, courseId, by, title: 'Other' }))
    expect(again).toEqual({ id, courseId, created: false })
    await expect(look(id)).rejects.toMatchObject(gone)
    const which = { courseId, assignmentId: id, by }
    expect(await north((db) => use.publishAssignment(db, which))).toBe(true)
    expect(await north((db) => use.publishAssignment(db, which))).toBe(false)
    expect(await look(id)).toMatchObject({ points: '100', state: 'open', accepts: ['TEXT'] })
  })

  test('keeps what the form says, by the clocks of the course', async () => {
    const id = await make()
    const { before, after } = await change(id, {
      ...{ description: 'Write.\r\nWell.', points: '12,5', link: 'on', dueDate: '2027-03-28T18:00' },
      ...{ graceMinutes: '15', percentPerDay: '7,5', floorPercent: '40', daysOpen: '3', times: '2' },
    })
    expect(before).toMatchObject({ points: '100.0000', dueDate: null })
    expect(after).toEqual({ title: 'Essay', points: '12.5', dueDate: '2027-03-28T16:00:00.000Z' })
    const stored = await row(id)
    expect(stored).toMatchObject({
      description: 'Write.\nWell.',
      accepts: ['TEXT', 'LINK'],
      points: '12.5000',
    })
    expect(assignmentSettingsSchema.parse(stored.settings)).toEqual({
      late: { graceMinutes: 15, percentPerDay: '7.5', floorPercent: '40', daysOpen: 3 },
      times: 2,
    })
    await change(id, { dueDate: '2027-03-28T18:00' })
    expect(await row(id)).toMatchObject({ dueAt: '2027-03-28T18:00', accepts: ['TEXT'] })
  })

  test('keeps the second of an hour that comes twice where the date wasn’t touched', async () => {
    const id = await make()
    // The first half past two of the day; typed anew it would be the second.
    await owner.query(`UPDATE "Assignment" SET "dueDate" = '2027-10-31T00:30:00Z' WHERE id = $1`, [id])
    await change(id, { dueDate: '2027-10-31T02:30', points: '5' })
    expect((await row(id)).dueDate).toEqual(new Date('2027-10-31T00:30:00Z'))
  })

  test('refuses what can’t be, naming the field', async () => {
    const id = await make()
    expect(await fields(change(id, { text: '' }))).toMatch(/^invalid_input {"text":/)
    expect(await fields(change(id, { dueDate: '2027-03-28T02:30' }))).toMatch(/^invalid_input {"dueDate":/)
    const wrong = ['points', 'percentPerDay', 'floorPercent', 'daysOpen', 'times', 'graceMinutes', 'dueDate']
    for (const field of wrong)
      expect(
        editForm.safeParse({
          ...PLAIN,
          courseId,
          assignmentId: id,
          seen: new Date().toISOString(),
          [field]: 'x',
        }).success,
      ).toBe(false)
  })

  test('never overwrites what a colleague wrote meanwhile', async () => {
    const id = await make()
    const seen = (await row(id)).updatedAt.toISOString()
    await change(id, { title: 'Theirs' }, seen)
    expect(await fields(change(id, { title: 'Mine' }, seen))).toMatch(/^conflict {"title":"Somebody else/)
    expect((await row(id)).title).toBe('Theirs')
    const both = (await row(id)).updatedAt.toISOString()
    const raced = await Promise.allSettled(['A', 'B'].map((title) => change(id, { title }, both)))
    expect(raced.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  })

  test('is for those who build this course, in this school, alone', async () => {
    const id = await make()
    const colleague = { userId: 'col0', everyCourse: false }
    const which = { courseId, assignmentId: id }
    const tries = [
      (who: typeof by) => north((db) => use.publishAssignment(db, { ...which, by: who })),
      (who: typeof by) => north((db) => use.unpublishAssignment(db, { ...which, by: who, locale: 'en' })),
      (who: typeof by) => north((db) => use.removeAssignment(db, { ...which, by: who })),
      (who: typeof by) => north((db) => use.restoreAssignment(db, { ...which, by: who })),
    ]
    for (const one of tries) await expect(one(colleague)).rejects.toMatchObject({ code: 'forbidden' })
    await expect(south((db) => use.publishAssignment(db, { ...which, by }))).rejects.toMatchObject(gone)
    const list = await south((db) => listAuthoredAssignments(db, { courseId, cursor: null, limit: 9 }))
    expect(list.rows).toEqual([])
  })
})

describe('an assignment that somebody has handed in', () => {
  async function handedIn(): Promise<string> {
    const id = await make()
    await north((db) => use.publishAssignment(db, { courseId, assignmentId: id, by }))
    await owner.query(
      `WITH s AS (INSERT INTO "Submission" (id, "tenantId", "assignmentId", "userId", content, "submittedAt")
         VALUES ($1 || 's', 'north', $1, 'ann0', 'Mine', now() - interval '3 hours') RETURNING id)
       INSERT INTO "SubmissionVersion" ("tenantId", "submissionId", number, key, content, "submittedAt")
       SELECT 'north', id, 1, 'first', 'Mine', now() - interval '3 hours' FROM s`,
      [id],
    )
    return id
  }

  test('stays published, and is late or not by the rules as they are', async () => {
    const id = await handedIn()
    const which = { courseId, assignmentId: id, by, locale: 'en' }
    expect(await fields(north((db) => use.unpublishAssignment(db, which)))).toMatch(/^invalid_input/)
    const yesterday = new Date(Date.now() - 86_400_000).toISOString().slice(0, 16)
    await change(id, { dueDate: yesterday, percentPerDay: '10' })
    expect((await look(id)).versions[0]?.daysLate).toBe(1)
    await change(id, { dueDate: '2099-01-01T12:00' })
    expect((await look(id)).versions[0]?.daysLate).toBe(0)
  })

  test('is deleted and brought back with everything', async () => {
    const id = await handedIn()
    const which = { courseId, assignmentId: id, by }
    expect(await north((db) => use.removeAssignment(db, which))).toMatchObject({
      title: expect.any(String) as string,
    })
    await expect(look(id)).rejects.toMatchObject(gone)
    expect(await north((db) => use.restoreAssignment(db, which))).toBe(true)
    expect(await north((db) => use.restoreAssignment(db, which))).toBe(false)
    expect((await look(id)).versions).toHaveLength(1)
    const { rows } = await north((db) => listAuthoredAssignments(db, { courseId, cursor: null, limit: 99 }))
    expect(rows.find((one) => one.id === id)).toMatchObject({ handedIn: 1, waiting: 1 })
  })
})
