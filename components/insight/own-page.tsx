import { DataTable } from '#components/ui/data-table'
import { EmptyState } from '#components/ui/empty-state'
import { LinkButton } from '#components/ui/link-button'
import { PageHeader } from '#components/ui/page-header'
import { ProgressBar } from '#components/ui/progress-bar'
import { Stat, StatGroup } from '#components/ui/stat'
import { durationInWords } from '#lib/i18n/duration'
import { formatter, translator } from '#lib/i18n/translate'
import type { OwnCourse, OwnInsight, Topic } from '#lib/insight/contract/views'
import { percentOf } from '#lib/insight/rules/chart'
import { BarChart } from './bar-chart'
import { Freshness } from './freshness'

type Props = Readonly<{ locale: string; timeZone: string; schoolZone: string; view: OwnInsight }>

const dayOf = (locale: string, day: string): string =>
  formatter(locale, 'UTC').dateTime(new Date(`${day}T00:00:00Z`), { day: 'numeric', month: 'short' })

function Courses({ locale, timeZone, view }: Props) {
  const t = translator(locale, 'insight.own')
  const write = formatter(locale, timeZone)
  return (
    <DataTable<OwnCourse>
      caption={t('courses')}
      showCaption
      rows={view.courses}
      rowKey={({ courseId }) => courseId}
      empty={null}
      columns={[
        {
          ...{ id: 'course', header: t('course'), long: true },
          cell: ({ courseId, title }) => (
            <a
              href={`/courses/${courseId}`}
              className="inline-flex min-h-11 items-center underline decoration-line underline-offset-4 hover:decoration-current sm:min-h-6"
            >
              {title}
            </a>
          ),
        },
        {
          ...{ id: 'progress', header: t('progress') },
          cell: ({ progress, completedAt, lessonsDone: done, lessonCount: all }) => (
            <span className="flex flex-col gap-1">
              <span className="flex items-center gap-3 tabular-nums">
                <ProgressBar value={progress} max={100} />
                {completedAt === null
                  ? write.number(Math.floor(progress) / 100, { style: 'percent' })
                  : t('completed')}
              </span>
              <span className="text-14 text-soft">{t('lessons', { done, all })}</span>
            </span>
          ),
        },
        {
          ...{ id: 'watched', header: t('watched') },
          cell: ({ seconds }) => (seconds === 0 ? t('never') : durationInWords(locale, seconds)),
        },
        { id: 'studied', header: t('studied'), end: true, cell: ({ days }) => write.number(days) },
        {
          ...{ id: 'last', header: t('last') },
          cell: ({ lastAt }) =>
            lastAt === null
              ? t('never')
              : write.dateTime(lastAt, { day: 'numeric', month: 'short', year: 'numeric' }),
        },
      ]}
    />
  )
}

/** What one is good at: a table whose bars only show what its numbers say. */
function Topics({ locale, view }: Props) {
  const t = translator(locale, 'insight.own')
  const write = formatter(locale, 'UTC')
  return (
    <section aria-labelledby="topics">
      <h2 id="topics" className="text-18 font-semibold">
        {t('topics')}
      </h2>
      <p className="mt-1 mb-4 max-w-column text-14 text-soft">
        {view.topics.length === 0 ? t('topicsNone') : t('topicsIntro')}
      </p>
      <DataTable<Topic>
        caption={t('topics')}
        rows={view.topics}
        rowKey={({ topic }) => topic}
        empty={null}
        columns={[
          { id: 'topic', header: t('topic'), long: true, cell: ({ topic }) => topic },
          {
            ...{ id: 'share', header: t('share') },
            cell: ({ points, maxPoints }) => (
              <span className="flex items-center gap-3 tabular-nums">
                <span className="w-12 text-end">
                  {write.number(percentOf(points, maxPoints) / 100, { style: 'percent' })}
                </span>
                <ProgressBar value={points} max={maxPoints} />
              </span>
            ),
          },
          {
            id: 'questions',
            header: t('questions'),
            end: true,
            cell: ({ questions }) => write.number(questions),
          },
        ]}
      />
    </section>
  )
}

/** Where one is, how long one was there, and what one is good at. */
export function OwnInsightPage(props: Props) {
  const { locale, timeZone, schoolZone, view } = props
  const t = translator(locale, 'insight.own')
  const { courses, weeks, seconds, days } = view
  if (courses.length === 0) {
    return (
      <>
        <PageHeader title={t('title')} intro={t('intro')} />
        <EmptyState seed="progress" title={t('emptyTitle')} body={t('emptyBody')}>
          <LinkButton href="/courses">{t('browse')}</LinkButton>
        </EmptyState>
      </>
    )
  }
  const recent = weeks.reduce((sum, week) => sum + week.days, 0)
  return (
    <>
      <PageHeader title={t('title')} intro={t('intro')} />
      <div className="flex flex-col gap-12">
        <StatGroup>
          <Stat
            label={t('days')}
            value={formatter(locale, timeZone).number(days)}
            note={t('daysNote', { count: weeks.at(-1)?.days ?? 0 })}
          />
          <Stat label={t('time')} value={seconds === 0 ? t('never') : durationInWords(locale, seconds)} />
        </StatGroup>
        <Courses {...props} />
        <BarChart
          locale={locale}
          title={t('weeks')}
          says={t('weeksSays', { count: weeks.length, days: recent })}
          columns={[t('week'), t('weekDays')]}
          points={weeks.map((week) => ({ label: dayOf(locale, week.start), value: week.days }))}
        />
        <Topics {...props} />
        <div className="max-w-column">
          <p className="mb-1 text-14 text-soft">{t('daysHow')}</p>
          <Freshness locale={locale} timeZone={timeZone} facts={view.freshness} />
          <p className="mt-1 text-14 text-soft">{t('zone', { zone: schoolZone })}</p>
        </div>
      </div>
    </>
  )
}
