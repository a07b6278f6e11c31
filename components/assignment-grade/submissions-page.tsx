import { AssignmentFrame, type AssignmentMay } from '../assignment-author/assignment-frame'
import { momentIn } from '../exam/when'
import { formWords } from '../form/form-words'
import { ConfirmForm } from '#components/ui/confirm-form'
import { DataTable } from '#components/ui/data-table'
import { EmptyState } from '#components/ui/empty-state'
import type { FormAction } from '#components/ui/form-context'
import { LinkButton } from '#components/ui/link-button'
import { Pager } from '#components/ui/pager'
import { Section } from '#components/ui/section'
import { Stat, StatGroup } from '#components/ui/stat'
import type { SubmissionCard, SubmissionsDone, SubmissionsView } from '#lib/assignments/contract/grading'
import { translator } from '#lib/i18n/translate'
import { GradeBadge, gradeText } from './grade-words'

type Props = Readonly<{
  locale: string
  may: AssignmentMay
  view: SubmissionsView
  done: SubmissionsDone | undefined
  release: FormAction
}>

const pathOf = ({ assignment: { course, id } }: SubmissionsView): string =>
  `/teach/courses/${course.id}/assignments/${id}/submissions`

function Numbers({ locale, view }: Props) {
  const t = translator(locale, 'assignmentGrade.list')
  const { handedIn, enrolled, waiting, graded, released } = view.counts
  const stats = [
    ['handedIn', t('ofEnrolled', { handedIn, enrolled })],
    ['waiting', String(waiting)],
    ['graded', String(graded)],
    ['released', String(released)],
  ] as const
  return (
    <div className="flex flex-col gap-6">
      <StatGroup>
        {stats.map(([name, value]) => (
          <Stat key={name} label={t(`stats.${name}`)} value={value} />
        ))}
      </StatGroup>
      {view.first === null ? null : (
        <p>
          <LinkButton href={`${pathOf(view)}/${view.first}`}>{t('begin', { count: waiting })}</LinkButton>
        </p>
      )}
    </div>
  )
}

function Table({ locale, view }: Props) {
  const t = translator(locale, 'assignmentGrade.list')
  const { assignment } = view
  return (
    <DataTable<SubmissionCard>
      caption={t('caption')}
      rows={view.submissions}
      rowKey={({ id }) => id}
      empty={
        <EmptyState seed={`${assignment.id}:submissions`} title={t('emptyTitle')} body={t('emptyBody')} />
      }
      columns={[
        {
          ...{ id: 'person', header: t('person'), long: true },
          cell: ({ id, name, email }) => (
            <a
              href={`${pathOf(view)}/${id}`}
              className="flex min-h-11 w-full flex-col items-start justify-center text-start font-medium wrap-anywhere underline-offset-2 hover:underline"
            >
              {name}
              <span className="text-12 font-normal text-soft">{email}</span>
            </a>
          ),
        },
        {
          id: 'when',
          header: t('when'),
          cell: ({ submittedAt, version, daysLate }) => (
            <span className="block">
              {momentIn(locale, assignment.timeZone, submittedAt)}
              <span className="block text-12 text-soft">
                {t('version', { number: version })}
                {daysLate === 0 ? '' : ` · ${t('late', { days: daysLate })}`}
              </span>
            </span>
          ),
        },
        {
          id: 'state',
          header: t('state'),
          cell: ({ state }) => <GradeBadge locale={locale} state={state} />,
        },
        {
          id: 'grade',
          header: t('grade'),
          cell: (card) => gradeText(locale, card, assignment) ?? t('noGrade'),
        },
      ]}
    />
  )
}

function Ask({ locale, view, release, on }: Props & { on: boolean }) {
  const t = translator(locale, 'assignmentGrade.release')
  const form = translator(locale, 'teach.form')
  const { assignment, counts } = view
  const count = on ? counts.graded : counts.released
  if (count === 0) return null
  const word = on ? 'on' : 'off'
  return (
    <ConfirmForm
      id={`release-${word}`}
      trigger={{ label: t(`${word}.press`), look: on ? 'primary' : 'quiet' }}
      title={t(`${word}.ask`)}
      consequence={t(`${word}.gone`, { count, waiting: counts.waiting })}
      action={release}
      values={{ courseId: assignment.course.id, assignmentId: assignment.id, release: word }}
      submit={t(`${word}.press`)}
      submitLook={on ? 'primary' : 'danger'}
      pendingLabel={form('pending')}
      cancel={form('cancel')}
      messages={formWords(locale)}
    />
  )
}

/** What was handed in for an assignment, how far grading is, and what learners see of it. */
export function SubmissionsPage(props: Props) {
  const { locale, may, view, done } = props
  const t = translator(locale, 'assignmentGrade')
  const { assignment, counts, nextCursor, previousCursor } = view
  const link = (cursor: string | null, label: string) =>
    cursor === null ? null : { href: `${pathOf(view)}?cursor=${encodeURIComponent(cursor)}`, label }
  return (
    <AssignmentFrame
      locale={locale}
      course={assignment.course}
      id={assignment.id}
      title={assignment.title}
      may={may}
      current="submissions"
      done={done === undefined ? null : t(`done.${done}`)}
    >
      <div className="flex flex-col gap-8">
        {counts.handedIn === 0 ? null : <Numbers {...props} />}
        <Table {...props} />
        <Pager
          label={t('list.pager')}
          previous={link(previousCursor, t('list.newer'))}
          next={link(nextCursor, t('list.older'))}
        />
        {counts.graded + counts.released === 0 ? null : (
          <Section id="release" title={t('release.title')} description={t('release.body')}>
            <div className="flex flex-wrap gap-3">
              <Ask {...props} on />
              <Ask {...props} on={false} />
            </div>
          </Section>
        )}
      </div>
    </AssignmentFrame>
  )
}
