import { AssignmentFrame, type AssignmentMay } from '../assignment-author/assignment-frame'
import { WorkShown } from '../assignment/work-shown'
import { momentIn, pointsIn } from '../exam/when'
import { GradeKeys } from '../exam-grade/grade-keys'
import { Neighbours } from '../exam-grade/neighbours'
import { formWords } from '../form/form-words'
import { ActionForm } from '#components/ui/action-form'
import { Disclosure } from '#components/ui/disclosure'
import type { FormAction } from '#components/ui/form-context'
import { HiddenFields } from '#components/ui/hidden-fields'
import { StatusBadge } from '#components/ui/status-badge'
import { TextArea } from '#components/ui/text-area'
import { TextField } from '#components/ui/text-field'
import { FEEDBACK_MAX, type SubmissionView } from '#lib/assignments/contract/grading'
import { translator } from '#lib/i18n/translate'
import { GradeBadge, gradeText } from './grade-words'
import { type MarksWords, RubricMarks } from './rubric-marks'

type Props = Readonly<{
  locale: string
  may: AssignmentMay
  view: SubmissionView
  /** Another was graded a moment ago. */
  saved: boolean
  grade: FormAction
}>

function Head({ locale, view }: Props) {
  const t = translator(locale, 'assignmentGrade.one')
  const { assignment, card, previous, next, deduction } = view
  const base = `/teach/courses/${assignment.course.id}/assignments/${assignment.id}/submissions`
  const to = (id: string | null, label: string) => (id === null ? null : { href: `${base}/${id}`, label })
  const grade = gradeText(locale, card, assignment)
  return (
    <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
      <div>
        <h2 className="text-18 font-semibold wrap-anywhere">{card.name}</h2>
        <p className="mt-1 flex flex-wrap items-center gap-x-3 gap-y-1 text-14 text-soft">
          {t('handedIn', { when: momentIn(locale, assignment.timeZone, card.submittedAt) })}
          <GradeBadge locale={locale} state={card.state} />
          {card.daysLate === 0 ? null : (
            <StatusBadge tone="warn">
              {translator(locale, 'assignment')('daysLate', { days: card.daysLate })}
            </StatusBadge>
          )}
        </p>
        {grade === null ? null : (
          <p className="mt-2 font-medium">
            {grade}
            {Number(deduction) === 0 ? null : (
              <span className="font-normal text-soft">
                {' '}
                {t('lessLate', { points: pointsIn(locale, deduction) })}
              </span>
            )}
          </p>
        )}
      </div>
      <Neighbours label={t('pager')} previous={to(previous, t('previous'))} next={to(next, t('next'))} />
    </div>
  )
}

function Work({ locale, view }: Props) {
  const t = translator(locale, 'assignmentGrade.one')
  const [newest, ...older] = view.versions
  return (
    <section
      aria-labelledby="work"
      tabIndex={0}
      className="min-w-0 lg:sticky lg:top-18 lg:max-h-[calc(100dvh-6rem)] lg:self-start lg:overflow-y-auto"
    >
      <h3 id="work" className="text-14 font-semibold">
        {t('work', { number: view.card.version })}
      </h3>
      <div className="mt-2 rounded-md border border-line bg-surface p-4 sm:p-6">
        {newest === undefined ? (
          <p className="text-soft">{t('nothing')}</p>
        ) : (
          <WorkShown locale={locale} version={newest} />
        )}
      </div>
      {older.map((version) => (
        <Disclosure
          key={version.number}
          summary={t('older', {
            number: version.number,
            when: momentIn(locale, view.assignment.timeZone, version.submittedAt),
          })}
        >
          <WorkShown locale={locale} version={version} />
        </Disclosure>
      ))}
      {view.description === null ? null : (
        <Disclosure summary={t('task')}>
          <p dir="auto" className="max-w-column pb-4 whitespace-pre-line wrap-anywhere">
            {view.description}
          </p>
        </Disclosure>
      )}
    </section>
  )
}

function marksWords(locale: string): MarksWords {
  const t = translator(locale, 'assignmentGrade.rubric')
  return {
    ...{ title: t('title'), comment: t('comment'), commentOf: t('commentOf', { criterion: '{criterion}' }) },
    ...{ sum: t('sum', { sum: '{sum}' }), points: t('points', { points: '{points}' }) },
  }
}

function Form({ locale, view, grade }: Props) {
  const t = translator(locale, 'assignmentGrade.one')
  const { assignment, card, seen, points, feedback } = view
  const ids = { courseId: assignment.course.id, assignmentId: assignment.id, submissionId: card.id }
  const hint = view.rubric.length === 0 ? t('hint') : t('hintLevels')
  return (
    <div data-mark={card.id}>
      <ActionForm
        action={grade}
        submit={t('save')}
        pendingLabel={translator(locale, 'teach.form')('saving')}
        messages={formWords(locale)}
        extra={<span className="text-12 text-soft max-sm:hidden">{hint}</span>}
      >
        <HiddenFields values={{ ...ids, seen, version: String(card.version) }} />
        {view.rubric.length === 0 ? null : (
          <RubricMarks rubric={view.rubric} given={view.choices} words={marksWords(locale)} />
        )}
        <TextField
          name="points"
          label={t('points')}
          after={t('of', { points: pointsIn(locale, assignment.points) })}
          help={card.daysLate === 0 ? undefined : t('beforeLate')}
          inputMode="decimal"
          autoComplete="off"
          maxLength={10}
          defaultValue={points ?? ''}
        />
        <TextArea
          name="feedback"
          label={t('feedback')}
          optional={t('optional')}
          help={t('feedbackHelp')}
          rows={6}
          maxLength={FEEDBACK_MAX}
          defaultValue={feedback ?? ''}
        />
      </ActionForm>
    </div>
  )
}

/** One submission to read and grade. Keys: a digit begins the points, or chooses a level, Ctrl Enter saves and goes on, n and p turn. */
export function SubmissionPage(props: Props) {
  const { locale, may, view, saved } = props
  const { assignment } = view
  return (
    <AssignmentFrame
      locale={locale}
      course={assignment.course}
      id={assignment.id}
      title={assignment.title}
      may={may}
      current="submissions"
      done={saved ? translator(locale, 'assignmentGrade.done')('saved') : null}
    >
      <GradeKeys />
      <Head {...props} />
      <div className="mt-6 grid gap-8 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <Work {...props} />
        <Form {...props} />
      </div>
    </AssignmentFrame>
  )
}
