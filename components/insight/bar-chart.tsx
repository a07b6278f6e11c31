import type { ReactNode } from 'react'
import { Icon } from '#components/ui/icon'
import { buttonClass } from '#components/ui/button'
import { About } from '#components/ui/about'
import { Disclosure } from '#components/ui/disclosure'
import { formatter, translator } from '#lib/i18n/translate'
import { barsOf, niceTop } from '#lib/insight/rules/chart'

/** The drawing's own measures; it is stretched to its place. */
const BOX = { width: 600, height: 160 } as const

export type Point = Readonly<{ label: string; value: number }>

/**
 * Values over time as bars, drawn by the server. The drawing is for the eye alone: the sentence beside it and the table
 * below it say the same to everybody.
 */
export function BarChart({
  locale,
  title,
  says,
  points,
  columns,
  csv,
}: {
  locale: string
  title: string
  /** What the drawing shows, in a sentence. */
  says: string
  points: readonly Point[]
  /** Heads of the table: what a bar stands for, and what it counts. */
  columns: readonly [label: string, value: string]
  /** Where the numbers can be had as a file. */
  csv?: string
}) {
  const t = translator(locale, 'insight.chart')
  const write = formatter(locale, 'UTC')
  const top = niceTop(Math.max(0, ...points.map(({ value }) => value)))
  const bars = barsOf(
    points.map(({ value }) => value),
    { ...BOX, top },
  )
  return (
    <figure className="min-w-0">
      <figcaption>
        <span className="block text-18 font-semibold">{title}</span>
        <span className="mt-1 block text-14 text-soft">{says}</span>
      </figcaption>
      <div aria-hidden="true" className="mt-4">
        <p className="text-12 tabular-nums text-soft">{write.number(top)}</p>
        <svg
          viewBox={`0 0 ${BOX.width} ${BOX.height}`}
          preserveAspectRatio="none"
          className="mt-1 block h-32 w-full border-y border-line sm:h-40"
        >
          <line
            x1={0}
            x2={BOX.width}
            y1={BOX.height / 2}
            y2={BOX.height / 2}
            className="stroke-line forced-colors:stroke-[GrayText]"
            vectorEffect="non-scaling-stroke"
          />
          {bars.map((bar, index) => (
            <rect key={index} {...bar} className="fill-accent-9 forced-colors:fill-[CanvasText]" />
          ))}
        </svg>
        <p className="mt-1 flex justify-between gap-4 text-12 tabular-nums text-soft">
          <span>{points[0]?.label}</span>
          <span>{points.at(-1)?.label}</span>
        </p>
      </div>
      <div className="mt-2 flex flex-wrap items-start justify-between gap-3">
        <Disclosure
          summary={
            <span className="text-14">
              {t('table')}
              <About>{title}</About>
            </span>
          }
        >
          <Numbers caption={title} columns={columns} points={points} write={(value) => write.number(value)} />
        </Disclosure>
        {csv === undefined ? null : <CsvLink locale={locale} href={csv} what={title} />}
      </div>
    </figure>
  )
}

function Numbers({
  caption,
  columns,
  points,
  write,
}: {
  caption: string
  columns: readonly [string, string]
  points: readonly Point[]
  write: (value: number) => string
}): ReactNode {
  return (
    <table className="mt-2 text-14">
      <caption className="sr-only">{caption}</caption>
      <thead className="text-soft">
        <tr>
          <th scope="col" className="py-1 pe-8 text-start font-medium">
            {columns[0]}
          </th>
          <th scope="col" className="py-1 text-end font-medium">
            {columns[1]}
          </th>
        </tr>
      </thead>
      <tbody>
        {points.map(({ label, value }) => (
          <tr key={label}>
            <th scope="row" className="py-1 pe-8 text-start font-normal tabular-nums">
              {label}
            </th>
            <td className="py-1 text-end tabular-nums">{write(value)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** The way to the same numbers as a file. */
export function CsvLink({ locale, href, what }: { locale: string; href: string; what: string }) {
  const t = translator(locale, 'insight.chart')
  return (
    <a href={href} className={buttonClass('plain', 'small')} data-chrome>
      <Icon name="download" size={16} />
      {t('download')}
      <About>{what}</About>
    </a>
  )
}
