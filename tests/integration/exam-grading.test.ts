import { beforeAll, describe, expect, test } from 'vitest'
import { getGradedExam, setReleased } from '#lib/db/queries/exam-grades'
import { analyseExam } from '#lib/exams/analyse-exam'
import { attemptsSearch, gradeSearch } from '#lib/exams/contract/grading'
import { endAttempt } from '#lib/exams/end-attempt'
import { exportAnalysis, exportResults } from '#lib/exams/export-grades'
import { readMark } from '#lib/exams/give-marks'
import { listAttempts } from '#lib/exams/list-attempts'
import { loadAttempt } from '#lib/exams/load-attempt'
import { loadPile } from '#lib/exams/load-pile'
import { releaseResults } from '#lib/exams/release-results'
import { testDatabase } from '#tests/support/database'
import { makeCourse, makeExam, makePeople } from '#tests/support/factories'
import { gone, makeExamWorld, north, rowOf, south, start, truth } from './exam-support'
import { graded, mark, place, sat, seen, withEssay } from './grading-support'
import { statementsOf } from './statements'

// Grading: only one's own courses, nothing overwritten unseen, every change of points explained, no regrade unasked.

const { owner } = await testDatabase()
const conflict = { code: 'conflict' }

beforeAll(async () => {
  await makeExamWorld(owner)
  await makePeople(owner, 'north', 'tea1x', { role: 'INSTRUCTOR' })
  await makeCourse(owner, 'north', 'art', { instructorId: 'tea1x0' })
  await makeExam(owner, 'north', 'artexam', { courseId: 'art' })
})

describe('a mark by hand', () => {
  test('completes the attempt: score, when it was graded, which counts, and the badge of a perfect score', async () => {
    const examId = await withEssay(owner)
    const attemptId = await sat(examId, 'ann0', [truth('q0', 1, true), truth('q1', 1, false)])
    expect(await rowOf(owner, attemptId)).toMatchObject({ score: null, counts: true })
    await mark(examId, attemptId, { points: '5', comment: 'Well said.' })
    expect(await rowOf(owner, attemptId)).toMatchObject({ score: '7', maxScore: '7', counts: true })
    const { rows } = await owner.query(
      `select 1 from "Badge" where "userId" = 'ann0' and type = 'PERFECT_SCORE'`,
    )
    expect(rows).toHaveLength(1)
  })

  test('pressed twice changes nothing the second time', async () => {
    const examId = await withEssay(owner)
    const attemptId = await sat(examId, 'ann1')
    const before = await seen(examId, attemptId)
    expect((await mark(examId, attemptId, { points: '2,5', seen: before })).changed).toBe(true)
    const after = await seen(examId, attemptId)
    expect((await mark(examId, attemptId, { points: '2.5', seen: before })).changed).toBe(false)
    expect(await seen(examId, attemptId)).toBe(after)
    expect(await rowOf(owner, attemptId)).toMatchObject({ score: '3.5' })
  })

  test('over one that somebody else gave meanwhile is a conflict, and theirs stays', async () => {
    const examId = await withEssay(owner)
    const attemptId = await sat(examId, 'ann2')
    const before = await seen(examId, attemptId)
    const admin = { userId: 'tea1x0', everyCourse: true }
    await mark(examId, attemptId, { points: '4', comment: 'Good.', seen: before }, admin)
    await expect(mark(examId, attemptId, { points: '1', seen: before })).rejects.toMatchObject(conflict)
    const theirs = await north((db) => readMark(db, { ...place, examId, attemptId, questionId: 'e' }))
    expect(theirs).toMatchObject({ points: '4', comment: 'Good.', graderName: 'Person tea1x0' })
  })

  test('of two at once exactly one is taken', async () => {
    const examId = await withEssay(owner)
    const attemptId = await sat(examId, 'ann3')
    const before = await seen(examId, attemptId)
    const admin = { userId: 'tea1x0', everyCourse: true }
    const both = await Promise.allSettled([
      mark(examId, attemptId, { points: '1', seen: before }),
      mark(examId, attemptId, { points: '2', seen: before }, admin),
    ])
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
  })

  test('in place of the machine’s needs a reason, stays within the points, and can be taken back', async () => {
    const examId = await withEssay(owner)
    const attemptId = await sat(examId, 'ann4')
    const wrong = { questionId: 'q1', points: '1' }
    await expect(mark(examId, attemptId, wrong)).rejects.toMatchObject({
      fields: { comment: 'Say why: the key gave other points.' },
    })
    await expect(mark(examId, attemptId, { ...wrong, points: '1.5', comment: 'x' })).rejects.toMatchObject({
      fields: { points: 'This question has 1 point at most.' },
    })
    const given = await mark(examId, attemptId, { ...wrong, comment: 'Ambiguous.' })
    expect(given).toMatchObject({
      before: { points: '0.0000' },
      after: { points: '1', comment: 'Ambiguous.' },
    })
    const view = await north(async (db) =>
      loadAttempt(db, { exam: await getGradedExam(db, { ...place, examId }), attemptId, may: true }),
    )
    const question = view.questions.find(({ id }) => id === 'q1')
    expect(question?.mark).toMatchObject({ points: '1', byHand: true, graderName: 'Person tea0' })
    expect(question?.machine).toMatchObject({ outcome: 'wrong', points: '0' })
    await mark(examId, attemptId, { ...wrong, points: '' })
    expect(
      await north((db) => readMark(db, { ...place, examId, attemptId, questionId: 'q1' })),
    ).toMatchObject({
      points: '0',
    })
  })

  test('leads on to what waits next, in the attempt or in the pile', async () => {
    const examId = await withEssay(owner)
    const [first, second] = [await sat(examId, 'ann5'), await sat(examId, 'ann6')]
    const on = await mark(examId, first, { points: '1', along: 'question' })
    expect(on.next).toEqual({ attemptId: second, questionId: null })
    expect((await mark(examId, second, { points: '1' })).next).toBeNull()
  })

  test('is refused while the attempt runs', async () => {
    const examId = await withEssay(owner)
    const { attemptId } = await start(examId, 'ann0')
    const now = '2026-01-01T00:00:00.000Z'
    await expect(mark(examId, attemptId, { points: '1', seen: now })).rejects.toMatchObject(conflict)
  })
})

describe('the pile of a question', () => {
  test('walks what waits, tells how far one is, and sends no name that isn’t to be seen', async () => {
    const examId = await withEssay(owner)
    const [first, second] = [await sat(examId, 'ann0'), await sat(examId, 'ann1')]
    const load = async (search: object) => {
      const exam = await graded(examId)
      return north((db) =>
        loadPile(db, { exam, questionId: 'e', search: gradeSearch.parse(search), may: true }),
      )
    }
    expect(await load({})).toMatchObject({ total: 2, graded: 0, place: 1, next: second, previous: null })
    await mark(examId, first, { points: '3' })
    const shown = await load({ names: 'hidden' })
    expect(shown).toMatchObject({ graded: 1, place: 2, previous: null, current: { name: null } })
    expect(JSON.stringify(shown)).not.toContain('ann1')
    expect(await load({ show: 'all' })).toMatchObject({ previous: first })
    await mark(examId, second, { points: '3' })
    expect(await load({})).toMatchObject({ graded: 2, current: null })
    await expect(load({ attempt: 'nobodys' })).rejects.toMatchObject(gone)
  })
})

describe('who may', () => {
  test('grades only in courses of one’s own, and never through another course, exam or school', async () => {
    const examId = await withEssay(owner)
    const attemptId = await sat(examId, 'ann7')
    const other = await sat(await withEssay(owner), 'ann8')
    const stranger = { userId: 'tea1x0', everyCourse: false }
    const ids = { examId, attemptId, questionId: 'e' }
    const denied = { code: 'forbidden' }
    await expect(north((db) => readMark(db, { ...place, ...ids, by: stranger }))).rejects.toMatchObject(
      denied,
    )
    await expect(north((db) => endAttempt(db, { ...place, ...ids, by: stranger }))).rejects.toMatchObject(
      denied,
    )
    const everywhere = { ...place, by: { userId: 'tea0', everyCourse: true } }
    const crossed = { ...everywhere, ...ids, courseId: 'art' }
    await expect(north((db) => readMark(db, crossed))).rejects.toMatchObject(gone)
    await expect(north((db) => endAttempt(db, crossed))).rejects.toMatchObject(gone)
    await expect(north((db) => releaseResults(db, { ...crossed, released: true }))).rejects.toMatchObject(
      gone,
    )
    const mixed = { ...place, ...ids, attemptId: other }
    await expect(north((db) => readMark(db, mixed))).rejects.toMatchObject(gone)
    await expect(north((db) => endAttempt(db, mixed))).rejects.toMatchObject(gone)
    await expect(south((db) => readMark(db, { ...everywhere, ...ids }))).rejects.toMatchObject(gone)
    const exam = await graded(examId)
    await expect(north((db) => loadAttempt(db, { exam, attemptId: other, may: true }))).rejects.toMatchObject(
      gone,
    )
    await expect(south((db) => loadAttempt(db, { exam, attemptId, may: true }))).rejects.toMatchObject(gone)
    await south((db) => setReleased(db, examId, true))
    expect((await graded(examId)).releasedAt).toBeNull()
  })
})

describe('the attempts of an exam', () => {
  const list = async (examId: string, search: object = {}) => {
    const exam = await graded(examId)
    return north((db) =>
      listAttempts(db, { exam, courseId: 'maths', search: attemptsSearch.parse(search), may: true }),
    )
  }

  test('are found by state and name, with who hasn’t started, in few statements', async () => {
    const examId = await withEssay(owner)
    const waits = await sat(examId, 'ann0')
    await sat(examId, 'ann1').then((id) => mark(examId, id, { points: '5' }))
    const { attemptId: runs } = await start(examId, 'ann2')
    const all = await list(examId)
    expect(all.counts).toEqual({ running: 1, waiting: 1, graded: 1, none: 8, behind: 0 })
    expect(all.piles).toEqual([{ id: 'e', prompt: 'Why?', waiting: 1 }])
    expect((await list(examId, { state: 'running' })).attempts.map(({ id }) => id)).toEqual([runs])
    expect((await list(examId, { state: 'waiting' })).attempts).toMatchObject([{ id: waits, waiting: 1 }])
    expect((await list(examId, { q: 'ann1' })).attempts).toMatchObject([{ userId: 'ann1', passed: true }])
    expect((await list(examId, { state: 'none' })).idle).toHaveLength(8)
    await expect(list(examId, { cursor: 'x' })).rejects.toMatchObject(gone)
    const exam = await graded(examId)
    const search = attemptsSearch.parse({})
    const run = () => north((db) => listAttempts(db, { exam, courseId: 'maths', search, may: true }))
    expect((await statementsOf(run)).length).toBeLessThanOrEqual(5)
  })

  test('end at once when their grader says so, only once', async () => {
    const examId = await withEssay(owner)
    const { attemptId } = await start(examId, 'ann3')
    const end = () => north((db) => endAttempt(db, { ...place, examId, attemptId }))
    expect(await end()).toEqual({ ended: true, userId: 'ann3' })
    expect(await rowOf(owner, attemptId)).toMatchObject({
      endedBy: 'INSTRUCTOR',
      maxScore: '7',
      counts: true,
    })
    expect(await end()).toMatchObject({ ended: false })
  })

  test('are released and taken back', async () => {
    const examId = await withEssay(owner)
    const release = (released: boolean) => north((db) => releaseResults(db, { ...place, examId, released }))
    expect([await release(true), await release(true), await release(false)]).toEqual([true, false, true])
  })
})

describe('files and analysis', () => {
  test('a name can’t become a formula, and only attempts that count are analysed', async () => {
    const examId = await withEssay(owner)
    const first = await sat(examId, 'ann9')
    await mark(examId, first, { points: '0' })
    const second = await sat(examId, 'ann9', [truth('q0', 1, true), truth('q1', 1, false)])
    await mark(examId, second, { points: '5' })
    await owner.query(`update "User" set name = '=HYPERLINK("http://x")' where id = 'ann9'`)
    const exam = await graded(examId)
    const csv = await north((db) =>
      exportResults(db, { exam, actorId: 'tea0', client: { ip: '', requestId: null } }),
    )
    expect(csv).toContain(`"'=HYPERLINK(""http://x"")"`)
    expect(csv.trim().split('\r\n')).toHaveLength(3)
    const view = await north((db) => analyseExam(db, exam))
    expect(view).toMatchObject({ attempts: 1, few: true, mean: 1, alpha: null })
    expect(view.items.map(({ difficulty }) => difficulty)).toEqual([1, 1, 1])
    expect(view.items[1]?.options).toMatchObject([{ count: 0 }, { correct: true, count: 1 }])
    expect(await north((db) => exportAnalysis(db, exam))).toContain('Why?')
  })
})
