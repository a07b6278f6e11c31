import { beforeAll, describe, expect, test } from 'vitest'
import { listAccommodations } from '#lib/db/queries/accommodations'
import { getAuthoredExam } from '#lib/db/queries/exam-authoring'
import { withTenant } from '#lib/db/tenant'
import { giveAccommodation, removeAccommodation } from '#lib/exams/accommodate'
import { settingTextsOf } from '#lib/exams/author-views'
import { changeSettings } from '#lib/exams/change-settings'
import { accommodationForm, settingsForm } from '#lib/exams/contract/authoring'
import { createExam, duplicateExam } from '#lib/exams/create-exam'
import { loadAccommodations } from '#lib/exams/load-accommodations'
import { publishExam, unpublishExam } from '#lib/exams/publish-exam'
import type { SettingTexts } from '#lib/exams/rules/drafting-settings'
import { removeExam, restoreExam } from '#lib/exams/remove-exam'
import { readExam, saveExam } from '#lib/exams/save-exam'
import { testDatabase } from '#tests/support/database'
import {
  makeCourse,
  makeEnrollments,
  makeExam,
  makePeople,
  makeQuestions,
  makeSchool,
} from '#tests/support/factories'
import { fingerprint } from './fingerprint'
import { statementsOf } from './statements'

// Authors of exams: their own courses and no others, no silent overwriting, versions that stay, time that is only added.

const { owner } = await testDatabase()
const north = <T>(query: Parameters<typeof withTenant<T>>[1]) => withTenant('north', query)
const south = <T>(query: Parameters<typeof withTenant<T>>[1]) => withTenant('south', query)
const place = { timeZone: 'Europe/Berlin', locale: 'en' }
const by = { userId: 'tea0', everyCourse: false }
const colleague = { userId: 'tea1', everyCourse: false }
const gone = { code: 'not_found' }

let exams = 0
async function exam(published = false): Promise<{ courseId: string; examId: string }> {
  exams += 1
  const examId = `x${String(exams)}`
  await makeExam(owner, 'north', examId, { courseId: 'maths', published })
  if (published) await owner.query(`update "Exam" set "publishedAt" = now() where id = $1`, [examId])
  return { courseId: 'maths', examId }
}

/** An attempt that began some minutes ago and is over in some. */
async function attempt(examId: string, userId: string, minutes: Readonly<{ ago: number; left: number }>) {
  await owner.query(
    `insert into "ExamAttempt" (id, "tenantId", "examId", "versionId", "userId", "startedAt", "deadlineAt")
     values ($1 || $2, 'north', $1, $1 || 'v1', $2, now() - $3 * interval '1 minute', now() + $4 * interval '1 minute')`,
    [examId, userId, minutes.ago, minutes.left],
  )
}

async function minutesLeft(examId: string, userId: string): Promise<number> {
  const { rows } = await owner.query<{ left: number }>(
    `select extract(epoch from "deadlineAt" - now())::float / 60 as left from "ExamAttempt" where id = $1 || $2`,
    [examId, userId],
  )
  return Math.round(rows[0]?.left ?? Number.NaN)
}

beforeAll(async () => {
  await makeSchool(owner, 'north', { timeZone: 'Europe/Berlin' })
  await makeSchool(owner, 'south')
  await makePeople(owner, 'north', 'tea', { count: 2, role: 'INSTRUCTOR' })
  await makePeople(owner, 'north', 'ann', { count: 3 })
  await makePeople(owner, 'south', 'sam', { role: 'INSTRUCTOR' })
  await makeCourse(owner, 'north', 'maths', { instructorId: 'tea0' })
  await makeCourse(owner, 'north', 'other', { instructorId: 'tea0' })
  await makeEnrollments(owner, 'north', 'maths', ['ann0', 'ann1'])
})

describe('an exam', () => {
  test('that is made or copied twice with the same id is there once', async () => {
    const make = () => north((db) => createExam(db, { id: 'made', courseId: 'maths', by, title: 'Made' }))
    expect([(await make()).created, (await make()).created]).toEqual([true, false])
    const input = { id: 'copy', courseId: 'maths', examId: 'made', by, locale: 'en' }
    const copy = () => north((db) => duplicateExam(db, input))
    expect([(await copy()).created, (await copy()).created]).toEqual([true, false])
    const { title, publishedAt, startDate } = await north((db) =>
      getAuthoredExam(db, { courseId: 'maths', examId: 'copy', timeZone: 'UTC' }),
    )
    expect({ title, publishedAt, startDate }).toEqual({
      title: 'Made (copy)',
      publishedAt: null,
      startDate: null,
    })
  })

  test('is saved against what was seen, and not over what somebody else saved since', async () => {
    const which = await exam()
    const held = await north((db) => readExam(db, { ...which, by, ...place }))
    const content = { title: 'Mine', questions: makeQuestions(5), pools: [] }
    const save = () =>
      north((db) =>
        saveExam(db, { ...which, by, ...place, seen: new Date(held.seen), content, action: 'exam.write' }),
      )
    const { seen } = await save()
    expect(seen).not.toBe(held.seen)
    await expect(save()).rejects.toMatchObject({ code: 'conflict' })
    expect(await north((db) => readExam(db, { ...which, by, ...place }))).toEqual({ ...content, seen })
  })

  test('that is deleted is nowhere, and comes back', async () => {
    const which = await exam()
    await north((db) => removeExam(db, { ...which, by }))
    await expect(north((db) => readExam(db, { ...which, by, ...place }))).rejects.toMatchObject(gone)
    expect(await north((db) => restoreExam(db, { ...which, by }))).toBe(true)
    expect(await north((db) => restoreExam(db, { ...which, by }))).toBe(false)
    expect((await north((db) => readExam(db, { ...which, by, ...place }))).questions).toHaveLength(3)
  })
})

describe('settings', () => {
  async function texts(which: { courseId: string; examId: string }): Promise<SettingTexts> {
    return settingTextsOf(await north((db) => getAuthoredExam(db, { ...which, ...place })))
  }
  const change = (
    which: { courseId: string; examId: string },
    base: SettingTexts,
    more: Partial<SettingTexts>,
  ) =>
    north((db) => {
      const form = settingsForm.parse({ ...base, ...more, ...which, base: JSON.stringify(base) })
      return changeSettings(db, { by, ...place, form })
    })

  test('are told and read by the clocks of the course, and a change that changes nothing is none', async () => {
    const which = await exam()
    const base = await texts(which)
    const window = { startDate: '2027-07-01T09:00', endDate: '2027-07-01T12:00', accessCode: 'sesame' }
    const changed = await change(which, base, window)
    expect(changed?.after).toEqual({ ...window, accessCode: '…' })
    expect(await texts(which)).toEqual({ ...base, ...window })
    const { startDate } = await north((db) => getAuthoredExam(db, { ...which, ...place }))
    expect(startDate?.toISOString()).toBe('2027-07-01T07:00:00.000Z')
    expect(await change(which, await texts(which), {})).toBeNull()
  })

  test('of two authors are merged where they don’t meet, and refused by name where they do', async () => {
    const which = await exam()
    const base = await texts(which)
    await change(which, base, { duration: '90' })
    await change(which, base, { passPercent: '50' })
    expect(await texts(which)).toEqual({ ...base, duration: '90', passPercent: '50' })
    await expect(change(which, base, { duration: '45', attempts: '3' })).rejects.toMatchObject({
      code: 'conflict',
      fields: { duration: 'Now there: 90' },
    })
    expect(await texts(which)).toEqual({ ...base, duration: '90', passPercent: '50' })
  })

  test('refuse an hour that the clocks skip and an end before the start, and keep pools and questions', async () => {
    const which = await exam()
    const base = await texts(which)
    await expect(change(which, base, { startDate: '2027-03-28T02:30' })).rejects.toMatchObject({
      fields: { startDate: 'The clocks skip this time on that day. Choose one before or after.' },
    })
    await expect(
      change(which, base, { startDate: '2027-05-02T09:00', endDate: '2027-05-01T09:00' }),
    ).rejects.toMatchObject({ fields: { endDate: 'The end has to be after the start.' } })
    expect(await texts(which)).toEqual(base)
  })
})

describe('publishing', () => {
  const publish = (which: { courseId: string; examId: string }) =>
    north((db) => publishExam(db, { ...which, by, ...place }))

  test('freezes questions, settings and duration once, and shows the exam', async () => {
    const which = await exam()
    expect(await publish(which)).toMatchObject({ version: 1, first: true, created: true })
    expect(await publish(which)).toMatchObject({ version: 1, first: false, created: false })
    const { changed, publishedAt, version } = await north((db) => getAuthoredExam(db, { ...which, ...place }))
    expect({ changed, version, shown: publishedAt !== null }).toEqual({
      changed: false,
      version: 1,
      shown: true,
    })
  })

  test('after a change of the settings alone makes another version, and attempts keep theirs', async () => {
    const which = await exam()
    await publish(which)
    await owner.query(`update "Exam" set settings = '{"passPercent": 60}' where id = $1`, [which.examId])
    expect((await north((db) => getAuthoredExam(db, { ...which, ...place }))).changed).toBe(true)
    expect(await publish(which)).toMatchObject({ version: 2, created: true })
    const { rows } = await owner.query(
      `select settings from "ExamVersion" where "examId" = $1 order by number`,
      [which.examId],
    )
    expect(rows).toEqual([{ settings: {} }, { settings: { passPercent: 60 } }])
  })

  test('is refused while something has to be put right', async () => {
    const which = await exam()
    await owner.query(`update "Exam" set questions = '[]' where id = $1`, [which.examId])
    await expect(publish(which)).rejects.toMatchObject({ code: 'invalid_input' })
    expect((await north((db) => getAuthoredExam(db, { ...which, ...place }))).publishedAt).toBeNull()
  })

  test('is taken back only while nobody has started', async () => {
    const which = await exam(true)
    const draft = () => north((db) => unpublishExam(db, { ...which, by, ...place }))
    expect(await draft()).toBe(true)
    expect(await draft()).toBe(false)
    await publish(which)
    await attempt(which.examId, 'ann0', { ago: 5, left: 25 })
    await expect(draft()).rejects.toMatchObject({ code: 'invalid_input' })
    expect((await north((db) => getAuthoredExam(db, { ...which, ...place }))).publishedAt).not.toBeNull()
  })
})

describe('extras', () => {
  const give = (
    which: { courseId: string; examId: string },
    userId: string,
    more: Readonly<Record<string, string>>,
  ) =>
    north((db) => {
      const empty = { scope: 'exam', extraTimePercent: '', extraAttempts: '', note: '' }
      const form = accommodationForm.parse({ ...which, userId, ...empty, ...more })
      return giveAccommodation(db, { ...which, by, ...place, form })
    })

  test('of the course and of the exam add up, and those given again replace the first', async () => {
    const which = await exam(true)
    await give(which, 'ann0', { scope: 'course', extraTimePercent: '25' })
    await give(which, 'ann0', { extraTimePercent: '50', extraAttempts: '1', endDate: '2027-07-02T12:00' })
    await give(which, 'ann0', { extraTimePercent: '10', extraAttempts: '2' })
    const row = await north((db) => getAuthoredExam(db, { ...which, ...place }))
    const view = await north((db) => loadAccommodations(db, { exam: row, q: 'ann', person: 'ann1' }))
    expect(view.people).toHaveLength(1)
    expect(view.people[0]?.effect).toMatchObject({ extraPercent: 35, seconds: 30 * 60 * 1.35, attempts: 3 })
    expect(view.found.map(({ userId }) => userId)).toEqual(['ann0', 'ann1'])
    expect(view.chosen).toMatchObject({ userId: 'ann1', extras: [], effect: { extraPercent: 0 } })
    const other = await exam(true)
    const elsewhere = await north((db) => listAccommodations(db, { ...other, timeZone: 'UTC' }))
    expect(elsewhere.map(({ extraTimePercent }) => extraTimePercent)).toEqual([25])
    const last = { ...which, by, ...place, userId: 'ann0' }
    expect(await north((db) => removeAccommodation(db, { ...last, scope: 'course' }))).toMatchObject({
      extraTimePercent: 25,
    })
  })

  test('lengthen the attempt that runs at once, and never shorten it', async () => {
    const which = await exam(true)
    await attempt(which.examId, 'ann1', { ago: 10, left: 20 })
    const { lengthened } = await give(which, 'ann1', { extraTimePercent: '50' })
    expect(lengthened).toHaveLength(1)
    expect(await minutesLeft(which.examId, 'ann1')).toBe(35)
    expect((await give(which, 'ann1', { extraTimePercent: '10' })).lengthened).toEqual([])
    await north((db) => removeAccommodation(db, { ...which, by, ...place, userId: 'ann1', scope: 'exam' }))
    expect(await minutesLeft(which.examId, 'ann1')).toBe(35)
  })

  test('do not wake an attempt whose time was up', async () => {
    const which = await exam(true)
    await attempt(which.examId, 'ann1', { ago: 40, left: -1 })
    expect((await give(which, 'ann1', { extraTimePercent: '100' })).lengthened).toEqual([])
    expect(await minutesLeft(which.examId, 'ann1')).toBe(-1)
  })

  test('are for the enrolled, and have to be something', async () => {
    const which = await exam(true)
    await expect(give(which, 'ann2', { extraTimePercent: '25' })).rejects.toMatchObject(gone)
    await expect(give(which, 'ann0', {})).rejects.toMatchObject({ code: 'invalid_input' })
  })
})

test('a colleague, another course’s address and another school reach none of it and change nothing', async () => {
  const which = await exam(true)
  const crossed = { ...which, courseId: 'other' }
  const form = accommodationForm.parse({
    ...{ ...which, userId: 'ann0', scope: 'exam', extraTimePercent: '25', extraAttempts: '', note: '' },
  })
  const content = { title: 'Taken', questions: [], pools: [] }
  const seen = new Date()
  const attempts = (input: Readonly<{ courseId: string; examId: string; by: typeof by }>) => [
    (db: Parameters<typeof readExam>[0]) => readExam(db, { ...input, ...place }),
    (db: Parameters<typeof readExam>[0]) => saveExam(db, { ...input, ...place, seen, content, action: 'a' }),
    (db: Parameters<typeof readExam>[0]) => publishExam(db, { ...input, ...place }),
    (db: Parameters<typeof readExam>[0]) => unpublishExam(db, { ...input, ...place }),
    (db: Parameters<typeof readExam>[0]) => removeExam(db, input),
    (db: Parameters<typeof readExam>[0]) => restoreExam(db, input),
    (db: Parameters<typeof readExam>[0]) => duplicateExam(db, { ...input, id: 'stolen', locale: 'en' }),
    (db: Parameters<typeof readExam>[0]) => giveAccommodation(db, { ...input, ...place, form }),
    (db: Parameters<typeof readExam>[0]) =>
      removeAccommodation(db, { ...input, ...place, userId: 'ann0', scope: 'exam' }),
  ]
  const before = [await fingerprint(owner, 'north'), await fingerprint(owner, 'south')]
  for (const run of attempts({ ...which, by: colleague }))
    await expect(north<unknown>(run)).rejects.toMatchObject({ code: 'forbidden' })
  for (const run of attempts({ ...crossed, by }))
    await expect(north<unknown>(run)).rejects.toMatchObject(gone)
  const sam = { userId: 'sam0', everyCourse: true }
  for (const run of attempts({ ...which, by: sam }))
    await expect(south<unknown>(run)).rejects.toMatchObject(gone)
  expect([await fingerprint(owner, 'north'), await fingerprint(owner, 'south')]).toEqual(before)
})

test('an exam is read by one statement, whatever its size', async () => {
  const which = await exam(true)
  const read = () => north((db) => getAuthoredExam(db, { ...which, ...place }))
  expect(await statementsOf(read)).toHaveLength(1)
})
