import 'server-only'
import { cursorFrom } from '#lib/db/queries/cursor'
import {
  type AttemptRow,
  countPiles,
  countStates,
  type GradedExam,
  listIdle,
  listToGrade,
} from '#lib/db/queries/exam-grades'
import type { TenantDb } from '#lib/db/tenant'
import type { AttemptCard, AttemptsSearch, AttemptsView, QuestionPile } from './contract/grading'
import { newestOf } from './newest-version'
import { passed } from './rules/passed'

const PAGE = 50

/** A row as it is shown; `passPercent` of the newest settings. */
export function attemptCardOf(row: AttemptRow, passPercent: number | null): AttemptCard {
  const { id, userId, name, email, number, counts, score, maxScore } = row
  const { startedAt, deadlineAt, submittedAt, endedBy, waiting } = row
  return {
    ...{ id, userId, name, email, number, counts, score, maxScore },
    ...{ startedAt, deadlineAt, submittedAt, endedBy, waiting },
    passed: maxScore === null ? null : passed(score, maxScore, passPercent),
  }
}

async function pilesOf(db: TenantDb, exam: GradedExam, waiting: number): Promise<QuestionPile[]> {
  if (waiting === 0) return []
  const { questions } = await newestOf(db, exam)
  const prompts = new Map(questions.map(({ id, prompt }, index) => [id, { prompt, index }]))
  return (await countPiles(db, exam.id))
    .toSorted((one, other) => (prompts.get(one.id)?.index ?? 999) - (prompts.get(other.id)?.index ?? 999))
    .map(({ id, waiting: count }) => ({ id, prompt: prompts.get(id)?.prompt ?? id, waiting: count }))
}

type Input = Readonly<{ exam: GradedExam; courseId: string; search: AttemptsSearch; may: boolean }>

async function pageOf(db: TenantDb, { exam, courseId, search }: Input, passPercent: number | null) {
  const { q, state } = search
  const cursor = cursorFrom(search.cursor)
  const place = { examId: exam.id, q, cursor, limit: PAGE }
  if (state === 'none') {
    const { rows, ...page } = await listIdle(db, { ...place, courseId })
    return { ...page, attempts: [], idle: rows.map(({ id, name, email }) => ({ userId: id, name, email })) }
  }
  const { rows, ...page } = await listToGrade(db, { ...place, state })
  return { ...page, attempts: rows.map((row) => attemptCardOf(row, passPercent)), idle: [] }
}

/** Who has which attempt in what state. At most five statements. @throws AppError 'not_found' for a cursor that isn't one */
export async function listAttempts(db: TenantDb, input: Input): Promise<AttemptsView> {
  const { exam, courseId, search, may } = input
  const { settings } = await newestOf(db, exam)
  const counts = await countStates(db, { courseId, examId: exam.id, versionId: exam.versionId })
  return {
    ...(await pageOf(db, input, settings.passPercent)),
    ...{ search, counts, may, piles: await pilesOf(db, exam, counts.waiting) },
    ...{ releasedAt: exam.releasedAt, review: settings.review, passPercent: settings.passPercent },
    ...{ timeZone: exam.timeZone, now: exam.now },
  }
}
