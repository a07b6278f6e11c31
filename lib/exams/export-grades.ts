import 'server-only'
import { csvFile } from '#lib/audit/rules'
import { allResults, type GradedExam } from '#lib/db/queries/exam-grades'
import { recordAudit } from '#lib/db/queries/audit'
import type { TenantDb } from '#lib/db/tenant'
import { AppError } from '#lib/errors'
import { analyseExam } from './analyse-exam'
import { newestOf } from './newest-version'
import { passed } from './rules/passed'

/** Lines that a file holds at most. */
const MOST = 100_000

const RESULT_HEAD = [
  ...['name', 'email', 'attempt', 'counts', 'started', 'handed_in', 'ended_by', 'points', 'max_points'],
  ...['passed', 'questions_waiting'],
]
const ITEM_HEAD = [
  ...['number', 'question', 'attempts', 'difficulty', 'discrimination', 'upper_lower_27', 'blank', 'option'],
  ...['correct', 'chosen', 'chosen_upper', 'chosen_lower'],
]

export type Exported = Readonly<{
  exam: GradedExam
  actorId: string
  client: Readonly<{ ip: string; requestId: string | null }>
}>

const yesNo = (value: boolean | null): string | null => (value === null ? null : value ? 'yes' : 'no')
/** Without a float’s tail. */
const figure = (value: number | null): string | null => (value === null ? null : value.toFixed(4))

/** All attempts with their points as a CSV file; that it was taken out is written into the log. Times are UTC. */
export async function exportResults(db: TenantDb, { exam, actorId, client }: Exported): Promise<string> {
  const { settings } = await newestOf(db, exam)
  const rows = await allResults(db, exam.id, MOST + 1)
  // A part of the results would look like all of them.
  if (rows.length > MOST)
    throw new AppError('payload_too_large', 'The exam has more attempts than a file takes.')
  await recordAudit(db, {
    ...{ action: 'exam.results', actorId, targetType: 'Exam', targetId: exam.id, client },
    after: { rows: rows.length },
  })
  const lines = rows.map((row) => [
    ...[row.name, row.email, String(row.number), yesNo(row.counts && row.submittedAt !== null)],
    ...[row.startedAt.toISOString(), row.submittedAt?.toISOString() ?? null, row.endedBy],
    ...[row.score, row.maxScore],
    yesNo(row.maxScore === null ? null : passed(row.score, row.maxScore, settings.passPercent)),
    String(row.waiting),
  ])
  return csvFile([RESULT_HEAD, ...lines])
}

/** The item analysis as a CSV file: a line for each question, and one for each of its choices. Names nobody. */
export async function exportAnalysis(db: TenantDb, exam: GradedExam): Promise<string> {
  const { items } = await analyseExam(db, exam)
  const lines = items.flatMap((item) => {
    const own = [
      ...[String(item.number), item.prompt, String(item.count), figure(item.difficulty)],
      ...[figure(item.discrimination), figure(item.upperLower), String(item.blank)],
    ]
    const options = item.options.map(({ text, correct, count, upper, lower }) => [
      ...[...own, text, yesNo(correct), String(count), String(upper), String(lower)],
    ])
    return [[...own, null, null, null, null, null], ...options]
  })
  return csvFile([ITEM_HEAD, ...lines])
}
