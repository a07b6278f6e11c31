import 'server-only'
import { countStates, type GradedExam } from '#lib/db/queries/exam-grades'
import { listStanding } from '#lib/db/queries/exam-regrade'
import type { TenantDb } from '#lib/db/tenant'
import type { RegradedAttempt, RegradePreview } from './contract/grading'
import { newestOf } from './newest-version'
import { type Planned, planRegrade, stampOf } from './plan-regrade'
import { Points, pointsText } from './rules/decimal'
import { foresee } from './rules/foresee'
import { passed } from './rules/passed'

const plain = (points: string | null): string | null =>
  points === null ? null : pointsText(new Points(points))

function changedOf(
  { row, after }: Planned,
  passPercent: number | null,
  numbers: ReadonlyMap<string, number>,
  counting: ReadonlySet<string>,
): RegradedAttempt {
  const { id: attemptId, name, number, counts: counted, score, maxScore } = row
  return {
    ...{ attemptId, name, number, counted, counts: counting.has(attemptId) },
    ...{ from: plain(score), fromMax: plain(maxScore) ?? '0', to: after.score, toMax: after.maxScore },
    passedFrom: passed(score, maxScore, passPercent),
    passedTo: passed(after.score, after.maxScore, passPercent),
    marks: after.marks
      .map((mark) => ({ ...mark, number: numbers.get(mark.questionId) ?? 0 }))
      .toSorted((one, other) => one.number - other.number),
  }
}

/** Who would get which points by the newest keys. Writes nothing. */
export async function previewRegrade(
  db: TenantDb,
  input: Readonly<{ exam: GradedExam; courseId: string; may: boolean }>,
): Promise<RegradePreview> {
  const { exam, courseId, may } = input
  const { id, versionId, version } = exam
  const { questions, settings } = await newestOf(db, exam)
  const { running } = await countStates(db, { courseId, examId: id, versionId })
  const planned = versionId === null ? [] : await planRegrade(db, { id, versionId }, null)
  const numbers = new Map(questions.map((question, index) => [question.id, index + 1]))
  const changing = planned.filter(({ after }) => after.marks.length > 0)
  const people = [...new Set(changing.map(({ row }) => row.userId))]
  const standing = people.length === 0 ? [] : await listStanding(db, { examId: id, userIds: people })
  const points = new Map(changing.map(({ row, after }) => [row.id, after]))
  const { counting, newlyPassed, newlyFailed } = foresee(standing, points, settings)
  const changed = changing.map((one) => changedOf(one, settings.passPercent, numbers, counting))
  const voided = (questionId: string): boolean => Object.hasOwn(settings.voided, questionId)
  return {
    ...{ stamp: stampOf(exam, planned), version, behind: planned.length, changed, running, may },
    ...{ newlyPassed, newlyFailed },
    byHandVoided: planned
      .flatMap(({ row }) => row.marks)
      .filter(({ byHand, questionId }) => byHand && voided(questionId)).length,
    ...{ unpublished: exam.changed, madeAt: exam.now, timeZone: exam.timeZone },
  }
}
