import { beforeAll, describe, expect, test } from 'vitest'
import {
  type CategoryRow,
  ensureCategories,
  listCategories,
  setCourseCategories,
} from '#lib/db/queries/categories'
import { findEditable, getSettings } from '#lib/db/queries/teach'
import { withTenant } from '#lib/db/tenant'
import { AppError } from '#lib/errors'
import { changeDetails } from '#lib/teach/change-details'
import {
  archiveCourse,
  publishCourse,
  redraftCourse,
  removeCourse,
  restoreCourse,
} from '#lib/teach/change-status'
import { type DetailsForm, detailsForm } from '#lib/teach/contract'
import { createCourse } from '#lib/teach/create-course'
import { enrollPerson, removeLearner } from '#lib/teach/enroll-person'
import { judgeCourse } from '#lib/teach/judge-course'
import { newId } from '#lib/teach/new-id'
import type { Details } from '#lib/teach/rules'
import { detailsOf } from '#lib/teach/views'
import { testDatabase } from '#tests/support/database'
import { makeCourse, makeEnrollments, makePeople, makeSchool } from '#tests/support/factories'
import { statementsOf } from './statements'

// A course as a whole: made once however often it is pressed, within the plan, by whom it belongs to.

const { owner } = await testDatabase()
const north = <T>(query: Parameters<typeof withTenant<T>>[1]) => withTenant('north', query)
const small = <T>(query: Parameters<typeof withTenant<T>>[1]) => withTenant('small', query)
const tea0 = { userId: 'tea0', everyCourse: false }
const tea1 = { userId: 'tea1', everyCourse: false }
const anchorsOf = () => new Set<string>()
const locale = 'en'

const WRITTEN = JSON.stringify({
  type: 'doc',
  content: [{ type: 'paragraph', content: [{ type: 'text', text: 'Hi' }] }],
})

/** A course of the first instructor's whose lessons all say something. */
async function written(id: string, status: 'DRAFT' | 'PUBLISHED' | 'ARCHIVED' = 'DRAFT'): Promise<string> {
  await makeCourse(owner, 'north', id, { instructorId: 'tea0', status, modules: 1, lessons: 2 })
  await owner.query('update "Lesson" set content = $1 where "moduleId" = $2', [WRITTEN, `${id}m0`])
  return id
}

async function statusOf(id: string): Promise<string | undefined> {
  const { rows } = await owner.query<{ status: string }>('select status from "Course" where id = $1', [id])
  return rows[0]?.status
}

/** What a refusal says of a field. */
async function faultOf(attempt: Promise<unknown>, code: string, field: string): Promise<string> {
  const error: unknown = await attempt.then(
    () => null,
    (reason: unknown) => reason,
  )
  if (!(error instanceof AppError)) throw new Error('Nothing was refused.')
  expect(error.code).toBe(code)
  return error.fields[field] ?? ''
}

beforeAll(async () => {
  await makeSchool(owner, 'north')
  await makeSchool(owner, 'small')
  await makePeople(owner, 'north', 'tea', { count: 2, role: 'INSTRUCTOR' })
  await makePeople(owner, 'north', 'ann', { count: 5 })
  await makePeople(owner, 'small', 'sam', { role: 'INSTRUCTOR' })
})

describe('making', () => {
  test('pressed five times at once makes one course and takes one place', async () => {
    const id = newId('small', 'sam0', 'k'.repeat(32))
    const course = { id, instructorId: 'sam0', title: 'Once', limit: 1 }
    const made = await Promise.all([1, 2, 3, 4, 5].map(() => small((db) => createCourse(db, course))))
    expect(made.filter(({ created }) => created)).toHaveLength(1)
    expect(new Set(made.map((one) => one.id))).toEqual(new Set([id]))
  })

  test('the last place is taken once, by whoever comes first, and a restored course takes one too', async () => {
    await owner.query(`delete from "Course" where "tenantId" = 'small'`)
    const make = (n: number) =>
      small((db) => createCourse(db, { id: `s${n}`, instructorId: 'sam0', title: `S ${n}`, limit: 3 }))
    const done = await Promise.allSettled([1, 2, 3, 4, 5, 6].map(make))
    expect(done.filter(({ status }) => status === 'fulfilled')).toHaveLength(3)
    const refused = done.filter((one) => one.status === 'rejected')
    for (const { reason } of refused) expect(reason).toMatchObject({ code: 'limit_reached' })
    const { rows } = await owner.query<{ id: string }>(`select id from "Course" where "tenantId" = 'small'`)
    expect(rows).toHaveLength(3)
    const by = { userId: 'sam0', everyCourse: false }
    const courseId = rows[0]?.id ?? ''
    await small((db) => removeCourse(db, { courseId, by }))
    await make(7)
    const back = small((db) => restoreCourse(db, { courseId, by, limit: 3 }))
    await expect(back).rejects.toMatchObject({ code: 'limit_reached' })
    expect(await small((db) => restoreCourse(db, { courseId, by, limit: null }))).toBe(true)
    expect(await small((db) => restoreCourse(db, { courseId, by, limit: null }))).toBe(false)
  })

  test('a key names a course of nobody else’s', () => {
    const key = 'a'.repeat(32)
    expect(newId('north', 'tea0', key)).toBe(newId('north', 'tea0', key))
    const others = [
      newId('south', 'tea0', key),
      newId('north', 'tea1', key),
      newId('north', 'tea0', 'b'.repeat(32)),
    ]
    expect(new Set([newId('north', 'tea0', key), ...others]).size).toBe(4)
    for (const id of others) expect(id).toMatch(/^[a-z0-9]{1,40}$/)
  })
})

describe('publishing', () => {
  test('is refused while something stops it, and judged in the same transaction', async () => {
    const id = await written('gate')
    await owner.query(`update "Lesson" set content = null where id = 'gatem0l1'`)
    const publish = () => north((db) => publishCourse(db, { courseId: id, by: tea0, anchorsOf, locale }))
    await expect(publish()).rejects.toMatchObject({ code: 'invalid_input' })
    expect(await statusOf(id)).toBe('DRAFT')
    await owner.query(`update "Lesson" set content = $1 where id = 'gatem0l1'`, [WRITTEN])
    expect(await publish()).toEqual({ before: 'DRAFT', after: 'PUBLISHED' })
    expect(await publish()).toEqual({ before: 'PUBLISHED', after: 'PUBLISHED' })
  })

  test('and everything else about the state is a colleague’s to leave alone', async () => {
    const id = await written('theirs')
    const input = { courseId: id, by: tea1 }
    for (const attempt of [
      () => north((db) => publishCourse(db, { ...input, anchorsOf, locale })),
      () => north((db) => archiveCourse(db, input)),
      () => north((db) => redraftCourse(db, { ...input, locale })),
      () => north((db) => removeCourse(db, input)),
      () => north((db) => restoreCourse(db, { ...input, limit: null })),
      () => north((db) => findEditable(db, input)),
    ])
      await expect(attempt()).rejects.toMatchObject({ code: 'forbidden' })
    await north((db) => removeCourse(db, { courseId: id, by: tea0 }))
    // A deleted course is no colleague's business at all.
    const stolen = north((db) => restoreCourse(db, { ...input, limit: null }))
    await expect(stolen).rejects.toMatchObject({ code: 'not_found' })
  })

  test('looks at links into other courses, in three statements whatever there is', async () => {
    const id = await written('links')
    await written('open', 'PUBLISHED')
    await written('closed')
    const link = (href: string) => ({
      type: 'paragraph',
      content: [{ type: 'text', text: 'x', marks: [{ type: 'link', attrs: { href } }] }],
    })
    const hrefs = [
      '/courses/open',
      '/learn/open/openm0l0',
      '/courses/closed',
      '/learn/closed/closedm0l0',
      '/courses/nowhere',
    ]
    const content = JSON.stringify({ type: 'doc', content: hrefs.map(link) })
    await owner.query(`update "Lesson" set content = $1 where id = 'linksm0l0'`, [content])
    const sent = await statementsOf(async () => {
      const found = await north((db) => judgeCourse(db, { courseId: id, anchorsOf }))
      expect(found.map(({ rule, block }) => [rule, block])).toEqual([
        ['broken-link', 2],
        ['broken-link', 3],
        ['broken-link', 4],
      ])
    })
    expect(sent).toHaveLength(3)
  })
})

describe('going back to a draft', () => {
  test('is possible until somebody is enrolled; archiving always is', async () => {
    const id = await written('again', 'PUBLISHED')
    const input = { courseId: id, by: tea0, locale }
    expect(await north((db) => redraftCourse(db, input))).toEqual({ before: 'PUBLISHED', after: 'DRAFT' })
    await owner.query(`update "Course" set status = 'PUBLISHED' where id = $1`, [id])
    await makeEnrollments(owner, 'north', id, ['ann0'])
    await expect(north((db) => redraftCourse(db, input))).rejects.toMatchObject({ code: 'invalid_input' })
    expect(await north((db) => archiveCourse(db, input))).toEqual({ before: 'PUBLISHED', after: 'ARCHIVED' })
    await expect(north((db) => redraftCourse(db, input))).rejects.toMatchObject({ code: 'invalid_input' })
    expect(await statusOf(id)).toBe('ARCHIVED')
  })
})

describe('learners', () => {
  const enroll = (email: string, courseId: string, by = tea0) =>
    north((db) => enrollPerson(db, { courseId, by, email, locale }))

  test('are enrolled by address, once, and no more than there are seats', async () => {
    const id = await written('seats', 'PUBLISHED')
    await owner.query(`update "Course" set capacity = 2, enrollment = 'INVITED' where id = $1`, [id])
    const people = ['ann0', 'ann1', 'ann2', 'ann3'].map((one) => `${one}@north.example`)
    const done = await Promise.allSettled(people.map((email) => enroll(email, id)))
    expect(done.filter(({ status }) => status === 'fulfilled')).toHaveLength(2)
    for (const one of done)
      if (one.status === 'rejected') expect(one.reason).toMatchObject({ code: 'invalid_input' })
    const full = enroll('ann4@north.example', id)
    expect(await faultOf(full, 'invalid_input', 'email')).toContain('All 2 seats')
    const [first = ''] = people.filter((_email, index) => done[index]?.status === 'fulfilled')
    expect(await enroll(first, id)).toMatchObject({ created: false })
    await north((db) => removeLearner(db, { courseId: id, by: tea0, userId: first.split('@')[0] ?? '' }))
    expect(await enroll('ann4@north.example', id)).toMatchObject({ created: true })
  })

  test('come from this school alone, into a published course, by whom it belongs to', async () => {
    const id = await written('whose', 'PUBLISHED')
    const draft = await written('unborn')
    await expect(enroll('sam0@small.example', id)).rejects.toMatchObject({ code: 'invalid_input' })
    await expect(enroll('ann0@north.example', draft)).rejects.toMatchObject({ code: 'invalid_input' })
    await expect(enroll('ann0@north.example', id, tea1)).rejects.toMatchObject({ code: 'forbidden' })
    const removal = north((db) => removeLearner(db, { courseId: id, by: tea1, userId: 'ann0' }))
    await expect(removal).rejects.toMatchObject({ code: 'forbidden' })
    const stranger = north((db) => removeLearner(db, { courseId: id, by: tea0, userId: 'ann0' }))
    await expect(stranger).rejects.toMatchObject({ code: 'not_found' })
  })
})

describe('details', () => {
  async function current(courseId: string): Promise<Details> {
    return detailsOf(await north((db) => getSettings(db, courseId)))
  }

  function form(courseId: string, base: Details, changes: Readonly<Record<string, unknown>>): DetailsForm {
    const { categories, ...rest } = base
    const ids = categories === '' ? [] : categories.split(',')
    return detailsForm.parse({
      ...{ courseId, base: JSON.stringify(base), newCategories: '', ...rest, categories: ids },
      ...changes,
    })
  }

  const save = (courseId: string, base: Details, changes: Readonly<Record<string, unknown>>, by = tea0) =>
    north((db) => changeDetails(db, { by, locale, form: form(courseId, base, changes) }))

  test('of two who change different things both are kept; the same thing is refused and named', async () => {
    const id = await written('merge')
    const base = await current(id)
    await save(id, base, { title: 'Algebra', description: 'One\r\ntwo', capacity: '20' })
    await save(id, base, { outcomes: 'Add.\r\n\r\n  Subtract.  ', timeZone: 'Asia/Tokyo' })
    expect(await current(id)).toMatchObject({
      ...{ title: 'Algebra', description: 'One\ntwo', capacity: '20' },
      ...{ outcomes: 'Add.\nSubtract.', timeZone: 'Asia/Tokyo' },
    })
    const clash = save(id, base, { title: 'Geometry', capacity: '20' })
    expect(await faultOf(clash, 'conflict', 'title')).toContain('Algebra')
    // Having seen it, they may put theirs in its place.
    const seen = { ...base, title: 'Algebra' }
    expect(await save(id, seen, { title: 'Geometry' })).toEqual({
      before: { title: 'Algebra' },
      after: { title: 'Geometry' },
    })
    expect(await current(id)).toMatchObject({ title: 'Geometry', capacity: '20' })
    const now = await current(id)
    expect(await save(id, now, {})).toBeNull()
  })

  test('a key is needed where one is asked for, and never written into the log', async () => {
    const id = await written('keyed')
    const base = await current(id)
    const short = save(id, base, { enrollment: 'KEY', enrollmentKey: 'abc' })
    expect(await faultOf(short, 'invalid_input', 'enrollmentKey')).not.toBe('')
    const done = await save(id, base, { enrollment: 'KEY', enrollmentKey: 'open sesame' })
    expect(JSON.stringify(done)).not.toContain('sesame')
    expect(await current(id)).toMatchObject({ enrollmentKey: 'open sesame' })
  })

  test('a colleague’s are refused', async () => {
    const id = await written('hands')
    await expect(save(id, await current(id), { title: 'Mine' }, tea1)).rejects.toMatchObject({
      code: 'forbidden',
    })
  })

  test('what can’t be stored is refused before it is sent', () => {
    const base: Details = {
      ...{ title: 'T', description: '', outcomes: '', categories: '', timeZone: '' },
      ...{ enrollment: 'OPEN', enrollmentKey: '', capacity: '' },
    }
    const wrong = [
      ...[
        { title: '  ' },
        { title: 'x'.repeat(201) },
        { title: 'a\nb' },
        { capacity: '0' },
        { capacity: '-1' },
      ],
      ...[{ capacity: '1000001' }, { capacity: '1.5' }, { timeZone: 'Mars/Base' }, { enrollment: 'ALL' }],
      ...[
        { outcomes: Array.from({ length: 21 }, (_, n) => `Line ${n}`).join('\n') },
        { base: '{}' },
        { base: 'x' },
      ],
      ...[{ newCategories: 'x'.repeat(61) }, { categories: ['NO ID'] }, { tenantId: 'small' }],
    ]
    for (const changes of wrong) expect(() => form('x', base, changes)).toThrow()
  })

  test('categories are made once whatever their capitals, and those of another school count for nothing', async () => {
    const id = await written('shelf')
    const base = await current(id)
    await Promise.all([
      save(id, base, { newCategories: 'Science\nArt' }),
      north((db) => ensureCategories(db, ['ART', 'music'])),
    ])
    const names = (rows: CategoryRow[]) => rows.map(({ name }) => name.toLowerCase())
    expect(names(await north((db) => listCategories(db)))).toEqual(['art', 'music', 'science'])
    const [foreign = ''] = await small((db) => ensureCategories(db, ['Theirs']))
    await north((db) => setCourseCategories(db, { courseId: id, categoryIds: [foreign] }))
    expect(await current(id)).toMatchObject({ categories: '' })
  })
})
