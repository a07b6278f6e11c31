import { ExamFrame } from '../exam-author/exam-frame'
import { momentIn } from '../exam/when'
import { Notice } from '#components/ui/notice'
import type { ExamHead } from '#lib/exams/contract/authoring'
import type { AttemptToGrade } from '#lib/exams/contract/grading'
import { translator } from '#lib/i18n/translate'
import { scoreWords, stateWords } from './attempt-words'
import { Events } from './events'
import { GradeKeys } from './grade-keys'
import type { MarkActions } from './mark-form'
import { Neighbours } from './neighbours'
import { QuestionCard } from './question-card'

type Props = Readonly<{
  locale: string
  exam: ExamHead
  view: AttemptToGrade
  /** The question that was saved a moment ago, and when. */
  saved: string | undefined
  actions: MarkActions
}>

const pathOf = (exam: ExamHead): string => `/teach/courses/${exam.course.id}/exams/${exam.id}/attempts`

function Head({ locale, exam, view }: Props) {
  const t = translator(locale, 'examGrade.attempt')
  const list = translator(locale, 'examGrade.attempts')
  const { attempt, previous, next, timeZone, now } = view
  const { name, number, startedAt, passed, counts, submittedAt } = attempt
  const score = scoreWords(locale, attempt)
  const to = (id: string | null, label: string) =>
    id === null ? null : { href: `${pathOf(exam)}/${id}`, label }
  return (
    <div className="flex flex-wrap items-start justify-between gap-x-8 gap-y-4">
      <div>
        <h2 className="text-22 font-semibold wrap-anywhere">{t('title', { name, number })}</h2>
        <p className="mt-1 text-14 text-soft">
          {t('started', { when: momentIn(locale, timeZone, startedAt) })}
          {' · '}
          {stateWords(locale, timeZone, attempt, now)}
        </p>
        <p className="mt-2 flex flex-wrap gap-x-4">
          <span className="font-medium tabular-nums">{score ?? list('noPoints')}</span>
          {passed === null ? null : (
            <span className={passed ? 'text-good' : 'text-bad'}>
              {passed ? list('passed') : list('failed')}
            </span>
          )}
          {submittedAt === null ? null : (
            <span className="text-soft">{counts ? list('counts') : list('countsNot')}</span>
          )}
        </p>
      </div>
      <Neighbours label={t('pagerLabel')} previous={to(previous, t('previous'))} next={to(next, t('next'))} />
    </div>
  )
}

function Notes({ locale, view }: Props) {
  const t = translator(locale, 'examGrade.attempt')
  const { attempt, behind, may } = view
  const notes = [
    attempt.submittedAt === null ? t('stillRuns') : null,
    attempt.submittedAt !== null && attempt.maxScore === null ? t('notGraded') : null,
    behind ? t('behind') : null,
    may ? null : t('look'),
  ].filter((note) => note !== null)
  return notes.map((note) => (
    <div key={note} className="mt-4">
      <Notice tone="info" title={note} />
    </div>
  ))
}

function doneWords({ locale, view, saved }: Props): string | null {
  const t = translator(locale, 'examGrade.attempt')
  if (saved === undefined) return null
  const id = saved.slice(0, saved.lastIndexOf('.'))
  const [, millis = '0'] = /\.(\d+)$/.exec(saved) ?? []
  const question = view.questions.find(
    ({ id: own, mark }) => own === id && mark?.updatedAt === new Date(Number(millis)).toISOString(),
  )
  return question === undefined ? t('savedElse') : t('saved', { number: question.number })
}

/** One attempt with all its questions, the points and why, and what was reported meanwhile. */
export function AttemptPage(props: Props) {
  const { locale, exam, view, actions } = props
  const t = translator(locale, 'examGrade.attempt')
  const { attempt, questions, timeZone, may } = view
  const ids = (questionId: string) => ({
    ...{ courseId: exam.course.id, examId: exam.id, attemptId: attempt.id, questionId },
    along: 'attempt',
  })
  return (
    <ExamFrame locale={locale} exam={exam} current="attempts" done={doneWords(props)}>
      <p className="mb-6">
        <a
          href={pathOf(exam)}
          className="inline-flex min-h-11 items-center text-14 text-accent-11 underline underline-offset-2"
        >
          {t('back')}
        </a>
      </p>
      <Head {...props} />
      <Notes {...props} />
      <section aria-label={t('questions')}>
        <ol className="mt-4 divide-y divide-line border-y border-line">
          {questions.map((question) => (
            <li key={question.id} id={`q-${question.id}`} className="scroll-mt-24 py-8">
              <QuestionCard
                locale={locale}
                timeZone={timeZone}
                question={question}
                form={may ? { ids: ids(question.id), actions } : null}
              />
            </li>
          ))}
        </ol>
      </section>
      <Events locale={locale} view={view} />
      <GradeKeys />
    </ExamFrame>
  )
}
