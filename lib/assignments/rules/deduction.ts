import { pointsText } from '#lib/exams/rules/decimal'
import { daysLate, lateDeduction, type LatePolicy, ownDue } from './late'

/** What of an assignment decides how late something is; `points`: what can be had, decimal text. */
export type LateRules = Readonly<{
  dueDate: Date | null
  /** IANA: the course's, or else the school's. */
  timeZone: string
  points: string
  late: LatePolicy
}>

/** Days that something of a person is late, by everybody's date or their own. */
export function lateBy({ late, dueDate, timeZone }: LateRules, extendedTo: Date | null, at: Date): number {
  return daysLate(ownDue(dueDate, extendedTo), at, late, timeZone)
}

/** Points that lateness takes off a grade that was given for what came in at a moment; decimal text. */
export function deductionBy(
  rules: LateRules,
  {
    grade,
    submittedAt,
    extendedTo,
  }: Readonly<{ grade: string | null; submittedAt: Date; extendedTo: Date | null }>,
): string {
  if (grade === null) return '0'
  const days = lateBy(rules, extendedTo, submittedAt)
  return pointsText(lateDeduction({ points: grade, maxPoints: rules.points, days, policy: rules.late }))
}
