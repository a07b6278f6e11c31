import 'server-only'
import { foldMarks } from '#lib/db/queries/insight-fold'
import { withTenant } from '#lib/db/tenant'

/** Marks in one unit of work: many enough to be quick, few enough to end well before a statement's time is up. */
const PART = 5_000

/** Adds all marks of a school to its tallies, in parts. @returns how many there were */
export async function foldSchool(tenantId: string): Promise<number> {
  let total = 0
  for (;;) {
    const took = await withTenant(tenantId, (db) => foldMarks(db, PART))
    total += took
    if (took < PART) return total
  }
}
