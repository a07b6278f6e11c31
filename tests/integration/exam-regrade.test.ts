import { beforeAll, describe, expect, test } from 'vitest'
import { applyRegrade, type RegradeBatch } from '#lib/exams/apply-regrade'
import { previewRegrade } from '#lib/exams/preview-regrade'
import { testDatabase } from '#tests/support/database'
import { makeQuestions } from '#tests/support/factories'
import { makeExamWorld, makeSitting, north, rowOf, start, submit, truth } from './exam-support'
import { essay, graded, mark, place, publish, sat, SETTINGS, withEssay } from './grading-support'

// A regrade: nothing changes unasked, all of it is foreseen, and what a person gave stays.

const { owner } = await testDatabase()
const conflict = { code: 'conflict' }

beforeAll(() => makeExamWorld(owner))

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
    const examId = await withEssay(owner)
    const [first, second] = [await sat(examId, 'ann0'), await sat(examId, 'ann1')]
    await mark(examId, first, { points: '2' })
    await mark(examId, second, { points: '3' })
    await mark(examId, second, { questionId: 'q1', points: '0', comment: 'Copied.' })
    // The key of q1 was wrong: `true` is right.
    const [q0, q1] = makeQuestions(2)
    await publish(owner, examId, [q0, { ...q1, correct: true }, essay], SETTINGS)
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
    const examId = await withEssay(owner)
    const attemptId = await sat(examId, 'ann2')
    await publish(owner, examId, [...makeQuestions(2), { ...essay, points: 10 }], SETTINGS)
    const { stamp } = await preview(examId)
    await mark(examId, attemptId, { points: '1' })
    const before = await rowOf(owner, attemptId)
    await expect(applyRegrade({ ...work(examId, []), stamp })).rejects.toMatchObject(conflict)
    expect(await rowOf(owner, attemptId)).toEqual(before)
  })

  test('foresees which attempt will count, as applying it then settles it', async () => {
    const examId = await makeSitting(owner, { questions: 2 })
    const [q0, q1] = makeQuestions(2)
    const best = { ...SETTINGS, counting: 'best', passPercent: 100 }
    await publish(owner, examId, [q0, q1], best)
    const answered = async (first: boolean, second: boolean): Promise<string> => {
      const { attemptId } = await start(examId, 'ann4')
      await submit({ examId, attemptId }, [truth('q0', 1, first), truth('q1', 1, second)], 'ann4')
      return attemptId
    }
    // Of two equal attempts the first one counts, until both keys turn out to be wrong.
    const [one, two] = [await answered(true, true), await answered(false, true)]
    const counts = async () => [(await rowOf(owner, one))['counts'], (await rowOf(owner, two))['counts']]
    expect(await counts()).toEqual([true, false])
    await publish(
      owner,
      examId,
      [
        { ...q0, correct: false },
        { ...q1, correct: true },
      ],
      best,
    )
    const foreseen = await preview(examId)
    expect(foreseen).toMatchObject({ newlyPassed: 1, newlyFailed: 0 })
    expect(foreseen.changed).toMatchObject([
      { attemptId: one, counted: true, counts: false, to: '1' },
      { attemptId: two, counted: false, counts: true, to: '2' },
    ])
    await applyRegrade({ ...work(examId, []), stamp: foreseen.stamp })
    expect(await counts()).toEqual([false, true])
  })

  test('two at once apply once', async () => {
    const examId = await withEssay(owner)
    await sat(examId, 'ann3')
    await publish(owner, examId, [...makeQuestions(2), essay], { ...SETTINGS, voided: { q1: 'full' } })
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
