import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { GRACE_SECONDS } from '#lib/db/queries/answers'
import { MOST_EVENTS } from '#lib/db/queries/exam-events'
import type { SentEvent } from '#lib/exams/contract/taking'
import { saveAnswers } from '#lib/exams/save-answers'
import { submitAttempt } from '#lib/exams/submit-attempt'
import { testDatabase } from '#tests/support/database'
import {
  answer,
  endIn,
  gone,
  makeExamWorld,
  makeSitting,
  north,
  pause,
  rowOf,
  save,
  type Seat,
  south,
  start,
  submit,
  truth,
} from './exam-support'
import { fingerprint } from './fingerprint'
import { statementsOf } from './statements'

const { owner } = await testDatabase({ SMARTLMS_SECRET: 'a secret of at least thirty-two letters' })

async function sit(shape: Parameters<typeof makeSitting>[1] = {}): Promise<Seat> {
  const examId = await makeSitting(owner, shape)
  return { examId, attemptId: (await start(examId)).attemptId }
}

const event = (key: string, more: Partial<SentEvent> = {}): SentEvent => ({
  ...{ key, kind: 'FOCUS_LOST', ago: 0, detail: {} },
  ...more,
})
const eventsOf = async ({ attemptId }: Seat) =>
  (
    await owner.query<{ key: string; at: Date }>(
      `SELECT key, at FROM "ExamEvent" WHERE "attemptId" = $1 ORDER BY key`,
      [attemptId],
    )
  ).rows

beforeAll(async () => {
  await makeExamWorld(owner)
})

describe('saving', () => {
  test('keeps the newest sequence; a repeated one is saved, an older one is superseded', async () => {
    const seat = await sit()
    expect(await answer(seat, 2, true)).toMatchObject({ outcome: 'saved', stored: { sequence: 2 } })
    expect(await answer(seat, 2, true)).toMatchObject({ outcome: 'saved', stored: { sequence: 2 } })
    const held = { outcome: 'superseded', stored: { sequence: 2, value: { value: true } } }
    expect(await answer(seat, 2, false)).toMatchObject(held)
    expect(await answer(seat, 1, false)).toMatchObject(held)
    expect(await statementsOf(() => answer(seat, 3, false))).toHaveLength(1)
  })

  test('takes many in one statement, each question’s newest, and says of each what became of it', async () => {
    const seat = await sit()
    await answer(seat, 5, true, 'q1')
    const sent = [truth('q0', 1, true), truth('q0', 4, false), truth('q1', 3, false), truth('q9', 1, true)]
    const { answers, clock, submittedAt } = await save(seat, sent)
    expect(answers).toEqual([
      {
        questionId: 'q0',
        outcome: 'saved',
        stored: { sequence: 4, value: { type: 'true-false', value: false } },
      },
      {
        questionId: 'q1',
        outcome: 'superseded',
        stored: { sequence: 5, value: { type: 'true-false', value: true } },
      },
      { questionId: 'q9', outcome: 'unknown', stored: null },
    ])
    expect(submittedAt).toBeNull()
    expect(Date.parse(clock.deadlineAt)).toBeGreaterThan(Date.parse(clock.now))
    const many = [0, 1, 2].map((n) => truth(`q${n}`, 9, true))
    expect(await statementsOf(() => save(seat, many))).toHaveLength(1)
  })

  test('is for questions that this attempt drew, of their own type', async () => {
    const pools = [{ id: 'p', title: 'P', draw: 1, questionIds: ['q0', 'q1', 'q2'] }]
    const examId = await makeSitting(owner, { settings: { pools } })
    const { attemptId, questions } = await start(examId)
    const seat = { examId, attemptId }
    expect(questions).toHaveLength(1)
    for (const id of ['q0', 'q1', 'q2']) {
      const own = questions[0]?.id === id
      expect((await answer(seat, 1, true, id)).outcome).toBe(own ? 'saved' : 'unknown')
    }
    const own = questions[0]?.id ?? ''
    const { answers } = await save(seat, [
      { questionId: own, sequence: 2, value: { type: 'essay', text: 'Yes, it is.' } },
    ])
    expect(answers[0]?.outcome).toBe('unknown')
  })

  test('is taken up to the grace after the deadline, and changes nothing after it', async () => {
    const seat = await sit()
    await answer(seat, 1, true)
    await endIn(owner, seat.attemptId, -GRACE_SECONDS + 2)
    expect(await answer(seat, 2, false)).toMatchObject({ outcome: 'saved' })
    await endIn(owner, seat.attemptId, -GRACE_SECONDS - 0.01)
    const late = await save(seat, [truth('q0', 3, true), truth('q1', 1, true), truth('q0', 2, false)])
    expect(late.answers).toMatchObject([
      { outcome: 'closed', stored: { sequence: 2, value: { value: false } } },
      { outcome: 'closed', stored: null },
    ])
    // Whoever asked ended it, without any worker.
    const row = await rowOf(owner, seat.attemptId)
    expect(late.submittedAt).toBe(row.deadlineAt.toISOString())
    expect(row).toMatchObject({ endedBy: 'DEADLINE', submittedAt: row.deadlineAt, counts: true })
    // What had been acknowledged is still acknowledged.
    expect(await answer(seat, 2, false)).toMatchObject({ outcome: 'saved' })
  })

  test('keeps what PostgreSQL can’t: half a character and the null character are left out', async () => {
    const examId = await makeSitting(owner)
    const essay = {
      type: 'essay',
      version: 1,
      id: 'e',
      prompt: 'Why?',
      points: 5,
      explanation: '',
      minWords: null,
      maxWords: null,
    }
    await owner.query(
      `INSERT INTO "ExamVersion" ("tenantId", "examId", number, duration, questions) VALUES ('north', $1, 2, 30, $2)`,
      [examId, JSON.stringify([essay])],
    )
    const seat = { examId, attemptId: (await start(examId)).attemptId }
    const text = 'half \ud83d and \0 none'
    const { answers } = await save(seat, [{ questionId: 'e', sequence: 1, value: { type: 'essay', text } }])
    expect(answers[0]).toMatchObject({
      outcome: 'saved',
      stored: { value: { text: 'half \ufffd and  none' } },
    })
  })

  test('in any order and however often doubled ends at the highest sequence', async () => {
    const seat = await sit()
    const sends = fc.array(
      fc.record({ sequence: fc.integer({ min: 1, max: 8 }), question: fc.nat({ max: 2 }) }),
      {
        minLength: 1,
        maxLength: 12,
      },
    )
    await fc.assert(
      fc.asyncProperty(sends, fc.constantFrom('one', 'together', 'batch'), async (list, how) => {
        await owner.query(`DELETE FROM "ExamAnswer" WHERE "attemptId" = $1`, [seat.attemptId])
        const sent = list.map(({ sequence, question }) => truth(`q${question}`, sequence, sequence % 2 === 0))
        if (how === 'batch') await Promise.all([save(seat, sent), save(seat, sent.toReversed())])
        else if (how === 'together') await Promise.all(sent.map((one) => save(seat, [one])))
        else for (const one of sent) await save(seat, [one])
        const newest = new Map<string, number>()
        for (const { questionId, sequence } of sent)
          newest.set(questionId, Math.max(sequence, newest.get(questionId) ?? 0))
        const kept = await owner.query<{ q: string; s: number; v: boolean }>(
          `SELECT "questionId" AS q, sequence AS s, (value->>'value')::boolean AS v FROM "ExamAnswer" WHERE "attemptId" = $1`,
          [seat.attemptId],
        )
        expect(new Map(kept.rows.map((row) => [row.q, row.s]))).toEqual(newest)
        expect(kept.rows.every((row) => row.v === (row.s % 2 === 0))).toBe(true)
      }),
      { numRuns: 25 },
    )
  })
})

describe('what happened', () => {
  test('is noted once, by the server’s clock, not before the attempt, and not without end', async () => {
    const seat = await sit()
    const first = [event('a'), event('b', { ago: 60_000_000 }), event('a')]
    await save(seat, [], { events: first })
    await save(seat, [], { events: [event('a'), event('c')] })
    const noted = await eventsOf(seat)
    expect(noted.map(({ key }) => key)).toEqual(['a', 'b', 'c'])
    const began = await owner.query<{ startedAt: Date }>(
      `SELECT "startedAt" FROM "ExamAttempt" WHERE id = $1`,
      [seat.attemptId],
    )
    expect(noted[1]?.at).toEqual(began.rows[0]?.startedAt)
    for (let batch = 0; batch < 7; batch += 1) {
      const events = Array.from({ length: 100 }, (_, n) => event(`x${batch}-${n}`))
      await save(seat, [], { events })
    }
    expect(await eventsOf(seat)).toHaveLength(MOST_EVENTS)
  })

  test('is not noted once the attempt is over', async () => {
    const seat = await sit()
    await submit(seat)
    await save(seat, [], { events: [event('late')] })
    expect(await eventsOf(seat)).toEqual([])
  })
})

describe('handing in', () => {
  test('freezes the answers as the contract has them; repeating it changes nothing', async () => {
    const seat = await sit()
    await answer(seat, 1, true)
    await answer(seat, 4, null, 'q1')
    const first = await submit(seat, [truth('q2', 1, true)])
    expect(first).toMatchObject({ already: false, answers: [{ questionId: 'q2', outcome: 'saved' }] })
    expect(await submit(seat, [truth('q2', 1, true), truth('q0', 9, false)])).toEqual({
      ...{ submittedAt: first.submittedAt, already: true },
      answers: [
        first.answers[0],
        {
          questionId: 'q0',
          outcome: 'closed',
          stored: { sequence: 1, value: { type: 'true-false', value: true } },
        },
      ],
    })
    const row = await rowOf(owner, seat.attemptId)
    expect(row).toMatchObject({ endedBy: 'LEARNER', score: '2', maxScore: '3', counts: true })
    expect(Object.keys(row.answers)).toEqual(['q0', 'q1', 'q2'])
  })

  test('with answers on their way freezes all that were told they are saved', async () => {
    const seat = await sit()
    const saves = Array.from({ length: 9 }, (_, n) => answer(seat, n + 1, true, `q${n % 3}`))
    const [results] = await Promise.all([Promise.all(saves), submit(seat), submit(seat)])
    const { answers: frozen } = await rowOf(owner, seat.attemptId)
    results.forEach((result, n) => {
      if (result.outcome === 'saved') expect(frozen[`q${n % 3}`]?.sequence).toBeGreaterThanOrEqual(n + 1)
    })
    const rows = await owner.query(`SELECT FROM "ExamAnswer" WHERE "attemptId" = $1`, [seat.attemptId])
    expect(rows.rowCount).toBe(Object.keys(frozen).length)
  })

  test('waits for an answer that is being saved, and freezes it', async () => {
    const seat = await sit()
    const saving = north(async (db) => {
      const saved = await saveAnswers(db, 'ann0', { ...seat, answers: [truth('q0', 2, false)], events: [] })
      await pause()
      return saved
    })
    await pause(100)
    await submit(seat)
    expect((await saving).answers[0]).toMatchObject({ outcome: 'saved' })
    expect((await rowOf(owner, seat.attemptId)).answers['q0']?.sequence).toBe(2)
  })

  test('closes the door behind it: an answer that comes while it commits is refused', async () => {
    const seat = await sit()
    await answer(seat, 1, true)
    const record = () => Promise.resolve()
    const submitting = north(async (db) => {
      await submitAttempt(db, { userId: 'ann0', request: { ...seat, answers: [], events: [] }, record })
      await pause()
    })
    await pause(150)
    expect(await answer(seat, 2, false)).toMatchObject({ outcome: 'closed', stored: { sequence: 1 } })
    await submitting
  })

  test('too late ends at the deadline, without what came along; in its grace it is the learner’s own', async () => {
    const late = await sit()
    await answer(late, 1, true)
    await endIn(owner, late.attemptId, -GRACE_SECONDS - 1)
    expect((await submit(late, [truth('q0', 2, false)])).answers).toMatchObject([{ outcome: 'closed' }])
    const row = await rowOf(owner, late.attemptId)
    expect(row).toMatchObject({
      endedBy: 'DEADLINE',
      submittedAt: row.deadlineAt,
      answers: { q0: { sequence: 1 } },
    })
    const near = await sit()
    await endIn(owner, near.attemptId, -1)
    expect((await submit(near, [truth('q0', 2, false)])).answers).toMatchObject([{ outcome: 'saved' }])
    const kept = await rowOf(owner, near.attemptId)
    expect(kept).toMatchObject({ endedBy: 'LEARNER', submittedAt: kept.deadlineAt })
  })

  test('lets the attempt count that the exam’s rule says, and one of them alone', async () => {
    for (const [counting, winner] of [
      ['best', 2],
      ['newest', 3],
      ['first', 1],
    ] as const) {
      const examId = await makeSitting(owner, { settings: { counting } })
      for (const right of [1, 3, 2]) {
        const seat = { examId, attemptId: (await start(examId)).attemptId }
        const answers = Array.from({ length: right }, (_, n) => truth(`q${n}`, 1, n % 2 === 0))
        await Promise.all([submit(seat, answers), submit(seat, answers)])
      }
      const found = await owner.query(`SELECT number FROM "ExamAttempt" WHERE "examId" = $1 AND counts`, [
        examId,
      ])
      expect(found.rows).toEqual([{ number: winner }])
    }
  })

  test('with all points gives its badge, once', async () => {
    const seat = await sit()
    await submit(seat, [truth('q0', 1, true), truth('q1', 1, false), truth('q2', 1, true)])
    await submit(seat)
    const badges = await owner.query(`SELECT type FROM "Badge" WHERE "userId" = 'ann0'`)
    expect(badges.rows.filter(({ type }) => type === 'PERFECT_SCORE')).toHaveLength(1)
  })
})

test('neither another school, nor another person, nor another exam’s address reaches an attempt', async () => {
  const seat = await sit()
  const other = await sit()
  await answer(seat, 1, true)
  const before = await fingerprint(owner, 'north')
  const request = { ...seat, answers: [truth('q0', 9, false)], events: [event('x')] }
  const record = () => Promise.resolve()
  for (const [run, userId, more] of [
    [south, 'ann0', {}],
    [north, 'ann1', {}],
    [north, 'tea0', {}],
    [north, 'ann0', { examId: other.examId }],
  ] as const) {
    const asked = { ...request, ...more }
    await expect(run((db) => saveAnswers(db, userId, asked))).rejects.toMatchObject(gone)
    await expect(run((db) => submitAttempt(db, { userId, request: asked, record }))).rejects.toMatchObject(
      gone,
    )
  }
  expect(await fingerprint(owner, 'north')).toBe(before)
})
