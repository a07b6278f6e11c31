import { ExamFrame } from '../exam-author/exam-frame'
import { momentIn } from '../exam/when'
import { EmptyState } from '#components/ui/empty-state'
import { Icon } from '#components/ui/icon'
import { LinkButton } from '#components/ui/link-button'
import { ProgressBar } from '#components/ui/progress-bar'
import type { ExamHead } from '#lib/exams/contract/authoring'
import type { AnswerToGrade, GradeSearch, QuestionGrading } from '#lib/exams/contract/grading'
import { translator } from '#lib/i18n/translate'
import { GradeKeys } from './grade-keys'
import type { MarkActions } from './mark-form'
import { Neighbours } from './neighbours'
import { QuestionCard } from './question-card'

type Props = Readonly<{ locale: string; exam: ExamHead; view: QuestionGrading; actions: MarkActions }>

const baseOf = (exam: ExamHead): string => `/teach/courses/${exam.course.id}/exams/${exam.id}`

type Place = Pick<GradeSearch, 'names' | 'show'> & Readonly<{ attempt: string | undefined }>

function hrefOf({ exam, view }: Props, place: Place): string {
  const { names, show, attempt } = place
  const query = new URLSearchParams({ names, show, ...(attempt === undefined ? {} : { attempt }) })
  return `${baseOf(exam)}/grade/${view.question.id}?${query.toString()}`
}

function Tools(props: Props) {
  const { locale, view } = props
  const t = translator(locale, 'examGrade.pile')
  const { search, current, previous, next } = view
  const { names, show } = search
  const attempt = current?.attemptId
  const to = (id: string | null, label: string) =>
    id === null ? null : { href: hrefOf(props, { names, show, attempt: id }), label }
  return (
    <div className="mt-4 flex flex-wrap items-center justify-between gap-x-6 gap-y-3">
      <span className="flex flex-wrap gap-2">
        <LinkButton
          href={hrefOf(props, { show, attempt, names: names === 'hidden' ? 'shown' : 'hidden' })}
          look="plain"
        >
          <Icon name={names === 'hidden' ? 'eye' : 'eye-off'} size={18} />
          {names === 'hidden' ? t('namesShow') : t('namesHide')}
        </LinkButton>
        <LinkButton
          href={hrefOf(props, { names, attempt, show: show === 'all' ? 'waiting' : 'all' })}
          look="plain"
        >
          <Icon name="filter" size={18} />
          {show === 'all' ? t('showWaiting') : t('showAll')}
        </LinkButton>
      </span>
      <Neighbours label={t('pagerLabel')} previous={to(previous, t('previous'))} next={to(next, t('next'))} />
    </div>
  )
}

function Current({ current, ...props }: Props & { current: AnswerToGrade }) {
  const { locale, exam, view, actions } = props
  const t = translator(locale, 'examGrade.pile')
  const list = translator(locale, 'examGrade.attempts')
  const { attemptId, name, number, submittedAt, question } = current
  const { names, show } = view.search
  return (
    <article className="mt-6 border-t border-line pt-6" aria-labelledby="who">
      <div className="flex flex-wrap items-baseline justify-between gap-x-6">
        <h3 id="who" className="text-18 font-semibold wrap-anywhere">
          {name ?? t('hidden', { place: view.place })}
        </h3>
        <p className="text-14 text-soft">
          {name === null ? null : `${list('attempt', { number })} · `}
          {name === null ? null : `${momentIn(locale, view.timeZone, submittedAt)} · `}
          {t('place', { place: view.place, total: view.total })}
        </p>
      </div>
      <div className="mt-4">
        <QuestionCard
          locale={locale}
          timeZone={view.timeZone}
          question={question}
          form={
            view.may
              ? {
                  ids: {
                    ...{ courseId: exam.course.id, examId: exam.id, attemptId, questionId: question.id },
                    ...{ along: 'question', names, show },
                  },
                  actions,
                }
              : null
          }
        />
      </div>
      {name === null ? null : (
        <p className="mt-6">
          <a
            href={`${baseOf(exam)}/attempts/${attemptId}`}
            className="inline-flex min-h-11 items-center text-14 text-accent-11 underline underline-offset-2"
          >
            {t('whole')}
          </a>
        </p>
      )}
    </article>
  )
}

/** All answers to one question, one after the other. */
export function PilePage(props: Props) {
  const { locale, exam, view } = props
  const t = translator(locale, 'examGrade.pile')
  const { question, graded, total, current, search } = view
  return (
    <ExamFrame
      locale={locale}
      exam={exam}
      current="attempts"
      done={search.saved === undefined ? null : t('saved')}
    >
      <h2 className="text-22 font-semibold">
        {question.number > 0 ? t('title', { number: question.number }) : t('titleOther')}
      </h2>
      <p className="mt-2 flex flex-wrap items-center gap-4 text-14 text-soft">
        <ProgressBar value={graded} max={total} />
        <span className="tabular-nums">{t('progress', { graded, total })}</span>
      </p>
      <Tools {...props} />
      {current === null ? (
        <div className="mt-8">
          <EmptyState
            seed={`${exam.id}:${question.id}`}
            title={total === 0 ? t('emptyTitle') : t('doneTitle')}
            body={total === 0 ? t('emptyBody') : t('doneBody', { total })}
          >
            <LinkButton href={`${baseOf(exam)}/attempts`}>
              {translator(locale, 'examGrade.attempt')('back')}
            </LinkButton>
          </EmptyState>
        </div>
      ) : (
        <Current {...props} current={current} />
      )}
      <GradeKeys />
    </ExamFrame>
  )
}
