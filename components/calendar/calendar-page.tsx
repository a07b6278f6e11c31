import type { ReactNode } from 'react'
import { SubmitButton } from '#components/ui/button'
import { EmptyState } from '#components/ui/empty-state'
import type { FormAction } from '#components/ui/form-context'
import { LinkButton } from '#components/ui/link-button'
import { Notice } from '#components/ui/notice'
import { PageHeader } from '#components/ui/page-header'
import { SelectField } from '#components/ui/select-field'
import { SubmitOnChange } from '#components/ui/submit-on-change'
import { TabsNav } from '#components/ui/tabs-nav'
import { type CalendarKind, type CalendarView, type FeedDone, VIEWS } from '#lib/calendar/contract'
import { translator } from '#lib/i18n/translate'
import { zoneName } from '../classes/when'
import { AgendaEntry, LongEntry, SmallEntry } from './entry'
import { FeedPanel } from './feed-panel'
import { MonthGrid } from './month-grid'
import { addressOf, dayInWords } from './words'

type Shown = Readonly<{ locale: string; view: CalendarView }>

type Props = Shown &
  Readonly<{ done: FeedDone | undefined; actions: Readonly<Record<'make' | 'stop', FormAction>> }>

function titleOf({ locale, view }: Shown, kind: CalendarKind): string {
  const t = translator(locale, 'calendar')
  if (kind === 'month') return dayInWords(locale, view.on, { month: 'long', year: 'numeric' })
  const first = view.week[0]?.day ?? view.on
  const parts = { day: 'numeric', month: 'long', year: 'numeric' } as const
  return kind === 'week'
    ? t('weekOf', { day: dayInWords(locale, first, parts) })
    : t('from', { day: dayInWords(locale, view.on, parts) })
}

/** What is looked at, and the ways back and on. Of a step as long as the view. */
function Steps({ locale, view, kind }: Shown & Readonly<{ kind: CalendarKind }>) {
  const t = translator(locale, 'calendar')
  const { course, today, steps } = view
  const to = (on: string | undefined) =>
    addressOf({ view: view.view, course, ...(on === undefined ? {} : { on }) })
  const label = (word: string, on: string): ReactNode => (
    <>
      {word}
      <span className="sr-only">: {dayInWords(locale, on)}</span>
    </>
  )
  return (
    <div className="flex flex-wrap items-center justify-between gap-3">
      <h2 className="font-reading text-22 font-medium">{titleOf({ locale, view }, kind)}</h2>
      <nav aria-label={`${t('move')} (${t(kind)})`} className="flex flex-wrap gap-2">
        <LinkButton href={to(steps[kind].previous)} look="quiet" size="small">
          {label(t('previous'), steps[kind].previous)}
        </LinkButton>
        <LinkButton href={to(undefined)} look="quiet" size="small">
          {label(t('today'), today)}
        </LinkButton>
        <LinkButton href={to(steps[kind].next)} look="quiet" size="small">
          {label(t('next'), steps[kind].next)}
        </LinkButton>
      </nav>
    </div>
  )
}

/** A plain form: the course stands in the address. */
function Filter({ locale, view }: Shown) {
  const t = translator(locale, 'calendar')
  if (view.courses.length < 2) return null
  return (
    <form method="get" action="/calendar" className="flex flex-wrap items-end gap-3 **:data-field:w-56">
      {view.view === null ? null : <input type="hidden" name="view" value={view.view} />}
      <input type="hidden" name="on" value={view.on} />
      <SelectField
        name="course"
        label={t('course')}
        defaultValue={view.course ?? ''}
        options={[
          { value: '', label: t('allCourses') },
          ...view.courses.map(({ id, title }) => ({ value: id, label: title })),
        ]}
      />
      <SubmitButton look="quiet">{t('show')}</SubmitButton>
      <SubmitOnChange />
    </form>
  )
}

function Week({ locale, view }: Shown) {
  const t = translator(locale, 'calendar')
  return (
    <ol className="grid gap-2 sm:grid-cols-7">
      {view.week.map(({ day, pieces }) => (
        <li
          key={day}
          aria-current={day === view.today ? 'date' : undefined}
          className={`min-h-16 min-w-0 rounded-sm border p-2 sm:min-h-64 ${day === view.today ? 'border-accent-9' : 'border-line'}`}
        >
          <h3 className="mb-2 text-14 font-medium">
            {dayInWords(locale, day, { weekday: 'short', day: 'numeric', month: 'short' })}
            {day === view.today ? <span className="text-accent-11"> · {t('isToday')}</span> : null}
          </h3>
          <ul className="flex flex-col gap-1">
            {pieces.map((piece) => (
              <li key={`${piece.entry.kind} ${piece.entry.id}`}>
                <SmallEntry locale={locale} timeZone={view.timeZone} piece={piece} />
              </li>
            ))}
          </ul>
        </li>
      ))}
    </ol>
  )
}

function Nothing({ locale, view }: Shown) {
  const t = translator(locale, 'calendar')
  return (
    <EmptyState
      seed="calendar"
      title={t('emptyTitle')}
      body={view.courses.length === 0 ? t('emptyBody') : t('emptyNext')}
    >
      {view.courses.length === 0 ? <LinkButton href="/courses">{t('emptyFirst')}</LinkButton> : null}
    </EmptyState>
  )
}

function Agenda({ locale, view }: Shown) {
  const t = translator(locale, 'calendar')
  if (view.agenda.length === 0) return <Nothing locale={locale} view={view} />
  return (
    <ol className="flex flex-col gap-6">
      {view.agenda.map(({ day, pieces }) => (
        <li key={day} aria-current={day === view.today ? 'date' : undefined}>
          <h3 className="border-b border-line pb-1 text-16 font-semibold">
            {dayInWords(locale, day)}
            {day === view.today ? (
              <span className="font-normal text-accent-11"> · {t('isToday')}</span>
            ) : null}
          </h3>
          <ul>
            {pieces.map((piece) => (
              <AgendaEntry
                key={`${piece.entry.kind} ${piece.entry.id}`}
                {...{ locale, timeZone: view.timeZone, piece }}
              />
            ))}
          </ul>
        </li>
      ))}
    </ol>
  )
}

/** What goes on for days, said once and not in each of them. */
function GoingOn({ locale, view, kind }: Shown & Readonly<{ kind: CalendarKind }>) {
  const t = translator(locale, 'calendar')
  const pieces = view.goingOn[kind]
  if (pieces.length === 0) return null
  return (
    <section aria-labelledby={`going-on-${kind}`}>
      <h3 id={`going-on-${kind}`} className="mb-2 text-14 font-medium text-soft">
        {t('goingOn')}
      </h3>
      <ul className="grid gap-2 sm:grid-cols-2 lg:grid-cols-3 xl:grid-cols-4">
        {pieces.map((piece) => (
          <li key={`${piece.entry.kind} ${piece.entry.id}`}>
            <LongEntry locale={locale} timeZone={view.timeZone} piece={piece} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function Part({ locale, view, kind }: Shown & Readonly<{ kind: CalendarKind }>) {
  return (
    <div className="flex flex-col gap-4">
      <Steps locale={locale} view={view} kind={kind} />
      <GoingOn locale={locale} view={view} kind={kind} />
      {kind === 'month' ? <MonthGrid locale={locale} view={view} /> : null}
      {kind === 'week' ? <Week locale={locale} view={view} /> : null}
      {kind === 'agenda' ||
      view.goingOn[kind].length > 0 ||
      view[kind].some(({ pieces }) => pieces.length > 0) ? null : (
        <Nothing locale={locale} view={view} />
      )}
      {kind === 'agenda' ? <Agenda locale={locale} view={view} /> : null}
    </div>
  )
}

/** A person's calendar. Unless a view is asked for, a phone shows the agenda and a larger screen the month. */
export function CalendarPage(props: Props) {
  const { locale, view } = props
  const t = translator(locale, 'calendar')
  const { on, course, truncated } = view
  const tabs = (current: CalendarKind) => (
    <TabsNav
      label={t('views')}
      tabs={VIEWS.map((kind) => ({
        href: addressOf({ view: kind, on, course }),
        label: t(kind),
        current: kind === current,
      }))}
    />
  )
  return (
    <>
      <PageHeader title={t('title')} intro={t('intro', { zone: zoneName(view.timeZone) })} />
      <div className="mb-6 flex flex-wrap items-end justify-between gap-4">
        {view.view === null ? (
          <>
            <div className="max-sm:hidden">{tabs('month')}</div>
            <div className="sm:hidden">{tabs('agenda')}</div>
          </>
        ) : (
          tabs(view.view)
        )}
        <Filter locale={locale} view={view} />
      </div>
      {truncated ? (
        <div className="mb-6">
          <Notice tone="info" title={t('truncated')} />
        </div>
      ) : null}
      {view.view === null ? (
        <>
          <div className="max-sm:hidden">
            <Part locale={locale} view={view} kind="month" />
          </div>
          <div className="sm:hidden">
            <Part locale={locale} view={view} kind="agenda" />
          </div>
        </>
      ) : (
        <Part locale={locale} view={view} kind={view.view} />
      )}
      <FeedPanel {...props} />
    </>
  )
}
