import 'server-only'
import { CsvError, parse } from 'csv-parse/sync'
import { type FileProblem, IMPORT_MOST } from './contract/importing'

/** A line of a file of grades, as it was written. */
export type WrittenLine = Readonly<{
  /** Of the file, from 1. */
  line: number
  email: string
  /** In the order of the columns. */
  values: readonly string[]
  /** More cells than there are columns: something is shifted. */
  surplus: boolean
}>

export type WrittenGrades = Readonly<{
  columns: readonly Readonly<{ item: string; title: string }>[]
  lines: readonly WrittenLine[]
  /** Headings of the other columns. */
  ignored: readonly string[]
}>

const KNOWN = new Set(['name', 'email', 'grade_percent', 'letter'])
/** `Essay [cmb3…]`: the title is for people, the id for us. */
const ITEM = /^(.*?)\s*\[([a-z0-9]{1,40})\]$/su

/** Text as it was before it was defused for spreadsheets. */
const plain = (cell: string): string => cell.trim().replace(/^'(?=\s*[=+\-@＝＋－＠])/u, '')

/** The heading of an item's column. */
export const headingOf = ({ title, id }: Readonly<{ title: string; id: string }>): string =>
  `${title} [${id}]`

type Line = Readonly<{ line: number; cells: readonly string[] }>

function linesOf(text: string): Line[] | null {
  const lines: Line[] = []
  const end = text.search(/[\r\n]/)
  const first = end === -1 ? text : text.slice(0, end)
  const counted = [',', ';', '\t'].map((mark) => ({ mark, count: first.split(mark).length }))
  try {
    parse(text, {
      delimiter: counted.reduce((most, one) => (one.count > most.count ? one : most)).mark,
      ...{ relax_column_count: true, skip_empty_lines: true, skip_records_with_empty_values: true },
      // One more than may be, and the heading: enough to see that there are too many.
      to: IMPORT_MOST.rows + 2,
      on_record: (cells, { lines: line }) => {
        lines.push({ line, cells })
        return null
      },
    })
    return lines
  } catch (error) {
    if (error instanceof CsvError) return null
    throw error
  }
}

/**
 * Reads a file of grades: a heading with `email` and a column for each item, named as the export names it; comma,
 * semicolon or tab between; quotes as spreadsheets write them. What stands in the cells is not judged here.
 */
export function readGradesCsv(text: string): WrittenGrades | FileProblem {
  const lines = linesOf(text.replace(/^\uFEFF/, ''))
  if (lines === null) return 'quotes'
  const [head, ...body] = lines
  if (head === undefined || body.length === 0) return 'empty'
  if (body.length > IMPORT_MOST.rows) return 'tooMany'
  const names = head.cells.map((cell) => plain(cell))
  const email = names.findIndex((name) => name.toLowerCase() === 'email')
  if (email === -1) return 'noEmail'
  const columns = names.flatMap((name, place) => {
    const [, title = '', item] = ITEM.exec(name) ?? []
    return item === undefined ? [] : [{ item, title, place }]
  })
  if (columns.length === 0) return 'noItems'
  return {
    columns: columns.map(({ item, title }) => ({ item, title })),
    lines: body.map(({ line, cells }) => ({
      line,
      email: plain(cells[email] ?? ''),
      values: columns.map(({ place }) => plain(cells[place] ?? '')),
      surplus: cells.length > names.length,
    })),
    ignored: names.filter((name) => name !== '' && !KNOWN.has(name.toLowerCase()) && !ITEM.test(name)),
  }
}
