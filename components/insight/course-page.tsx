import { CourseFrame } from '../teach/course-frame'
import { DataTable } from '#components/ui/data-table'
import { Stat, StatGroup } from '#components/ui/stat'
import { formatter, translator } from '#lib/i18n/translate'
import { type Signal, STOPPED_DAYS, WAITING_DAYS } from '#lib/insight/contract/constants'
import type { CourseInsight, LessonLine, WaitingLine } from '#lib/insight/contract/views'
import { percentOf } from '#lib/insight/rules/chart'
import type { CourseHead } from '#lib/teach/contract'
import { CsvLink } from './bar-chart'
import { Freshness } from './freshness'
import { WarningList } from './warning-list'

type Props = Readonly<{
  locale: string
  timeZone: string
  course: CourseHead
  view: CourseInsight
  signal: Signal | null
  page: number
}>

const LINK =
  'inline-flex min-h-11 items-center underline decoration-line underline-offset-4 hover:decoration-current sm:min-h-6'

/** Where a pile is graded. */
const pileOf = (courseId: string, { kind, id }: WaitingLine): string =>
  kind === 'exam'
    ? `/teach/courses/${courseId}/exams/${id}/attempts`
    : `/teach/courses/${courseId}/assignments/${id}/submissions`

/** What nobody has graded yet, by how long it has waited. */
function Waiting({ locale, timeZone, course, view }: Props) {
  const t = translator(locale, 'insight.waiting')
  const write = formatter(locale, timeZone)
  const lines = view.waiting.filter(({ fresh, older, oldest }) => fresh + older + oldest > 0)
  const [first, second] = WAITING_DAYS
  const count = (id: 'fresh' | 'older' | 'oldest', header: string) => ({
    ...{ id, header, end: true },
    cell: (line: WaitingLine) => write.number(line[id]),
  })
  return (
    <section aria-labelledby="waiting">
      <div className="flex flex-wrap items-end justify-between gap-3">
        <div>
          <h2 id="waiting" className="text-22 font-semibold">
            {t('title')}
          </h2>
          <p className="mt-1 max-w-column text-14 text-soft">{t('intro')}</p>
        </div>
        {lines.length === 0 ? null : (
          <CsvLink locale={locale} href={`/api/insight/${course.id}?part=waiting`} what={t('title')} />
        )}
      </div>
      <div className="mt-4">
        <DataTable
          caption={t('title')}
          rows={lines}
          rowKey={({ id }) => id}
          empty={<p className="text-soft">{t('none')}</p>}
          columns={[
            {
              ...{ id: 'what', header: t('what'), long: true },
              cell: (line) => (
                <a href={pileOf(course.id, line)} className={LINK}>
                  {line.title}
                </a>
              ),
            },
            count('fresh', t('fresh', { days: first })),
            count('older', t('older', { days: second })),
            count('oldest', t('oldest')),
            {
              ...{ id: 'since', header: t('since') },
              cell: ({ since }) =>
                since === null ? t('sinceNone') : write.dateTime(since, { day: 'numeric', month: 'short' }),
            },
          ]}
        />
      </div>
    </section>
  )
}

/** Two bars, one inside the other: who opened the lesson, and who completed it. The numbers beside say the same. */
function TwoBars({ line, enrolled }: { line: LessonLine; enrolled: number }) {
  const share = (count: number): number => (enrolled === 0 ? 0 : Math.min(100, (count / enrolled) * 100))
  return (
    <svg
      aria-hidden="true"
      viewBox="0 0 100 10"
      preserveAspectRatio="none"
      className="mt-2 block h-2.5 w-full max-w-80 rounded-sm bg-sunken"
    >
      <rect width={share(line.opened)} height={10} className="fill-accent-7 forced-colors:fill-[GrayText]" />
      <rect
        y={2.5}
        width={share(line.completed)}
        height={5}
        className="fill-accent-11 forced-colors:fill-[CanvasText]"
      />
    </svg>
  )
}

function Lessons({ locale, timeZone, course, view }: Props) {
  const t = translator(locale, 'insight.funnel')
  const write = formatter(locale, timeZone)
  const { lessons, figures } = view
  const worst = lessons.toSorted((one, other) => other.stopped - one.stopped)[0]
  const count = (id: 'opened' | 'completed' | 'stopped', header: string) => ({
    ...{ id, header, end: true },
    cell: (line: LessonLine) => write.number(line[id]),
  })
  return (
    <>
      {worst === undefined || worst.stopped === 0 ? null : (
        <p className="mt-6 max-w-column">{t('stops', { title: worst.title, count: worst.stopped })}</p>
      )}
      <div className="mt-4 flex justify-end">
        <CsvLink locale={locale} href={`/api/insight/${course.id}?part=lessons`} what={t('title')} />
      </div>
      <DataTable
        caption={t('caption')}
        rows={lessons}
        rowKey={({ id }) => id}
        empty={<p className="text-soft">{t('noLessons')}</p>}
        columns={[
          {
            ...{ id: 'lesson', header: t('lesson'), long: true },
            cell: (line) => (
              <span className="block min-w-40">
                <span className="block">{line.title}</span>
                <span className="block text-14 font-normal text-soft">{line.module}</span>
                <TwoBars line={line} enrolled={figures.enrolled} />
              </span>
            ),
          },
          count('opened', t('opened')),
          count('completed', t('done')),
          count('stopped', t('stopped')),
        ]}
      />
      <p className="mt-4 max-w-column text-14 text-soft">{t('how', { days: STOPPED_DAYS })}</p>
    </>
  )
}

function Funnel(props: Props) {
  const { locale, timeZone, view } = props
  const t = translator(locale, 'insight.funnel')
  const write = formatter(locale, timeZone)
  const { enrolled, started, completed } = view.figures
  const share = (count: number) => ({
    note: t('share', { percent: write.number(percentOf(count, enrolled) / 100, { style: 'percent' }) }),
  })
  return (
    <section aria-labelledby="funnel">
      <h2 id="funnel" className="text-22 font-semibold">
        {t('title')}
      </h2>
      <p className="mt-1 mb-6 max-w-column text-14 text-soft">{t('intro')}</p>
      <StatGroup>
        <Stat label={t('enrolled')} value={write.number(enrolled)} />
        <Stat label={t('started')} value={write.number(started)} {...share(started)} />
        <Stat label={t('completed')} value={write.number(completed)} {...share(completed)} />
      </StatGroup>
      <Lessons {...props} />
    </section>
  )
}

/** The exams that somebody handed in: how each of their questions did stands on a page of its own. */
function Exams({ locale, course, view }: Props) {
  const t = translator(locale, 'insight.items')
  const exams = view.waiting.filter(({ kind, handedIn }) => kind === 'exam' && handedIn > 0)
  return (
    <section aria-labelledby="items">
      <h2 id="items" className="text-22 font-semibold">
        {t('title')}
      </h2>
      {exams.length === 0 ? (
        <p className="mt-4 text-soft">{t('none')}</p>
      ) : (
        <ul className="mt-4 divide-y divide-line border-y border-line">
          {exams.map(({ id, title, handedIn }) => (
            <li key={id} className="flex flex-wrap items-baseline justify-between gap-x-6 py-2">
              <a
                href={`/teach/courses/${course.id}/exams/${id}/analysis`}
                className={`${LINK} wrap-anywhere`}
              >
                {t('link', { title })}
              </a>
              <span className="text-14 text-soft tabular-nums">{t('handedIn', { count: handedIn })}</span>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

/** Numbers about a course, what to act on first. */
export function CourseInsightPage(props: Props) {
  const { locale, timeZone, course, view, signal, page } = props
  return (
    <CourseFrame
      locale={locale}
      course={course}
      current="insight"
      intro={translator(locale, 'insight')('intro')}
    >
      <Freshness locale={locale} timeZone={timeZone} facts={view.freshness} />
      <div className="mt-8 flex flex-col gap-14">
        <WarningList
          {...{ locale, timeZone, view, signal, page }}
          courseId={course.id}
          isOpen={course.status === 'PUBLISHED'}
        />
        <Waiting {...props} />
        <Funnel {...props} />
        <Exams {...props} />
      </div>
    </CourseFrame>
  )
}
