import type { AssignmentRow } from '#lib/db/queries/assignments'
import { type AssignmentSettings, assignmentSettingsSchema, type AssignmentState } from './contract'
import { closingOf, daysLate, ownDue } from './rules/late'

/** What holds for one person now. */
export type Terms = Readonly<{
  settings: AssignmentSettings
  dueAt: Date | null
  closesAt: Date | null
  /** Days late that handing in at a moment is. */
  daysLateAt: (at: Date) => number
  state: AssignmentState
}>

/** What holds for one person at the row's time. Throws when the stored settings are none. */
export function termsOf(row: AssignmentRow): Terms {
  const settings = assignmentSettingsSchema.parse(row.settings)
  const { late, times } = settings
  const dueAt = ownDue(row.dueDate, row.extendedTo)
  const closesAt = closingOf(dueAt, late, row.timeZone)
  const daysLateAt = (at: Date): number => daysLate(dueAt, at, late, row.timeZone)
  const stateOf = (): AssignmentState => {
    if (times !== null && row.number >= times) return 'used-up'
    if (closesAt !== null && row.now > closesAt) return 'closed'
    return daysLateAt(row.now) > 0 ? 'late' : 'open'
  }
  return { settings, dueAt, closesAt, daysLateAt, state: stateOf() }
}
