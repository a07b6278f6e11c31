import 'server-only'
import { CsvError, parse } from 'csv-parse/sync'
import type { Draft } from '#lib/exams/rules/drafting'
import { type CsvCells, type CsvColumn, CSV_COLUMNS, csvDraft } from './csv-question'
import { type FileProblem, IMPORT_LIMITS } from './contract'
import { Dropped, Notes, type ReadItem, type ReadWith, shortened } from './read-item'
import { cleaned } from './rules/plain-text'
import { fittingTags } from './rules/tags'

type Written = Readonly<{ line: number; cells: readonly string[] }>

/** The character between cells: what the heading has most of. */
function delimiterOf(text: string): string {
  const first = text.slice(0, Math.max(0, text.search(/[\r\n]|$/)))
  const counted = [',', ';', '\t'].map((mark) => ({ mark, count: first.split(mark).length }))
  return counted.reduce((most, one) => (one.count > most.count ? one : most)).mark
}

function readRecords(text: string): Written[] | null {
  const written: Written[] = []
  try {
    parse(text, {
      ...{ delimiter: delimiterOf(text), relax_column_count: true, relax_quotes: true, trim: true },
      ...{ skip_empty_lines: true, skip_records_with_empty_values: true },
      // One more than may be, and the heading: enough to see that there are too many.
      to: IMPORT_LIMITS.items + 2,
      on_record: (cells, { lines }) => {
        // `lines` is where a record ends; what begins it may stand above, in quotes.
        const height = cells.reduce((sum: number, cell: string) => sum + cell.split('\n').length - 1, 0)
        written.push({ line: Math.max(1, lines - height), cells })
        return null
      },
    })
    return written
  } catch (error) {
    if (error instanceof CsvError) return null
    throw error
  }
}

/** Where each column stands; null when the heading doesn't name the two that are needed. */
function columnsOf(heading: Written | undefined): Map<CsvColumn, number> | null {
  const names = (heading?.cells ?? []).map((cell) => cell.trim().toLowerCase())
  const columns = new Map(
    CSV_COLUMNS.map((name) => [name, names.indexOf(name)] as const).filter(([, at]) => at !== -1),
  )
  return columns.has('type') && columns.has('prompt') ? columns : null
}

function readRow(
  row: Written,
  columns: ReadonlyMap<CsvColumn, number>,
  width: number,
  input: ReadWith,
): ReadItem {
  const cell = (name: CsvColumn): string => cleaned(row.cells[columns.get(name) ?? -1] ?? '').trim()
  const cells: CsvCells = Object.fromEntries(CSV_COLUMNS.map((name) => [name, cell(name)]))
  const notes = new Notes()
  const { tags, lost } = fittingTags(cell('tags').split(','))
  if (lost) notes.add('tags-lost')
  const common = { line: row.line, tags, prompt: shortened(cell('prompt'), 300) }
  try {
    if (row.cells.slice(width).some((surplus) => surplus.trim() !== '')) throw new Dropped('shifted')
    const draft: Draft = csvDraft(cells, { notes, makeId: input.ids(), fillIn: input.fillIn })
    return { ...common, prompt: shortened(draft.prompt, 300), changes: notes.changes, draft }
  } catch (error) {
    if (!(error instanceof Dropped)) throw error
    return { ...common, changes: [], draft: null, drop: error.drop, note: error.note }
  }
}

/**
 * Reads questions from a table whose first row names its columns; comma, semicolon or tab between, quotes as
 * spreadsheets write them. Unknown columns are left alone.
 * @returns the rows in the order of the file, or why the whole file can't be read
 */
export function readQuestionsCsv(file: string, input: ReadWith): ReadItem[] | FileProblem {
  const records = readRecords(file.replace(/^\ufeff/, ''))
  if (records === null) return 'quotes'
  const [heading, ...body] = records
  if (heading === undefined) return 'empty'
  const columns = columnsOf(heading)
  if (columns === null) return 'noHeading'
  if (body.length === 0) return 'empty'
  if (body.length > IMPORT_LIMITS.items) return 'tooMany'
  return body.map((row) => readRow(row, columns, heading.cells.length, input))
}
