import { momentIn, pointsIn } from '../exam/when'
import { DataTable, type Column } from '#components/ui/data-table'
import { StatusBadge, type Tone } from '#components/ui/status-badge'
import type { CategoryLines, GradeLine } from '#lib/grades/contract'
import { translator } from '#lib/i18n/translate'
import { percentText } from './grade-head'

type Place = Readonly<{ locale: string; timeZone: string }>

const TONES: Readonly<Record<GradeLine['state'], Tone>> = {
  ...{ counts: 'good', zero: 'warn', extra: 'info', dropped: 'neutral' },
  ...{ excused: 'info', missing: 'neutral', 'no-part': 'neutral' },
}

/** Why the points are what they are. */
export function Origin({ locale, timeZone, line }: Place & { line: GradeLine }) {
  const t = translator(locale, 'grades.line')
  const { source, change, maxPoints } = line
  const late = source.points !== null && Number(source.deduction) > 0
  const texts = [
    change === null && (source.state === 'hidden' || source.state === 'handed-in')
      ? t(`sources.${source.state}`)
      : '',
    change === null && late
      ? t('late', { given: pointsIn(locale, source.given ?? '0'), taken: pointsIn(locale, source.deduction) })
      : '',
  ]
  const when = change === null ? '' : momentIn(locale, timeZone, change.changedAt)
  if (change !== null) {
    texts.push(
      change.changedBy === null ? t('changed', { when }) : t('changedBy', { when, name: change.changedBy }),
      source.points === null
        ? ''
        : t('instead', {
            points: t('of', { points: pointsIn(locale, source.points), max: pointsIn(locale, maxPoints) }),
          }),
      change.reason === null ? '' : t('reason', { reason: change.reason }),
    )
  }
  return texts
    .filter((text) => text !== '')
    .map((text) => (
      <span key={text} className="block text-12 text-soft wrap-anywhere">
        {text}
      </span>
    ))
}

function Name({ locale, line, href }: Pick<Place, 'locale'> & { line: GradeLine; href: string | null }) {
  const t = translator(locale, 'grades.line')
  const { item, open } = line
  const text = (
    <>
      {item.title}
      <span className="text-12 font-normal text-soft">
        {t(item.kind)}
        {open === 0 ? '' : ` · ${t('open', { count: open })}`}
      </span>
    </>
  )
  const look = 'flex min-h-11 w-full flex-col items-start justify-center text-start font-medium wrap-anywhere'
  return href === null ? (
    <span className={look}>{text}</span>
  ) : (
    <a href={href} className={`${look} underline-offset-2 hover:underline`}>
      {text}
    </a>
  )
}

function headText(locale: string, category: CategoryLines): string[] {
  const t = translator(locale, 'grades.category')
  const { kind, percent, points, maxPoints, share, extraCredit, dropLowest } = category
  if (kind === 'apart') return []
  return [
    percent === null
      ? t('worthNothing')
      : t('worth', {
          points: pointsIn(locale, points),
          max: pointsIn(locale, maxPoints),
          percent: percentText(locale, percent),
        }),
    extraCredit ? t('extra') : share === null ? '' : t('share', { percent: percentText(locale, share) }),
    dropLowest > 0 ? t('drop', { count: dropLowest }) : '',
  ].filter((text) => text !== '')
}

/** Grades by category: what each line has, how it counts, and what the category is worth by it. */
export function GradeLines({
  locale,
  timeZone,
  categories,
  hrefOf,
}: Place & {
  categories: readonly CategoryLines[]
  /** Where a line leads; null: nowhere. */
  hrefOf: (line: GradeLine) => string | null
}) {
  const t = translator(locale, 'grades.line')
  const names = translator(locale, 'grades.category')
  const columns: readonly Column<GradeLine>[] = [
    {
      ...{ id: 'item', header: t('item'), long: true },
      cell: (line) => <Name locale={locale} line={line} href={hrefOf(line)} />,
    },
    {
      ...{ id: 'points', header: t('points') },
      cell: (line) => (
        <span className="block">
          <span className="tabular-nums">
            {line.points === null
              ? t('nothing')
              : t('of', { points: pointsIn(locale, line.points), max: pointsIn(locale, line.maxPoints) })}
          </span>
          <Origin locale={locale} timeZone={timeZone} line={line} />
        </span>
      ),
    },
    {
      ...{ id: 'state', header: t('state') },
      cell: ({ state }) => <StatusBadge tone={TONES[state]}>{t(`states.${state}`)}</StatusBadge>,
    },
  ]
  return (
    <div className="flex flex-col gap-10">
      {categories
        .filter(({ kind, lines }) => kind === 'category' || lines.length > 0)
        .map((category, place) => {
          const { kind } = category
          const title = kind === 'category' ? category.title : names(kind)
          const only = categories.length === 1 && kind === 'rest'
          return (
            <section key={`${kind}${String(place)}`} aria-label={title}>
              {only ? null : (
                <>
                  <h2 className="text-18 font-semibold wrap-anywhere">{title}</h2>
                  <p className="mt-1 mb-3 text-14 text-soft">{headText(locale, category).join(' · ')}</p>
                </>
              )}
              <DataTable<GradeLine>
                caption={title}
                rows={category.lines}
                rowKey={({ item }) => item.id}
                empty={<p className="text-soft">{names('worthNothing')}</p>}
                columns={columns}
              />
            </section>
          )
        })}
    </div>
  )
}
