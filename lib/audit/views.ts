import 'server-only'
import type { AuditFilter, AuditRow } from '#lib/db/queries/audit'
import type { AuditEntryView, AuditQuery } from './contract'
import { changesOf } from './rules'

/** A row of the log as its page shows it. */
export function entryOf(row: AuditRow): AuditEntryView {
  const { createdAt, before, after, ...rest } = row
  return { ...rest, at: createdAt, changes: changesOf(before, after) }
}

/** What an address asks for, for the query. Days begin and end in the school's zone. */
export function filterOf(query: AuditQuery, timeZone: string): AuditFilter {
  const { person, action, target, from, to } = query
  return { person, action, target, from, to, timeZone }
}
