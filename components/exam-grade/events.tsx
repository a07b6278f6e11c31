import { momentIn } from '../exam/when'
import { Disclosure } from '#components/ui/disclosure'
import type { AttemptToGrade, TimelineEntry } from '#lib/exams/contract/grading'
import { formatter, translator } from '#lib/i18n/translate'
import { spanWords } from './attempt-words'

type Props = Readonly<{ locale: string; view: Pick<AttemptToGrade, 'facts' | 'timeline' | 'timeZone'> }>

function Facts({ locale, view }: Props) {
  const t = translator(locale, 'examGrade.events')
  return (
    <ul className="mt-3 list-disc ps-6">
      {view.facts.map(({ kind, count, seconds, length }) => {
        const what = kind === 'pasted' ? t('pasted', { count, length }) : t(kind, { count })
        const time = seconds === 0 ? null : spanWords(locale, seconds)
        return <li key={kind}>{time === null ? what : t('inAll', { what, time })}</li>
      })}
    </ul>
  )
}

function entryWords(locale: string, { kind, seconds, length, question }: TimelineEntry): string {
  const t = translator(locale, 'examGrade.events')
  return [
    t(`kinds.${kind}`),
    seconds === null || seconds <= 0 ? null : t('after', { time: spanWords(locale, seconds) }),
    length === null ? null : t('length', { count: length }),
    question === null ? null : t('at', { number: question }),
  ]
    .filter((part) => part !== null)
    .join(' · ')
}

/** What was reported during an attempt: counts, and every entry with its time. No verdict. */
export function Events({ locale, view }: Props) {
  const t = translator(locale, 'examGrade.events')
  const { timeline, timeZone } = view
  const clock = (at: Date): string =>
    formatter(locale, timeZone).dateTime(at, {
      ...({ hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' } as const),
    })
  const [first] = timeline
  return (
    <section aria-labelledby="events-title" className="mt-12 max-w-column">
      <h2 id="events-title" className="text-18 font-semibold">
        {t('title')}
      </h2>
      <p className="mt-1 text-14 text-soft">{t('intro')}</p>
      {first === undefined ? (
        <p className="mt-3">{t('none')}</p>
      ) : (
        <>
          <Facts locale={locale} view={view} />
          <Disclosure
            summary={<span className="font-medium">{t('timeline', { count: timeline.length })}</span>}
          >
            <p className="text-14 text-soft">{momentIn(locale, timeZone, first.at)}</p>
            <ol className="mt-2 divide-y divide-line border-y border-line text-14">
              {timeline.map((entry, index) => (
                <li key={index} className="flex gap-4 py-2">
                  <time dateTime={entry.at.toISOString()} className="shrink-0 text-soft tabular-nums">
                    {clock(entry.at)}
                  </time>
                  <span>{entryWords(locale, entry)}</span>
                </li>
              ))}
            </ol>
          </Disclosure>
        </>
      )}
    </section>
  )
}
