import 'server-only'
import { getAttemptDetail, listPile, type PileRow } from '#lib/db/queries/exam-attempt-detail'
import type { GradedExam } from '#lib/db/queries/exam-grades'
import type { TenantDb } from '#lib/db/tenant'
import { AppError } from '#lib/errors'
import type { AnswerToGrade, GradeSearch, QuestionGrading } from './contract/grading'
import { questionsToGrade } from './load-attempt'
import { newestOf } from './newest-version'

type Input = Readonly<{ exam: GradedExam; questionId: string; search: GradeSearch; may: boolean }>

async function answerOf(db: TenantDb, input: Input, row: PileRow): Promise<AnswerToGrade> {
  const { exam, questionId, search } = input
  const detail = await getAttemptDetail(db, { examId: exam.id, attemptId: row.attemptId })
  const question = (await questionsToGrade(db, detail)).find(({ id }) => id === questionId)
  if (question === undefined) throw new AppError('not_found', 'The attempt has no such question.')
  return {
    ...{ attemptId: detail.id, number: detail.number, submittedAt: row.submittedAt, question },
    // What isn't to be seen doesn't travel.
    name: search.names === 'hidden' ? null : detail.name,
  }
}

/** Where a grader stands: the row that is shown, and those before and after it that they walk. */
function walk(pile: readonly PileRow[], { attempt, show }: GradeSearch) {
  const chosen = pile.find(({ attemptId }) => attemptId === attempt)
  if (attempt !== undefined && chosen === undefined)
    throw new AppError('not_found', 'The attempt isn’t in the pile.')
  const first = pile.find(({ waits }) => waits) ?? (show === 'all' ? pile[0] : undefined)
  const shown = chosen ?? first
  if (shown === undefined) return { shown: null, place: 0, previous: null, next: null }
  const index = pile.indexOf(shown)
  const walked = (row: PileRow): boolean => show === 'all' || row.waits
  return {
    ...{ shown, place: index + 1 },
    previous: pile.slice(0, index).findLast(walked)?.attemptId ?? null,
    next: pile.slice(index + 1).find(walked)?.attemptId ?? null,
  }
}

/**
 * All answers to one question, one at a time. Those that wait come one after the other; with `show` `all` the graded
 * ones, too. @throws AppError 'not_found' for a question that neither the exam nor any attempt has
 */
export async function loadPile(db: TenantDb, input: Input): Promise<QuestionGrading> {
  const { exam, questionId, search, may } = input
  const pile = await listPile(db, { examId: exam.id, questionId })
  const { questions } = await newestOf(db, exam)
  const index = questions.findIndex(({ id }) => id === questionId)
  const { shown, ...around } = walk(pile, search)
  const current = shown === null ? null : await answerOf(db, input, shown)
  const known = questions[index] ?? current?.question
  if (known === undefined) throw new AppError('not_found', 'There is no such question.')
  return {
    ...{ ...around, search, current, timeZone: exam.timeZone, may },
    question: { id: questionId, prompt: known.prompt, type: known.type, number: index + 1 },
    ...{ total: pile.length, graded: pile.filter(({ waits }) => !waits).length },
  }
}
