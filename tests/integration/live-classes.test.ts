import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { cancelClass, changeClass, linkRecording, restoreClass } from '#lib/classes/change-class'
import { changeForm, createForm, recordForm } from '#lib/classes/contract'
import type { Scope } from '#lib/classes/contract/constants'
import { joinClass, loadClasses, loadOwnClass, loadTaughtClass } from '#lib/classes/load-classes'
import { createClasses } from '#lib/classes/schedule'
import { withTenant } from '#lib/db/tenant'
import { runOutbox } from '#lib/jobs/run-outbox'
import { newId } from '#lib/teach/new-id'
import { testDatabase } from '#tests/support/database'
import { makeCourse, makeEnrollments, makePeople, makeSchool } from '#tests/support/factories'
import { SETTINGS } from './account-support'
import { statementsOf } from './statements'

// Live classes: when they take place, who may go in and when, and what people are told.

const { owner } = await testDatabase({ ...SETTINGS })
const north = <T>(query: Parameters<typeof withTenant<T>>[1]): Promise<T> => withTenant('north', query)
const tea = { userId: 'tea0', everyCourse: false }
const by = { by: tea, timeZone: 'Europe/Berlin', locale: 'en' }
const client = { ip: '', requestId: null }
const head = {
  ...{ id: 'tides', title: 'Tides', status: 'PUBLISHED' as const, previewHref: null, people: true },
}

let keys = 0
const newKey = (): string => {
  keys += 1
  return String(keys).padStart(32, '0')
}

type Sent = Partial<Record<string, string | readonly string[]>>

function plan(sent: Sent = {}, key = newKey(), who = tea) {
  const form = createForm.parse({
    ...{ courseId: 'tides', key, title: 'Open hour', platform: 'ZOOM', meetingUrl: 'https://x.zoom.us/j/1' },
    ...{ at: '2027-01-12T18:00', duration: '60', notes: '' },
    ...sent,
  })
  const idOf = (place: number): string => newId('north', who.userId, `${key}/${String(place)}`)
  return north((db) => createClasses(db, { ...by, by: who, form, idOf }))
}

type Row = {
  id: string
  title: string
  at: string
  scheduledAt: Date
  cancelledAt: Date | null
  sequence: number
}

async function rowsOf(): Promise<Row[]> {
  const { rows } = await owner.query<Row>(
    `select id, title, to_char("scheduledAt" at time zone 'Europe/Berlin', 'YYYY-MM-DD"T"HH24:MI') as at, "scheduledAt", "cancelledAt", sequence
     from "LiveClass" where "tenantId" = 'north' order by "scheduledAt", id`,
  )
  return rows
}

const taught = (classId: string) =>
  north((db) => loadTaughtClass(db, { course: head, classId, timeZone: 'Europe/Berlin' }))

async function change(classId: string, sent: Sent, scope: Scope = 'this', seen?: string) {
  const { title, platform, meetingUrl, at, duration, notes, seen: now } = await taught(classId)
  const form = changeForm.parse({
    ...{ courseId: 'tides', classId, seen: seen ?? now, title, platform, meetingUrl, at, notes, scope },
    ...{ duration: String(duration), ...sent },
  })
  return north((db) => changeClass(db, { ...by, form }))
}

const cancel = async (classId: string, scope: Scope = 'this') => {
  const { seen } = await taught(classId)
  return north((db) => cancelClass(db, { ...by, form: { courseId: 'tides', classId, seen, scope } }))
}

type Told = { userId: string; title: string; message: string; link: string }

/** Runs what is due (reminders included, whatever their time), and gives what was told by it. */
async function told(kind = 'notice.%'): Promise<Told[]> {
  const { rows } = await owner.query<{ id: string }>(
    `select id from "Outbox" where kind like $1 and "deliveredAt" is null order by "createdAt", id`,
    [kind],
  )
  const before = await owner.query<{ id: string }>(`select id from "Notification"`)
  for (const { id: outboxId } of rows) await runOutbox({ tenantId: 'north', outboxId })
  const found = await owner.query<Told>(
    `select "userId", title, message, link from "Notification" where id <> all($1) order by "userId", title`,
    [before.rows.map(({ id }) => id)],
  )
  return found.rows
}

const weekly = { repeat: 'weekly', ends: 'times', times: '4' }

/** Puts a class so many minutes from now. */
const moveTo = (classId: string, minutes: number) =>
  owner.query(`update "LiveClass" set "scheduledAt" = now() + $2 * interval '1 minute' where id = $1`, [
    classId,
    minutes,
  ])

const join = (classId: string, userId = 'ann0', everyCourse = false) =>
  north((db) => joinClass(db, { classId, userId, everyCourse, timeZone: 'UTC', client }))

const gone = { code: 'not_found' }

beforeAll(async () => {
  for (const school of ['north', 'south']) await makeSchool(owner, school, { timeZone: 'Europe/Berlin' })
  await makePeople(owner, 'north', 'tea', { role: 'INSTRUCTOR', count: 2 })
  await makePeople(owner, 'north', 'ann', { count: 3 })
  await makeCourse(owner, 'north', 'tides', { instructorId: 'tea0' })
  await makeCourse(owner, 'north', 'stars', { instructorId: 'tea1' })
  await makeEnrollments(owner, 'north', 'tides', ['ann0', 'ann1'])
})

beforeEach(async () => {
  for (const table of ['LiveClass', 'Outbox', 'Notification', 'AuditLog'])
    await owner.query(`delete from "${table}"`)
})

describe('planning', () => {
  test('makes a series at the same hour on the wall, also across a change of the clocks', async () => {
    await plan({ at: '2027-03-23T18:00', repeat: 'weekly', weekdays: ['2', '4'], ends: 'times', times: '4' })
    expect((await rowsOf()).map(({ at, scheduledAt }) => [at, scheduledAt.toISOString()])).toEqual([
      ['2027-03-23T18:00', '2027-03-23T17:00:00.000Z'],
      ['2027-03-25T18:00', '2027-03-25T17:00:00.000Z'],
      // The clocks were moved on the 28th.
      ['2027-03-30T18:00', '2027-03-30T16:00:00.000Z'],
      ['2027-04-01T18:00', '2027-04-01T16:00:00.000Z'],
    ])
  })

  test('pressed twice makes one series, and reminds once of each', async () => {
    const key = newKey()
    expect(await plan(weekly, key)).toMatchObject({ count: 4, created: true })
    expect(await plan(weekly, key)).toMatchObject({ count: 4, created: false })
    expect(await rowsOf()).toHaveLength(4)
    const { rows } = await owner.query(`select id from "Outbox" where kind = 'notice.class-soon'`)
    expect(rows).toHaveLength(4)
  })

  test('refuses more than a hundred, a link of another place, and a slip in the year, naming the field', async () => {
    await expect(plan({ repeat: 'daily', ends: 'until', until: '2027-06-30' })).rejects.toMatchObject({
      fields: { until: expect.stringContaining('100') as unknown },
    })
    await expect(plan({ platform: 'ZOOM', meetingUrl: 'https://meet.google.com/abc' })).rejects.toMatchObject(
      {
        fields: { meetingUrl: expect.stringMatching(/meet\.google\.com.*Zoom.*Google Meet/) as unknown },
      },
    )
    await expect(plan({ meetingUrl: 'javascript:alert(1)', platform: 'OTHER' })).rejects.toMatchObject({
      fields: { meetingUrl: expect.stringContaining('https://') as unknown },
    })
    await expect(plan({ at: '2207-01-12T18:00' })).rejects.toMatchObject({
      fields: { at: expect.any(String) as unknown },
    })
    expect(await rowsOf()).toEqual([])
  })

  test('is for those who teach the course, and no other course’s class is reached by its address', async () => {
    await expect(plan({ courseId: 'stars' })).rejects.toMatchObject({ code: 'forbidden' })
    await expect(plan({ courseId: 'nowhere' })).rejects.toMatchObject(gone)
    const { id } = await plan()
    const stars = { ...head, id: 'stars' }
    await expect(
      north((db) => loadTaughtClass(db, { course: stars, classId: id, timeZone: 'UTC' })),
    ).rejects.toMatchObject(gone)
    const seen = (await taught(id)).seen
    await expect(
      north((db) =>
        cancelClass(db, {
          ...{ by: { userId: 'tea1', everyCourse: false }, timeZone: 'UTC', locale: 'en' },
          form: { courseId: 'stars', classId: id, seen, scope: 'this' },
        }),
      ),
    ).rejects.toMatchObject(gone)
    await expect(
      withTenant('south', (db) =>
        loadOwnClass(db, { classId: id, userId: 'ann0', everyCourse: true, timeZone: 'UTC' }),
      ),
    ).rejects.toMatchObject(gone)
  })
})

describe('changing one of a series', () => {
  test('leaves the others, and a following or all takes those to come along, by as much on the wall', async () => {
    await plan({ ...weekly, at: '2027-03-16T18:00' })
    const [first, second, third] = await rowsOf()
    await change(second?.id ?? '', { at: '2027-03-24T19:30' })
    expect((await rowsOf()).map(({ at }) => at)).toEqual([
      ...['2027-03-16T18:00', '2027-03-24T19:30', '2027-03-30T18:00', '2027-04-06T18:00'],
    ])
    await change(third?.id ?? '', { at: '2027-03-31T17:00' }, 'following')
    expect((await rowsOf()).map(({ at }) => at)).toEqual([
      ...['2027-03-16T18:00', '2027-03-24T19:30', '2027-03-31T17:00', '2027-04-07T17:00'],
    ])
    await change(first?.id ?? '', { at: '2027-03-16T18:15', title: 'Hour' }, 'all')
    expect((await rowsOf()).map(({ at, title }) => [at, title])).toEqual([
      ['2027-03-16T18:15', 'Hour'],
      ['2027-03-24T19:45', 'Hour'],
      ['2027-03-31T17:15', 'Hour'],
      ['2027-04-07T17:15', 'Hour'],
    ])
    expect((await rowsOf()).map(({ sequence }) => sequence)).toEqual([1, 2, 2, 2])
  })

  test('gives others only what was touched, and leaves past and cancelled ones as they are', async () => {
    await plan(weekly)
    const [first, second, third, fourth] = await rowsOf()
    await change(second?.id ?? '', { title: 'With a guest' })
    await cancel(fourth?.id ?? '')
    await owner.query(`update "LiveClass" set "scheduledAt" = now() - interval '3 days' where id = $1`, [
      first?.id,
    ])
    await change(third?.id ?? '', { notes: 'Bring a lamp.' }, 'all')
    const { rows } = await owner.query<{ title: string; notes: string | null }>(
      `select title, notes from "LiveClass" order by "scheduledAt"`,
    )
    expect(rows).toEqual([
      { title: 'Open hour', notes: null },
      { title: 'With a guest', notes: 'Bring a lamp.' },
      { title: 'Open hour', notes: 'Bring a lamp.' },
      { title: 'Open hour', notes: null },
    ])
  })

  test('a form that somebody has overtaken is refused and changes nothing', async () => {
    const { id } = await plan()
    const { seen } = await taught(id)
    await change(id, { title: 'Mine' })
    await expect(change(id, { title: 'Yours' }, 'this', seen)).rejects.toMatchObject({ code: 'conflict' })
    await expect(
      north((db) =>
        linkRecording(db, { ...by, form: { courseId: 'tides', classId: id, seen, recordingUrl: '' } }),
      ),
    ).rejects.toMatchObject({ code: 'conflict' })
    expect((await rowsOf())[0]?.title).toBe('Mine')
  })

  test('a recording is an https link, and can be taken away again', async () => {
    const { id } = await plan()
    const record = async (recordingUrl: string) => {
      const { seen } = await taught(id)
      const form = recordForm.parse({ courseId: 'tides', classId: id, seen, recordingUrl })
      return north((db) => linkRecording(db, { ...by, form }))
    }
    await expect(record('http://films.example/1')).rejects.toMatchObject({ code: 'invalid_input' })
    expect(await record('https://films.example/1')).toBe(true)
    expect((await taught(id)).recordingUrl).toBe('https://films.example/1')
    expect(await record('')).toBe(false)
    expect((await taught(id)).recordingUrl).toBe('')
  })
})

describe('cancelling', () => {
  test('keeps the class to be seen, and bringing it back brings back what was cancelled with it', async () => {
    await plan(weekly)
    const [first, second, third] = await rowsOf()
    expect(await cancel(third?.id ?? '')).toMatchObject({ count: 1 })
    expect(await cancel(first?.id ?? '', 'all')).toMatchObject({ count: 3 })
    expect(await cancel(first?.id ?? '', 'all')).toMatchObject({ count: 0 })
    expect((await rowsOf()).every(({ cancelledAt }) => cancelledAt !== null)).toBe(true)
    await expect(change(first?.id ?? '', { title: 'Not now' })).rejects.toMatchObject({ code: 'conflict' })
    const { id: alone } = await plan()
    await owner.query(
      `update "LiveClass" set "cancelledAt" = (select "cancelledAt" from "LiveClass" where id = $1) where id = $2`,
      [first?.id, alone],
    )
    const restore = (classId: string) =>
      north((db) => restoreClass(db, { ...by, form: { courseId: 'tides', classId } }))
    expect(await restore(second?.id ?? '')).toBe(3)
    expect(await restore(second?.id ?? '')).toBe(0)
    const still = (await rowsOf()).filter(({ cancelledAt }) => cancelledAt !== null).map(({ id }) => id)
    expect(new Set(still)).toEqual(new Set([third?.id, alone]))
  })
})

describe('going in', () => {
  test('is possible from 15 minutes before until 30 after the end, by the server’s clock, and is kept once', async () => {
    const { id } = await plan()
    for (const [minutes, opened] of [
      [16, false],
      [14, true],
      [-89, true],
      [-91, false],
    ] as const) {
      await moveTo(id, minutes)
      expect([minutes, (await join(id)) !== null]).toEqual([minutes, opened])
    }
    const { rows } = await owner.query<{ userId: string; status: string | null }>(
      `select "userId", status from "ClassAttendance"`,
    )
    expect(rows).toEqual([{ userId: 'ann0', status: null }])
    expect((await owner.query(`select 1 from "AuditLog" where action = 'class.join'`)).rowCount).toBe(1)
  })

  test('shows nobody the address before, and never in a page’s data', async () => {
    const { id } = await plan()
    await moveTo(id, 5)
    const whose = { classId: id, userId: 'ann0', everyCourse: false, timeZone: 'UTC' }
    const view = await north((db) => loadOwnClass(db, whose))
    expect(view.door.state).toBe('open')
    expect(JSON.stringify(view)).not.toContain('zoom.us')
    await cancel(id)
    expect(await join(id)).toBeNull()
  })

  test('is for the enrolled and those who teach; the teachers’ going in is not kept', async () => {
    const { id } = await plan()
    await moveTo(id, 0)
    await expect(join(id, 'ann2')).rejects.toMatchObject(gone)
    await expect(join(id, 'tea1')).rejects.toMatchObject(gone)
    expect(await join(id, 'tea0')).toBe('https://x.zoom.us/j/1')
    expect(await join(id, 'tea1', true)).toBe('https://x.zoom.us/j/1')
    expect((await owner.query(`select 1 from "ClassAttendance"`)).rowCount).toBe(0)
    await owner.query(`update "Course" set status = 'DRAFT' where id = 'tides'`)
    await expect(join(id)).rejects.toMatchObject(gone)
    await owner.query(`update "Course" set status = 'PUBLISHED' where id = 'tides'`)
  })
})

describe('people are told', () => {
  test('half an hour before, each once; a reminder of a class that was moved or cancelled says nothing', async () => {
    const { id } = await plan({ at: '2027-01-12T18:00' })
    const job = await owner.query<{ kind: string; at: number }>(
      `select kind, (payload ->> 'at')::float8 as at from "Outbox"`,
    )
    expect(job.rows).toEqual([{ kind: 'notice.class-soon', at: Date.parse('2027-01-12T17:00:00Z') }])
    await change(id, { at: '2027-01-13T18:00' })
    const soon = await told('notice.class-soon')
    // The first reminder is silent, the one of the new time speaks to both learners and to whoever teaches.
    expect(soon.map(({ userId }) => userId)).toEqual(['ann0', 'ann1', 'tea0'])
    expect(soon[0]).toMatchObject({ title: 'Live soon: Open hour', link: `/classes/${id}` })
    expect(soon[0]?.message).toContain('Wednesday')
    await owner.query(`update "Outbox" set "deliveredAt" = null`)
    await cancel(id)
    expect(await told('notice.class-soon')).toEqual([])
  })

  test('of another time and of a cancellation, once a change, also when it leads back', async () => {
    const { id } = await plan()
    await told('notice.class-soon')
    const titles = async () =>
      (await told('notice.%')).filter(({ userId }) => userId === 'ann0').map(({ title }) => title)
    await change(id, { at: '2027-01-13T18:00' })
    expect(await titles()).toContain('At another time: Open hour')
    for (const at of ['2027-01-12T18:00', '2027-01-13T18:00']) {
      await change(id, { at })
      expect(await titles()).toContain('At another time: Open hour')
    }
    await change(id, { title: 'Closed hour', duration: '90' })
    expect(await titles()).toEqual([])
    await cancel(id)
    await cancel(id)
    expect(await titles()).toEqual(['Cancelled: Closed hour'])
  })

  test('of a series with one notice, not with one a class', async () => {
    await plan(weekly)
    await told('notice.class-soon')
    const [first] = await rowsOf()
    await change(first?.id ?? '', { at: '2027-01-12T19:00' }, 'all')
    const moved = await told('notice.series-moved')
    expect(moved.map(({ userId, title }) => [userId, title])).toEqual([
      ['ann0', 'At other times: Open hour'],
      ['ann1', 'At other times: Open hour'],
    ])
    await cancel(first?.id ?? '', 'all')
    expect(await told('notice.%cancelled')).toHaveLength(2)
  })
})

test('lists cost the same statements for ten classes and for a thousand', async () => {
  const search = { done: undefined, count: undefined, class: undefined, past: undefined, cursor: undefined }
  const counted = () =>
    statementsOf(() => north((db) => loadClasses(db, { course: head, search, timeZone: 'UTC' })))
  const fill = (count: number) =>
    owner.query(
      `insert into "LiveClass" ("tenantId", "courseId", title, platform, "meetingUrl", "scheduledAt", duration)
       select 'north', 'tides', 'Class ' || n, 'OTHER', 'https://meet.example/1', now() + n * interval '1 hour', 30 from generate_series(1, $1::int) n`,
      [count],
    )
  await fill(10)
  const few = await counted()
  await fill(990)
  const many = await counted()
  expect([many.length, many.length <= 8]).toEqual([few.length, true])
  const pages: string[] = []
  let cursor: string | undefined
  for (let n = 0; n < 40; n += 1) {
    const at = cursor === undefined ? search : { ...search, cursor }
    const page = await north((db) => loadClasses(db, { course: head, search: at, timeZone: 'UTC' }))
    pages.push(...page.classes.map(({ id }) => id))
    if (page.nextCursor === null) break
    cursor = page.nextCursor
  }
  expect(new Set(pages).size).toBe(1_000)
})
