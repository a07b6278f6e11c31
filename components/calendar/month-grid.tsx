import type { CalendarDay, CalendarView } from '#lib/calendar/contract'
import { formatter, translator } from '#lib/i18n/translate'
import { SmallEntry } from './entry'
import { GridKeys } from './grid-keys'
import { addressOf, dayInWords, dayLabel } from './words'

type Props = Readonly<{ locale: string; view: CalendarView }>

/** Lines in a cell; the day's own page has the rest. */
const SHOWN = 3

const TABLE_ID = 'month'

function Cell({ locale, view, day }: Props & Readonly<{ day: CalendarDay }>) {
  const t = translator(locale, 'calendar')
  const { on, today, timeZone, course } = view
  const inMonth = day.day.slice(0, 7) === on.slice(0, 7)
  const isToday = day.day === today
  const { pieces } = day
  const shown = pieces.length > SHOWN ? pieces.slice(0, SHOWN - 1) : pieces
  const href = addressOf({ view: 'agenda', on: day.day, course })
  return (
    <td
      aria-current={isToday ? 'date' : undefined}
      className={`h-20 border border-line p-1 align-top sm:h-28 ${inMonth ? 'bg-surface' : 'bg-sunken'}`}
    >
      <a
        href={href}
        data-day={day.day}
        className={`mb-1 inline-flex size-8 items-center justify-center rounded-full text-14 tabular-nums hover:bg-accent-3 max-sm:min-h-11 max-sm:w-full ${isToday ? 'bg-accent-9 font-semibold text-on-accent hover:bg-accent-9' : ''}`}
      >
        <span aria-hidden="true">{Number(day.day.slice(8))}</span>
        <span className="sr-only">
          {isToday ? `${t('isToday')}, ` : ''}
          {dayLabel(locale, day)}
        </span>
        {day.pieces.length === 0 ? null : (
          <span aria-hidden="true" className="ms-1 text-12 sm:hidden">
            · {day.pieces.length}
          </span>
        )}
      </a>
      <ul className="hidden flex-col gap-1 sm:flex">
        {shown.map((piece) => (
          <li key={`${piece.entry.kind} ${piece.entry.id}`}>
            <SmallEntry locale={locale} timeZone={timeZone} piece={piece} />
          </li>
        ))}
        {shown.length === pieces.length ? null : (
          <li>
            <a
              href={href}
              className="inline-flex min-h-6 items-center px-1.5 text-12 underline underline-offset-2"
            >
              {t('more', { count: pieces.length - shown.length })}
              <span className="sr-only">: {dayInWords(locale, day.day)}</span>
            </a>
          </li>
        )}
      </ul>
    </td>
  )
}

function weeksOf(days: readonly CalendarDay[]): CalendarDay[][] {
  return Array.from({ length: days.length / 7 }, (_, week) => days.slice(week * 7, week * 7 + 7))
}

/** A month as a table: a row a week, a cell a day. */
export function MonthGrid({ locale, view }: Props) {
  const t = translator(locale, 'calendar')
  const month = formatter(locale, 'UTC').dateTime(new Date(`${view.on}T00:00:00Z`), {
    ...({ month: 'long', year: 'numeric' } as const),
  })
  const weeks = weeksOf(view.month)
  const { previous, next } = view.steps.month
  const step = (on: string): string => addressOf({ view: 'month', on, course: view.course })
  return (
    <>
      <table id={TABLE_ID} className="w-full table-fixed border-collapse">
        <caption className="sr-only">{t('caption', { month })}</caption>
        <thead>
          <tr>
            {weeks[0]?.map(({ day }) => (
              <th key={day} scope="col" className="p-1 text-start text-12 font-medium text-soft">
                <span aria-hidden="true">{dayInWords(locale, day, { weekday: 'short' })}</span>
                <span className="sr-only">{dayInWords(locale, day, { weekday: 'long' })}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeks.map((week) => (
            <tr key={week[0]?.day}>
              {week.map((day) => (
                <Cell key={day.day} locale={locale} view={view} day={day} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <GridKeys table={TABLE_ID} previous={step(previous)} next={step(next)} />
      <p className="mt-2 text-12 text-soft max-sm:hidden noscript:hidden">{t('keys')}</p>
    </>
  )
}
