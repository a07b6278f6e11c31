import 'server-only'
import { CsvError, parse } from 'csv-parse/sync'
import { IMPORT_LIMITS } from './contract'

/** One row of a list of people, as it was written. */
export type WrittenRow = Readonly<{
  /** Line of the file that it ends on, from 1. */
  line: number
  email: string
  name: string
  role: string
  /** More cells than there are columns: something is shifted. */
  surplus: boolean
}>

/** Why a whole file can't be read. */
export type FileProblem = 'encoding' | 'quotes' | 'empty' | 'tooMany' | 'noAddress'

type Columns = Readonly<{ email: number; name: number; role: number; width: number }>
type Record = Readonly<{ line: number; cells: readonly string[] }>

const HEADINGS = {
  email: ['email', 'e-mail', 'mail', 'email address', 'e-mail address', 'address'],
  name: ['name', 'full name'],
  role: ['role'],
} as const

/** Without a heading the order is this one. */
const PLAIN: Columns = { email: 0, name: 1, role: 2, width: 3 }

/** Bytes of a file as text; null when they are no UTF-8. */
export function decodeText(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}

/** The character between cells: what the first line has most of. */
function delimiterOf(text: string): string {
  const end = text.search(/[\r\n]/)
  const first = end === -1 ? text : text.slice(0, end)
  const counted = [',', ';', '\t'].map((mark) => ({ mark, count: first.split(mark).length }))
  return counted.reduce((most, one) => (one.count > most.count ? one : most)).mark
}

/** Which columns the first row names; null when it names no address and so is a row like the others. */
function headed(cells: readonly string[]): Columns | null {
  const names = cells.map((cell) => cell.trim().toLowerCase())
  const at = (known: readonly string[]) => names.findIndex((name) => known.includes(name))
  const email = at(HEADINGS.email)
  if (email === -1) return null
  return { email, name: at(HEADINGS.name), role: at(HEADINGS.role), width: cells.length }
}

function readRecords(text: string): Record[] | null {
  const records: Record[] = []
  try {
    parse(text, {
      delimiter: delimiterOf(text),
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      skip_records_with_empty_values: true,
      trim: true,
      // One more than may be, and a heading: enough to see that there are too many.
      to: IMPORT_LIMITS.rows + 2,
      on_record: (cells, { lines }) => {
        records.push({ line: lines, cells })
        return null
      },
    })
    return records
  } catch (error) {
    if (error instanceof CsvError) return null
    throw error
  }
}

/**
 * Reads a list of people: columns e-mail, name and role in this order, or as a heading names them; comma, semicolon or
 * tab between; quotes as spreadsheets write them. What stands in the cells is not judged here.
 * @returns at most IMPORT_LIMITS.rows rows, or why there are none
 */
export function readPeopleCsv(text: string): WrittenRow[] | FileProblem {
  const records = readRecords(text.replace(/^\uFEFF/, ''))
  if (records === null) return 'quotes'
  const columns = headed(records[0]?.cells ?? [])
  const body = columns === null ? records : records.slice(1)
  if (body.length === 0) return 'empty'
  if (body.length > IMPORT_LIMITS.rows) return 'tooMany'
  const { email, name, role, width } = columns ?? PLAIN
  if (columns === null && !body.some(({ cells }) => cells[email]?.includes('@'))) return 'noAddress'
  return body.map(({ line, cells }) => ({
    line,
    email: cells[email] ?? '',
    name: cells[name] ?? '',
    role: cells[role] ?? '',
    surplus: cells.length > width,
  }))
}

function quoted(text: string): string {
  return `"${text.replaceAll('"', '""')}"`
}

/** Rows as a file that `readPeopleCsv` reads as the same rows. For machines: nothing is defused. */
export function writePeopleCsv(rows: readonly Pick<WrittenRow, 'email' | 'name' | 'role'>[]): string {
  if (rows.length === 0) return ''
  return `email,name,role\n${rows.map(({ email, name, role }) => `${[email, name, role].map(quoted).join()}\n`).join('')}`
}
