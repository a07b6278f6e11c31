import 'server-only'
import { recentLetters } from '#lib/db/queries/invitations'
import { knownAddresses } from '#lib/db/queries/people-changes'
import { countPlaces } from '#lib/db/queries/places'
import type { TenantDb } from '#lib/db/tenant'
import { AppError } from '#lib/errors'
import { translator } from '#lib/i18n/translate'
import { IMPORT_LIMITS, type ImportReport, RESEND_MINUTES } from './contract'
import { SHOWN_ROWS } from './rules'
import type { Inviting } from './inviting'
import { addressOf, judgeRows, type Guest } from './judge-rows'
import {
  decodeText,
  type FileProblem,
  readPeopleCsv,
  type WrittenRow,
  writePeopleCsv,
} from './read-people-csv'

function unreadable(locale: string, field: string, problem: FileProblem | 'nothing'): AppError {
  const text = translator(locale, 'people.file')(problem, { count: IMPORT_LIMITS.rows })
  return new AppError('invalid_input', `The list can’t be read: ${problem}.`, { fields: { [field]: text } })
}

/**
 * The rows of a list. @param field that it came from, for the error beside it
 * @throws AppError 'invalid_input' saying why the whole list can't be read
 */
export function readRows(locale: string, field: 'text' | 'file', text: string): WrittenRow[] {
  const rows = readPeopleCsv(text)
  if (typeof rows === 'string') throw unreadable(locale, field, rows)
  return rows
}

/** What would become of each row, from what the school's rows say now. */
export async function judgeAgainstSchool(
  db: TenantDb,
  by: Inviting,
  rows: readonly WrittenRow[],
): Promise<{ rows: ImportReport['rows']; guests: Guest[] }> {
  const emails = [...new Set(rows.map(addressOf).filter((email) => email !== null))]
  const known = await knownAddresses(db, emails)
  const recent = await recentLetters(db, { emails, minutes: RESEND_MINUTES })
  return judgeRows(
    rows,
    by.held,
    known,
    recent.map(({ email }) => email),
  )
}

type Input = Readonly<{
  text: string
  /** Counts instead of `text` when there is anything in it. */
  file: File | null
  /** People in the school's plan; null: none. */
  limit: number | null
}>

/**
 * Says row by row what an import would do, and changes nothing.
 * @throws AppError 'invalid_input' for a list that can't be read
 */
export async function previewImport(db: TenantDb, by: Inviting, input: Input): Promise<ImportReport> {
  const { file, limit } = input
  const uploaded = file !== null && file.size > 0
  if (!uploaded && input.text.trim() === '') throw unreadable(by.locale, 'file', 'nothing')
  const text = uploaded ? decodeText(new Uint8Array(await file.arrayBuffer())) : input.text
  if (text === null) throw unreadable(by.locale, 'file', 'encoding')
  const written = readRows(by.locale, uploaded ? 'file' : 'text', text)
  const { rows, guests } = await judgeAgainstSchool(db, by, written)
  const places = limit === null ? 0 : await countPlaces(db, limit)
  const over = limit === null ? 0 : Math.max(0, places + guests.length - limit)
  const t = translator(by.locale, 'people.importing')
  return {
    ...{ rows, over },
    text: writePeopleCsv(guests.map((guest) => ({ ...guest, name: guest.name ?? '' }))),
    words: {
      apply: t('apply', { count: guests.length }),
      over: t('over', { count: over }),
      shown: t('shown', { count: Math.min(rows.length, SHOWN_ROWS), total: rows.length }),
    },
  }
}
