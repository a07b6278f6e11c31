import { AdminPage, type AdminProps } from '../admin/admin-page'
import { Disclosure } from '#components/ui/disclosure'
import { PageHeader } from '#components/ui/page-header'
import { Stat, StatGroup } from '#components/ui/stat'
import { bytesInWords } from '#lib/i18n/bytes'
import { formatter, translator } from '#lib/i18n/translate'
import type { Period, SchoolInsight, SchoolWeek } from '#lib/insight/contract/views'
import { percentOf } from '#lib/insight/rules/chart'
import { BarChart } from './bar-chart'
import { Freshness } from './freshness'

type Props = AdminProps & Readonly<{ timeZone: string; view: SchoolInsight }>

const CSV = '/api/insight?part='

function Figures({ locale, timeZone, view }: Props) {
  const t = translator(locale, 'insight.school')
  const write = formatter(locale, timeZone)
  const { people, enrollments, completed, storageBytes, aiMessages } = view
  const percent = write.number(percentOf(completed, enrollments) / 100, { style: 'percent' })
  return (
    <StatGroup>
      <Stat label={t('people')} value={write.number(people)} />
      <Stat label={t('enrollments')} value={write.number(enrollments)} />
      <Stat label={t('completed')} value={write.number(completed)} note={t('completedNote', { percent })} />
      <Stat label={t('storage')} value={bytesInWords(locale, storageBytes)} />
      <Stat label={t('ai')} value={write.number(aiMessages)} />
    </StatGroup>
  )
}

/** The day that a period begins with, as an axis says it. */
function labelOf(locale: string, start: string, span: 'day' | 'month'): string {
  return formatter(locale, 'UTC').dateTime(
    new Date(`${start}T00:00:00Z`),
    span === 'month' ? { month: 'short', year: 'numeric' } : { day: 'numeric', month: 'short' },
  )
}

type Trend = Readonly<{
  kind: 'weeks' | 'days' | 'months'
  head: 'week' | 'day' | 'month'
  list: readonly Period[]
}>

/** People who learned, by day, week or month. */
function People({ locale, trend: { kind, head, list } }: { locale: string; trend: Trend }) {
  const t = translator(locale, 'insight.school')
  const [now, before] = [list.at(-1)?.people ?? 0, list.at(-2)?.people ?? 0]
  const span = kind === 'months' ? 'month' : 'day'
  return (
    <BarChart
      locale={locale}
      title={t(kind)}
      says={t(`${kind}Says`, { now, before })}
      columns={[t(head), t('learners')]}
      points={list.map(({ start, people: value }) => ({ label: labelOf(locale, start, span), value }))}
      csv={`${CSV}${kind}`}
    />
  )
}

function OfWeeks({
  locale,
  weeks,
  field,
  kind,
}: {
  locale: string
  weeks: readonly SchoolWeek[]
  field: 'completions' | 'chats'
  kind: 'completion' | 'chat'
}) {
  const t = translator(locale, 'insight.school')
  const sum = weeks.reduce((total, week) => total + week[field], 0)
  return (
    <BarChart
      locale={locale}
      title={t(`${kind}Weeks`)}
      says={t(`${kind}Says`, { sum, count: weeks.length })}
      columns={[t('week'), t(field)]}
      points={weeks.map((week) => ({ label: labelOf(locale, week.start, 'day'), value: week[field] }))}
      csv={`${CSV}weeks`}
    />
  )
}

/** How much is learned in a school, over time. */
export function SchoolInsightPage(props: Props) {
  const { locale, timeZone, permissions, view } = props
  const t = translator(locale, 'insight.school')
  const { days, weeks, months } = view
  return (
    <AdminPage locale={locale} permissions={permissions} current="insight">
      <PageHeader title={t('title')} intro={t('intro')} />
      <div className="flex flex-col gap-12">
        <Figures {...props} />
        <div className="grid gap-12 lg:grid-cols-2">
          <People locale={locale} trend={{ kind: 'weeks', head: 'week', list: weeks }} />
          <OfWeeks locale={locale} weeks={weeks} field="completions" kind="completion" />
          <People locale={locale} trend={{ kind: 'days', head: 'day', list: days }} />
          <People locale={locale} trend={{ kind: 'months', head: 'month', list: months }} />
          <OfWeeks locale={locale} weeks={weeks} field="chats" kind="chat" />
        </div>
        <div>
          <Freshness locale={locale} timeZone={timeZone} facts={view.freshness} />
          <Disclosure summary={<span className="font-medium">{t('how')}</span>}>
            <p className="max-w-column text-14 text-soft">{t('howLearned')}</p>
            <p className="mt-2 max-w-column text-14 text-soft">{t('howZone', { zone: timeZone })}</p>
          </Disclosure>
        </div>
      </div>
    </AdminPage>
  )
}
