import { daysFrom, type Anchor } from './clock'
import { seedId } from './ids'
import type { Rows } from './rows'
import { schoolOf } from './schools'

/** Breaks of Acme Academy: one that is over, one to come. Days from the anchor, both included. */
const BREAKS = [
  { name: 'Autumn break', first: -47, last: -41 },
  { name: 'Winter break', first: 25, last: 38 },
] as const

const dayOf = (anchor: Anchor, offset: number): string => daysFrom(anchor, offset).toISOString().slice(0, 10)

/** The breaks of a school, as its streaks know them. */
export function breaksOf(anchor: Anchor, schoolId: string): { first: string; last: string }[] {
  if (schoolId !== schoolOf('acme').id) return []
  return BREAKS.map(({ first, last }) => ({ first: dayOf(anchor, first), last: dayOf(anchor, last) }))
}

/** One row a break. */
export function breakRows(anchor: Anchor): Rows['SchoolBreak'] {
  const tenantId = schoolOf('acme').id
  return BREAKS.map(({ name, first, last }) => ({
    ...{ id: seedId('break', tenantId, name), tenantId, name },
    ...{ firstDay: dayOf(anchor, first), lastDay: dayOf(anchor, last), createdAt: daysFrom(anchor, -60) },
  }))
}
