import ICAL from 'ical.js'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { makeFeed, stopFeed } from '#lib/calendar/change-feed'
import { loadCalendar } from '#lib/calendar/load-calendar'
import { readFeed } from '#lib/calendar/read-feed'
import { occurrencesOf } from '#lib/classes/rules/series'
import { listCalendar } from '#lib/db/queries/calendar'
import { withTenant } from '#lib/db/tenant'
import { testDatabase } from '#tests/support/database'
import { makeCourse, makeEnrollments, makeExam, makePeople, makeSchool } from '#tests/support/factories'
import { SETTINGS } from './account-support'
import { statementsOf } from './statements'

// A person's calendar: everything of their own courses, nothing of anybody else's, here and at its address.

const { owner } = await testDatabase({ ...SETTINGS })
const north = <T>(query: Parameters<typeof withTenant<T>>[1]): Promise<T> => withTenant('north', query)
const NORTH = { id: 'north', name: 'School north', subdomain: 'north', locale: 'en' }
const now = new Date('2027-03-10T12:00:00Z')

const listed = async (userId: string, courseId: string | null = null) =>
  (
    await north((db) =>
      listCalendar(db, {
        ...{ userId, courseId, limit: 100 },
        from: new Date('2027-03-01T00:00:00Z'),
        until: new Date('2027-04-01T00:00:00Z'),
      }),
    )
  ).map(({ kind, id, from, to }) => [kind, id, (from ?? to)?.toISOString().slice(5, 16)].join(' '))

type New = Readonly<{ id: string; at: string; title?: string; courseId?: string; cancelled?: boolean }>

const addClass = ({ id, at, title = id, courseId = 'tides', cancelled = false }: New) =>
  owner.query(
    `insert into "LiveClass" (id, "tenantId", "courseId", title, platform, "meetingUrl", "scheduledAt", duration, "cancelledAt", sequence)
     values ($1, 'north', $4, $3, 'ZOOM', 'https://secret.zoom.us/j/1', $2, 60, case when $5 then now() end, case when $5 then 2 else 0 end)`,
    [id, at, title, courseId, cancelled],
  )

const addAssignment = (id: string, courseId: string, due: string, published = true) =>
  owner.query(
    `insert into "Assignment" (id, "tenantId", "courseId", title, "dueDate", "publishedAt") values ($1, 'north', $2, $1, $3, case when $4 then now() end)`,
    [id, courseId, due, published],
  )

beforeAll(async () => {
  for (const school of ['north', 'south']) await makeSchool(owner, school)
  await makePeople(owner, 'north', 'tea', { role: 'INSTRUCTOR', count: 2 })
  await makePeople(owner, 'north', 'ann', { count: 3 })
  for (const id of ['tides', 'stars'])
    await makeCourse(owner, 'north', id, {
      instructorId: id === 'tides' ? 'tea0' : 'tea1',
      modules: 1,
      lessons: 2,
    })
  await makeEnrollments(owner, 'north', 'tides', ['ann0', 'ann1'])
  await addClass({ id: 'class1', at: '2027-03-10T17:00:00Z' })
  await addClass({ id: 'class2', at: '2027-03-11T17:00:00Z', cancelled: true })
  await addClass({ id: 'foreign', at: '2027-03-10T17:00:00Z', courseId: 'stars' })
  await addAssignment('essay', 'tides', '2027-03-12T20:00:00Z')
  await addAssignment('hidden', 'tides', '2027-03-12T20:00:00Z', false)
  await owner.query(
    `insert into "AssignmentExtension" ("tenantId", "assignmentId", "userId", "dueDate") values ('north', 'essay', 'ann1', '2027-03-20T20:00:00Z')`,
  )
  await makeExam(owner, 'north', 'exam', { courseId: 'tides' })
  await makeExam(owner, 'north', 'draft', { courseId: 'tides', published: false })
  await owner.query(
    `update "Exam" set "startDate" = '2027-03-15T08:00:00Z', "endDate" = '2027-03-18T08:00:00Z' where id in ('exam', 'draft')`,
  )
  await owner.query(`update "Lesson" set "releaseAt" = '2027-03-16T06:00:00Z' where id = 'tidesm0l1'`)
})

describe('the calendar', () => {
  test('has classes, deadlines, exams and lessons of one’s own courses, with one’s own extension alone', async () => {
    const all = [
      ...['class class1 03-10T17:00', 'class class2 03-11T17:00', 'assignment essay 03-12T20:00'],
      ...['exam exam 03-15T08:00', 'lesson tidesm0l1 03-16T06:00'],
    ]
    expect(await listed('ann0')).toEqual(all)
    expect(await listed('tea0')).toEqual(all)
    expect(await listed('ann1')).toContain('assignment essay 03-20T20:00')
    expect(await listed('ann1')).not.toContain('assignment essay 03-12T20:00')
    expect(await listed('ann2')).toEqual([])
    expect(await listed('tea1')).toEqual(['class foreign 03-10T17:00'])
    expect(await listed('ann0', 'stars')).toEqual([])
    const south = await withTenant('south', (db) =>
      listCalendar(db, {
        userId: 'ann0',
        courseId: null,
        from: new Date(0),
        until: new Date('2099-01-01'),
        limit: 9,
      }),
    )
    expect(south).toEqual([])
  })

  test('has the window of whoever has another one in an exam, for them alone', async () => {
    await owner.query(
      `insert into "ExamAccommodation" (id, "tenantId", "courseId", "examId", "userId", "startDate", "endDate")
       values ('mine', 'north', 'tides', 'exam', 'ann1', '2027-03-14T08:00:00Z', '2027-03-19T08:00:00Z')`,
    )
    expect(await listed('ann1')).toContain('exam exam 03-14T08:00')
    expect(await listed('ann0')).toContain('exam exam 03-15T08:00')
    await owner.query(`delete from "ExamAccommodation"`)
  })

  test('of a course that becomes a draft is its teacher’s alone', async () => {
    await owner.query(`update "Course" set status = 'DRAFT' where id = 'tides'`)
    expect(await listed('ann0')).toEqual([])
    expect(await listed('tea0')).toHaveLength(5)
    await owner.query(`update "Course" set status = 'PUBLISHED' where id = 'tides'`)
  })

  test('is loaded with the same few statements, for ten entries and for a thousand', async () => {
    const load = () =>
      north((db) =>
        loadCalendar(db, {
          ...{ userId: 'ann0', timeZone: 'Europe/Berlin', subdomain: 'north', now },
          search: {},
        }),
      )
    const few = await statementsOf(load)
    await owner.query(
      `insert into "LiveClass" (id, "tenantId", "courseId", title, platform, "meetingUrl", "scheduledAt", duration)
       select 'many' || n, 'north', 'tides', 'Many', 'OTHER', 'https://meet.example/1', '2027-03-08Z'::timestamptz + n * interval '20 minutes', 30
       from generate_series(1, 1000) n`,
    )
    const many = await statementsOf(load)
    expect([few.length, many.length]).toEqual([3, 3])
    const view = await load()
    expect(view.truncated).toBe(true)
    expect(view.month.flatMap(({ pieces }) => pieces).length).toBeLessThanOrEqual(700)
    await owner.query(`delete from "LiveClass" where id like 'many%'`)
  })
})

type Token = Readonly<{ id: string; token: string }>

async function tokenOf(userId: string): Promise<Token> {
  const view = await north((db) =>
    loadCalendar(db, { ...{ userId, timeZone: 'UTC', subdomain: 'north', now }, search: {} }),
  )
  if (view.feed === null) throw new Error('No address.')
  const token = /\/feeds\/(.+)\.ics$/.exec(view.feed.address)?.[1] ?? ''
  return { id: view.feed.id, token }
}

const ask = (token: string, at = now) => readFeed(NORTH, token, at)

async function textOf(token: string): Promise<string> {
  const feed = await ask(token)
  if (feed.state !== 'ready') throw new Error(feed.state)
  return feed.text
}

/** By a parser that knows nothing of how it was written. */
function parsed(text: string) {
  const calendar = new ICAL.Component(ICAL.parse(text) as unknown[])
  return calendar.getAllSubcomponents('vevent').map((component) => {
    const event = new ICAL.Event(component)
    return {
      uid: event.uid,
      summary: event.summary,
      start: event.startDate.toJSDate().toISOString(),
      end: event.endDate.toJSDate().toISOString(),
      status: String(component.getFirstPropertyValue('status')),
      sequence: Number(component.getFirstPropertyValue('sequence')),
      modified: component.getFirstPropertyValue('last-modified') !== null,
    }
  })
}

describe('its address', () => {
  beforeEach(() => owner.query(`delete from "CalendarFeed"; delete from "Throttle"`))

  test('is made once, renewed with the old one ended, turned off, and never another person’s', async () => {
    expect(await north((db) => makeFeed(db, { userId: 'ann0', seen: '' }))).not.toBeNull()
    expect(await north((db) => makeFeed(db, { userId: 'ann0', seen: '' }))).toBeNull()
    const first = await tokenOf('ann0')
    expect((await ask(first.token)).state).toBe('ready')
    // Somebody else's form names it, and ends nothing.
    expect(await north((db) => stopFeed(db, { userId: 'ann1', seen: first.id }))).toBe(false)
    await north((db) => makeFeed(db, { userId: 'ann0', seen: first.id }))
    expect(await north((db) => makeFeed(db, { userId: 'ann0', seen: first.id }))).toBeNull()
    const second = await tokenOf('ann0')
    expect(second.token).not.toBe(first.token)
    expect((await ask(first.token)).state).toBe('gone')
    expect((await ask(second.token)).state).toBe('ready')
    expect(await north((db) => stopFeed(db, { userId: 'ann0', seen: second.id }))).toBe(true)
    expect((await ask(second.token)).state).toBe('gone')
  })

  test('opens nothing when it is guessed, another school’s, or of somebody who is disabled or deleted', async () => {
    await north((db) => makeFeed(db, { userId: 'ann0', seen: '' }))
    const { id, token } = await tokenOf('ann0')
    for (const guess of [id, `${id}.`, `${id}.${'A'.repeat(43)}`, `${token}x`, '', '../x'])
      expect([guess, (await ask(guess)).state]).toEqual([guess, 'unknown'])
    expect(await readFeed({ ...NORTH, id: 'south' }, token, now)).toEqual({ state: 'unknown' })
    for (const column of ['disabledAt', 'deletedAt']) {
      await owner.query(`update "User" set "${column}" = now() where id = 'ann0'`)
      expect([column, await ask(token)]).toEqual([column, { state: 'gone' }])
      await owner.query(`update "User" set "${column}" = null where id = 'ann0'`)
    }
    expect((await ask(token)).state).toBe('ready')
  })

  test('is refused after many askings in a short time, without hurting others', async () => {
    for (const userId of ['ann0', 'ann1']) await north((db) => makeFeed(db, { userId, seen: '' }))
    const [own, other] = [await tokenOf('ann0'), await tokenOf('ann1')]
    const states = []
    for (let n = 0; n < 62; n += 1) states.push((await ask(own.token)).state)
    expect(states.filter((state) => state === 'ready')).toHaveLength(60)
    expect(await ask(own.token)).toMatchObject({ state: 'wait' })
    expect((await ask(other.token)).state).toBe('ready')
  })

  test('says the same with the same mark, and another once something has changed', async () => {
    await north((db) => makeFeed(db, { userId: 'ann0', seen: '' }))
    const { token } = await tokenOf('ann0')
    const first = await ask(token)
    expect(await ask(token)).toEqual(first)
    await owner.query(`update "LiveClass" set title = 'Renamed', "updatedAt" = now() where id = 'class1'`)
    expect(await ask(token)).not.toEqual(first)
    await owner.query(`update "LiveClass" set title = 'class1' where id = 'class1'`)
  })

  test('has what the calendar has: stable ids, cancelled ones as such, and no meeting’s address', async () => {
    await north((db) => makeFeed(db, { userId: 'ann1', seen: '' }))
    const text = await textOf((await tokenOf('ann1')).token)
    expect(text).not.toContain('secret.zoom.us')
    const events = parsed(text)
    expect(events.map(({ uid }) => uid)).toEqual([
      ...['class-class1', 'class-class2', 'exam-exam', 'lesson-tidesm0l1', 'assignment-essay'].map(
        (name) => `${name}@north.smartlms`,
      ),
    ])
    expect(events.find(({ uid }) => uid.startsWith('class-class2'))).toMatchObject({
      status: 'CANCELLED',
      sequence: 2,
    })
    expect(events.find(({ uid }) => uid.startsWith('exam'))).toMatchObject({
      ...{ start: '2027-03-15T08:00:00.000Z', end: '2027-03-18T08:00:00.000Z', status: 'CONFIRMED' },
    })
    expect(events.find(({ uid }) => uid.startsWith('assignment'))?.start).toBe('2027-03-20T20:00:00.000Z')
    expect(events.every(({ modified }) => modified)).toBe(true)
    for (const line of text.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75)
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
  })

  test('reaches 30 days back and a year ahead', async () => {
    await addClass({ id: 'old', at: '2027-02-07T10:00:00Z' })
    await addClass({ id: 'lately', at: '2027-02-09T10:00:00Z' })
    await addClass({ id: 'far', at: '2028-03-12T10:00:00Z' })
    await north((db) => makeFeed(db, { userId: 'ann0', seen: '' }))
    const uids = parsed(await textOf((await tokenOf('ann0')).token)).map(({ uid }) => uid)
    expect(uids).toContain('class-lately@north.smartlms')
    expect(uids).not.toContain('class-old@north.smartlms')
    expect(uids).not.toContain('class-far@north.smartlms')
    await owner.query(`delete from "LiveClass" where id in ('old', 'lately', 'far')`)
  })

  test('begins no line that a title would begin', async () => {
    const hostile = [
      'A\r\nATTENDEE:mailto:x@evil.example',
      'B\nEND:VEVENT\nBEGIN:VEVENT',
      'C\rDTSTART:20200101T000000Z',
      'D\u2028END:VCALENDAR',
      'E;,\\: "quoted" ünïcödé 🎈'.repeat(6),
      'F\u0000\u0085G',
    ].filter((title) => !title.includes('\u0000'))
    await owner.query(`delete from "LiveClass" where "courseId" = 'stars'`)
    for (const [n, title] of hostile.entries())
      await addClass({
        id: `hostile${String(n)}`,
        at: '2027-03-20T10:00:00Z',
        title: title.slice(0, 190),
        courseId: 'stars',
      })
    await owner.query(`update "Course" set title = E'Stars\\r\\nURL:https://evil.example' where id = 'stars'`)
    await north((db) => makeFeed(db, { userId: 'tea1', seen: '' }))
    const text = await textOf((await tokenOf('tea1')).token)
    const events = parsed(text)
    expect(events).toHaveLength(hostile.length)
    expect(events.map(({ summary }) => summary)).toEqual(
      hostile.map((title) =>
        title
          .slice(0, 190)
          .replaceAll(/[\p{Cc}\u2028]+/gu, ' ')
          .trim(),
      ),
    )
    const unfolded = text.replaceAll('\r\n ', '')
    for (const line of unfolded.split('\r\n'))
      expect(line).not.toMatch(/^(ATTENDEE|DTSTART:2020|URL:https:\/\/evil)/)
    await owner.query(`delete from "LiveClass" where "courseId" = 'stars'`)
    await owner.query(`update "Course" set title = 'Stars' where id = 'stars'`)
  })

  test.each([
    ['Europe/Berlin', '2027-03-16T18:30'],
    ['Europe/Berlin', '2027-10-12T18:30'],
    ['America/New_York', '2027-03-01T08:05'],
    ['America/New_York', '2027-10-26T23:30'],
    ['Australia/Lord_Howe', '2027-03-22T07:45'],
    ['Australia/Lord_Howe', '2027-09-20T12:00'],
    ['Asia/Kolkata', '2027-03-16T18:30'],
  ])(
    'shows a series in %s from %s at the hours that another reckoning of its clocks gives',
    async (zone, at) => {
      const rule = { at, repeat: 'weekly', every: 1, weekdays: [], until: null, times: 6 } as const
      const found = occurrencesOf(rule, zone)
      if (found === null || typeof found === 'string') throw new Error(String(found))
      for (const [n, one] of found.entries())
        await addClass({ id: `dst${String(n)}`, at: one.at.toISOString(), courseId: 'stars' })
      await north((db) => makeFeed(db, { userId: 'tea1', seen: '' }))
      const starts = parsed(await textOf((await tokenOf('tea1')).token)).map(({ start }) => start)
      // PostgreSQL has rules of its own for every zone.
      const { rows } = await owner.query<{ at: Date }>(
        `select (($1::timestamp + n * interval '7 days') at time zone $2) as at from generate_series(0, 5) n`,
        [at, zone],
      )
      expect(starts).toEqual(rows.map((row) => row.at.toISOString()))
      await owner.query(`delete from "LiveClass" where "courseId" = 'stars'`)
    },
  )
})
