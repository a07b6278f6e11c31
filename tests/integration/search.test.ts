import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { searchCourses, searchExams, searchLessons } from '#lib/db/queries/search'
import type { Reader } from '#lib/db/queries/catalog'
import { MARK_CLOSES, MARK_OPENS } from '#lib/search/rules/snippet'
import { queryText, wordsOf } from '#lib/search/rules/words'
import { withTenant } from '#lib/db/tenant'
import { testDatabase } from '#tests/support/database'
import { makeCourse, makeEnrollments, makeExam, makePeople, makeSchool } from '#tests/support/factories'
import { statementsOf } from './statements'

const { owner } = await testDatabase()
const north = <T>(query: Parameters<typeof withTenant<T>>[1]) => withTenant('north', query)
const MARKS = { opens: MARK_OPENS, closes: MARK_CLOSES }

const VISITOR: Reader = null
const LEARNER: Reader = { userId: 'ann0', everyCourse: false }
const TEACHER: Reader = { userId: 'tea0', everyCourse: false }
const OTHER: Reader = { userId: 'tea1', everyCourse: false }
const ADMIN: Reader = { userId: 'adm0', everyCourse: true }

const find = (q: string, reader: Reader, school = 'north') =>
  withTenant(school, (db) =>
    searchLessons(db, { words: queryText(q) ?? '', reader, limit: 20, marks: MARKS }),
  )
const ids = async (q: string, reader: Reader, school = 'north') =>
  (await find(q, reader, school)).map(({ id }) => id).sort()
const write = (id: string, text: string, more = '') =>
  owner.query(`UPDATE "Lesson" SET "contentText" = $2${more} WHERE id = $1`, [id, text])

beforeAll(async () => {
  for (const school of ['north', 'south']) await makeSchool(owner, school)
  await makePeople(owner, 'north', 'tea', { role: 'INSTRUCTOR', count: 2 })
  await makePeople(owner, 'north', 'adm', { role: 'ADMIN' })
  await makePeople(owner, 'north', 'ann', { count: 2 })
  await makePeople(owner, 'south', 'tom', { role: 'INSTRUCTOR' })
  for (const id of ['open', 'closed'])
    await makeCourse(owner, 'north', id, { instructorId: 'tea0', modules: 1, lessons: 5 })
  await makeCourse(owner, 'north', 'draft', { instructorId: 'tea0', status: 'DRAFT', modules: 1, lessons: 1 })
  await makeCourse(owner, 'south', 'foreign', { instructorId: 'tom0', modules: 1, lessons: 1 })
  await makeEnrollments(owner, 'north', 'open', ['ann0'])
  await write('openm0l0', 'Photosynthesis turns light into sugar.', ', preview = true')
  await write('openm0l1', 'Mitochondria burn sugar; photosynthesis made it.')
  await write('openm0l2', 'Photosynthesis again, next year.', `, "releaseAt" = now() + interval '1 day'`)
  await write('openm0l3', 'Photosynthesis after the first.', `, "releaseAfterId" = 'openm0l1'`)
  await write('openm0l4', 'Photosynthesis, deleted.', ', "deletedAt" = now()')
  await write('closedm0l0', 'Photosynthesis behind a door.')
  await write('closedm0l1', 'Photosynthesis, a taste of it.', ', preview = true')
  await write('draftm0l0', 'Photosynthesis, not yet written.', ', preview = true')
  await write('foreignm0l0', 'Photosynthesis of another school.', ', preview = true')
})

describe('who finds a lesson by its words', () => {
  test('a visitor: previews of published courses; a learner: also the lessons of their courses that are released', async () => {
    const previews = ['closedm0l1', 'openm0l0']
    expect(await ids('photosynthesis', VISITOR)).toEqual(previews)
    expect(await ids('photosynthesis', OTHER)).toEqual(previews)
    expect(await ids('photosynthesis', LEARNER)).toEqual(['closedm0l1', 'openm0l0', 'openm0l1'])
  })

  test('whoever is in charge: everything of theirs, drafts and closed lessons too; nobody a deleted one', async () => {
    const all = ['closedm0l0', 'closedm0l1', 'draftm0l0', 'openm0l0', 'openm0l1', 'openm0l2', 'openm0l3']
    expect(await ids('photosynthesis', TEACHER)).toEqual(all)
    expect(await ids('photosynthesis', ADMIN)).toEqual(all)
  })

  test('a lesson that waits for another, once that is completed', async () => {
    await owner.query(
      `INSERT INTO "LessonProgress" ("tenantId", "enrollmentId", "userId", "lessonId", completed, "completedAt")
       VALUES ('north', 'openeann0', 'ann0', 'openm0l1', true, now())`,
    )
    expect(await ids('after the first', LEARNER)).toEqual(['openm0l3'])
    await owner.query(`DELETE FROM "LessonProgress" WHERE "userId" = 'ann0'`)
    expect(await ids('after the first', LEARNER)).toEqual([])
  })

  test('nobody finds a word, in a snippet or by its mere number, of what is closed to them', async () => {
    for (const reader of [VISITOR, LEARNER, OTHER]) {
      for (const word of ['behind', 'door', 'written', 'deleted', 'another'])
        expect(await ids(word, reader)).toEqual([])
      const shown = (await find('photosynthesis', reader)).map(({ snippet }) => snippet).join(' ')
      expect(shown).not.toMatch(/door|written|next year|deleted|another school/)
    }
    expect(await ids('photosynthesis', ADMIN, 'south')).toEqual(['foreignm0l0'])
    expect(await ids('photosynthesis', TEACHER, 'south')).toEqual(['foreignm0l0'])
    expect(await ids('mitochondria', ADMIN, 'south')).toEqual([])
  })

  test('nothing is found by the mark of a school in the index', async () => {
    for (const q of ['tenant/north', 'tenant/south', 'north', 'tenant', 'tenants', 'tena', '\u{1}north']) {
      for (const school of ['north', 'south']) expect(await ids(q, ADMIN, school)).toEqual([])
    }
  })
})

describe('what is found', () => {
  test('holds all words, the last one as a beginning, titles before texts', async () => {
    expect(await ids('sugar mito', LEARNER)).toEqual(['openm0l1'])
    expect(await ids('mito sugar burned', LEARNER)).toEqual([])
    expect(await ids('sugar nothing', LEARNER)).toEqual([])
    await owner.query(`UPDATE "Lesson" SET title = 'About sugar' WHERE id = 'openm0l1'`)
    expect((await find('sugar', LEARNER)).map(({ id }) => id)).toEqual(['openm0l1', 'openm0l0'])
  })

  test('has what was asked for between marks, and no mark of the text’s own', async () => {
    await write('openm0l0', `Photosynthesis ${MARK_OPENS}turns${MARK_CLOSES} <b>light</b> into sugar.`)
    expect((await find('light', VISITOR))[0]?.snippet).toBe(
      `Photosynthesis turns <b>${MARK_OPENS}light${MARK_CLOSES}</b> into sugar`,
    )
    await write('openm0l0', 'Photosynthesis turns light into sugar. We use node.js and e-mail.')
  })

  test('is found by what stands in angle brackets, and shows it: a lesson’s text is plain', async () => {
    await write('openm0l0', 'A <div> holds <img src="a.png"> and 1 < 2 > 0; List<String> too.')
    expect((await find('div', VISITOR))[0]?.snippet).toBe(
      `${MARK_OPENS}div${MARK_CLOSES}> holds <img src="a.png"> and 1 < 2 > 0; List<String`,
    )
    for (const q of ['img', 'string', '<div>', 'list<string>'])
      expect(await ids(q, VISITOR), q).toEqual(['openm0l0'])
    await owner.query(`UPDATE "Lesson" SET title = 'What <section> means' WHERE id = 'openm0l0'`)
    expect(await ids('section', VISITOR)).toEqual(['openm0l0'])
    await owner.query(`UPDATE "Lesson" SET title = 'Lesson' WHERE id = 'openm0l0'`)
    await write('openm0l0', 'Photosynthesis turns light into sugar. We use node.js and e-mail.')
  })

  test('is found by words with points and hyphens in them, whole and begun', async () => {
    for (const q of ['node.js', 'node.j', 'e-mail', 'e-mai', 'NODE.JS', 'light e-mail']) {
      expect(await ids(q, VISITOR)).toEqual(['openm0l0'])
    }
  })

  test('is nothing for words that the language leaves out, and for none at all', async () => {
    for (const q of ['the', 'of the', 'and']) expect(await ids(q, ADMIN)).toEqual([])
    for (const q of ['', '  ', '!&|', "'"]) expect(queryText(q)).toBeNull()
  })

  test('is looked for whatever is typed: no text is a syntax error', async () => {
    const typed = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc.string({ unit: fc.constantFrom(...Array.from(`ab '\\&|!():*<->."%_/-`)), maxLength: 40 }),
    )
    await fc.assert(
      fc.asyncProperty(typed, async (q) => {
        const words = queryText(q)
        const lessons = words === null ? [] : await find(q, LEARNER)
        const courses = await north((db) =>
          searchCourses(db, { words: wordsOf(q), reader: LEARNER, limit: 5 }),
        )
        expect([lessons, courses].every(Array.isArray)).toBe(true)
      }),
      { numRuns: 150 },
    )
  })

  test('among courses: titles of published ones, and one’s own drafts', async () => {
    const courses = (q: string, reader: Reader) =>
      north(async (db) =>
        (await searchCourses(db, { words: wordsOf(q), reader, limit: 9 })).map(({ id }) => id),
      )
    expect(await courses('course', VISITOR)).toEqual(['closed', 'open'])
    expect(await courses('course', TEACHER)).toEqual(['closed', 'open', 'draft'])
    expect(await courses('draft', OTHER)).toEqual([])
    expect(await courses('cour op', LEARNER)).toEqual(['open'])
    expect(await courses('100%', ADMIN)).toEqual([])
  })

  test('costs one statement', async () => {
    expect(await statementsOf(() => find('photosynthesis', LEARNER))).toHaveLength(1)
  })
})

describe('who finds an exam by its name', () => {
  beforeAll(async () => {
    for (const [id, courseId, published] of [
      ['xopen', 'open', true],
      ['xhidden', 'open', false],
      ['xclosed', 'closed', true],
      ['xdraft', 'draft', true],
    ] as const)
      await makeExam(owner, 'north', id, { courseId, published })
    await makeExam(owner, 'north', 'xgone', { courseId: 'open' })
    await makeExam(owner, 'south', 'xforeign', { courseId: 'foreign' })
    await owner.query(`UPDATE "Exam" SET title = 'Photosynthesis, an exam (' || id || ')'`)
    await owner.query(`UPDATE "Exam" SET "deletedAt" = now() WHERE id = 'xgone'`)
  })
  const exams = async (reader: Reader, q = 'exam photo') =>
    (await north((db) => searchExams(db, { words: wordsOf(q), reader, limit: 20 }))).map(({ id }) => id)

  test('a learner: what is published in their courses; whoever is in charge: all of it; nobody else anything', async () => {
    expect(await exams(VISITOR)).toEqual([])
    expect(await exams(OTHER)).toEqual([])
    expect(await exams(LEARNER)).toEqual(['xopen'])
    const all = ['xclosed', 'xdraft', 'xhidden', 'xopen']
    expect(await exams(TEACHER)).toEqual(all)
    expect(await exams(ADMIN)).toEqual(all)
    expect(await exams(LEARNER, 'exam chemistry')).toEqual([])
    expect(await exams(ADMIN, '100%_')).toEqual([])
  })
})

test('the ids come from the text index and not from reading every lesson of the school', async () => {
  await makeCourse(owner, 'south', 'big', { instructorId: 'tom0', modules: 30, lessons: 100 })
  await makeCourse(owner, 'north', 'large', { instructorId: 'tea0', modules: 30, lessons: 100 })
  await owner.query(
    `UPDATE "Lesson" SET "contentText" = 'Common words of lesson ' || id WHERE id LIKE 'big%' OR id LIKE 'large%'`,
  )
  await owner.query('VACUUM ANALYZE "Lesson"')
  // The function's own statement, with what it is given in place: PostgreSQL explains no function from within.
  const found = await owner.query<{ body: string }>(
    `SELECT prosrc AS body FROM pg_proc WHERE proname = 'smartlms_search_lessons'`,
  )
  const body =
    found.rows[0]?.body.replaceAll(/\bwords\b/g, `'''photosynthesis'':*'`).replaceAll(/\bmost\b/g, '1000') ??
    ''
  const client = await owner.connect()
  try {
    await client.query(`SELECT set_config('app.tenant_id', 'north', false)`)
    const plan = await client.query<{ 'QUERY PLAN': string }>(`EXPLAIN ${body}`)
    expect(plan.rows.map((row) => row['QUERY PLAN']).join('\n')).toContain(
      'Bitmap Index Scan on lesson_searchable',
    )
    expect((await client.query(body)).rowCount).toBe(7)
  } finally {
    client.release(true)
  }
})
