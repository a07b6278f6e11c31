import { ActionForm } from '#components/ui/action-form'
import { DataTable } from '#components/ui/data-table'
import { EmptyState } from '#components/ui/empty-state'
import type { FormAction } from '#components/ui/form-context'
import { HiddenFields } from '#components/ui/hidden-fields'
import { LinkButton } from '#components/ui/link-button'
import { Notice } from '#components/ui/notice'
import { PageHeader } from '#components/ui/page-header'
import { Pager } from '#components/ui/pager'
import { TableToolbar } from '#components/ui/table-toolbar'
import { TextField } from '#components/ui/text-field'
import { Time } from '#components/ui/time'
import { formatter, translator } from '#lib/i18n/translate'
import type { CourseCard, CoursesPage, CoursesSearch } from '#lib/teach/contract'
import { TITLE_MAX } from '#lib/teach/rules'
import { CourseCover } from '../catalog/course-cover'
import { CourseStatus } from './course-status'
import { formWords } from '../form/form-words'

type Props = Readonly<{
  locale: string
  timeZone: string
  schoolName: string
  page: CoursesPage
  /** `all`: the reader edits every course of the school. */
  may: Readonly<{ create: boolean; all: boolean; bank: boolean }>
  /** Of the form for a new course: pressed twice it makes one. */
  requestKey: string
  actions: Readonly<{ create: FormAction; restore: FormAction }>
}>

const PATH = '/teach'
const STATUSES = ['DRAFT', 'PUBLISHED', 'ARCHIVED'] as const

function hrefOf({ q, status }: CoursesSearch, cursor: string): string {
  const query = new URLSearchParams({
    ...(q === '' ? {} : { q }),
    ...(status === '' ? {} : { status }),
    cursor,
  })
  return `${PATH}?${query.toString()}`
}

function isFiltered({ q, status }: CoursesSearch): boolean {
  return q !== '' || status !== ''
}

function Done({ locale, page, actions }: Pick<Props, 'locale' | 'page' | 'actions'>) {
  const t = translator(locale, 'teach.list')
  const { done, course } = page.search
  if (done === undefined) return null
  return (
    <div className="mb-8" role="status">
      <Notice
        tone="good"
        title={t(done)}
        action={
          done === 'deleted' && course !== undefined ? (
            <ActionForm
              action={actions.restore}
              submit={t('undo')}
              submitLook="quiet"
              pendingLabel={translator(locale, 'teach.form')('pending')}
              messages={formWords(locale)}
            >
              <HiddenFields values={{ courseId: course }} />
            </ActionForm>
          ) : undefined
        }
      />
    </div>
  )
}

function NewCourse({ locale, requestKey, actions }: Pick<Props, 'locale' | 'requestKey' | 'actions'>) {
  const t = translator(locale, 'teach.list')
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
        <HiddenFields values={{ key: requestKey }} />
        <TextField name="title" label={t('newLabel')} maxLength={TITLE_MAX} autoComplete="off" />
      </ActionForm>
    </section>
  )
}

function Nothing({ locale, page, may }: Pick<Props, 'locale' | 'page' | 'may'>) {
  const t = translator(locale, 'teach.list')
  if (isFiltered(page.search)) {
    return (
      <EmptyState seed="teach:none" title={t('noMatchTitle')} body={t('noMatchBody')}>
        <LinkButton href={PATH} look="quiet">
          {t('clear')}
        </LinkButton>
      </EmptyState>
    )
  }
  return (
    <EmptyState seed="teach:empty" title={t('emptyTitle')} body={t('emptyBody')}>
      {may.create ? <LinkButton href="#new">{t('newTitle')}</LinkButton> : null}
    </EmptyState>
  )
}

function Name({ course }: { course: CourseCard }) {
  return (
    <a
      href={`/teach/courses/${course.id}`}
      className="flex min-h-11 items-center gap-3 wrap-anywhere hover:underline underline-offset-2"
    >
      <span className="w-16 shrink-0">
        <CourseCover courseId={course.id} coverUrl={course.coverUrl} />
      </span>
      {course.title}
    </a>
  )
}

function Table({ locale, timeZone, page, may }: Pick<Props, 'locale' | 'timeZone' | 'page' | 'may'>) {
  const t = translator(locale, 'teach.list')
  const write = formatter(locale, timeZone)
  return (
    <DataTable<CourseCard>
      caption={t('caption')}
      rows={page.courses}
      rowKey={(course) => course.id}
      empty={<Nothing locale={locale} page={page} may={may} />}
      columns={[
        { id: 'course', header: t('course'), long: true, cell: (course) => <Name course={course} /> },
        {
          ...{ id: 'state', header: t('state') },
          cell: (course) => <CourseStatus locale={locale} status={course.status} />,
        },
        {
          ...{ id: 'contents', header: t('contents') },
          cell: ({ moduleCount, lessonCount }) =>
            t('contentsOf', { modules: moduleCount, lessons: lessonCount }),
        },
        ...(may.all
          ? [
              {
                ...{ id: 'instructor', header: t('instructor'), long: true },
                cell: (course: CourseCard) => course.instructorName,
              },
            ]
          : []),
        {
          ...{ id: 'changed', header: t('changed') },
          cell: ({ updatedAt }) => (
            <span className="whitespace-nowrap">
              <Time
                iso={updatedAt.toISOString()}
                full={write.dateTime(updatedAt, { dateStyle: 'full', timeStyle: 'long' })}
              >
                {write.dateTime(updatedAt, { day: 'numeric', month: 'short', year: 'numeric' })}
              </Time>
            </span>
          ),
        },
      ]}
    />
  )
}

/** The courses that one may edit: searched, filtered and paged by address; and the way to a new one. */
export function CourseList({ locale, timeZone, schoolName, page, may, requestKey, actions }: Props) {
  const t = translator(locale, 'teach.list')
  const { search } = page
  const link = (cursor: string | null, label: string) =>
    cursor === null ? null : { href: hrefOf(search, cursor), label }
  const any = { value: '', label: t('any') }
  return (
    <>
      <Done locale={locale} page={page} actions={actions} />
      <PageHeader
        title={t('title')}
        intro={may.all ? t('introAll', { school: schoolName }) : t('intro')}
        actions={
          may.bank ? (
            <LinkButton href="/teach/bank" look="quiet">
              {translator(locale, 'bank')('link')}
            </LinkButton>
          ) : undefined
        }
      />
      <div className="flex flex-col gap-8">
        {may.create ? <NewCourse locale={locale} requestKey={requestKey} actions={actions} /> : null}
        <div className="flex flex-col gap-6">
          <TableToolbar
            id="teach"
            label={t('find')}
            action={PATH}
            search={{ name: 'q', value: search.q, label: t('search'), maxLength: 100 }}
            filters={[
              {
                ...{ name: 'status', label: t('status'), value: search.status },
                options: [
                  any,
                  ...STATUSES.map((value) => ({
                    value,
                    label: translator(locale, 'teach')(`statuses.${value}`),
                  })),
                ],
              },
            ]}
            submit={t('apply')}
            reset={isFiltered(search) ? { href: PATH, label: t('clear') } : null}
          />
          <Table locale={locale} timeZone={timeZone} page={page} may={may} />
          <Pager
            label={t('pager')}
            previous={link(page.previousCursor, t('previous'))}
            next={link(page.nextCursor, t('next'))}
          />
        </div>
      </div>
    </>
  )
}
