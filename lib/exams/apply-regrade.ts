import 'server-only'
import { enterMarks, lockSat, type NewMark, type NewScore } from '#lib/db/queries/exam-marking'
import type { TenantDb } from '#lib/db/tenant'
import { AppError } from '#lib/errors'
import { settleScores } from './grade-attempts'
import { examToGrade, type Graded } from './grader'
import { type Planned, planRegrade, stampOf } from './plan-regrade'
import { tellScores } from './tell-scores'

/** People whose attempts one unit of work regrades: few, because those are locked meanwhile. */
const BATCH = 50

export type RegradeBatch = Readonly<{
  version: number
  attempts: number
  /** `points` of the whole attempt, of those whose points changed. */
  changed: readonly Readonly<{ attempt: string; from: string | null; to: string | null }>[]
}>

type Work = Readonly<{
  /** Runs a unit of work in which the grader still may grade. */
  unit: <T>(query: (db: TenantDb) => Promise<T>) => Promise<T>
  /** Writes the log, in the unit that regrades. */
  record: (db: TenantDb, batch: RegradeBatch) => Promise<void>
}>

/** Regrades some people's attempts with the keys of the newest version, as it is when they are locked. */
async function regradeSome(
  db: TenantDb,
  input: Graded & Readonly<{ versionId: string; some: readonly Planned[]; record: Work['record'] }>,
): Promise<number> {
  const { examId, versionId, some, record } = input
  const exam = await examToGrade(db, input)
  if (exam.versionId !== versionId) throw new AppError('conflict', 'A newer version was published meanwhile.')
  const people = [...new Set(some.map(({ row }) => row.userId))].toSorted()
  const sitters = people.map((userId) => ({ examId, userId }))
  await lockSat(db, sitters)
  // What somebody graded since the preview is seen here; what another press has regraded is no longer behind.
  const planned = await planRegrade(
    db,
    { id: examId, versionId },
    some.map(({ row }) => row.id),
  )
  if (planned.length === 0) return 0
  const scores = planned.map(({ row, after }): NewScore => {
    return { attemptId: row.id, versionId, score: after.score, maxScore: after.maxScore }
  })
  const marks = planned.flatMap(({ row, after }) =>
    after.marks.map(({ questionId, to, toMax }): NewMark => {
      return { attemptId: row.id, questionId, points: to, maxPoints: toMax }
    }),
  )
  await enterMarks(db, scores, marks)
  await settleScores(db, { sitters, graded: planned.map(({ row }) => row.id), now: new Date() })
  await tellScores(db, {
    examId,
    scores: planned.map(({ row, after }) => ({ userId: row.userId, before: row.score, after: after.score })),
  })
  await record(db, {
    version: exam.version ?? 0,
    attempts: planned.length,
    changed: planned
      .filter(({ after }) => after.marks.length > 0)
      .map(({ row, after }) => ({ attempt: row.id, from: row.score, to: after.score })),
  })
  return planned.length
}

/**
 * Applies a regrade that was previewed, in batches that each are a unit of work of their own: one that fails leaves those
 * before it done, and asking again does the rest. Repeating it changes nothing.
 * @returns how many attempts the newest keys graded
 * @throws AppError 'conflict' when the preview is out of date; 'not_found', 'forbidden'
 */
export async function applyRegrade({
  unit,
  record,
  ...input
}: Graded & Readonly<{ stamp: string }> & Work): Promise<number> {
  const { versionId, planned } = await unit(async (db) => {
    const exam = await examToGrade(db, input)
    if (exam.versionId === null) return { versionId: '', planned: [] }
    const all = await planRegrade(db, { id: exam.id, versionId: exam.versionId }, null)
    if (all.length > 0 && stampOf(exam, all) !== input.stamp)
      throw new AppError('conflict', 'The preview is out of date.')
    return { versionId: exam.versionId, planned: all }
  })
  const people = [...Map.groupBy(planned, ({ row }) => row.userId).values()]
  let regraded = 0
  for (let start = 0; start < people.length; start += BATCH) {
    const some = people.slice(start, start + BATCH).flat()
    regraded += await unit((db) => regradeSome(db, { ...input, versionId, some, record }))
  }
  return regraded
}
