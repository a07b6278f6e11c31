import { beforeAll, describe, expect, test } from 'vitest'
import { withTenant } from '#lib/db/tenant'
import { duplicateCourse } from '#lib/teach/duplicate-course'
import { removeCover } from '#lib/teach/set-cover'
import { testDatabase } from '#tests/support/database'
import { makeCourse, makeEnrollments, makeExam, makePeople, makeSchool } from '#tests/support/factories'
import { fingerprint } from './fingerprint'
import { statementsOf } from './statements'

// A copy is the original in everything that makes a course, and shares nothing with it that the other could lose.

const { owner } = await testDatabase()
const north = <T>(query: Parameters<typeof withTenant<T>>[1]) => withTenant('north', query)
const tea0 = { userId: 'tea0', everyCourse: false }

const copy = (id: string, courseId: string, by = tea0, limit: number | null = null) =>
  north((db) => duplicateCourse(db, { id, courseId, by, limit, locale: 'en' }))

type Row = Record<string, unknown>

/** Columns that a copy has its own of. A new column of a table is compared until it is named here. */
const OWN: Readonly<Record<string, readonly string[]>> = {
  Course: ['id', 'title', 'status', 'instructorId', 'publishedAt', 'createdAt', 'updatedAt'],
  Module: ['id', 'courseId', 'createdAt'],
  Lesson: ['id', 'moduleId', 'releaseAfterId', 'content', 'createdAt', 'updatedAt'],
  CourseCategory: ['id', 'courseId'],
  Exam: ['id', 'courseId', 'publishedAt', 'releasedAt', 'updatedAt'],
  Assignment: ['id', 'courseId', 'updatedAt'],
}

async function rowsOf(table: string, where: string, id: string, order: string): Promise<Row[]> {
  const { rows } = await owner.query<{ row: Row }>(
    `select to_jsonb(t) as row from "${table}" t where ${where} order by ${order}`,
    [id],
  )
  return rows.map(({ row }) => row)
}

function shared(table: string, rows: readonly Row[]): Row[] {
  const own = new Set(OWN[table])
  return rows.map((row) => Object.fromEntries(Object.entries(row).filter(([name]) => !own.has(name))))
}

const LESSONS =
  '"moduleId" in (select id from "Module" where "courseId" = $1 and "deletedAt" is null) and "deletedAt" is null'
const LIVING = '"courseId" = $1 and "deletedAt" is null'

const QUERIES: readonly (readonly [string, string, string])[] = [
  ['Course', 'id = $1', 'id'],
  ['Module', LIVING, '"order"'],
  ['Lesson', LESSONS, 'title'],
  ['CourseCategory', '"courseId" = $1', '"categoryId"'],
  ['Exam', LIVING, 'title'],
  ['Assignment', LIVING, 'title'],
]

async function whole(courseId: string): Promise<Record<string, Row[]>> {
  const parts = await Promise.all(
    QUERIES.map(async ([table, where, order]) => [
      table,
      shared(table, await rowsOf(table, where, courseId, order)),
    ]),
  )
  return Object.fromEntries(parts) as Record<string, Row[]>
}

beforeAll(async () => {
  await makeSchool(owner, 'north')
  await makeSchool(owner, 'south')
  await makePeople(owner, 'north', 'tea', { count: 2, role: 'INSTRUCTOR' })
  await makePeople(owner, 'north', 'ann')
  await makePeople(owner, 'south', 'sam', { role: 'INSTRUCTOR' })
  await makeCourse(owner, 'north', 'maths', { instructorId: 'tea0', modules: 3, lessons: 12 })
  await makeEnrollments(owner, 'north', 'maths', ['ann0'])
  await makeExam(owner, 'north', 'mathsx', { courseId: 'maths' })
  const link = (href: string) => ({ type: 'text', text: 'x', marks: [{ type: 'link', attrs: { href } }] })
  const hrefs = [
    '/learn/maths/mathsm0l1',
    '/learn/maths/mathsm0l10#s-a',
    '/courses/maths',
    '/courses/mathsother',
    '/learn/maths/gone',
  ]
  const content = JSON.stringify({ type: 'doc', content: [{ type: 'paragraph', content: hrefs.map(link) }] })
  await owner.query(
    `update "Course" set description = 'About', thumbnail = 'north/public/covers/0123456789abcdef0123456789abcdef-960.webp',
       "timeZone" = 'Asia/Tokyo', outcomes = '{Add,Subtract}', enrollment = 'KEY', "enrollmentKey" = 'sesame', capacity = 30 where id = 'maths'`,
  )
  await owner.query(
    `update "Lesson" set "contentText" = 'words', "videoUrl" = 'https://vimeo.com/12345', captions = 'north/private/lessons/a.vtt', preview = true,
       completion = 'WATCHED', "completionPercent" = 70, "releaseAt" = '2027-01-01Z', content = $1 where id = 'mathsm0l0'`,
    [content],
  )
  await owner.query(`update "Lesson" set "releaseAfterId" = 'mathsm0l0' where id = 'mathsm1l3'`)
  await owner.query(`update "Lesson" set "releaseAfterId" = 'mathsm0l5' where id = 'mathsm0l6'`)
  await owner.query(`update "Lesson" set "deletedAt" = now() where id = 'mathsm0l5'`)
  await owner.query(`update "Module" set "deletedAt" = now() where id = 'mathsm2'`)
  await owner.query(
    `insert into "Category" (id, "tenantId", name) values ('cat1', 'north', 'Science'), ('cat2', 'north', 'Art')`,
  )
  await owner.query(
    `insert into "CourseCategory" (id, "tenantId", "courseId", "categoryId") values ('x1', 'north', 'maths', 'cat1'), ('x2', 'north', 'maths', 'cat2')`,
  )
  await owner.query(
    `insert into "Assignment" (id, "tenantId", "courseId", title, description, "dueDate") values ('h1', 'north', 'maths', 'Essay', 'Write.', '2027-02-01Z')`,
  )
})

describe('a copy', () => {
  test('equals its original column by column, as a draft of whoever made it, without learners', async () => {
    const before = await fingerprint(owner, 'north')
    const made = await copy('copy1', 'maths')
    expect(made).toMatchObject({ id: 'copy1', created: true, title: 'Course maths (copy)' })
    const original = await whole('maths')
    expect(await whole('copy1')).toEqual(original)
    expect(original['Lesson']).toHaveLength(23)
    const { rows } = await owner.query(
      `select status, title, "instructorId", "publishedAt", (select count(*)::int from "Enrollment" where "courseId" = 'copy1') as learners,
         (select count(*)::int from "ExamVersion" v join "Exam" x on x.id = v."examId" where x."courseId" = 'copy1') as versions
       from "Course" where id = 'copy1'`,
    )
    expect(rows).toEqual([
      {
        status: 'DRAFT',
        title: 'Course maths (copy)',
        instructorId: 'tea0',
        publishedAt: null,
        learners: 0,
        versions: 0,
      },
    ])
    await owner.query(`delete from "Course" where id = 'copy1'`)
    expect(await fingerprint(owner, 'north')).toBe(before)
  })

  test('has no live classes: their dates, links, recordings and people are of one run', async () => {
    await owner.query(
      `insert into "LiveClass" (id, "tenantId", "courseId", title, platform, "meetingUrl", "scheduledAt", duration)
       values ('live', 'north', 'maths', 'Hour', 'ZOOM', 'https://x.zoom.us/1', now(), 60)`,
    )
    await owner.query(
      `insert into "ClassAttendance" ("tenantId", "classId", "userId", status) values ('north', 'live', 'ann0', 'PRESENT')`,
    )
    await copy('copylive', 'maths')
    const { rows } = await owner.query(`select "courseId" from "LiveClass"`)
    expect(rows).toEqual([{ courseId: 'maths' }])
    await owner.query(`delete from "Course" where id = 'copylive'`)
    await owner.query(`delete from "LiveClass"`)
  })

  test('waits for its own lessons, and links to its own', async () => {
    await copy('copy2', 'maths')
    const lessons = await rowsOf('Lesson', LESSONS, 'copy2', 'title')
    const named = new Map(lessons.map((row) => [row['title'], row]))
    const [first, waiting, free] = [named.get('Lesson 0.0'), named.get('Lesson 1.3'), named.get('Lesson 0.6')]
    expect(waiting?.['releaseAfterId']).toBe(first?.['id'])
    // What it waited for is gone: it waits for nothing.
    expect(free?.['releaseAfterId']).toBeNull()
    const content = String(first?.['content'])
    const hrefs = [...content.matchAll(/"href":"([^"]+)"/g)].map((match) => match[1])
    expect(hrefs).toEqual([
      `/learn/copy2/${String(named.get('Lesson 0.1')?.['id'])}`,
      `/learn/copy2/${String(named.get('Lesson 0.10')?.['id'])}#s-a`,
      '/courses/copy2',
      '/courses/mathsother',
      '/learn/maths/gone',
    ])
  })

  test('is made once, however often it is pressed, in as many statements for 24 lessons as for 2', async () => {
    await makeCourse(owner, 'north', 'tiny', { instructorId: 'tea0', modules: 1, lessons: 2 })
    const counts: number[] = []
    for (const courseId of ['tiny', 'maths']) {
      const pressed = () => copy(`many${courseId}`, courseId)
      counts.push((await statementsOf(pressed)).length)
      const again = await Promise.all([pressed(), pressed()])
      expect(again.map(({ created }) => created)).toEqual([false, false])
    }
    // Turning links takes one statement more where there are links.
    expect(counts[1]).toBe((counts[0] ?? 0) + 1)
    const at = await Promise.all([copy('once', 'tiny'), copy('once', 'tiny'), copy('once', 'tiny')])
    expect(at.filter(({ created }) => created)).toHaveLength(1)
  })

  test('of a colleague’s or another school’s course is refused, as is one more than the plan allows', async () => {
    const before = await fingerprint(owner, 'north')
    const other = { userId: 'tea1', everyCourse: false }
    await expect(copy('no1', 'maths', other)).rejects.toMatchObject({ code: 'forbidden' })
    const south = withTenant('south', (db) =>
      duplicateCourse(db, {
        id: 'no2',
        courseId: 'maths',
        by: { userId: 'sam0', everyCourse: true },
        limit: null,
        locale: 'en',
      }),
    )
    await expect(south).rejects.toMatchObject({ code: 'not_found' })
    await expect(copy('no3', 'maths', tea0, 2)).rejects.toMatchObject({ code: 'limit_reached' })
    expect(await fingerprint(owner, 'north')).toBe(before)
  })

  test('keeps its cover when the original gives it up', async () => {
    const key = 'north/public/covers/0123456789abcdef0123456789abcdef-960.webp'
    await owner.query(
      `insert into "StoredFile" ("tenantId", key, kind, "contentType", bytes, sha256) values ('north', $1, 'cover', 'image/webp', 10, 'ab')`,
      [key],
    )
    await copy('cover', 'maths')
    const use = { unit: north, record: () => Promise.resolve() }
    const kept = async () => (await owner.query('select 1 from "StoredFile" where key = $1', [key])).rowCount
    await removeCover(use, { courseId: 'maths', by: tea0 })
    expect(await kept()).toBe(1)
    await owner.query(`update "Course" set thumbnail = null where thumbnail = $1 and id <> 'cover'`, [key])
    await removeCover(use, { courseId: 'cover', by: tea0 })
    expect(await kept()).toBe(0)
  })
})
