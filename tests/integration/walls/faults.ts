import type { ClientBase } from 'pg'
import type { Faults } from './catalogue'
import { constraintFaults } from './constraints'
import { functionFaults, grantFaults, roleFaults } from './grants'
import { referenceFaults, uniqueFaults } from './keys'
import { policyFaults } from './policies'
import { columnFaults, tableFaults } from './tables'

const CHECKERS = [
  tableFaults,
  columnFaults,
  policyFaults,
  referenceFaults,
  uniqueFaults,
  grantFaults,
  functionFaults,
  roleFaults,
  constraintFaults,
]

/** Walks the catalogue of a migrated database; gives a sentence for every gap in the walls between schools. */
export async function wallFaults(client: ClientBase): Promise<Faults> {
  const faults: Faults = []
  for (const checker of CHECKERS) faults.push(...(await checker(client)))
  return faults
}
