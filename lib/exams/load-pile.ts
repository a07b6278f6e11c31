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

/**
 * All answers to one question, one at a time. Those that wait come one after the other; with `show` `all` the graded ones, too.
 * @throws AppError 'not_found' for a question that neither the exam nor any attempt has
 */
export async function loadPile(db: TenantDb, input: Input): Promise<QuestionGrading> {
  const { exam, questionId, search, may } = input
  const pile = await listPile(db, { examId: exam.id, questionId })
  const { questions } = await newestOf(db, exam)
  const index = questions.findIndex(({ id }) => id === questionId)
  const chosen = pile.find(({ attemptId }) => attemptId === search.attempt)
  if (search.attempt !== undefined && chosen === undefined)
    throw new AppError('not_found', 'The attempt isn’t in the pile.')
  const shown = chosen ?? pile.find(({ waits }) => waits) ?? (search.show === 'all' ? pile[0] : undefined)
  const place = shown === undefined ? 0 : pile.indexOf(shown)
  const walked = (row: PileRow): boolean => search.show === 'all' || row.waits
  const current = shown === undefined ? null : await answerOf(db, input, shown)
  const known = questions[index] ?? current?.question
  if (known === undefined) throw new AppError('not_found', 'There is no such question.')
  return {
    search,
    question: { id: questionId, prompt: known.prompt, type: known.type, number: index + 1 },
    ...{ total: pile.length, graded: pile.filter(({ waits }) => !waits).length, place: place + 1, current },
    previous: shown === undefined ? null : (pile.slice(0, place).findLast(walked)?.attemptId ?? null),
    next: shown === undefined ? null : (pile.slice(place + 1).find(walked)?.attemptId ?? null),
    ...{ timeZone: exam.timeZone, may },
  }
}
