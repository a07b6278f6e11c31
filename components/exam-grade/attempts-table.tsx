import { formWords } from '../form/form-words'
import { ConfirmForm } from '#components/ui/confirm-form'
import { DataTable } from '#components/ui/data-table'
import { EmptyState } from '#components/ui/empty-state'
import type { FormAction } from '#components/ui/form-context'
import { StatusBadge } from '#components/ui/status-badge'
import type { ExamHead } from '#lib/exams/contract/authoring'
import type { AttemptCard, AttemptsView, IdlePerson } from '#lib/exams/contract/grading'
import { translator } from '#lib/i18n/translate'
import { scoreWords, stateWords } from './attempt-words'

type Props = Readonly<{
  locale: string
  exam: ExamHead
  view: AttemptsView
  end: FormAction
}>

function State({ locale, view, attempt }: Props & { attempt: AttemptCard }) {
  const t = translator(locale, 'examGrade.attempts')
  const { submittedAt, waiting } = attempt
  return (
    <span className="flex flex-col items-start gap-1">
      {submittedAt === null ? (
        <StatusBadge tone="info">{t('running')}</StatusBadge>
      ) : waiting > 0 ? (
        <StatusBadge tone="warn">{t('waits', { count: waiting })}</StatusBadge>
      ) : null}
      <span className="text-14 text-soft">{stateWords(locale, view.timeZone, attempt, view.now)}</span>
    </span>
  )
}

function Result({ locale, attempt }: { locale: string; attempt: AttemptCard }) {
  const t = translator(locale, 'examGrade.attempts')
  const { passed, counts, submittedAt } = attempt
  return (
    <span className="block">
      <span className="tabular-nums">{scoreWords(locale, attempt) ?? t('noPoints')}</span>
      <span className="mt-1 flex flex-wrap gap-2">
        {passed === null ? null : (
          <StatusBadge tone={passed ? 'good' : 'bad'} icon={passed ? 'check' : 'close'}>
            {passed ? t('passed') : t('failed')}
          </StatusBadge>
        )}
        {submittedAt === null ? null : (
          <span className="text-12 text-soft">{counts ? t('counts') : t('countsNot')}</span>
        )}
      </span>
    </span>
  )
}

function End({ locale, exam, attempt, end }: Props & { attempt: AttemptCard }) {
  const t = translator(locale, 'examGrade.attempts')
  const form = translator(locale, 'teach.form')
  const { id, name } = attempt
  return (
    <ConfirmForm
      id={`end-${id}`}
      trigger={{ label: t('end'), about: name, look: 'plain', size: 'small' }}
      title={t('endAsk', { name })}
      consequence={t('endGone', { name })}
      action={end}
      values={{ courseId: exam.course.id, examId: exam.id, attemptId: id }}
      submit={t('end')}
      pendingLabel={form('pending')}
      cancel={form('cancel')}
      messages={formWords(locale)}
    />
  )
}

function Empty({ locale, exam, view }: Props) {
  const t = translator(locale, 'examGrade.attempts')
  const { q, state } = view.search
  if (state === 'none' && q === '')
    return <EmptyState seed={`${exam.id}:idle`} title={t('idleTitle')} body={t('idleBody')} />
  return (
    <EmptyState
      seed={`${exam.id}:attempts`}
      title={t('emptyTitle')}
      body={q === '' && state === '' ? t('emptyBody') : t('emptyFound')}
    />
  )
}

function IdleTable(props: Props) {
  const { locale, view } = props
  const t = translator(locale, 'examGrade.attempts')
  return (
    <DataTable<IdlePerson>
      caption={t('idleCaption')}
      rows={view.idle}
      rowKey={({ userId }) => userId}
      empty={<Empty {...props} />}
      columns={[
        {
          ...{ id: 'person', header: t('person'), long: true },
          cell: ({ name, email }) => (
            <span className="block text-start">
              <span className="font-medium">{name}</span>
              <span className="block text-12 font-normal text-soft">{email}</span>
            </span>
          ),
        },
      ]}
    />
  )
}

/** Attempts with their state and result; or who hasn't started. */
export function AttemptsTable(props: Props) {
  const { locale, exam, view } = props
  const t = translator(locale, 'examGrade.attempts')
  if (view.search.state === 'none') return <IdleTable {...props} />
  const base = `/teach/courses/${exam.course.id}/exams/${exam.id}/attempts`
  return (
    <DataTable<AttemptCard>
      caption={t('caption')}
      rows={view.attempts}
      rowKey={({ id }) => id}
      empty={<Empty {...props} />}
      columns={[
        {
          ...{ id: 'person', header: t('person'), long: true },
          cell: ({ id, name, email, number }) => (
            <a
              href={`${base}/${id}`}
              className="flex min-h-11 flex-col justify-center text-start font-medium wrap-anywhere underline-offset-2 hover:underline"
            >
              {name}
              <span className="text-12 font-normal text-soft">
                {t('attempt', { number })} · {email}
              </span>
            </a>
          ),
        },
        { id: 'state', header: t('is'), cell: (attempt) => <State {...props} attempt={attempt} /> },
        {
          ...{ id: 'result', header: t('result') },
          cell: (attempt) => <Result locale={locale} attempt={attempt} />,
        },
      ]}
      actions={
        view.may && view.attempts.some(({ submittedAt }) => submittedAt === null)
          ? {
              label: t('actions'),
              cell: (attempt) => (attempt.submittedAt === null ? <End {...props} attempt={attempt} /> : null),
            }
          : undefined
      }
    />
  )
}
