import { ActionForm } from '#components/ui/action-form'
import { ConfirmForm } from '#components/ui/confirm-form'
import { DataTable } from '#components/ui/data-table'
import { EmptyState } from '#components/ui/empty-state'
import type { FormAction } from '#components/ui/form-context'
import { HiddenFields } from '#components/ui/hidden-fields'
import { LinkButton } from '#components/ui/link-button'
import { Notice } from '#components/ui/notice'
import { Pager } from '#components/ui/pager'
import { ProgressBar } from '#components/ui/progress-bar'
import { TextField } from '#components/ui/text-field'
import { Time } from '#components/ui/time'
import type { HeldPage } from '#lib/awards/contract'
import { formatter, translator } from '#lib/i18n/translate'
import type { CourseHead, LearnerCard, LearnersPage, PeopleDone } from '#lib/teach/contract'
import { CertificatesSection } from './certificates-section'
import { CourseFrame } from './course-frame'
import { formWords } from '../form/form-words'

type Props = Readonly<{
  locale: string
  timeZone: string
  course: CourseHead
  page: LearnersPage
  /** Null for somebody who enrolls people and doesn’t edit the course. */
  certificates: HeldPage | null
  done: PeopleDone | undefined
  actions: Readonly<{ enroll: FormAction; remove: FormAction; revoke: FormAction; restore: FormAction }>
}>

function Day({ locale, timeZone, at }: { locale: string; timeZone: string; at: Date }) {
  const write = formatter(locale, timeZone)
  return (
    <span className="whitespace-nowrap">
      <Time iso={at.toISOString()} full={write.dateTime(at, { dateStyle: 'full', timeStyle: 'long' })}>
        {write.dateTime(at, { day: 'numeric', month: 'short', year: 'numeric' })}
      </Time>
    </span>
  )
}

function Enroll({ locale, course, actions }: Pick<Props, 'locale' | 'course' | 'actions'>) {
  const t = translator(locale, 'teach.people')
  if (course.status !== 'PUBLISHED') {
    return (
      <Notice
        tone="info"
        title={t('draftTitle')}
        action={
          <LinkButton href={`/teach/courses/${course.id}/publish`} look="quiet">
            {t('toPublish')}
          </LinkButton>
        }
      >
        {t('draftBody')}
      </Notice>
    )
  }
  return (
    <section aria-labelledby="enroll-title">
      <h2 id="enroll-title" className="mb-4 text-18 font-semibold">
        {t('enrollTitle')}
      </h2>
      <ActionForm
        action={actions.enroll}
        submit={t('enroll')}
        pendingLabel={t('enrolling')}
        messages={formWords(locale)}
        layout="inline"
      >
        <HiddenFields values={{ courseId: course.id }} />
        <TextField
          name="email"
          type="email"
          label={t('email')}
          help={t('emailHelp')}
          maxLength={254}
          autoComplete="off"
        />
      </ActionForm>
    </section>
  )
}

function Remove({
  locale,
  course,
  actions,
  learner,
}: Pick<Props, 'locale' | 'course' | 'actions'> & { learner: LearnerCard }) {
  const t = translator(locale, 'teach.people')
  const { userId, name, progress } = learner
  return (
    <ConfirmForm
      id={`remove-${userId}`}
      trigger={{ label: t('remove'), about: name, look: 'plain', size: 'small' }}
      title={t('removeAsk', { name })}
      consequence={t('removeGone', { percent: Math.round(progress) })}
      action={actions.remove}
      values={{ courseId: course.id, userId }}
      submit={t('remove')}
      pendingLabel={translator(locale, 'teach.form')('pending')}
      cancel={translator(locale, 'teach.form')('cancel')}
      messages={formWords(locale)}
    />
  )
}

function Table({ locale, timeZone, course, page, actions }: Props) {
  const t = translator(locale, 'teach.people')
  return (
    <DataTable<LearnerCard>
      caption={t('caption')}
      rows={page.learners}
      rowKey={(learner) => learner.userId}
      empty={<EmptyState seed={`${course.id}:people`} title={t('emptyTitle')} body={t('emptyBody')} />}
      columns={[
        {
          ...{ id: 'name', header: t('name'), long: true },
          cell: ({ name, email }) => (
            <>
              {name}
              <span className="block text-12 font-normal text-soft wrap-anywhere">{email}</span>
            </>
          ),
        },
        {
          ...{ id: 'progress', header: t('progress') },
          cell: ({ progress }) => (
            <span className="inline-flex items-center gap-2 tabular-nums">
              <ProgressBar value={progress} max={100} />
              {t('percent', { percent: Math.floor(progress) })}
            </span>
          ),
        },
        {
          ...{ id: 'since', header: t('since') },
          cell: ({ enrolledAt }) => <Day locale={locale} timeZone={timeZone} at={enrolledAt} />,
        },
        {
          ...{ id: 'finished', header: t('finished') },
          cell: ({ completedAt }) =>
            completedAt === null ? (
              <span className="text-soft">{t('notFinished')}</span>
            ) : (
              <Day locale={locale} timeZone={timeZone} at={completedAt} />
            ),
        },
      ]}
      actions={{
        label: t('actions'),
        cell: (learner) => <Remove locale={locale} course={course} actions={actions} learner={learner} />,
      }}
    />
  )
}

/** Who takes a course and how far they are; the way in for others, and the way out. */
export function PeoplePage(props: Props) {
  const { locale, timeZone, course, page, certificates, actions, done } = props
  const t = translator(locale, 'teach.people')
  const { count, capacity } = page
  const link = (cursor: string | null, label: string) =>
    cursor === null ? null : { href: `/teach/courses/${course.id}/people?cursor=${cursor}`, label }
  return (
    <CourseFrame
      locale={locale}
      course={course}
      current="people"
      intro={capacity === null ? t('intro', { count }) : t('seats', { count, capacity })}
      done={done === undefined ? null : t(`done.${done}`)}
    >
      <div className="flex flex-col gap-8">
        <Enroll {...props} />
        <Table {...props} />
        <Pager
          label={t('pager')}
          previous={link(page.previousCursor, t('previous'))}
          next={link(page.nextCursor, t('next'))}
        />
        {certificates === null ? null : (
          <CertificatesSection
            locale={locale}
            timeZone={timeZone}
            courseId={course.id}
            page={certificates}
            actions={actions}
          />
        )}
      </div>
    </CourseFrame>
  )
}
