import { ActionForm } from '#components/ui/action-form'
import { ConfirmForm } from '#components/ui/confirm-form'
import { DataTable } from '#components/ui/data-table'
import { EmptyState } from '#components/ui/empty-state'
import type { FormAction } from '#components/ui/form-context'
import { HiddenFields } from '#components/ui/hidden-fields'
import { Notice } from '#components/ui/notice'
import { Pager } from '#components/ui/pager'
import { TextField } from '#components/ui/text-field'
import {
  EXAM_TITLE_MAX,
  type ExamCard,
  type ExamsPage,
  type ExamsSearch,
} from '#lib/exams/contract/authoring'
import { exactDurationInWords } from '#lib/i18n/duration'
import { formatter, translator } from '#lib/i18n/translate'
import type { CourseHead } from '#lib/teach/contract'
import { formWords } from '../form/form-words'
import { CourseFrame } from '../teach/course-frame'
import { StateBadge } from './state-badge'

type Props = Readonly<{
  locale: string
  /** IANA, of the course. */
  timeZone: string
  course: CourseHead
  page: ExamsPage
  search: ExamsSearch
  /** Of the form that creates, and with an exam's id behind it of those that duplicate. */
  requestKeys: Readonly<{ create: string; duplicate: Readonly<Record<string, string>> }>
  actions: Readonly<Record<'create' | 'duplicate' | 'remove' | 'restore', FormAction>>
}>

function Done({ locale, course, search, actions }: Props) {
  const t = translator(locale, 'examAuthor.list')
  const { done, exam } = search
  if (done === undefined) return null
  return (
    <div className="mb-8" role="status">
      <Notice
        tone="good"
        title={t(done)}
        action={
          done === 'deleted' && exam !== undefined ? (
            <ActionForm
              action={actions.restore}
              submit={t('undo')}
              submitLook="quiet"
              pendingLabel={translator(locale, 'teach.form')('pending')}
              messages={formWords(locale)}
            >
              <HiddenFields values={{ courseId: course.id, examId: exam }} />
            </ActionForm>
          ) : undefined
        }
      />
    </div>
  )
}

function NewExam({ locale, course, requestKeys, actions }: Props) {
  const t = translator(locale, 'examAuthor.list')
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
        <HiddenFields values={{ courseId: course.id, key: requestKeys.create }} />
        <TextField name="title" label={t('newLabel')} maxLength={EXAM_TITLE_MAX} autoComplete="off" />
      </ActionForm>
    </section>
  )
}

function When({ locale, timeZone, exam }: Pick<Props, 'locale' | 'timeZone'> & { exam: ExamCard }) {
  const t = translator(locale, 'examAuthor.list')
  const write = formatter(locale, timeZone)
  const { startDate, endDate } = exam
  const day = (at: Date): string =>
    write.dateTime(at, {
      day: 'numeric',
      month: 'short',
      hour: '2-digit',
      minute: '2-digit',
      timeZoneName: 'short',
    })
  const length = exactDurationInWords(locale, exam.duration * 60)
  const when =
    startDate !== null && endDate !== null
      ? t('windowBoth', { start: day(startDate), end: day(endDate) })
      : startDate !== null
        ? t('windowFrom', { start: day(startDate) })
        : endDate !== null
          ? t('windowUntil', { end: day(endDate) })
          : t('windowOpen')
  return (
    <span className="block">
      {when}
      <span className="block text-12 text-soft">{length}</span>
    </span>
  )
}

function Actions({ exam, ...props }: Props & { exam: ExamCard }) {
  const { locale, course, requestKeys, actions } = props
  const t = translator(locale, 'examAuthor.list')
  const form = translator(locale, 'teach.form')
  const values = { courseId: course.id, examId: exam.id }
  return (
    <div className="flex flex-wrap items-start gap-1">
      <ActionForm
        action={actions.duplicate}
        submit={t('duplicate')}
        submitAbout={exam.title}
        submitLook="plain"
        pendingLabel={form('pending')}
        messages={formWords(locale)}
      >
        <HiddenFields values={{ ...values, key: requestKeys.duplicate[exam.id] ?? '' }} />
      </ActionForm>
      <ConfirmForm
        id={`delete-${exam.id}`}
        trigger={{ label: t('delete'), about: exam.title, look: 'plain' }}
        title={t('deleteAsk', { title: exam.title })}
        consequence={t('deleteGone', { count: exam.attempts })}
        action={actions.remove}
        values={values}
        submit={t('delete')}
        pendingLabel={form('pending')}
        cancel={form('cancel')}
        messages={formWords(locale)}
      />
    </div>
  )
}

function Table(props: Props) {
  const { locale, timeZone, course, page } = props
  const t = translator(locale, 'examAuthor.list')
  return (
    <DataTable<ExamCard>
      caption={t('caption')}
      rows={page.exams}
      rowKey={(exam) => exam.id}
      empty={<EmptyState seed={`${course.id}:exams`} title={t('emptyTitle')} body={t('emptyBody')} />}
      columns={[
        {
          ...{ id: 'exam', header: t('exam'), long: true },
          cell: (exam) => (
            <a
              href={`/teach/courses/${course.id}/exams/${exam.id}`}
              className="flex min-h-11 w-full flex-col items-start justify-center text-start font-medium wrap-anywhere underline-offset-2 hover:underline"
            >
              {exam.title}
              <span className="text-12 font-normal text-soft">
                {t('asksOf', { questions: exam.questions, points: Number(exam.points) })}
              </span>
            </a>
          ),
        },
        {
          id: 'state',
          header: t('state'),
          cell: (exam) => <StateBadge locale={locale} state={exam.state} />,
        },
        {
          ...{ id: 'window', header: t('window') },
          cell: (exam) => <When locale={locale} timeZone={timeZone} exam={exam} />,
        },
        {
          ...{ id: 'attempts', header: t('attempts') },
          cell: (exam) => (
            <span className="block">
              {t('attemptsOf', { count: exam.attempts })}
              {exam.waiting === 0 ? null : (
                <span className="block text-12 font-medium text-warn">
                  {t('waiting', { count: exam.waiting })}
                </span>
              )}
            </span>
          ),
        },
        { id: 'actions', header: t('actions'), cell: (exam) => <Actions exam={exam} {...props} /> },
      ]}
    />
  )
}

/** The exams of a course, and the way to a new one. */
export function ExamList(props: Props) {
  const { locale, course, page } = props
  const t = translator(locale, 'examAuthor.list')
  const link = (cursor: string | null, label: string) =>
    cursor === null
      ? null
      : { href: `/teach/courses/${course.id}/exams?cursor=${encodeURIComponent(cursor)}`, label }
  return (
    <CourseFrame locale={locale} course={course} current="exams" intro={t('intro')}>
      <Done {...props} />
      <div className="flex flex-col gap-8">
        {page.exams.length === 0 ? <Table {...props} /> : null}
        <NewExam {...props} />
        {page.exams.length === 0 ? null : <Table {...props} />}
        <Pager
          label={t('pager')}
          previous={link(page.previousCursor, t('previous'))}
          next={link(page.nextCursor, t('next'))}
        />
      </div>
    </CourseFrame>
  )
}
