import { beforeAll, describe, expect, test } from 'vitest'
import { getGradedExam, setReleased } from '#lib/db/queries/exam-grades'
import { analyseExam } from '#lib/exams/analyse-exam'
import { applyRegrade, type RegradeBatch } from '#lib/exams/apply-regrade'
import type { Question } from '#lib/exams/contract'
import { attemptsSearch, gradeSearch, markForm } from '#lib/exams/contract/grading'
import { endAttempt } from '#lib/exams/end-attempt'
import { exportAnalysis, exportResults } from '#lib/exams/export-grades'
import { giveMark, readMark } from '#lib/exams/give-marks'
import { listAttempts } from '#lib/exams/list-attempts'
import { loadAttempt } from '#lib/exams/load-attempt'
import { loadPile } from '#lib/exams/load-pile'
import { previewRegrade } from '#lib/exams/preview-regrade'
import { releaseResults } from '#lib/exams/release-results'
import { testDatabase } from '#tests/support/database'
import { makeCourse, makeExam, makePeople, makeQuestions } from '#tests/support/factories'
import { gone, makeExamWorld, makeSitting, north, rowOf, south, start, submit, truth } from './exam-support'
import { statementsOf } from './statements'

// Grading: only one's own courses, nothing overwritten unseen, every change of points explained, no regrade unasked.

const { owner } = await testDatabase()
const by = { userId: 'tea0', everyCourse: false }
const place = { courseId: 'maths', by, timeZone: 'UTC' }
const conflict = { code: 'conflict' }

const essay: Question = {
  ...{ type: 'essay', version: 1, id: 'e', prompt: 'Why?', points: 5, explanation: '' },
  ...{ minWords: null, maxWords: null },
}

/** The newest version of an exam, and its working copy, from now on. */
async function publish(examId: string, questions: readonly unknown[], settings: unknown): Promise<void> {
  const values = [examId, JSON.stringify(questions), JSON.stringify(settings)]
  await owner.query(`update "Exam" set questions = $2, settings = $3 where id = $1`, values)
  await owner.query(
    `insert into "ExamVersion" (id, "tenantId", "examId", number, duration, questions, settings)
     select $1 || 'v' || (max(number) + 1), "tenantId", $1, max(number) + 1, 30, $2::jsonb, $3::jsonb
     from "ExamVersion" where "examId" = $1 group by "tenantId"`,
    values,
  )
}

const SETTINGS = { attempts: null, counting: 'newest', passPercent: 50 }

/** An exam of two truths and an essay worth five. */
async function withEssay(): Promise<string> {
  const examId = await makeSitting(owner, { questions: 2 })
  await publish(examId, [...makeQuestions(2), essay], SETTINGS)
  return examId
}

const wrote = { questionId: 'e', sequence: 1, value: { type: 'essay', text: 'Because it is so.' } } as const

/** An attempt that is in: both truths answered `true` (the first is right), and the essay. */
async function sat(examId: string, userId: string, answers = [truth('q0', 1, true), truth('q1', 1, true)]) {
  const { attemptId } = await start(examId, userId)
  await submit({ examId, attemptId }, [...answers, wrote], userId)
  return attemptId
}

const graded = (examId: string) =>
  north((db) => getGradedExam(db, { courseId: 'maths', examId, timeZone: 'UTC' }))

async function seen(examId: string, attemptId: string, questionId = 'e'): Promise<string> {
  return (await north((db) => readMark(db, { ...place, examId, attemptId, questionId }))).updatedAt
}

type Mark = Readonly<{ points: string; comment?: string; questionId?: string; seen?: string; along?: string }>

/** Gives points as the form does. */
async function mark(examId: string, attemptId: string, given: Mark, grader = by) {
  const { points, comment = '', questionId = 'e', along = 'attempt' } = given
  const form = markForm.parse({
    ...{ courseId: 'maths', examId, attemptId, questionId, points, comment, along },
    seen: given.seen ?? (await seen(examId, attemptId, questionId)),
  })
  return north((db) => giveMark(db, { by: grader, timeZone: 'UTC', locale: 'en', form }))
}

beforeAll(async () => {
  await makeExamWorld(owner)
  await makePeople(owner, 'north', 'tea1x', { role: 'INSTRUCTOR' })
  await makeCourse(owner, 'north', 'art', { instructorId: 'tea1x0' })
  await makeExam(owner, 'north', 'artexam', { courseId: 'art' })
})

describe('a mark by hand', () => {
  test('completes the attempt: score, when it was graded, which counts, and the badge of a perfect score', async () => {
    const examId = await withEssay()
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
    const examId = await withEssay()
    const attemptId = await sat(examId, 'ann1')
    const before = await seen(examId, attemptId)
    expect((await mark(examId, attemptId, { points: '2,5', seen: before })).changed).toBe(true)
    const after = await seen(examId, attemptId)
    expect((await mark(examId, attemptId, { points: '2.5', seen: before })).changed).toBe(false)
    expect(await seen(examId, attemptId)).toBe(after)
    expect(await rowOf(owner, attemptId)).toMatchObject({ score: '3.5' })
  })

  test('over one that somebody else gave meanwhile is a conflict, and theirs stays', async () => {
    const examId = await withEssay()
    const attemptId = await sat(examId, 'ann2')
    const before = await seen(examId, attemptId)
    const admin = { userId: 'tea1x0', everyCourse: true }
    await mark(examId, attemptId, { points: '4', comment: 'Good.', seen: before }, admin)
    await expect(mark(examId, attemptId, { points: '1', seen: before })).rejects.toMatchObject(conflict)
    const theirs = await north((db) => readMark(db, { ...place, examId, attemptId, questionId: 'e' }))
    expect(theirs).toMatchObject({ points: '4', comment: 'Good.', graderName: 'Person tea1x0' })
  })

  test('of two at once exactly one is taken', async () => {
    const examId = await withEssay()
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
    const examId = await withEssay()
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
    const examId = await withEssay()
    const [first, second] = [await sat(examId, 'ann5'), await sat(examId, 'ann6')]
    const on = await mark(examId, first, { points: '1', along: 'question' })
    expect(on.next).toEqual({ attemptId: second, questionId: null })
    expect((await mark(examId, second, { points: '1' })).next).toBeNull()
  })

  test('is refused while the attempt runs', async () => {
    const examId = await withEssay()
    const { attemptId } = await start(examId, 'ann0')
    const now = '2026-01-01T00:00:00.000Z'
    await expect(mark(examId, attemptId, { points: '1', seen: now })).rejects.toMatchObject(conflict)
  })
})

describe('the pile of a question', () => {
  test('walks what waits, tells how far one is, and sends no name that isn’t to be seen', async () => {
    const examId = await withEssay()
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

describe('a regrade', () => {
  const work = (examId: string, batches: RegradeBatch[]) => ({
    ...{ ...place, examId },
    unit: north,
    record: (_db: unknown, batch: RegradeBatch) => {
      batches.push(batch)
      return Promise.resolve()
    },
  })
  const preview = async (examId: string) => {
    const exam = await graded(examId)
    return north((db) => previewRegrade(db, { exam, courseId: 'maths', may: true }))
  }

  test('is previewed person by person without writing, applied once, and leaves what was given by hand', async () => {
    const examId = await withEssay()
    const [first, second] = [await sat(examId, 'ann0'), await sat(examId, 'ann1')]
    await mark(examId, first, { points: '2' })
    await mark(examId, second, { points: '3' })
    await mark(examId, second, { questionId: 'q1', points: '0', comment: 'Copied.' })
    // The key of q1 was wrong: `true` is right.
    const [q0, q1] = makeQuestions(2)
    await publish(examId, [q0, { ...q1, correct: true }, essay], SETTINGS)
    const before = await rowOf(owner, first)
    const seenPreview = await preview(examId)
    expect(seenPreview).toMatchObject({ behind: 2, newlyPassed: 1, newlyFailed: 0, version: 3 })
    expect(seenPreview.changed).toMatchObject([
      {
        ...{ attemptId: first, name: 'Person ann0', from: '3', to: '4', passedFrom: false, passedTo: true },
        marks: [{ questionId: 'q1', number: 2, from: '0', to: '1' }],
      },
    ])
    expect(await rowOf(owner, first)).toEqual(before)

    const batches: RegradeBatch[] = []
    const { stamp } = seenPreview
    expect(await applyRegrade({ ...work(examId, batches), stamp })).toBe(2)
    expect(await applyRegrade({ ...work(examId, batches), stamp })).toBe(0)
    expect(batches).toMatchObject([{ version: 3, attempts: 2, changed: [{ attempt: first, to: '4' }] }])
    expect(await rowOf(owner, first)).toMatchObject({ score: '4', maxScore: '7' })
    expect(await rowOf(owner, second)).toMatchObject({ score: '4' })
    expect(await preview(examId)).toMatchObject({ behind: 0, changed: [] })
  })

  test('is refused when anything it was made of has changed since, and writes nothing', async () => {
    const examId = await withEssay()
    const attemptId = await sat(examId, 'ann2')
    await publish(examId, [...makeQuestions(2), { ...essay, points: 10 }], SETTINGS)
    const { stamp } = await preview(examId)
    await mark(examId, attemptId, { points: '1' })
    const before = await rowOf(owner, attemptId)
    await expect(applyRegrade({ ...work(examId, []), stamp })).rejects.toMatchObject(conflict)
    expect(await rowOf(owner, attemptId)).toEqual(before)
  })

  test('two at once apply once', async () => {
    const examId = await withEssay()
    await sat(examId, 'ann3')
    await publish(examId, [...makeQuestions(2), essay], { ...SETTINGS, voided: { q1: 'full' } })
    const { stamp } = await preview(examId)
    const batches: RegradeBatch[] = []
    const both = await Promise.all([
      applyRegrade({ ...work(examId, batches), stamp }),
      applyRegrade({ ...work(examId, batches), stamp }),
    ])
    expect(both.toSorted()).toEqual([0, 1])
    expect(batches).toHaveLength(1)
  })
})

describe('who may', () => {
  test('grades only in courses of one’s own, and never through another course, exam or school', async () => {
    const examId = await withEssay()
    const attemptId = await sat(examId, 'ann7')
    const other = await sat(await withEssay(), 'ann8')
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
    const examId = await withEssay()
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
    const examId = await withEssay()
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
    const examId = await withEssay()
    const release = (released: boolean) => north((db) => releaseResults(db, { ...place, examId, released }))
    expect([await release(true), await release(true), await release(false)]).toEqual([true, false, true])
  })
})

describe('files and analysis', () => {
  test('a name can’t become a formula, and only attempts that count are analysed', async () => {
    const examId = await withEssay()
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
