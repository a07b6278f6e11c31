import type { ReactNode } from 'react'

/** Numbers side by side, divided by lines and not by boxes. */
export function StatGroup({ children }: { children: ReactNode }) {
  return <dl className="stat-group">{children}</dl>
}

/** One number with what it counts. `value` is already written in the reader’s way. Stands in a StatGroup. */
export function Stat({
  label,
  value,
  note,
  href,
}: {
  label: string
  value: string
  /** What the number is to be read against: “3 more than last week”. */
  note?: string
  href?: string
}) {
  return (
    <div>
      <dt className="flex min-h-6 items-center text-14 text-soft">
        {href === undefined ? (
          label
        ) : (
          <a
            href={href}
            className="inline-flex min-h-11 items-center underline decoration-line underline-offset-4 hover:text-text hover:decoration-current sm:min-h-6"
          >
            {label}
          </a>
        )}
      </dt>
      <dd className="mt-1 text-28 font-semibold tabular-nums">{value}</dd>
      {note === undefined ? null : <dd className="mt-1 text-14 text-soft">{note}</dd>}
    </div>
  )
}
