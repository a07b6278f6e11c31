import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { changeGrade } from '#lib/grades/change-grades'
import { changeForm } from '#lib/grades/contract'
import { exportGrades } from '#lib/grades/export-grades'
import { importGrades, previewGrades } from '#lib/grades/import-grades'
import { loadPersonGrades } from '#lib/grades/load-grades'
import { testDatabase } from '#tests/support/database'
import { makeCourse, makePeople } from '#tests/support/factories'
import { gone, makeExamWorld, makeSitting, north, south, start, submit, truth } from './exam-support'

// Grades as a file: out and in again without a change, what would change first, all of it or nothing.

const { owner } = await testDatabase()
const by = { userId: 'tea0', everyCourse: false }
const place = { by, timeZone: 'UTC', locale: 'en' }
const client = { ip: '', requestId: null }

const takeOut = () =>
  north((db) => exportGrades(db, { courseId: 'maths', timeZone: 'UTC', actorId: 'tea0', client }))
const check = (text: string, who = by) =>
  north((db) => previewGrades(db, { ...place, by: who, form: { courseId: 'maths', text } }))
const apply = (text: string, stamp: string, reason = 'From the file') =>
  north((db) => importGrades(db, { ...place, form: { courseId: 'maths', text, stamp, reason } }))
const pointsOf = async (userId: string, item: string) => {
  const { categories } = await north((db) =>
    loadPersonGrades(db, { courseId: 'maths', userId, timeZone: 'UTC' }),
  )
  return categories.flatMap(({ lines }) => lines).find((line) => line.item.id === item)?.points ?? null
}
const changeCount = async () => {
  const { rows } = await owner.query<{ n: number }>(`select count(*)::int as n from "GradeChange"`)
  return rows[0]?.n ?? 0
}

const NASTY = ['=cmd|calc', 'Zeile\nzwei', 'a,b;c\td', 'quo"te', '@SUM(1)', ' spaced ', '[brackets] [x]']

beforeAll(async () => {
  await makeExamWorld(owner)
  await makePeople(owner, 'north', 'tea1x', { role: 'INSTRUCTOR' })
  await makeCourse(owner, 'north', 'art', { instructorId: 'tea1x0' })
  for (const [n, title] of NASTY.entries())
    await owner.query(
      `insert into "Assignment" (id, "tenantId", "courseId", title, points, "publishedAt") values ($1, 'north', 'maths', $2, 20, now())`,
      [`nasty${String(n)}`, title.replace('\n', ' ')],
    )
  for (const n of [0, 1, 2, 3])
    await owner.query(
      `insert into "Submission" ("tenantId", "assignmentId", "userId", content, grade, "gradedAt")
       values ('north', $1, $2, 'x', $3, now())`,
      [`nasty${String(n)}`, `ann${String(n)}`, n * 3.25],
    )
  await owner.query(`update "User" set name = '=HYPERLINK("http://evil.test")' where id = 'ann1'`)
  const examId = await makeSitting(owner)
  const { attemptId } = await start(examId, 'ann4')
  await submit({ examId, attemptId }, [truth('q0', 1, true)], 'ann4')
  const form = changeForm.parse({
    courseId: 'maths',
    userId: 'ann5',
    item: 'nasty0',
    excused: 'on',
    points: '',
    seen: '0',
    reason: 'ill',
  })
  await north((db) => changeGrade(db, { ...place, form }))
})

describe('out and in again', () => {
  test('changes nothing, whatever names and titles hold, and nothing in it is calculated', async () => {
    const csv = await takeOut()
    expect(csv).toContain(`"'=HYPERLINK(""http://evil.test"")"`)
    expect(csv).toMatch(/'=cmd\|calc \[nasty0\]/)
    expect(csv).toContain('EX')
    for (const line of csv.replace(/^\uFEFF/, '').split('\r\n'))
      for (const cell of line.split(',')) expect(cell).not.toMatch(/^"?[=@]/)
    const report = await check(csv)
    expect(report).toMatchObject({ rows: 11, changeCount: 0, faultCount: 0, ignored: [] })
    const { rows } = await owner.query(`select action, after from "AuditLog" where action = 'grade.export'`)
    expect(rows).toMatchObject([{ after: { rows: 11 } }])
  })

  test('with other numbers changes just those, once, with one reason', async () => {
    const text =
      'email;Three [nasty3];One [nasty1]\nann0@north.example;7,5;\nANN3@north.example;EX;2\nann1@north.example;;3.25'
    const report = await check(text)
    expect(report.changes).toEqual([
      expect.objectContaining({ line: 2, name: 'Person ann0', from: null, to: '7.5' }),
      expect.objectContaining({ line: 3, from: '9.75', to: null, excused: true }),
      expect.objectContaining({ line: 3, from: null, to: '2' }),
    ])
    expect(await changeCount()).toBe(1)
    expect(await apply(text, report.stamp)).toBe(3)
    expect([
      await pointsOf('ann0', 'nasty3'),
      await pointsOf('ann3', 'nasty1'),
      await pointsOf('ann3', 'nasty3'),
    ]).toEqual(['7.5', '2', null])
    // A second press: what it showed is done, and what would be done now is another thing.
    await expect(apply(text, report.stamp)).rejects.toMatchObject({ code: 'conflict' })
    expect(await changeCount()).toBe(4)
    expect((await check(text)).changeCount).toBe(0)
  })

  test('is refused when a grade was changed since the preview', async () => {
    const text = 'email,One [nasty1]\nann6@north.example,4'
    const { stamp } = await check(text)
    const form = changeForm.parse({
      courseId: 'maths',
      userId: 'ann6',
      item: 'nasty1',
      points: '5',
      seen: '0',
    })
    await north((db) => changeGrade(db, { ...place, form }))
    await expect(apply(text, stamp)).rejects.toMatchObject({ code: 'conflict' })
    expect(await pointsOf('ann6', 'nasty1')).toBe('5')
  })
})

describe('a broken file', () => {
  test.each([
    ['', 'There is nothing in it'],
    ['email,One [nasty1]', 'There is nothing in it'],
    ['name,One [nasty1]\nx,1', 'no column “email”'],
    ['email,One\nx,1', 'names no exam or assignment'],
    ['email,"One [nasty1]\nx,1', 'quotes'],
  ])('is told in one sentence: %s', async (text, words) => {
    await expect(check(text)).rejects.toMatchObject({
      fields: { text: expect.stringContaining(words) as string },
    })
  })

  test('has a report by line, and changes nothing at all', async () => {
    const before = await changeCount()
    const text = [
      'email,One [nasty1],Gone [nowhere],notes',
      'ann7@north.example,9,1,x',
      'stranger@north.example,1,,',
      'ann7@north.example,8,,',
      'ann8@north.example,many,,',
      'ann9@north.example,100000,,',
      'ann10@north.example,-1,,,,surplus',
      'ann2@north.example,1e3,,',
    ].join('\n')
    const report = await check(text)
    expect(report.faults.map(({ line, kind }) => [line, kind])).toEqual([
      [3, 'unknown'],
      [4, 'twice'],
      [5, 'points'],
      [6, 'points'],
      [7, 'surplus'],
      [8, 'points'],
    ])
    expect(report.ignored).toEqual(['notes', 'Gone [nowhere]'])
    await expect(apply(text, report.stamp)).rejects.toMatchObject({ code: 'invalid_input' })
    expect(await changeCount()).toBe(before)
  })

  test('never breaks the reader', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ maxLength: 200 }), async (noise) => {
        const text = `email,One [nasty1]\nann9@north.example,${noise}\n${noise}`
        const outcome = await check(text).catch((error: unknown) => error)
        expect(outcome).toBeDefined()
        if (outcome instanceof Error) expect(outcome).toMatchObject({ code: 'invalid_input' })
      }),
      { numRuns: 40 },
    )
  })
})

test('is of one’s own course, in one’s own school', async () => {
  const text = 'email,One [nasty1]\nann0@north.example,1'
  await expect(check(text, { userId: 'tea1x0', everyCourse: false })).rejects.toMatchObject({
    code: 'forbidden',
  })
  await expect(
    south((db) => previewGrades(db, { ...place, form: { courseId: 'maths', text } })),
  ).rejects.toMatchObject(gone)
  await expect(
    south((db) => exportGrades(db, { courseId: 'maths', timeZone: 'UTC', actorId: 'tea0', client })),
  ).rejects.toMatchObject(gone)
})
