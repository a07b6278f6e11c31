import { pointsIn } from '../exam/when'
import { StatusBadge, type Tone } from '#components/ui/status-badge'
import type { GradedAssignment, GradeState, SubmissionCard } from '#lib/assignments/contract/grading'
import { translator } from '#lib/i18n/translate'

const TONES = {
  ...({ waits: 'warn', stale: 'warn' } as const),
  ...({ graded: 'info', released: 'good' } as const),
} as const satisfies Record<GradeState, Tone>

/** Whether a submission waits, is graded, or is seen by its learner. */
export function GradeBadge({ locale, state }: { locale: string; state: GradeState }) {
  return <StatusBadge tone={TONES[state]}>{translator(locale, 'assignmentGrade.states')(state)}</StatusBadge>
}

/** `17 of 20`; null where there is no grade. */
export function gradeText(
  locale: string,
  { grade }: SubmissionCard,
  { points }: GradedAssignment,
): string | null {
  if (grade === null) return null
  const t = translator(locale, 'assignment')
  return t('resultOf', { grade: pointsIn(locale, grade), points: pointsIn(locale, points) })
}
