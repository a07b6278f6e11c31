import { ActionForm } from '#components/ui/action-form'
import { DataTable } from '#components/ui/data-table'
import { EmptyState } from '#components/ui/empty-state'
import type { FormAction } from '#components/ui/form-context'
import { HiddenFields } from '#components/ui/hidden-fields'
import { Notice } from '#components/ui/notice'
import { Pager } from '#components/ui/pager'
import { StatusBadge } from '#components/ui/status-badge'
import { TextField } from '#components/ui/text-field'
import {
  ASSIGNMENT_TITLE_MAX,
  type AssignmentCard,
  type AssignmentsPage as Found,
  type AssignmentsSearch,
} from '#lib/assignments/contract/authoring'
import { formatter, translator } from '#lib/i18n/translate'
import type { CourseHead } from '#lib/teach/contract'
import { formWords } from '../form/form-words'
import { CourseFrame } from '../teach/course-frame'

type Props = Readonly<{
  locale: string
  /** IANA, of the course. */
  timeZone: string
  course: CourseHead
  page: Found
  search: AssignmentsSearch
  /** Of the form that creates. */
  requestKey: string
  actions: Readonly<Record<'create' | 'restore', FormAction>>
}>

const pathOf = (course: CourseHead): string => `/teach/courses/${course.id}/assignments`

function Done({ locale, course, search, actions }: Props) {
  const t = translator(locale, 'assignmentAuthor.list')
  const { done, assignment } = search
  if (done === undefined) return null
  return (
    <div className="mb-8" role="status">
      <Notice
        tone="good"
        title={t(done)}
        action={
          done === 'deleted' && assignment !== undefined ? (
            <ActionForm
              action={actions.restore}
              submit={t('undo')}
              submitLook="quiet"
              pendingLabel={translator(locale, 'teach.form')('pending')}
              messages={formWords(locale)}
            >
              <HiddenFields values={{ courseId: course.id, assignmentId: assignment }} />
            </ActionForm>
          ) : undefined
        }
      />
    </div>
  )
}

function New({ locale, course, requestKey, actions }: Props) {
  const t = translator(locale, 'assignmentAuthor.list')
  return (
    <section
      id="new"
      aria-labelledby="new-title"
      className="rounded-md border border-line bg-surface p-4 sm:p-6"
    >
      <h2 id="new-title" className="text-18 font-semibold">
        {t('newTitle')}
      </h2>
      <p className="mt-1 mb-4 max-w-column text-14 text-soft">{t('newBody')}</p>
      <ActionForm
        action={actions.create}
        submit={t('create')}
        pendingLabel={t('creating')}
        messages={formWords(locale)}
        layout="inline"
      >
        <HiddenFields values={{ courseId: course.id, key: requestKey }} />
        <TextField name="title" label={t('newLabel')} maxLength={ASSIGNMENT_TITLE_MAX} autoComplete="off" />
      </ActionForm>
    </section>
  )
}

function Table({ locale, timeZone, course, page }: Props) {
  const t = translator(locale, 'assignmentAuthor.list')
  const write = formatter(locale, timeZone)
  const due = (at: Date): string =>
    write.dateTime(at, {
      ...({ day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' } as const),
      timeZoneName: 'short',
    })
  return (
    <DataTable<AssignmentCard>
      caption={t('caption')}
      rows={page.assignments}
      rowKey={({ id }) => id}
      empty={<EmptyState seed={`${course.id}:assignments`} title={t('emptyTitle')} body={t('emptyBody')} />}
      columns={[
        {
          ...{ id: 'assignment', header: t('assignment'), long: true },
          cell: ({ id, title, points }) => (
            <a
              href={`${pathOf(course)}/${id}`}
              className="flex min-h-11 w-full flex-col items-start justify-center text-start font-medium wrap-anywhere underline-offset-2 hover:underline"
            >
              {title}
              <span className="text-12 font-normal text-soft">{t('points', { points: Number(points) })}</span>
            </a>
          ),
        },
        {
          id: 'state',
          header: t('state'),
          cell: ({ published }) => (
            <StatusBadge tone={published ? 'good' : 'neutral'} icon={published ? 'check-circle' : 'pencil'}>
              {published ? t('published') : t('draft')}
            </StatusBadge>
          ),
        },
        {
          id: 'due',
          header: t('due'),
          cell: ({ dueDate }) => (dueDate === null ? t('noDue') : due(dueDate)),
        },
        {
          id: 'handed',
          header: t('handedIn'),
          cell: ({ handedIn, waiting }) => (
            <span className="block">
              {t('handedInOf', { count: handedIn })}
              {waiting === 0 ? null : (
                <span className="block text-12 font-medium text-warn">
                  {t('waiting', { count: waiting })}
                </span>
              )}
            </span>
          ),
        },
      ]}
    />
  )
}

/** The assignments of a course, and the way to a new one. */
export function AssignmentsPage(props: Props) {
  const { locale, course, page } = props
  const t = translator(locale, 'assignmentAuthor.list')
  const link = (cursor: string | null, label: string) =>
    cursor === null ? null : { href: `${pathOf(course)}?cursor=${encodeURIComponent(cursor)}`, label }
  const empty = page.assignments.length === 0
  return (
    <CourseFrame locale={locale} course={course} current="assignments" intro={t('intro')}>
      <Done {...props} />
      <div className="flex flex-col gap-8">
        {empty ? <Table {...props} /> : null}
        <New {...props} />
        {empty ? null : <Table {...props} />}
        <Pager
          label={t('pager')}
          previous={link(page.previousCursor, t('previous'))}
          next={link(page.nextCursor, t('next'))}
        />
      </div>
    </CourseFrame>
  )
}
