import 'server-only'
import type { ExamTermsRow, OwnAttemptRow } from '#lib/db/queries/exam-view'
import { type ExamSettings, examSettingsSchema } from './contract/settings'
import type { OwnAttempt } from './contract/learner'
import { type Allowance, allowanceOf } from './rules/allowance'
import { passed } from './rules/passed'
import { mayReview } from './rules/review'

export type Terms = Readonly<{ settings: ExamSettings; allowance: Allowance }>

/** An exam's settings, and what they are for one person. */
export function termsOf(row: ExamTermsRow): Terms {
  const settings = examSettingsSchema.parse(row.settings)
  const date = (text: string | null): Date | null => (text === null ? null : new Date(text))
  const { startDate, endDate, duration } = row
  const allowance = allowanceOf(
    { startDate, endDate, duration, attempts: settings.attempts },
    row.accommodations.map((one) => ({ ...one, startDate: date(one.startDate), endDate: date(one.endDate) })),
  )
  return { settings, allowance }
}

/** An attempt with as much of its score as its owner may see. */
export function ownAttemptOf(
  row: OwnAttemptRow,
  settings: Pick<ExamSettings, 'review' | 'passPercent' | 'counting'>,
  exam: Readonly<{ releasedAt: Date | null; closedForAll: boolean }>,
): OwnAttempt {
  const { id, number, startedAt, deadlineAt, submittedAt, endedBy, counts, gradedAt } = row
  const review = mayReview(settings, { submittedAt, gradedAt, ...exam })
  const shown = review.score && row.maxScore !== null
  return {
    ...{ id, number, startedAt, deadlineAt, submittedAt, endedBy, review },
    // Which of several is the best tells about scores that may not be seen yet.
    counts: counts && (shown || settings.counting !== 'best'),
    score: shown ? row.score : null,
    maxScore: shown ? row.maxScore : null,
    passed: shown && row.maxScore !== null ? passed(row.score, row.maxScore, settings.passPercent) : null,
  }
}
