import type { ReactNode } from 'react'
import { Icon } from './icon'
import { SelectAllRows } from './select-rows'

export type Column<Row> = Readonly<{
  id: string
  header: string
  cell: (row: Row) => ReactNode
  /** Where sorting by this column leads, and how it is sorted now. */
  sort?: Readonly<{ href: string; direction: 'ascending' | 'descending' | null }> | undefined
  /** Numbers stand at the end, so that their digits are in line. */
  end?: boolean
  /** May hold long words, such as addresses: they break, but the column stays wide enough to read. */
  long?: boolean
  /** Left out where the table has become cards: what the first line says already. */
  wideOnly?: boolean
}>

export type RowSelection<Row> = Readonly<{
  /** Id of the form that the ticked rows belong to. */
  form: string
  /** Sent once for each ticked row. */
  name: string
  value: (row: Row) => string
  /** Names one box: “Select Ada Lovelace”. */
  label: (row: Row) => string
  allLabel: string
}>

const SORT_ICONS = { ascending: 'sort-up', descending: 'sort-down' } as const

function HeaderCell<Row>({ column }: { column: Column<Row> }) {
  const { sort } = column
  return (
    <th
      role="columnheader"
      scope="col"
      aria-sort={sort?.direction ?? undefined}
      data-sortable={sort === undefined ? undefined : ''}
      data-end={column.end ? '' : undefined}
    >
      {sort === undefined ? (
        column.header
      ) : (
        <a
          href={sort.href}
          className={`inline-flex min-h-11 items-center gap-1 rounded-sm hover:text-text sm:min-h-8 ${sort.direction === null ? '' : 'text-text'}`}
        >
          {column.header}
          <Icon
            name={sort.direction === null ? 'sort' : SORT_ICONS[sort.direction]}
            size={14}
            className={sort.direction === null ? 'opacity-70' : ''}
          />
        </a>
      )}
    </th>
  )
}

function BodyCell<Row>({ column, row, head }: { column: Column<Row>; row: Row; head: boolean }) {
  const marks = {
    'data-end': column.end ? '' : undefined,
    'data-long': column.long || head ? '' : undefined,
    'data-wide-only': column.wideOnly ? '' : undefined,
  }
  if (head) {
    return (
      <th role="rowheader" scope="row" {...marks}>
        {column.cell(row)}
      </th>
    )
  }
  return (
    <td role="cell" {...marks}>
      {/* Seen where the header row isn’t; the table’s own roles say the same to a screen reader. */}
      <span aria-hidden="true" data-cell-label>
        {column.header}
      </span>
      <div className="min-w-0">{column.cell(row)}</div>
    </td>
  )
}

/**
 * Rows of data; in a narrow place each becomes a card with its columns’ names. The roles are spelled out, because
 * browsers drop a table’s meaning when its display changes. Sorting is a link, selecting a plain checkbox.
 */
export function DataTable<Row>({
  caption,
  showCaption = false,
  columns,
  rowHeader,
  rows,
  rowKey,
  selection,
  actions,
  empty,
  scrolls = false,
}: {
  caption: string
  showCaption?: boolean
  columns: readonly Column<Row>[]
  /** Id of the column that names the row. The first, unless said otherwise. */
  rowHeader?: string
  rows: readonly Row[]
  rowKey: (row: Row) => string
  selection?: RowSelection<Row> | undefined
  /** The last column: what can be done with one row. `label` heads it. */
  actions?: Readonly<{ label: string; cell: (row: Row) => ReactNode }> | undefined
  /** Stands in the table’s place when there are no rows. */
  empty: ReactNode
  /** It may be wider than its place and holds nothing that takes the focus: the keys scroll it, then. */
  scrolls?: boolean
}) {
  if (rows.length === 0) return empty
  const head = rowHeader ?? columns[0]?.id
  return (
    <div className="table-frame" {...(scrolls ? { tabIndex: 0, role: 'group', 'aria-label': caption } : {})}>
      <table role="table" className="data-table">
        <caption className={showCaption ? 'pb-3 text-start text-18 font-semibold' : 'sr-only'}>
          {caption}
        </caption>
        <thead role="rowgroup">
          <tr role="row">
            {selection === undefined ? null : (
              <th role="columnheader" scope="col" data-select>
                <SelectAllRows form={selection.form} label={selection.allLabel} />
              </th>
            )}
            {columns.map((column) => (
              <HeaderCell key={column.id} column={column} />
            ))}
            {actions === undefined ? null : (
              <th role="columnheader" scope="col" data-actions>
                <span className="sr-only">{actions.label}</span>
              </th>
            )}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {rows.map((row) => (
            <tr role="row" key={rowKey(row)}>
              {selection === undefined ? null : (
                <td role="cell" data-select>
                  <label className="select-box">
                    <input
                      type="checkbox"
                      form={selection.form}
                      name={selection.name}
                      value={selection.value(row)}
                      aria-label={selection.label(row)}
                      data-select-row
                      className="size-5"
                    />
                  </label>
                </td>
              )}
              {columns.map((column) => (
                <BodyCell key={column.id} column={column} row={row} head={column.id === head} />
              ))}
              {actions === undefined ? null : (
                <td role="cell" data-actions>
                  {actions.cell(row)}
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
