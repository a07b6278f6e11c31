import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import {
  exportAttendance,
  loadAttendance,
  markAllPresent,
  markAttendance,
  undoMarks,
} from '#lib/classes/attend'
import { markForm } from '#lib/classes/contract/attendance'
import { importAttendance, previewAttendance } from '#lib/classes/import-attendance'
import { loadOwnClass } from '#lib/classes/load-classes'
import { withTenant } from '#lib/db/tenant'
import { testDatabase } from '#tests/support/database'
import { makeCourse, makeEnrollments, makePeople, makeSchool } from '#tests/support/factories'
import { statementsOf } from './statements'

// Who was in a class: by hand and from a file, all of it or nothing, and nobody's business but theirs.

const { owner } = await testDatabase()
const north = <T>(query: Parameters<typeof withTenant<T>>[1]): Promise<T> => withTenant('north', query)
const tea = { userId: 'tea0', everyCourse: false }
const by = { by: tea, timeZone: 'UTC', locale: 'en' }
const which = { courseId: 'tides', classId: 'one' }
const key = (n: number): string => String(n).padStart(32, '0')
const head = {
  ...{ id: 'tides', title: 'Tides', status: 'PUBLISHED' as const, previewHref: null, people: true },
}

async function states(): Promise<Record<string, string | null>> {
  const { rows } = await owner.query<{ userId: string; status: string | null }>(
    `select "userId", status from "ClassAttendance" where "classId" = 'one' order by "userId"`,
  )
  return Object.fromEntries(rows.map(({ userId, status }) => [userId, status]))
}

const mark = (rows: readonly string[], n = 1, where = which) => {
  const entries = Object.fromEntries(rows.map((row, place) => [`row-${String(place)}`, row]))
  const form = markForm.parse({ ...where, key: key(n), page: '1', ...entries })
  return north((db) => markAttendance(db, { ...by, form }))
}

const preview = (text: string, absent: '' | 'on' = '') =>
  north((db) => previewAttendance(db, { ...by, key: key(9), form: { ...which, text, absent } }))
const apply = (text: string, stamp: string, absent: '' | 'on' = '') =>
  north((db) => importAttendance(db, { ...by, form: { ...which, key: key(9), text, absent, stamp } }))

beforeAll(async () => {
  for (const school of ['north', 'south']) await makeSchool(owner, school)
  await makePeople(owner, 'north', 'tea', { role: 'INSTRUCTOR', count: 2 })
  const learners = await makePeople(owner, 'north', 'ann', { count: 5 })
  await makeCourse(owner, 'north', 'tides', { instructorId: 'tea0' })
  await makeCourse(owner, 'north', 'stars', { instructorId: 'tea1' })
  await makeEnrollments(owner, 'north', 'tides', learners.slice(0, 4))
  await owner.query(
    `insert into "LiveClass" (id, "tenantId", "courseId", title, platform, "meetingUrl", "scheduledAt", duration)
     values ('one', 'north', 'tides', 'One', 'ZOOM', 'https://x.zoom.us/1', now(), 60), ('other', 'north', 'stars', 'Other', 'ZOOM', 'https://x.zoom.us/2', now(), 60)`,
  )
})

beforeEach(() => owner.query(`delete from "ClassAttendance"`))

describe('by hand', () => {
  test('only changes are written, and a list that somebody has overtaken writes nothing', async () => {
    expect(await mark(['ann0::PRESENT', 'ann1::LATE', 'ann2::'])).toBe(2)
    expect(await states()).toEqual({ ann0: 'PRESENT', ann1: 'LATE' })
    // Opened before: it says that nobody was marked.
    await expect(mark(['ann2::ABSENT', 'ann0::ABSENT'], 2)).rejects.toMatchObject({ code: 'conflict' })
    expect(await states()).toEqual({ ann0: 'PRESENT', ann1: 'LATE' })
    expect(await mark(['ann0:PRESENT:EXCUSED', 'ann1:LATE:'], 3)).toBe(2)
    expect(await states()).toEqual({ ann0: 'EXCUSED', ann1: null })
  })

  test('everybody else is present at one press, and can be undone, but for who was marked since', async () => {
    await mark(['ann0::ABSENT'])
    const all = () => north((db) => markAllPresent(db, { ...by, form: { ...which, key: key(5) } }))
    expect(await all()).toBe(3)
    expect(await all()).toBe(0)
    await mark(['ann1:PRESENT:LATE'], 6)
    const undo = () => north((db) => undoMarks(db, { ...by, form: { ...which, mark: key(5) } }))
    expect(await undo()).toBe(2)
    expect(await undo()).toBe(0)
    expect(await states()).toEqual({ ann0: 'ABSENT', ann1: 'LATE', ann2: null, ann3: null })
  })

  test('reaches nobody who isn’t enrolled, no other course’s class, and no foreign course', async () => {
    await expect(mark(['ann3:PRESENT:LATE'])).rejects.toMatchObject({ code: 'conflict' })
    await expect(mark(['ann4::PRESENT'])).rejects.toMatchObject({ code: 'conflict' })
    await expect(mark(['ann0::PRESENT'], 1, { courseId: 'tides', classId: 'other' })).rejects.toMatchObject({
      code: 'not_found',
    })
    await expect(mark(['ann0::PRESENT'], 1, { courseId: 'stars', classId: 'other' })).rejects.toMatchObject({
      code: 'forbidden',
    })
    expect(await states()).toEqual({})
    expect(markForm.safeParse({ ...which, key: key(1), page: '1', 'row-0': 'ann0::GRADE' }).success).toBe(
      false,
    )
  })

  test('somebody sees their own and nobody else’s', async () => {
    await mark(['ann0::LATE', 'ann1::ABSENT'])
    const own = (userId: string) =>
      north((db) => loadOwnClass(db, { classId: 'one', userId, everyCourse: false, timeZone: 'UTC' }))
    expect((await own('ann0')).attendance).toEqual({ status: 'LATE', joinedAt: null })
    expect((await own('ann2')).attendance).toBeNull()
  })
})

const ZOOM = [
  'Meeting ID,Topic,Start Time,End Time,User Email,Duration (Minutes),Participants',
  '123 456,Open hour,01/12/2027 06:00:00 PM,01/12/2027 07:00:00 PM,tea0@north.example,60,3',
  '',
  'Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest',
  'Whoever,ANN0@north.example,01/12/2027 06:00:00 PM,01/12/2027 06:20:00 PM,20,No',
  'Whoever,ann0@north.example,01/12/2027 06:25:00 PM,01/12/2027 07:00:00 PM,35,No',
  'person  ANN1,,01/12/2027 06:00:00 PM,01/12/2027 07:00:00 PM,60,Yes',
  'A stranger,stranger@else.example,01/12/2027 06:00:00 PM,01/12/2027 07:00:00 PM,60,Yes',
].join('\n')

describe('from a file', () => {
  test('says who is whom before anything is written, then writes all of it', async () => {
    const report = await preview(ZOOM, 'on')
    expect(await states()).toEqual({})
    expect(
      report.matched.map(({ person, by: how, minutes, lines }) => [person, how, minutes, lines]),
    ).toEqual([
      ['Person ann0', 'email', 55, 2],
      ['Person ann1', 'name', 60, 1],
    ])
    expect(report.unknown.map(({ name }) => name)).toEqual(['A stranger'])
    expect(report.missing).toEqual(['Person ann2', 'Person ann3'])
    expect(await apply(ZOOM, report.stamp, 'on')).toBe(4)
    expect(await states()).toEqual({ ann0: 'PRESENT', ann1: 'PRESENT', ann2: 'ABSENT', ann3: 'ABSENT' })
    expect((await preview(ZOOM, 'on')).changeCount).toBe(0)
  })

  test('a name that several people have is left to a hand; late and excused stay', async () => {
    await owner.query(`update "User" set name = 'Twin' where id in ('ann2', 'ann3')`)
    await mark(['ann0::EXCUSED'])
    const report = await preview('Name,Duration\nTwin,10\nPerson ann0,50\n')
    expect(report.several.map(({ name }) => name)).toEqual(['Twin'])
    expect(report.matched.map(({ from, to }) => [from, to])).toEqual([['EXCUSED', 'EXCUSED']])
    await owner.query(`update "User" set name = 'Person ' || id where id in ('ann2', 'ann3')`)
  })

  test('with a line that can’t be read changes nothing, and what changed since the preview is a conflict', async () => {
    const broken = 'Name,Email,Duration\nPerson ann0,,10\n,,5\nPerson ann1,,a while\nPerson ann2,,1,2,3'
    const report = await preview(broken)
    expect(report.faults.map(({ line, kind }) => [line, kind])).toEqual([
      [3, 'noName'],
      [4, 'duration'],
      [5, 'surplus'],
    ])
    await expect(apply(broken, report.stamp)).rejects.toMatchObject({ code: 'invalid_input' })
    const { stamp } = await preview(ZOOM)
    await mark(['ann0::ABSENT'])
    await expect(apply(ZOOM, stamp)).rejects.toMatchObject({ code: 'conflict' })
    expect(await states()).toEqual({ ann0: 'ABSENT' })
    for (const text of ['', 'no,heading\n1,2', 'Name,Email\n"open,x'])
      await expect(preview(text)).rejects.toMatchObject({ code: 'invalid_input' })
  })

  test('can be undone', async () => {
    const { stamp } = await preview(ZOOM)
    await mark(['ann0::ABSENT'])
    const again = await preview(ZOOM)
    expect(again.stamp).not.toBe(stamp)
    await apply(ZOOM, again.stamp)
    await north((db) => undoMarks(db, { ...by, form: { ...which, mark: key(9) } }))
    expect(await states()).toEqual({ ann0: 'ABSENT', ann1: null })
    const { rows } = await owner.query(`select minutes from "ClassAttendance" where minutes is not null`)
    expect(rows).toEqual([])
  })
})

test('the file that is taken out runs nothing in a spreadsheet, and leaves a line in the log', async () => {
  await owner.query(`update "User" set name = '=HYPERLINK("http://evil.test")' where id = 'ann1'`)
  await mark(['ann1::PRESENT'])
  const client = { ip: '', requestId: null }
  const csv = await north((db) => exportAttendance(db, { ...by, ...which, client }))
  expect(csv).toContain(`"'=HYPERLINK(""http://evil.test"")",ann1@north.example,present,,`)
  expect((await owner.query(`select 1 from "AuditLog" where action = 'class.export'`)).rowCount).toBe(1)
  await owner.query(`update "User" set name = 'Person ann1' where id = 'ann1'`)
})

test('the list costs the same statements for ten people and for a thousand, a page at a time', async () => {
  const load = (page: number) =>
    north((db) => loadAttendance(db, { ...which, course: head, timeZone: 'UTC', page }))
  const few = await statementsOf(() => load(1))
  const more = await makePeople(owner, 'north', 'many', { count: 1_000 })
  await makeEnrollments(owner, 'north', 'tides', more)
  const many = await statementsOf(() => load(1))
  expect(many.length).toBe(few.length)
  expect(many.length).toBeLessThanOrEqual(5)
  const view = await load(999)
  expect([view.page, view.pages, view.people.length]).toEqual([21, 21, 4])
})

test('goes with its person, its class, and stays when whoever marked it is gone', async () => {
  await owner.query(`delete from "ClassAttendance"`)
  await makePeople(owner, 'north', 'leaver', { count: 2 })
  await makeEnrollments(owner, 'north', 'tides', ['leaver0', 'leaver1'])
  await mark(['leaver0::PRESENT', 'leaver1::LATE'])
  await owner.query(`update "ClassAttendance" set "markedById" = 'ann4'`)
  await owner.query(`delete from "User" where id in ('ann4', 'leaver0')`)
  const { rows } = await owner.query(
    `select "tenantId", "userId", status, "markedById" from "ClassAttendance"`,
  )
  expect(rows).toEqual([{ tenantId: 'north', userId: 'leaver1', status: 'LATE', markedById: null }])
  await owner.query(`delete from "LiveClass" where id = 'one'`)
  expect((await owner.query(`select 1 from "ClassAttendance"`)).rowCount).toBe(0)
})
