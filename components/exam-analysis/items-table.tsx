import { DataTable } from '#components/ui/data-table'
import { Disclosure } from '#components/ui/disclosure'
import { StatusBadge, type Tone } from '#components/ui/status-badge'
import type { AnalysedItem, AnalysedOption, AnalysisView } from '#lib/exams/contract/grading'
import { formatter, translator } from '#lib/i18n/translate'

type Props = Readonly<{ locale: string; view: Pick<AnalysisView, 'items'> }>

const TONES = {
  ...({ reversed: 'bad', none: 'warn', some: 'neutral', well: 'good', unknown: 'neutral' } as const),
} as const satisfies Record<AnalysedItem['separation'], Tone>

function Choices({ locale, item }: { locale: string; item: AnalysedItem }) {
  const t = translator(locale, 'examAnalysis')
  const write = formatter(locale, 'UTC')
  const textOf = ({ text }: AnalysedOption): string =>
    item.truth && (text === 'true' || text === 'false') ? t(text) : text
  return (
    <DataTable<AnalysedOption>
      scrolls
      caption={t('options', { number: item.number })}
      rows={item.options}
      rowKey={(option) => `${option.text}/${String(item.options.indexOf(option))}`}
      empty={null}
      columns={[
        {
          ...{ id: 'option', header: t('option'), long: true },
          cell: (option) => (
            <span className={option.correct ? 'font-medium' : ''}>
              {textOf(option)}
              {option.correct ? <span className="text-good"> · {t('right')}</span> : null}
            </span>
          ),
        },
        ...(['chosen', 'upper', 'lower'] as const).map((column) => ({
          ...{ id: column, header: t(column), end: true },
          cell: (option: AnalysedOption) => (
            <span className="tabular-nums">
              {write.number(column === 'chosen' ? option.count : option[column])}
            </span>
          ),
        })),
      ]}
    />
  )
}

/** Each question's figures with what they mean in a word. */
export function ItemsTable({ locale, view }: Props) {
  const t = translator(locale, 'examAnalysis')
  const write = formatter(locale, 'UTC')
  const figure = (value: number | null): string =>
    value === null
      ? t('unknown')
      : write.number(value, { minimumFractionDigits: 2, maximumFractionDigits: 2 })
  const percent = (share: number): string =>
    t('percent', { percent: write.number(share * 100, { maximumFractionDigits: 0 }) })
  return (
    <section aria-labelledby="items-title">
      <h2 id="items-title" className="mb-3 text-18 font-semibold">
        {t('questions')}
      </h2>
      <DataTable<AnalysedItem>
        scrolls
        caption={t('questions')}
        rows={view.items}
        rowKey={({ id }) => id}
        empty={null}
        columns={[
          {
            ...{ id: 'question', header: t('question'), long: true },
            cell: ({ number, prompt }) => (
              <span className="line-clamp-2 text-start font-medium wrap-anywhere">
                {t('number', { number, prompt })}
              </span>
            ),
          },
          {
            ...{ id: 'difficulty', header: t('difficulty') },
            cell: ({ difficulty, ease }) => (
              <span className="block">
                <span className="tabular-nums">{percent(difficulty)}</span>
                <span className="block text-12 text-soft">{t(`ease.${ease}`)}</span>
              </span>
            ),
          },
          {
            ...{ id: 'separates', header: t('separates') },
            cell: ({ discrimination, separation }) => (
              <span className="flex flex-col items-start gap-1">
                <StatusBadge tone={TONES[separation]}>{t(`separation.${separation}`)}</StatusBadge>
                <span className="text-12 text-soft tabular-nums">
                  {t('figure', { value: figure(discrimination) })}
                </span>
              </span>
            ),
          },
          {
            ...{ id: 'upper-lower', header: t('upperLower'), end: true },
            cell: ({ upperLower }) => <span className="tabular-nums">{figure(upperLower)}</span>,
          },
          {
            ...{ id: 'count', header: t('count'), end: true },
            cell: ({ count, blank }) => (
              <span className="block tabular-nums">
                {write.number(count)}
                <span className="block text-12 whitespace-nowrap text-soft">
                  {t('blank', { count: blank })}
                </span>
              </span>
            ),
          },
        ]}
      />
      {view.items
        .filter(({ options }) => options.length > 0)
        .map((item) => (
          <Disclosure
            key={item.id}
            summary={<span className="text-14 font-medium">{t('options', { number: item.number })}</span>}
          >
            <Choices locale={locale} item={item} />
          </Disclosure>
        ))}
    </section>
  )
}
