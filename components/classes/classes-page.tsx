import { ActionForm } from '#components/ui/action-form'
import { DataTable } from '#components/ui/data-table'
import { EmptyState } from '#components/ui/empty-state'
import type { FormAction } from '#components/ui/form-context'
import { HiddenFields } from '#components/ui/hidden-fields'
import { LinkButton } from '#components/ui/link-button'
import { Notice } from '#components/ui/notice'
import { Pager } from '#components/ui/pager'
import { StatusBadge } from '#components/ui/status-badge'
import { TabsNav } from '#components/ui/tabs-nav'
import type { ClassCard, ClassesPage as View, ClassesSearch } from '#lib/classes/contract'
import { durationInWords } from '#lib/i18n/duration'
import { translator } from '#lib/i18n/translate'
import { formWords } from '../form/form-words'
import { CourseFrame } from '../teach/course-frame'
import { classTime, ownClassTime, zoneName } from './when'

type Props = Readonly<{
  locale: string
  view: View
  /** IANA: the reader's. */
  ownZone: string
  search: ClassesSearch
  restore: FormAction
}>

const pathOf = ({ course }: View): string => `/teach/courses/${course.id}/classes`

const DONE = { created: 'created', cancelled: 'cancelledDone', restored: 'restoredDone' } as const

function Done({ locale, view, search, restore }: Props) {
  const t = translator(locale, 'classes.list')
  const { done, count = 1, class: classId } = search
  if (done === undefined) return null
  const undoable = done === 'cancelled' && classId !== undefined
  return (
    <div className="mb-8" role="status">
      <Notice
        tone="good"
        title={t(DONE[done], { count })}
        action={
          undoable ? (
            <ActionForm
              action={restore}
              submit={t('undo')}
              submitLook="quiet"
              pendingLabel={translator(locale, 'teach.form')('pending')}
              messages={formWords(locale)}
            >
              <HiddenFields values={{ courseId: view.course.id, classId }} />
            </ActionForm>
          ) : undefined
        }
      />
    </div>
  )
}

function State({ locale, card, past }: Readonly<{ locale: string; card: ClassCard; past: boolean }>) {
  const t = translator(locale, 'classes.list')
  if (card.cancelled) return <StatusBadge tone="bad">{t('cancelled')}</StatusBadge>
  if (card.hasRecording)
    return (
      <StatusBadge tone="good" icon="play">
        {t('recorded')}
      </StatusBadge>
    )
  return (
    <StatusBadge tone={past ? 'neutral' : 'info'} icon="calendar">
      {t(past ? 'over' : 'planned')}
    </StatusBadge>
  )
}

function When({
  locale,
  view,
  ownZone,
  card,
}: Pick<Props, 'locale' | 'view' | 'ownZone'> & { card: ClassCard }) {
  const own = ownClassTime(locale, view.timeZone, ownZone, card.scheduledAt)
  return (
    <span className="block">
      <time dateTime={card.scheduledAt.toISOString()} className={card.cancelled ? 'line-through' : ''}>
        {classTime(locale, view.timeZone, card.scheduledAt)}
      </time>
      {own === null ? null : <span className="block text-12 text-soft">{own}</span>}
    </span>
  )
}

function Table(props: Props) {
  const { locale, view } = props
  const t = translator(locale, 'classes.list')
  const platform = translator(locale, 'classes.platforms')
  const { past } = view
  const words = past
    ? { title: t('emptyPastTitle'), body: t('emptyPastBody') }
    : { title: t('emptyTitle'), body: t('emptyBody') }
  return (
    <DataTable<ClassCard>
      caption={t('caption')}
      rows={view.classes}
      rowKey={({ id }) => id}
      empty={<EmptyState seed={`${view.course.id}:classes`} {...words} />}
      columns={[
        {
          ...{ id: 'class', header: t('class'), long: true },
          cell: (card) => (
            <a
              href={`${pathOf(view)}/${card.id}`}
              className="flex min-h-11 w-full flex-col items-start justify-center text-start font-medium wrap-anywhere underline-offset-2 hover:underline"
            >
              {card.title}
              <span className="text-12 font-normal text-soft">
                {[platform(card.platform), durationInWords(locale, card.duration * 60)].join(' · ')}
                {card.inSeries ? ` · ${t('series')}` : ''}
              </span>
            </a>
          ),
        },
        { id: 'when', header: t('when'), cell: (card) => <When {...props} card={card} /> },
        {
          id: 'state',
          header: t('state'),
          cell: (card) => <State locale={locale} card={card} past={past} />,
        },
        {
          id: 'attendance',
          header: t('attendance'),
          cell: ({ id, marked, learners, title }) => (
            <a
              href={`${pathOf(view)}/${id}/attendance`}
              className="inline-flex min-h-11 items-center underline underline-offset-2"
            >
              <span className="sr-only">{title}: </span>
              {t('attended', { marked, learners })}
            </a>
          ),
        },
      ]}
    />
  )
}

/** The live classes of a course for those who teach it, and the way to a new one. */
export function ClassesPage(props: Props) {
  const { locale, view } = props
  const t = translator(locale, 'classes.list')
  const { course, past, nextCursor, previousCursor, timeZone } = view
  const link = (cursor: string | null, label: string) =>
    cursor === null
      ? null
      : { href: `${pathOf(view)}?${past ? 'past=1&' : ''}cursor=${encodeURIComponent(cursor)}`, label }
  return (
    <CourseFrame locale={locale} course={course} current="classes" intro={t('intro')}>
      <Done {...props} />
      <div className="flex flex-col gap-6">
        <div className="flex flex-wrap items-end justify-between gap-4">
          <TabsNav
            label={t('views')}
            tabs={[
              { href: pathOf(view), label: t('upcoming'), current: !past },
              { href: `${pathOf(view)}?past=1`, label: t('past'), current: past },
            ]}
          />
          <LinkButton href={`${pathOf(view)}/new`}>{t('new')}</LinkButton>
        </div>
        <p className="text-14 text-soft">
          {translator(locale, 'classes.zone')('course', { zone: zoneName(timeZone) })}
        </p>
        <Table {...props} />
        <Pager
          label={t('pager')}
          previous={link(previousCursor, t('previous'))}
          next={link(nextCursor, t('next'))}
        />
      </div>
    </CourseFrame>
  )
}
