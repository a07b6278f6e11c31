import type { ReactNode } from 'react'

type Item = Readonly<{ term: string; detail: ReactNode; action?: ReactNode }>

/** Facts about one thing, each with its name and, at the end of the line, what can be done about it. */
export function DefinitionList({ items }: { items: readonly Item[] }) {
  return (
    <dl className="divide-y divide-line border-y border-line">
      {items.map((item) => (
        <div
          key={item.term}
          className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 gap-y-1 py-3 sm:grid-cols-[10rem_minmax(0,1fr)_auto]"
        >
          <dt className="col-span-2 text-14 text-soft sm:col-span-1">{item.term}</dt>
          <dd className={item.action === undefined ? 'col-span-2' : ''}>{item.detail}</dd>
          {item.action === undefined ? null : <dd>{item.action}</dd>}
        </div>
      ))}
    </dl>
  )
}
