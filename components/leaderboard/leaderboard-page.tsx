import { Breadcrumbs } from '#components/ui/breadcrumbs'
import type { FormAction } from '#components/ui/form-context'
import { Notice } from '#components/ui/notice'
import { TabsNav } from '#components/ui/tabs-nav'
import { BOARD_ORDERS, type BoardLine, type BoardView } from '#lib/leaderboard/contract'
import { translator } from '#lib/i18n/translate'
import { TakePart } from './take-part'

type Done = 'joined' | 'renamed' | 'left'

type Props = Readonly<{
  locale: string
  board: BoardView
  done: Done | undefined
  actions: Readonly<{ join: FormAction; leave: FormAction }>
}>

/** What a line says beside its name. Zero is no number to show. */
function Line({ locale, by, line }: { locale: string; by: BoardView['by']; line: BoardLine }) {
  const t = translator(locale, 'leaderboard')
  const { name, place, score, mine } = line
  return (
    <li
      className={`flex items-baseline gap-4 rounded-sm px-3 py-3 ${mine ? 'bg-accent-3' : ''}`}
      aria-current={mine ? 'true' : undefined}
    >
      <span className="w-8 shrink-0 text-end font-semibold tabular-nums">
        {place === null ? (
          <span className="sr-only">{t('noPlace')}</span>
        ) : (
          <>
            <span className="sr-only">{t('place')} </span>
            {place}
          </>
        )}
      </span>
      <span className="min-w-0 grow wrap-anywhere">
        {name}
        {mine ? <span className="text-14 font-medium text-accent-11"> ({t('you')})</span> : null}
      </span>
      <span className="shrink-0 text-14 tabular-nums">{t(`score.${by}`, { count: score })}</span>
    </li>
  )
}

/** What the reader's own line means, kindly. */
function ownWords(locale: string, { by, lines }: BoardView): string | null {
  const t = translator(locale, 'leaderboard')
  const own = lines.find(({ mine }) => mine)
  if (own === undefined) return null
  if (own.score === 0) return by === 'course' ? t('startCourse') : t('start')
  return own.lead === null ? t('first') : t(`lead.${by}`, { count: own.lead })
}

function Lines({ locale, board }: { locale: string; board: BoardView }) {
  const t = translator(locale, 'leaderboard')
  const { by, lines } = board
  const label = t('caption', { by: t(`by.${by}`) })
  const words = ownWords(locale, board)
  // Between the first places and the reader's own neighbourhood some may be left out.
  const gap = lines.findIndex(({ place }, index) => {
    const before = lines[index - 1]?.place ?? null
    return place !== null && before !== null && index >= 10 && place - before > 1
  })
  const list = (part: readonly BoardLine[], start: number) => (
    <ol className="divide-y divide-line border-y border-line">
      {part.map((line, index) => (
        <Line key={start + index} locale={locale} by={by} line={line} />
      ))}
    </ol>
  )
  return (
    <section aria-label={label}>
      {list(gap === -1 ? lines : lines.slice(0, gap), 0)}
      {gap === -1 ? null : <div className="mt-4">{list(lines.slice(gap), gap)}</div>}
      {words === null ? null : <p className="mt-4 text-14 text-soft">{words}</p>}
    </section>
  )
}

/** The leaderboard of a course: for those who take part, those who take part; for the others, the way in. */
export function LeaderboardPage({ locale, board, done, actions }: Props) {
  const t = translator(locale, 'leaderboard')
  const { courseId, title, joined, participants, by } = board
  const base = `/courses/${courseId}`
  const tabs = BOARD_ORDERS.map((order) => ({
    ...{ href: `${base}/leaderboard?by=${order}`, label: t(`by.${order}`), current: order === by },
  }))
  return (
    <>
      <Breadcrumbs label={t('crumbs')} crumbs={[{ label: title, href: base }]} />
      {done === undefined ? null : (
        <div className="mb-8" role="status">
          <Notice tone="good" title={t(`done.${done}`)} />
        </div>
      )}
      <h1 className="font-reading text-28 font-medium sm:text-36">{t('title')}</h1>
      <p className="mt-2 mb-8 max-w-column text-soft">
        {t('intro')} {t('take', { count: participants })}
      </p>
      {joined ? (
        <>
          <TabsNav label={t('by.label')} tabs={tabs} />
          <div className="mt-6 mb-12 max-w-column">
            <Lines locale={locale} board={board} />
          </div>
        </>
      ) : null}
      <TakePart locale={locale} board={board} actions={actions} />
    </>
  )
}
