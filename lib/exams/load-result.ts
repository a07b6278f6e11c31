import 'server-only'
import { findOwnResult, type OwnResultRow } from '#lib/db/queries/exam-view'
import type { TenantDb } from '#lib/db/tenant'
import { AppError } from '#lib/errors'
import { fileName } from '#lib/files/handed-names'
import { answerFileUrl } from './answer-files'
import { type AnswerValue, attemptAnswersSchema, type Question, questionsSchema } from './contract'
import type { ResultQuestion, ResultView } from './contract/learner'
import { type ExamSettings, examSettingsSchema } from './contract/settings'
import { attemptLayoutSchema } from './contract/taking'
import { ownAnswerView, rightAnswerView } from './rules/answer-view'
import { saysSomething } from './rules/answered'
import { Points } from './rules/decimal'
import { questionsOf } from './rules/layout'
import type { Review } from './rules/review'
import { ownAttemptOf } from './terms'

type Mark = OwnResultRow['marks'][number]

type Context = Readonly<{
  tenantId: string
  attemptId: string
  review: Review
  voided: ExamSettings['voided']
}>

function outcomeOf(mark: Mark | undefined, value: AnswerValue | null): ResultQuestion['outcome'] {
  if (mark === undefined || mark.points === null) return 'waits'
  const [points, max] = [new Points(mark.points), new Points(mark.maxPoints)]
  if (points.lte(0) && (value === null || !saysSomething(value))) return 'unanswered'
  if (points.gte(max)) return 'right'
  return points.gt(0) ? 'partly' : 'wrong'
}

type Given = Readonly<{
  question: Question
  key: Question
  value: AnswerValue | null
  mark: Mark | undefined
}>

function gradeOf({ review }: Context, { question, value, mark }: Given) {
  const { score, answers } = review
  return {
    points: score ? (mark?.points ?? null) : null,
    maxPoints: mark?.maxPoints ?? String(question.points),
    outcome: answers || score ? outcomeOf(mark, value) : null,
    comment: score ? (mark?.comment ?? null) : null,
  }
}

/** The learner's own answer; where only the key may be seen, the options with the right ones marked. */
function yoursOf({ tenantId, attemptId, review }: Context, { question, key, value }: Given) {
  if (!review.answers && !review.key) return null
  const place = { attemptId, questionId: question.id }
  return ownAnswerView(
    { question, value: review.answers ? value : null, key: review.key ? key : null },
    (file) => ({ name: fileName(file), url: answerFileUrl(tenantId, place, file) }),
  )
}

/** One question, with nothing of it that may not be seen: what isn't put in here stays on the server. */
function questionOf(context: Context, given: Given): ResultQuestion {
  const { review, voided } = context
  const { question, key } = given
  const { id, prompt } = question
  return {
    id,
    ...gradeOf(context, given),
    prompt: review.answers || review.key ? prompt : null,
    voided: Object.hasOwn(voided, id),
    yours: yoursOf(context, given),
    right: review.key ? rightAnswerView(key) : null,
    explanation: review.key && key.explanation !== '' ? key.explanation : null,
  }
}

/**
 * A learner's own result, as far as the exam's newest settings let them see it: one statement.
 * @throws AppError 'not_found' for an attempt that isn't theirs, or of an exam that they can't see
 */
export async function loadResult(
  db: TenantDb,
  input: Readonly<{ examId: string; attemptId: string; userId: string }>,
): Promise<ResultView> {
  const row = await findOwnResult(db, input)
  if (row === null) throw new AppError('not_found', 'No attempt of one’s own has this id.')
  const settings = examSettingsSchema.parse(row.settings)
  const attempt = ownAttemptOf(row, settings, row)
  const layout = attemptLayoutSchema.parse(row.layout)
  const asked = questionsOf(questionsSchema.parse(row.asked), layout)
  const keys = new Map(questionsSchema.parse(row.graded).map((question) => [question.id, question]))
  const frozen = attemptAnswersSchema.parse(row.answers)
  const answers = 'version' in frozen ? frozen.answers : {}
  const marks = new Map(row.marks.map((mark) => [mark.questionId, mark]))
  const { review } = attempt
  const context = { tenantId: db.tenantId, attemptId: row.id, review, voided: settings.voided }
  const valueOf = (question: Question): AnswerValue | null => {
    const value = Object.hasOwn(answers, question.id) ? answers[question.id]?.value : undefined
    return value?.type === question.type ? value : null
  }
  const visible = review.score || review.answers || review.key
  const questions = asked.map((question) => {
    const value = valueOf(question)
    return questionOf(context, {
      ...{ question, value, mark: marks.get(question.id) },
      key: keys.get(question.id) ?? question,
    })
  })
  const { examTitle, courseId, courseTitle } = row
  return {
    ...{ examId: input.examId, examTitle, courseId, courseTitle, attempt },
    passPercent: settings.passPercent,
    answered: asked.filter((question) => {
      const value = valueOf(question)
      return value !== null && saysSomething(value)
    }).length,
    questions: visible ? questions : [],
    questionCount: asked.length,
  }
}
