import type { SchoolHealth } from '../contract/views'

/** A change that says something: three in ten. */
const CHANGE = 0.3

/** How a school fares, by who learned in it in the last seven days and in the seven before. */
export function healthOf({
  status,
  learnersWeek: now,
  learnersBefore: before,
}: Pick<SchoolHealth, 'status' | 'learnersWeek' | 'learnersBefore'>):
  'closed' | 'silent' | 'shrinking' | 'steady' | 'growing' {
  if (status !== 'ACTIVE') return 'closed'
  if (now === 0) return 'silent'
  if (now <= before * (1 - CHANGE)) return 'shrinking'
  return now >= before * (1 + CHANGE) ? 'growing' : 'steady'
}
