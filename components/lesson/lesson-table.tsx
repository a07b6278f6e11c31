import type { ReactNode } from 'react'
import type { BlockNode, TableRowNode } from '#lib/content/blocks'
import { translator } from '#lib/i18n/translate'

type Cell = TableRowNode['content'][number]

/** Renders a cell's blocks. Passed in, because blocks hold tables and tables hold blocks. */
type RenderBlocks = (nodes: readonly BlockNode[]) => ReactNode

function TableCell({ cell, column, render }: { cell: Cell; column: boolean; render: RenderBlocks }) {
  const spans = {
    colSpan: cell.attrs.colspan > 1 ? cell.attrs.colspan : undefined,
    rowSpan: cell.attrs.rowspan > 1 ? cell.attrs.rowspan : undefined,
  }
  const content = render(cell.content)
  if (cell.type === 'tableHeader') {
    return (
      <th {...spans} scope={column ? 'col' : 'row'} className="px-3 py-2 text-start font-semibold">
        {content}
      </th>
    )
  }
  return (
    <td {...spans} className="px-3 py-2">
      {content}
    </td>
  )
}

/** A header cell in the first row speaks for its column, elsewhere for its row. A wide table scrolls in its own region. */
export function LessonTable({
  node,
  locale,
  render,
}: {
  node: Extract<BlockNode, { type: 'table' }>
  locale: string
  render: RenderBlocks
}) {
  return (
    <div
      role="region"
      aria-label={translator(locale, 'lesson')('table')}
      tabIndex={0}
      className="overflow-x-auto"
    >
      <table className="w-full min-w-max border-collapse font-sans text-16 [&_p]:max-w-[28rem]">
        <tbody className="divide-y divide-line border-y border-line">
          {node.content.map((row, index) => (
            <tr key={index} className="align-top first:bg-sunken">
              {row.content.map((cell, place) => (
                <TableCell key={place} cell={cell} column={index === 0} render={render} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
