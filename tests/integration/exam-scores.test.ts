import { setTimeout as sleep } from 'node:timers/promises'
import { beforeAll, describe, expect, test } from 'vitest'
import { recordedKeys, recordFile } from '#lib/db/queries/files'
import { forgetUnsubmitted } from '#lib/exams/forget-unsubmitted'
import { awardSeen } from '#lib/exams/grade-attempts'
import { loadExam } from '#lib/exams/load-exam'
import { publishExam } from '#lib/exams/publish-exam'
import { releaseResults } from '#lib/exams/release-results'
import { testDatabase } from '#tests/support/database'
import { endIn, makeExamWorld, makeSitting, north, rowOf, start, submit, truth } from './exam-support'
import { place } from './grading-support'

// What follows from scores: which attempt counts, who hears of a perfect one and when, and what is judged late.

const { owner } = await testDatabase()

beforeAll(async () => {
  await makeExamWorld(owner)
})

/** An attempt that is in: so many of three right. */
async function sat(examId: string, userId: string, right: number): Promise<string> {
  const { attemptId } = await start(examId, userId)
  // The first is true, the second false, the third true.
  const answers = [true, false, true].map((key, n) => truth(`q${String(n)}`, 1, n < right ? key : !key))
  await submit({ examId, attemptId }, answers, userId)
  return attemptId
}

const hasBadge = async (userId: string): Promise<boolean> => {
  const { rowCount } = await owner.query(
    `select from "Badge" where "userId" = $1 and type = 'PERFECT_SCORE'`,
    [userId],
  )
  return (rowCount ?? 0) > 0
}

describe('which attempt counts', () => {
  test('is chosen anew for everybody when an exam is published with another rule', async () => {
    const examId = await makeSitting(owner, { settings: { counting: 'best' } })
    const attempts = [await sat(examId, 'ann0', 3), await sat(examId, 'ann0', 1)]
    const other = [await sat(examId, 'ann1', 0), await sat(examId, 'ann1', 2)]
    const counts = async (ids: readonly string[]) =>
      Promise.all(ids.map(async (id) => (await rowOf(owner, id)).counts))
    expect([await counts(attempts), await counts(other)]).toEqual([
      [true, false],
      [false, true],
    ])
    const publish = async (counting: string) => {
      await owner.query(
        `update "Exam" set settings = settings || jsonb_build_object('counting', $2::text) where id = $1`,
        [examId, counting],
      )
      return north((db) => publishExam(db, { ...place, examId, locale: 'en' }))
    }
    expect(await publish('newest')).toMatchObject({ created: true })
    expect([await counts(attempts), await counts(other)]).toEqual([
      [false, true],
      [false, true],
    ])
    await publish('first')
    expect([await counts(attempts), await counts(other)]).toEqual([
      [true, false],
      [true, false],
    ])
  })

  test('is not told while it would tell which score is the better one', async () => {
    const review = { when: 'after-release' }
    for (const [counting, told] of [
      ['best', [false, false]],
      ['newest', [true, false]],
    ] as const) {
      const examId = await makeSitting(owner, { settings: { counting, review } })
      await sat(examId, 'ann0', 3)
      await sat(examId, 'ann0', 1)
      const shown = async () => (await north((db) => loadExam(db, { examId, userId: 'ann0' }))).past
      const before = await shown()
      expect(before.map(({ counts }) => counts)).toEqual(told)
      expect(before.every(({ score }) => score === null)).toBe(true)
      await north((db) => releaseResults(db, { ...place, examId, released: true }))
      expect((await shown()).filter(({ counts }) => counts)).toHaveLength(1)
    }
  })
})

describe('the badge of a perfect score', () => {
  test('waits until the score may be seen, and then comes with its release', async () => {
    const examId = await makeSitting(owner, { settings: { review: { when: 'after-release' } } })
    await sat(examId, 'ann2', 3)
    await sat(examId, 'ann3', 2)
    expect(await hasBadge('ann2')).toBe(false)
    await north((db) => releaseResults(db, { ...place, examId, released: true }))
    expect([await hasBadge('ann2'), await hasBadge('ann3')]).toEqual([true, false])
  })

  test('comes after the exam closed where results wait for that, and never where they are never shown', async () => {
    const late = await makeSitting(owner, { end: '1 hour', settings: { review: { when: 'after-close' } } })
    const never = await makeSitting(owner, { settings: { review: { when: 'never' } } })
    await sat(late, 'ann4', 3)
    await sat(never, 'ann5', 3)
    expect(await north((db) => awardSeen(db, null, new Date()))).toBe(0)
    await owner.query(`update "Exam" set "endDate" = now() - interval '1 second' where id = $1`, [late])
    expect(await north((db) => awardSeen(db, null, new Date()))).toBe(1)
    expect(await north((db) => awardSeen(db, null, new Date()))).toBe(0)
    expect([await hasBadge('ann4'), await hasBadge('ann5')]).toEqual([true, false])
  })
})

describe('whoever hands in', () => {
  test('in time and has to wait for somebody else is in time', async () => {
    const examId = await makeSitting(owner)
    const { attemptId } = await start(examId, 'ann6')
    const seat = { examId, attemptId }
    // Its grace ends within the second; whoever holds the attempt holds it for longer.
    await endIn(owner, attemptId, -2)
    const held = await owner.connect()
    await held.query('begin')
    await held.query('select from "ExamAttempt" where id = $1 for update', [attemptId])
    const handedIn = submit(seat, [truth('q0', 5, true)], 'ann6')
    await sleep(1_400)
    await held.query('commit')
    held.release()
    expect((await handedIn).answers).toMatchObject([{ outcome: 'saved' }])
    expect(await rowOf(owner, attemptId)).toMatchObject({ endedBy: 'LEARNER' })
  })

  test('too late is late, however short they wait', async () => {
    const examId = await makeSitting(owner)
    const { attemptId } = await start(examId, 'ann6')
    await endIn(owner, attemptId, -3.01)
    const { answers } = await submit({ examId, attemptId }, [truth('q0', 5, true)], 'ann6')
    expect(answers).toMatchObject([{ outcome: 'closed' }])
    expect(await rowOf(owner, attemptId)).toMatchObject({ endedBy: 'DEADLINE' })
  })
})

describe('files', () => {
  const key = (attemptId: string, name: string) =>
    `north/private/exams/${attemptId}/0123456789abcdef/${'0'.repeat(32)}-${name}.pdf`
  const put = async (attemptId: string, name: string): Promise<string> => {
    const file = {
      key: key(attemptId, name),
      kind: 'exam',
      contentType: 'application/pdf',
      bytes: 10,
      sha256: '',
    }
    await north((db) => recordFile(db, { ...file, uploadedById: null }, null))
    return file.key
  }
  const age = (days: number) =>
    owner.query(`update "StoredFile" set "createdAt" = now() - $1 * interval '1 day'`, [days])

  test('that were taken out again are let go a week after it was handed in, and no others', async () => {
    const examId = await makeSitting(owner)
    const [over, running] = [await sat(examId, 'ann7', 3), (await start(examId, 'ann8')).attemptId]
    const [kept, out] = [await put(over, 'kept'), await put(over, 'out')]
    const [open, orphan] = [await put(running, 'open'), await put('gone1', 'orphan')]
    const value = { type: 'file-upload', keys: [kept] }
    await owner.query(
      `update "ExamAttempt" set answers = jsonb_set(answers, '{answers,q9}', $2::jsonb) where id = $1`,
      [over, JSON.stringify({ value, sequence: 1, savedAt: '2026-01-01T00:00:00.000Z' })],
    )
    await age(30)
    expect(await forgetUnsubmitted('north')).toBe(1)
    expect(await north((db) => recordedKeys(db, [kept, out, open, orphan]))).toEqual(
      expect.arrayContaining([kept, out, open]),
    )
    await owner.query(
      `update "ExamAttempt" set "startedAt" = "startedAt" - interval '9 days',
      "deadlineAt" = "deadlineAt" - interval '9 days', "submittedAt" = "submittedAt" - interval '9 days' where id = $1`,
      [over],
    )
    expect(await forgetUnsubmitted('north')).toBe(1)
    const left = await north((db) => recordedKeys(db, [kept, out, open, orphan]))
    expect(left.toSorted()).toEqual([kept, open].toSorted())
    expect(await forgetUnsubmitted('north')).toBe(0)
  })
})
