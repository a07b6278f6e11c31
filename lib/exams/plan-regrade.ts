import 'server-only'
import { createHash } from 'node:crypto'
import type { GradedExam } from '#lib/db/queries/exam-grades'
import { type BehindRow, listBehind } from '#lib/db/queries/exam-regrade'
import type { TenantDb } from '#lib/db/tenant'
import { answersOf } from './load-attempt'
import { type Regraded, regrade } from './rules/regrade'
import { versionOf } from './versions'

export type Planned = Readonly<{ row: BehindRow; after: Regraded }>

/**
 * What the newest version's keys make of attempts that older ones graded. Writes nothing.
 * @param ids only these of them; null: all
 */
export async function planRegrade(
  db: TenantDb,
  exam: Readonly<{ id: string; versionId: string }>,
  ids: readonly string[] | null,
): Promise<Planned[]> {
  const newest = await versionOf(db, exam.versionId)
  const questions = new Map(newest.questions.map((question) => [question.id, question]))
  const planned: Planned[] = []
  for (const row of await listBehind(db, { examId: exam.id, versionId: exam.versionId, ids })) {
    const { types: asked } = await versionOf(db, row.versionId)
    const keys = { questions, asked, settings: newest.settings }
    planned.push({ row, after: regrade(row.marks, answersOf(row.answers), keys) })
  }
  return planned
}

/** A text that is another as soon as anything is that the plan was made of. 32 hex digits. */
export function stampOf({ versionId }: Pick<GradedExam, 'versionId'>, planned: readonly Planned[]): string {
  const seen = planned.map(({ row: { id, score, maxScore, gradedVersionId, marks } }) => [
    ...[id, score, maxScore, gradedVersionId],
    marks.map(({ questionId, points, maxPoints, byHand }) => [questionId, points, maxPoints, byHand]),
  ])
  return createHash('sha256')
    .update(JSON.stringify([versionId, seen]))
    .digest('hex')
    .slice(0, 32)
}
