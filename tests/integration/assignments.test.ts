import { beforeAll, describe, expect, test } from 'vitest'
import { workForm } from '#lib/assignments/contract'
import { loadAssignment, loadCourseAssignments } from '#lib/assignments/load-assignment'
import { handIn, saveDraft } from '#lib/assignments/write-work'
import { AppError } from '#lib/errors'
import { testDatabase } from '#tests/support/database'
import { gone, makeExamWorld, north, south } from './exam-support'
import { statementsOf } from './statements'

// Handing in at the school `north`, course `maths`, by `ann0` …, all enrolled but the last.

const { owner } = await testDatabase()
const place = { timeZone: 'Europe/Berlin', locale: 'en' }
let count = 0

type Shape = Readonly<{
  /** Relative to now, such as `-2 hours`. */
  due?: string
  late?: Readonly<Record<string, unknown>>
  times?: number
  accepts?: string
  points?: number
}>

async function assignment(shape: Shape = {}): Promise<string> {
  count += 1
  const { due = null, late = {}, times = null, accepts = '{TEXT,LINK}', points = 50 } = shape
  const id = `assignment${String(count)}`
  await owner.query(
    `INSERT INTO "Assignment" (id, "tenantId", "courseId", title, points, accepts, settings, "dueDate", "publishedAt")
     VALUES ($1, 'north', 'maths', 'Essay ' || $1, $2, $3::"SubmissionKind"[], $4, now() + $5::interval, now())`,
    [id, points, accepts, JSON.stringify({ late, times }), due],
  )
  return id
}

type Sent = Readonly<{ content?: string; link?: string; key?: string; seen?: string }>

let keys = 0
function formOf(assignmentId: string, sent: Sent) {
  keys += 1
  const { content = '', link = '', key = String(keys).padStart(32, '0'), seen = '' } = sent
  return workForm.parse({ assignmentId, intent: 'save', content, link, key, seen })
}

const hand = (assignmentId: string, sent: Sent, userId = 'ann0') =>
  north((db) => handIn(db, { ...place, userId, form: formOf(assignmentId, sent) }))
const keep = (assignmentId: string, sent: Sent, userId = 'ann0') =>
  north((db) => saveDraft(db, { ...place, userId, form: formOf(assignmentId, sent) }))
const look = (assignmentId: string, userId = 'ann0') =>
  north((db) => loadAssignment(db, { assignmentId, userId, timeZone: place.timeZone }))

/** What is said about which field, as JSON. */
async function fields(work: Promise<unknown>): Promise<string> {
  try {
    await work
  } catch (error) {
    return error instanceof AppError ? JSON.stringify(error.fields) : String(error)
  }
  return 'done'
}

beforeAll(async () => {
  await makeExamWorld(owner)
})

describe('handing in', () => {
  test('keeps every version, and the newest is the submission', async () => {
    const id = await assignment()
    expect(await hand(id, { content: 'First' })).toEqual({ number: 1, daysLate: 0, files: 0, fresh: true })
    expect(await hand(id, { link: 'https://example.com/mine' })).toMatchObject({ number: 2 })
    const { versions, state } = await look(id)
    expect(versions.map(({ number, content, link }) => [number, content, link])).toEqual([
      [2, null, 'https://example.com/mine'],
      [1, 'First', null],
    ])
    expect(state).toBe('open')
    const { rows } = await owner.query(
      `SELECT number, content, link FROM "Submission" WHERE "assignmentId" = $1`,
      [id],
    )
    expect(rows).toEqual([{ number: 2, content: null, link: 'https://example.com/mine' }])
  })

  test('twice with one form is once; ten forms at once are ten versions, or as many as may be', async () => {
    const id = await assignment()
    const key = 'f'.repeat(32)
    const same = await Promise.all(Array.from({ length: 5 }, () => hand(id, { content: 'Once', key })))
    expect(same.map(({ number }) => number)).toEqual([1, 1, 1, 1, 1])
    expect(same.filter(({ fresh }) => fresh)).toHaveLength(1)
    const many = await Promise.allSettled(Array.from({ length: 10 }, () => hand(id, { content: 'More' })))
    expect(many.every(({ status }) => status === 'fulfilled')).toBe(true)
    expect((await look(id)).versions).toHaveLength(11)

    const twice = await assignment({ times: 2 })
    const tried = await Promise.allSettled(Array.from({ length: 6 }, () => hand(twice, { content: 'Try' })))
    expect(tried.filter(({ status }) => status === 'fulfilled')).toHaveLength(2)
    expect(await look(twice)).toMatchObject({ state: 'used-up' })
  })

  test('takes what is asked for, and not nothing', async () => {
    const both = await assignment()
    expect(await fields(hand(both, { content: '  \n' }))).toMatch(
      /^{"content":"[^"]*There is nothing to hand in/,
    )
    for (const link of [
      'javascript:alert(1)',
      'example.com',
      'ftp://example.com/x',
      'https://',
      'mailto:a@b.example',
    ])
      expect(await fields(hand(both, { link })), link).toMatch(/^{"link":"[^"]*whole address/)
    const text = await assignment({ accepts: '{TEXT}' })
    expect(await fields(hand(text, { link: 'https://example.com' }))).toMatch(/^{"content":/)
    const link = await assignment({ accepts: '{LINK}' })
    expect(await fields(hand(link, { content: 'Words' }))).toMatch(/^{"link":/)
    expect((await look(link)).versions).toEqual([])
  })

  test('is late by the course’s clock, until nothing is taken in any more', async () => {
    const late = { graceMinutes: 10, percentPerDay: '10', floorPercent: '40', daysOpen: 2 }
    expect(await hand(await assignment({ due: '-5 minutes', late }), { content: 'x' })).toMatchObject({
      daysLate: 0,
    })
    const overdue = await assignment({ due: '-30 hours', late })
    expect(await look(overdue)).toMatchObject({ state: 'late', daysLateNow: 2 })
    expect(await hand(overdue, { content: 'x' })).toMatchObject({ daysLate: 2 })
    const shut = await assignment({ due: '-4 days', late })
    expect(await look(shut)).toMatchObject({ state: 'closed' })
    expect(await fields(hand(shut, { content: 'x' }))).toMatch(/^{"content":"[^"]*closed/)
  })

  test('has another date for whoever has an extension, never an earlier one', async () => {
    const late = { daysOpen: 0 }
    const extend = (id: string, userId: string, due: string) =>
      owner.query(
        `INSERT INTO "AssignmentExtension" ("tenantId", "assignmentId", "userId", "dueDate")
         VALUES ('north', $1, $2, now() + $3::interval)`,
        [id, userId, due],
      )
    const id = await assignment({ due: '-1 hour', late })
    await extend(id, 'ann1', '1 hour')
    expect(await look(id)).toMatchObject({ state: 'closed', extended: false })
    expect(await look(id, 'ann1')).toMatchObject({ state: 'open', extended: true })
    expect(await hand(id, { content: 'x' }, 'ann1')).toMatchObject({ daysLate: 0 })
    const open = await assignment({ due: '1 hour', late })
    await extend(open, 'ann1', '-1 hour')
    expect(await look(open, 'ann1')).toMatchObject({ state: 'open', extended: false })
  })

  test('of another course, a draft, another school or by nobody enrolled is a 404, and writes nothing', async () => {
    const id = await assignment()
    const form = formOf(id, { content: 'Mine' })
    await expect(hand(id, { content: 'x' }, 'ann11')).rejects.toMatchObject(gone)
    await expect(keep(id, { content: 'x' }, 'ann11')).rejects.toMatchObject(gone)
    await expect(look(id, 'ann11')).rejects.toMatchObject(gone)
    const abroad = { ...place, userId: 'ann0', form }
    await expect(south((db) => handIn(db, abroad))).rejects.toMatchObject(gone)
    await expect(south((db) => saveDraft(db, abroad))).rejects.toMatchObject(gone)
    await owner.query(`UPDATE "Assignment" SET "publishedAt" = NULL WHERE id = $1`, [id])
    await expect(hand(id, { content: 'x' })).rejects.toMatchObject(gone)
    await owner.query(`UPDATE "Assignment" SET "publishedAt" = now(), "deletedAt" = now() WHERE id = $1`, [
      id,
    ])
    await expect(look(id)).rejects.toMatchObject(gone)
    const { rows } = await owner.query(`SELECT FROM "Submission" WHERE "assignmentId" = $1`, [id])
    expect(rows).toHaveLength(0)
  })
})

describe('a draft', () => {
  test('is kept, replaced by whoever saw it, and refused to a page that is behind', async () => {
    const id = await assignment()
    await keep(id, { content: 'One' })
    const first = (await look(id)).draft
    expect(first).toMatchObject({ content: 'One', link: '' })
    const seen = first?.savedAt.toISOString() ?? ''
    await keep(id, { content: 'Two', seen })
    expect(await fields(keep(id, { content: 'From the other tab', seen }))).toMatch(
      /^{"content":"[^"]*saved something newer/,
    )
    expect(await fields(keep(id, { content: 'From a third' }))).toMatch(/^{"content":/)
    expect((await look(id)).draft).toMatchObject({ content: 'Two' })
  })

  test('goes when it is handed in, unless another page has written on', async () => {
    const id = await assignment()
    await keep(id, { content: 'One' })
    const seen = (await look(id)).draft?.savedAt.toISOString() ?? ''
    await hand(id, { content: 'One', seen })
    expect((await look(id)).draft).toBeNull()
    await keep(id, { content: 'Further' })
    await hand(id, { content: 'Stale', seen })
    expect((await look(id)).draft).toMatchObject({ content: 'Further' })
  })

  test('is nobody else’s', async () => {
    const id = await assignment()
    await keep(id, { content: 'Mine' })
    await hand(id, { content: 'Mine' }, 'ann1')
    expect(await look(id, 'ann1')).toMatchObject({ draft: null })
    expect((await look(id)).versions).toEqual([])
  })
})

describe('a grade', () => {
  test('is seen once it is released, with what lateness took', async () => {
    const late = { percentPerDay: '10', floorPercent: '40' }
    const id = await assignment({ due: '-30 hours', late })
    await hand(id, { content: 'Late' })
    await owner.query(
      `UPDATE "Submission" SET grade = 42.5, feedback = 'Good.', "gradedAt" = now() WHERE "assignmentId" = $1`,
      [id],
    )
    const hidden = await look(id)
    expect(hidden.result).toBeNull()
    expect(JSON.stringify(hidden)).not.toMatch(/42\.5|Good\./)
    await owner.query(`UPDATE "Submission" SET "releasedAt" = now() WHERE "assignmentId" = $1`, [id])
    expect((await look(id)).result).toEqual({
      marks: [],
      points: '42.5',
      deduction: '10',
      grade: '32.5',
      feedback: 'Good.',
    })
  })

  test('stands in the course’s list, and the pages take few statements', async () => {
    const list = () =>
      north((db) =>
        loadCourseAssignments(db, { courseId: 'maths', userId: 'ann0', timeZone: place.timeZone }),
      )
    await assignment({ due: '-1 hour' })
    const states = new Set((await list()).map(({ state }) => state))
    expect([...states].toSorted()).toEqual(['closed', 'graded', 'handed-in', 'late', 'open'])
    expect(await statementsOf(list)).toHaveLength(1)
    const id = await assignment()
    const first = await statementsOf(() => look(id))
    await hand(id, { content: 'x' })
    expect([first, await statementsOf(() => look(id))].map(({ length }) => length)).toEqual([2, 3])
    // Lock, read, look for the form, one more version, forget the draft.
    expect(await statementsOf(() => hand(id, { content: 'y' }))).toHaveLength(5)
  })
})
