import 'server-only'
import { type AttemptDetail, getAttemptDetail } from '#lib/db/queries/exam-attempt-detail'
import type { GradedExam } from '#lib/db/queries/exam-grades'
import type { TenantDb } from '#lib/db/tenant'
import { type AnswerValue, attemptAnswersSchema } from './contract'
import type { AttemptToGrade, QuestionToGrade, TimelineEntry } from './contract/grading'
import { attemptLayoutSchema, EVENT_KINDS, eventDetailSchema } from './contract/taking'
import { attemptCardOf } from './list-attempts'
import { newestOf } from './newest-version'
import { questionViewOf } from './question-view'
import { eventFacts } from './rules/event-facts'
import { questionsOf } from './rules/layout'
import { type ParsedVersion, versionOf } from './versions'

/** The answers of an attempt by their questions. */
export function answersOf(stored: unknown): ReadonlyMap<string, AnswerValue> {
  const frozen = attemptAnswersSchema.parse(stored)
  const answers = 'answers' in frozen ? frozen.answers : {}
  return new Map(Object.entries(answers).map(([id, { value }]) => [id, value]))
}

/** The questions of an attempt as its learner had them, with keys and marks. At most two statements. */
export async function questionsToGrade(db: TenantDb, detail: AttemptDetail): Promise<QuestionToGrade[]> {
  const own = await versionOf(db, detail.versionId)
  const graded = detail.gradedVersionId === null ? own : await versionOf(db, detail.gradedVersionId)
  const keys = new Map(graded.questions.map((question) => [question.id, question]))
  const marks = new Map(detail.marks.map((mark) => [mark.questionId, mark]))
  const answers = answersOf(detail.answers)
  return questionsOf(own.questions, attemptLayoutSchema.parse(detail.layout)).map((asked, index) =>
    questionViewOf({
      ...{ tenantId: db.tenantId, attemptId: detail.id, asked, number: index + 1 },
      ...{ value: answers.get(asked.id) ?? null, mark: marks.get(asked.id) },
      ...{ key: keys.get(asked.id), settings: graded.settings },
    }),
  )
}

function timelineOf({ events }: AttemptDetail, questions: readonly QuestionToGrade[]): TimelineEntry[] {
  const numbers = new Map(questions.map(({ id, number }) => [id, number]))
  return events.flatMap(({ kind, at, detail }) => {
    const known = EVENT_KINDS.find((one) => one === kind)
    const { seconds = null, length = null, questionId } = eventDetailSchema.parse(detail)
    const question = questionId === undefined ? null : (numbers.get(questionId) ?? null)
    return known === undefined ? [] : [{ kind: known, at: new Date(at), seconds, length, question }]
  })
}

/** Whether two versions could give an answer different points. */
function differ(one: ParsedVersion, other: ParsedVersion): boolean {
  const keys = ({ questions, settings: { negativePercent, voided } }: ParsedVersion): string =>
    JSON.stringify([questions, negativePercent, voided])
  return one.id !== other.id && keys(one) !== keys(other)
}

async function isBehind(db: TenantDb, { versionId }: GradedExam, detail: AttemptDetail): Promise<boolean> {
  if (versionId === null || detail.gradedVersionId === null) return false
  return differ(await versionOf(db, detail.gradedVersionId), await versionOf(db, versionId))
}

/**
 * One attempt for whoever grades it: all questions, what happened meanwhile, and its neighbours. At most four statements.
 * @throws AppError 'not_found', also for an attempt at another exam
 */
export async function loadAttempt(
  db: TenantDb,
  input: Readonly<{ exam: GradedExam; attemptId: string; may: boolean }>,
): Promise<AttemptToGrade> {
  const { exam, attemptId, may } = input
  const detail = await getAttemptDetail(db, { examId: exam.id, attemptId })
  const { settings } = await newestOf(db, exam)
  const questions = await questionsToGrade(db, detail)
  const timeline = timelineOf(detail, questions)
  return {
    ...{ questions, timeline, may, facts: eventFacts(timeline) },
    attempt: attemptCardOf(detail, settings.passPercent),
    ...{ previous: detail.previous, next: detail.next, timeZone: exam.timeZone, now: exam.now },
    behind: await isBehind(db, exam, detail),
  }
}
