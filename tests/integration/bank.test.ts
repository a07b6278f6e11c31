import { beforeAll, describe, expect, test } from 'vitest'
import { copyToExam } from '#lib/bank/copy-to-exam'
import { bankSearch } from '#lib/bank/contract'
import { importQuestions } from '#lib/bank/import-questions'
import { keepInBank } from '#lib/bank/keep-in-bank'
import { findQuestions, loadBank, loadBankQuestion } from '#lib/bank/load-bank'
import { previewImport } from '#lib/bank/preview-import'
import { insertIntoBank, listBank, setArchived, writeBankQuestion } from '#lib/db/queries/bank'
import { getExam } from '#lib/db/queries/exams'
import { withTenant } from '#lib/db/tenant'
import { testDatabase } from '#tests/support/database'
import { makeCourse, makeExam, makePeople, makeSchool } from '#tests/support/factories'
import { statementsOf } from './statements'
import { walk } from './walk'

// The bank of a school: its own and nobody else's, exams hold copies, and an import is there once.

const { owner } = await testDatabase()
const north = <T>(query: Parameters<typeof withTenant<T>>[1]) => withTenant('north', query)
const south = <T>(query: Parameters<typeof withTenant<T>>[1]) => withTenant('south', query)
const by = { userId: 'tea0', everyCourse: false }
const colleague = { userId: 'tea1', everyCourse: false }
const gone = { code: 'not_found' }
const sample = {
  ...({ version: 1, id: 'q', type: 'true-false', prompt: 'Is it?', points: 1, explanation: '' } as const),
  correct: true,
} as const

async function banked(id: string, tags: readonly string[] = []): Promise<string> {
  const questions = [{ id, question: { ...sample, prompt: `About ${id}` }, tags }]
  await north((db) => insertIntoBank(db, { questions, authorId: 'tea0' }))
  return id
}

let exams = 0
async function exam(courseId = 'maths') {
  exams += 1
  const examId = `x${String(exams)}`
  await makeExam(owner, 'north', examId, { courseId, published: false })
  return { courseId, examId, timeZone: 'UTC' }
}

async function seenOf(examId: string): Promise<Date> {
  return (await north((db) => getExam(db, examId))).updatedAt
}

const search = (asked: Readonly<Record<string, string>>) => bankSearch.parse(asked)
const promptsOf = async (asked: Readonly<Record<string, string>>) =>
  (await north((db) => loadBank(db, { search: search(asked), by }))).questions.map(({ id }) => id)

beforeAll(async () => {
  for (const school of ['north', 'south']) await makeSchool(owner, school)
  await makePeople(owner, 'north', 'tea', { count: 2, role: 'INSTRUCTOR' })
  await makePeople(owner, 'south', 'sam', { role: 'INSTRUCTOR' })
  await makeCourse(owner, 'north', 'maths', { instructorId: 'tea0' })
  await makeCourse(owner, 'north', 'theirs', { instructorId: 'tea1' })
  await makeCourse(owner, 'south', 'foreign', { instructorId: 'sam0' })
})

describe('the list', () => {
  test('finds by words, kind, tag and state, and never another school’s', async () => {
    await banked('blue', ['colours', 'easy'])
    await banked('green', ['colours'])
    await banked('old')
    await north((db) => setArchived(db, { questionId: 'old', archived: true }))
    expect((await promptsOf({ tag: 'colours' })).toSorted()).toEqual(['blue', 'green'])
    expect(await promptsOf({ q: 'ABOUT BLUE' })).toEqual(['blue'])
    expect(await promptsOf({ q: '%' })).toEqual([])
    expect(await promptsOf({ q: 'blue', type: 'essay' })).toEqual([])
    expect(await promptsOf({ show: 'archived' })).toEqual(['old'])
    const { questions, tags } = await south((db) => loadBank(db, { search: search({}), by }))
    expect({ questions, tags }).toEqual({ questions: [], tags: [] })
    expect(await south((db) => findQuestions(db, { q: '', tag: '' }))).toMatchObject({ questions: [] })
  })

  test('shows each question once in both directions, at one statement a page', async () => {
    await owner.query(
      `INSERT INTO "BankQuestion" (id, "tenantId", question, type, prompt, tags, "createdAt")
       SELECT 'many' || n, 'north', $1::jsonb, 'true-false', 'Many', '{many}', '2026-01-01Z' FROM generate_series(1, 1000) n`,
      [JSON.stringify(sample)],
    )
    const filter = { q: '', type: '', tag: 'many', archived: false, by } as const
    const read100 = (db: Parameters<typeof listBank>[0], cursor: Parameters<typeof listBank>[1]['cursor']) =>
      listBank(db, { ...filter, cursor, limit: 100 })
    const { forwards, backwards, pages } = await walk((cursor) => north((db) => read100(db, cursor)))
    expect([new Set(forwards).size, forwards.length, pages]).toEqual([1_000, 1_000, 10])
    expect(backwards).toEqual(forwards)
    const read = () => north((db) => listBank(db, { ...filter, cursor: null, limit: 30 }))
    expect(await statementsOf(read)).toHaveLength(1)
  })

  test('says which exams ask a question, and leads to those one may edit', async () => {
    const questionId = await banked('asked')
    const [mine, other] = [await exam(), await exam('theirs')]
    await north(async (db) => {
      for (const [place, author] of [
        [mine, by],
        [other, colleague],
      ] as const) {
        const { updatedAt } = await getExam(db, place.examId)
        await copyToExam(db, { ...place, by: author, seen: updatedAt, questionIds: [questionId] })
      }
    })
    const { uses } = await north((db) => loadBankQuestion(db, { questionId, by }))
    expect(new Map(uses.map((use) => [use.examId, use.courseId]))).toEqual(
      new Map([
        [mine.examId, 'maths'],
        [other.examId, null],
      ]),
    )
    const listed = await north((db) => loadBank(db, { search: search({ q: 'asked' }), by }))
    expect(listed.questions[0]?.uses).toHaveLength(2)
  })
})

describe('a question', () => {
  test('of another school can’t be read, written or archived', async () => {
    const questionId = await banked('ours')
    const { question, seen } = await north((db) => loadBankQuestion(db, { questionId, by }))
    const change = { id: questionId, question, tags: [], seen: new Date(seen) }
    await expect(south((db) => loadBankQuestion(db, { questionId, by }))).rejects.toMatchObject(gone)
    await expect(south((db) => writeBankQuestion(db, change))).rejects.toMatchObject(gone)
    await expect(south((db) => setArchived(db, { questionId, archived: true }))).rejects.toMatchObject(gone)
  })

  test('is saved against what was seen, and no exam’s copy changes with it', async () => {
    const questionId = await banked('edited')
    const place = await exam()
    const seen = await seenOf(place.examId)
    await north((db) => copyToExam(db, { ...place, by, seen, questionIds: [questionId] }))
    const view = await north((db) => loadBankQuestion(db, { questionId, by }))
    const question = { ...view.question, prompt: 'Another text' }
    const change = { id: questionId, question, tags: ['new'], seen: new Date(view.seen) }
    await north((db) => writeBankQuestion(db, change))
    await expect(north((db) => writeBankQuestion(db, change))).rejects.toMatchObject({ code: 'conflict' })
    expect(await north((db) => loadBankQuestion(db, { questionId, by }))).toMatchObject({
      question,
      tags: ['new'],
    })
    const { questions } = await north((db) => getExam(db, place.examId))
    expect(questions.at(-1)).toMatchObject({ prompt: 'About edited', bankId: questionId })
  })

  test('that is archived twice changes once, and comes back', async () => {
    const questionId = await banked('moved')
    const move = (archived: boolean) => north((db) => setArchived(db, { questionId, archived }))
    expect([await move(true), await move(true), await move(false), await move(false)]).toEqual([
      ...[true, false, true, false],
    ])
  })
})

describe('taking from the bank', () => {
  test('adds copies with ids of their own, in the order named, and not twice over the same exam', async () => {
    const ids = [await banked('second'), await banked('first')].toReversed()
    const place = await exam()
    const seen = await seenOf(place.examId)
    const copy = () => north((db) => copyToExam(db, { ...place, by, seen, questionIds: ids }))
    const { held, added } = await copy()
    expect(added).toBe(2)
    const copies = held.questions.slice(-2)
    expect(copies.map(({ bankId, prompt }) => [bankId, prompt])).toEqual([
      ['first', 'About first'],
      ['second', 'About second'],
    ])
    for (const { id } of copies) expect(ids).not.toContain(id)
    await expect(copy()).rejects.toMatchObject({ code: 'conflict' })
    expect((await north((db) => getExam(db, place.examId))).questions).toEqual(held.questions)
  })

  test('is refused for archived ones, a colleague’s exam, another course’s and another school’s', async () => {
    const questionId = await banked('wanted')
    const archived = await banked('unwanted')
    await north((db) => setArchived(db, { questionId: archived, archived: true }))
    const [place, other] = [await exam(), await exam('theirs')]
    const take = (where: typeof place, questionIds: string[]) =>
      north(async (db) => {
        const { updatedAt } = await getExam(db, where.examId)
        return copyToExam(db, { ...where, by, seen: updatedAt, questionIds })
      })
    await expect(take(place, [questionId, archived])).rejects.toMatchObject(gone)
    await expect(take(other, [questionId])).rejects.toMatchObject({ code: 'forbidden' })
    await expect(take({ ...other, courseId: 'maths' }, [questionId])).rejects.toMatchObject(gone)
    await makeExam(owner, 'south', 'abroad', { courseId: 'foreign', published: false })
    const foreign = { courseId: 'foreign', examId: 'abroad', timeZone: 'UTC' }
    const sam = { userId: 'sam0', everyCourse: true }
    const abroad = south(async (db) => {
      const { updatedAt } = await getExam(db, 'abroad')
      return copyToExam(db, { ...foreign, by: sam, seen: updatedAt, questionIds: [questionId] })
    })
    await expect(abroad).rejects.toMatchObject(gone)
  })
})

describe('keeping in the bank', () => {
  test('makes the exam’s question a copy, and keeps it once', async () => {
    const place = await exam()
    const keep = async (bankId: string) => {
      const seen = await seenOf(place.examId)
      return north((db) => keepInBank(db, { ...place, by, seen, questionId: 'q1', bankId }))
    }
    const first = await keep('kept1')
    expect(first).toMatchObject({ bankId: 'kept1', created: true })
    expect(first.held.questions[1]).toMatchObject({ id: 'q1', bankId: 'kept1' })
    expect(await keep('kept2')).toMatchObject({ bankId: 'kept1', created: false })
    const view = await north((db) => loadBankQuestion(db, { questionId: 'kept1', by }))
    expect(view.uses.map(({ examId }) => examId)).toEqual([place.examId])
    expect(view.question.bankId).toBeUndefined()
  })

  test('is refused for what isn’t in the exam, what was changed since, and a colleague’s', async () => {
    const place = await exam()
    const seen = await seenOf(place.examId)
    const input = { ...place, by, seen, bankId: 'never' }
    await expect(north((db) => keepInBank(db, { ...input, questionId: 'nothing' }))).rejects.toMatchObject(
      gone,
    )
    const old = { ...input, questionId: 'q0', seen: new Date(0) }
    await expect(north((db) => keepInBank(db, old))).rejects.toMatchObject({ code: 'conflict' })
    const theirs = { ...input, questionId: 'q0', by: colleague }
    await expect(north((db) => keepInBank(db, theirs))).rejects.toMatchObject({ code: 'forbidden' })
    await expect(south((db) => keepInBank(db, { ...input, questionId: 'q0' }))).rejects.toMatchObject(gone)
  })
})

describe('an import', () => {
  const text = 'Is it? {T}\n\nWho? {=a ~b ~%50%c}\n\nbroken {=\n\nIs it? {T}\n\nWhy? {}'
  const count = async (school: string) => {
    const { rows } = await owner.query<{ count: number }>(
      'select count(*)::int as count from "BankQuestion" where "tenantId" = $1',
      [school],
    )
    return rows[0]?.count
  }

  test('says what it would do and writes nothing, then adds what was chosen, once', async () => {
    const before = await count('north')
    const preview = () => north((db) => previewImport(db, { locale: 'en', format: 'gift', text, file: null }))
    const report = await preview()
    expect(report.rows.map(({ line, outcome }) => [line, outcome])).toEqual([
      [1, 'imported'],
      [3, 'changed'],
      [5, 'dropped'],
      [7, 'there'],
      [9, 'imported'],
    ])
    expect(await count('north')).toBe(before)
    const apply = (chosen: readonly number[]) =>
      north((db) =>
        importQuestions(db, {
          ...{ locale: 'en', userId: 'tea0', format: 'gift', text: report.text },
          ...{ chosen, tags: ['imported'] },
        }),
      )
    expect(await apply([0, 1, 2, 3, 99])).toEqual({ added: 2, there: 0 })
    expect(await apply([0, 1, 2, 3, 99])).toEqual({ added: 0, there: 2 })
    expect(await count('north')).toBe(Number(before) + 2)
    expect((await preview()).rows.map(({ outcome }) => outcome)).toEqual([
      ...['there', 'there', 'dropped', 'there', 'imported'],
    ])
    expect(await promptsOf({ tag: 'imported' })).toHaveLength(2)
    await expect(apply([2])).rejects.toMatchObject({ code: 'invalid_input' })
    expect(await count('south')).toBe(0)
  })

  test('of a file that is no text is refused', async () => {
    const file = new File([new Uint8Array([0xff, 0xfe, 0x00])], 'x.gift')
    const read = north((db) => previewImport(db, { locale: 'en', format: 'gift', text: '', file }))
    await expect(read).rejects.toMatchObject({ code: 'invalid_input' })
  })
})
