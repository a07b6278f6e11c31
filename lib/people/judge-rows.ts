import 'server-only'
import type { Permission } from '#lib/auth/permissions'
import type { KnownAddress } from '#lib/db/queries/people-changes'
import { emailField, nameField } from '#lib/identity/contract'
import type { ImportRow } from './contract'
import type { ImportOutcome } from './rules'
import type { WrittenRow } from './read-people-csv'
import { type GivenRole, mayGrant } from './rules'

/** Words that a file may call a role by; nothing stands for a student. */
const ROLE_WORDS: ReadonlyMap<string, GivenRole> = new Map([
  ['', 'STUDENT'],
  ['student', 'STUDENT'],
  ['learner', 'STUDENT'],
  ['instructor', 'INSTRUCTOR'],
  ['teacher', 'INSTRUCTOR'],
  ['admin', 'ADMIN'],
  ['administrator', 'ADMIN'],
])

/** A row that can be invited. */
export type Guest = Readonly<{ email: string; name: string | null; role: GivenRole }>

/** The address as it would be stored; null when it is none. */
export function addressOf(row: WrittenRow): string | null {
  const read = emailField.safeParse(row.email)
  return read.success ? read.data : null
}

/** What the school knows of addresses: who is there or invited, and which were written to just now. */
type School = Readonly<{ known: ReadonlyMap<string, KnownAddress>; recent: ReadonlySet<string> }>

type Judged = Readonly<{ outcome: ImportOutcome; guest: Guest | null }>

/**
 * What becomes of one row. `seen` holds the addresses of the rows before it.
 * Mistakes of the row come first, so that the second reading of a file names the same ones.
 */
function judge(
  row: WrittenRow,
  held: ReadonlySet<Permission>,
  school: School,
  seen: ReadonlySet<string>,
): Judged {
  const refuse = (outcome: ImportOutcome): Judged => ({ outcome, guest: null })
  if (row.surplus) return refuse('columns')
  const email = addressOf(row)
  if (email === null) return refuse('address')
  if (row.name !== '' && !nameField.safeParse(row.name).success) return refuse('name')
  const role = ROLE_WORDS.get(row.role.toLowerCase())
  if (role === undefined) return refuse('role')
  if (seen.has(email)) return refuse('repeated')
  const there = school.known.get(email)
  if (there !== undefined) return refuse(there.member ? 'member' : 'invited')
  if (school.recent.has(email)) return refuse('recent')
  if (!mayGrant(held, role, [])) return refuse('beyond')
  return { outcome: 'new', guest: { email, name: row.name === '' ? null : row.name, role } }
}

/**
 * What becomes of each row of a file. Of rows with one address the first counts.
 * @param recent addresses that were written to just now
 */
export function judgeRows(
  rows: readonly WrittenRow[],
  held: ReadonlySet<Permission>,
  known: readonly KnownAddress[],
  recent: readonly string[] = [],
): { rows: ImportRow[]; guests: Guest[] } {
  const school = { known: new Map(known.map((one) => [one.email, one])), recent: new Set(recent) }
  const seen = new Set<string>()
  const guests: Guest[] = []
  const judged = rows.map((row) => {
    const { outcome, guest } = judge(row, held, school, seen)
    const email = addressOf(row)
    if (email !== null && !['name', 'role', 'columns'].includes(outcome)) seen.add(email)
    if (guest !== null) guests.push(guest)
    return { line: row.line, email: row.email, name: row.name, role: row.role, outcome }
  })
  return { rows: judged, guests }
}
