import type { AuditChange, AuditQuery, AuditValue } from './contract'

/** What the audit log's rows say, for people and for spreadsheets. Pure. */

/** Letters of one value, and values of one entry, that are shown. */
const LONGEST = 200
const MOST = 40

/** A map, because a stored field may be called `valueOf` or `__proto__`, which every object has. */
function fieldsOf(side: unknown): ReadonlyMap<string, unknown> {
  if (side === null || side === undefined) return new Map()
  const isObject = typeof side === 'object' && !Array.isArray(side)
  return new Map<string, unknown>(isObject ? Object.entries(side) : [['value', side]])
}

function cut(text: string): string {
  const letters = [...text]
  return letters.length > LONGEST ? `${letters.slice(0, LONGEST).join('')}…` : text
}

function valueOf(value: unknown): AuditValue {
  if (value === null || value === undefined) return null
  if (typeof value === 'boolean') return value
  return cut(typeof value === 'string' ? value : JSON.stringify(value))
}

function listOf(value: unknown): string[] {
  return Array.isArray(value) ? value.map((one) => cut(String(one))) : []
}

function isList(value: unknown): boolean {
  return Array.isArray(value) && value.every((one) => typeof one === 'string')
}

function changeOf(field: string, before: unknown, after: unknown): AuditChange {
  if ([before, after].every((side) => (side ?? null) === null || isList(side))) {
    const [old, now] = [listOf(before), listOf(after)]
    const added = now.filter((one) => !old.includes(one)).slice(0, MOST)
    const removed = old.filter((one) => !now.includes(one)).slice(0, MOST)
    return { kind: 'list', field: cut(field), added, removed }
  }
  return { kind: 'value', field: cut(field), before: valueOf(before), after: valueOf(after) }
}

/**
 * What an entry changed, field by field: what is the same on both sides isn't in it. The sides are whatever was
 * stored, by any release; nothing about their shape is taken for granted.
 */
export function changesOf(before: unknown, after: unknown): AuditChange[] {
  const [old, now] = [fieldsOf(before), fieldsOf(after)]
  return [...new Set([...old.keys(), ...now.keys()])]
    .filter((field) => JSON.stringify(old.get(field) ?? null) !== JSON.stringify(now.get(field) ?? null))
    .slice(0, MOST)
    .map((field) => changeOf(field, old.get(field), now.get(field)))
}

/** The address of a part of the log; only what was asked for stands in it. */
export function auditHref(query: AuditQuery, cursor: string | null = null, path = '/admin/audit'): string {
  const parts = Object.entries({ ...query, cursor: cursor ?? '' }).filter(([, value]) => value !== '')
  const text = new URLSearchParams(parts).toString()
  return text === '' ? path : `${path}?${text}`
}

/** Whether anything is filtered. */
export function isFiltered(query: AuditQuery): boolean {
  return Object.values(query).some((value) => value !== '')
}

/**
 * One cell of a CSV file (RFC 4180). A text that a spreadsheet would calculate gets an apostrophe in front, which makes
 * it text again: the log holds names that strangers chose (OWASP, CSV injection).
 */
function csvCell(value: string | null): string {
  const text = value ?? ''
  const harmless = /^(?:[\t\r\n]|\s*[=+\-@＝＋－＠])/.test(text) ? `'${text}` : text
  return /[",;\t\r\n]|^\s|\s$/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}

/** Lines of a CSV file, the byte order mark included that makes spreadsheets read it as UTF-8. */
export function csvFile(lines: readonly (readonly (string | null)[])[]): string {
  return `\ufeff${lines.map((line) => `${line.map(csvCell).join(',')}\r\n`).join('')}`
}
